using Remit.Kernel;

namespace Remit.Modules.Calendar.Format;

/// <summary>How much of a file is read before it is refused: no input may cost more than it is worth.</summary>
public static class TextLimits
{
    public const int Bytes = 32 << 20;
    public const int Lines = 500_000;

    /// <summary>A photo in a vCard is the longest line there is.</summary>
    public const int LineCharacters = 8 << 20;
    public const int Depth = 16;
    public const int Parameters = 64;
    public const int Notes = 100;
}

/// <summary>A file that is no calendar and no card, or too big to be one: where, and why.</summary>
public sealed class NotReadable(int line, Refusal reason) : Exception($"line {line}: {reason.Key}")
{
    public int Line { get; } = line;
    public Refusal Reason { get; } = reason;
}

/// <summary>A line that was left out or read otherwise than written, and why.</summary>
public sealed record Note(int Line, Refusal Reason);

/// <summary>What a file held, and what could not be understood in it.</summary>
public sealed record ReadFile(IReadOnlyList<Component> Components, IReadOnlyList<Note> Notes);

namespace Remit.Kernel;

/// <summary>A record as a sentence names it; its title is read in the reader's language.</summary>
/// <param name="Record">The name of its class.</param>
public readonly record struct Titled(string Record, string Title)
{
    public override string ToString() => Title;
}

using Remit.Storage;

namespace Remit.Web;

/// <summary>Whether letters of this firm can leave at all; the module that sends them says so.</summary>
public interface IPostOffice
{
    Task<bool> IsOpen(AppDb db);
}

/// <summary>A letter to be sent once the save has committed: <c>db.Later(letter.Job())</c>.</summary>
public sealed record Letter(string To, string Subject, string Text)
{
    public const string Kind = "mail";

    /// <summary>An appointment that goes along as a file, in iCalendar's text.</summary>
    public string? Calendar { get; init; }

    /// <summary>Files of the firm's store that go along.</summary>
    public IReadOnlyList<LetterFile> Files { get; init; } = [];

    /// <summary>What the file asks of a calendar program (iTIP): REQUEST or CANCEL; null where it only informs.</summary>
    public string? Method { get; init; }

    /// <summary>What it is about, so that an answer to it finds its way; null where an answer is a new matter.</summary>
    public LetterAbout? About { get; init; }

    public Job Job() => Storage.Job.Of(Kind, this);
}

/// <summary>The record a letter is about, and whom an answer concerns.</summary>
/// <param name="Path">Where the record is, without a leading slash.</param>
public sealed record LetterAbout(string Kind, Guid Id, string Path, Guid? ClientId = null, Guid? PersonId = null);

/// <summary>A file of the firm's store, by the hash it lies under.</summary>
public sealed record LetterFile(string Name, string Type, string Sha256);

using Remit.Storage;

namespace Remit.Web;

/// <summary>A letter to be sent once the save has committed: <c>db.Later(letter.Job())</c>.</summary>
public sealed record Letter(string To, string Subject, string Text)
{
    public const string Kind = "mail";

    public Job Job() => Storage.Job.Of(Kind, this);
}

using Remit.Storage;

namespace Remit.Web;

/// <summary>Something a person should know: a text key with its values, so that each reads it in their own language.</summary>
/// <param name="Path">Where it leads, without a leading slash.</param>
public sealed record Notice(Guid PersonId, string Key, Dictionary<string, string> Values, string Path)
{
    public const string Kind = "notice";
}

public static class Telling
{
    /// <summary>Tells a person once this save has committed. Nobody is told what they did themselves.</summary>
    public static void Tell(this AppDb db, Guid? person, string key, string path, params (string Name, string Value)[] values)
    {
        if (person is { } whom && whom != db.Actor.PersonId)
            db.Later(Job.Of(Notice.Kind, new Notice(whom, key, values.ToDictionary(v => v.Name, v => v.Value), path)));
    }
}

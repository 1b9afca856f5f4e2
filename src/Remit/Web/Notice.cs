using Remit.Storage;

namespace Remit.Web;

/// <summary>Why a person is told: they were named, it is theirs to do, they follow it, or the program itself has to say something.</summary>
public enum NoticeSort
{
    Mention,
    Mine,
    Followed,
    System,
}

/// <summary>Something a person should know: a text key with its values, so that each reads it in their own language.</summary>
/// <param name="Path">Where it leads, without a leading slash.</param>
public sealed record Notice(Guid PersonId, string Key, Dictionary<string, string> Values, string Path, NoticeSort Sort = NoticeSort.Mine)
{
    public const string Kind = "notice";
}

public static class Telling
{
    /// <summary>Tells a person of something that is theirs to do, once this save has committed. Nobody is told what they did themselves.</summary>
    public static void Tell(this AppDb db, Guid? person, string key, string path, params (string Name, string Value)[] values) =>
        db.Tell(NoticeSort.Mine, person, key, path, values);

    public static void Tell(
        this AppDb db,
        NoticeSort sort,
        Guid? person,
        string key,
        string path,
        params (string Name, string Value)[] values
    )
    {
        if (person is { } whom && whom != db.Actor.PersonId)
            db.Later(Job.Of(Notice.Kind, new Notice(whom, key, values.ToDictionary(v => v.Name, v => v.Value), path, sort)));
    }
}

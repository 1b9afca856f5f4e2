using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Web;

/// <summary>People named in a text by <c>@Name Surname</c>, as the type-ahead puts it there or a hand does.</summary>
public static class Mentions
{
    /// <summary>Those whose name stands behind an @; of two whose names begin alike, the longer one.</summary>
    public static IReadOnlyList<Person> In(string text, IEnumerable<Person> people)
    {
        var found = new List<Person>();
        var rest = text;
        foreach (var person in people.OrderByDescending(p => p.Name.Length))
        {
            var at = rest.IndexOf("@" + person.Name, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
                continue;
            found.Add(person);
            rest = rest.Replace("@" + person.Name, "", StringComparison.OrdinalIgnoreCase);
        }
        return found;
    }

    /// <summary>Tells those who are named and may see the record; answers who was told.</summary>
    public static async Task<IReadOnlySet<Guid>> TellMentioned(
        this AppDb db,
        string text,
        IRecordKind kind,
        Guid record,
        string title,
        Actor by
    )
    {
        var told = new HashSet<Guid>();
        if (!text.Contains('@'))
            return told;
        foreach (var person in In(text, await db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync()))
        {
            var actor = new Actor(person.Id, person.Name, person.Role);
            if (!actor.Can(kind.See) || !await kind.Sees(db, actor, record))
                continue;
            db.Tell(
                NoticeSort.Mention,
                person.Id,
                "notice.mentioned",
                kind.Path(record),
                ("by", by.Name),
                ("title", title),
                ("text", text.Length > 120 ? text[..120] + "…" : text)
            );
            told.Add(person.Id);
        }
        return told;
    }

    /// <summary>The text in parts, an @ with the two words after it marked.</summary>
    public static IEnumerable<(string Text, bool Named)> Parts(string text)
    {
        var from = 0;
        for (var at = text.IndexOf('@'); at >= 0; at = text.IndexOf('@', at + 1))
        {
            var end = Word(text, at + 1);
            // An address of mail is no mention.
            if (end == at + 1 || !char.IsUpper(text[at + 1]) || (at > 0 && char.IsLetterOrDigit(text[at - 1])))
                continue;
            if (end + 1 < text.Length && text[end] == ' ' && char.IsUpper(text[end + 1]))
                end = Word(text, end + 1);
            yield return (text[from..at], false);
            yield return (text[at..end], true);
            from = end;
        }
        yield return (text[from..], false);
    }

    private static int Word(string text, int at)
    {
        while (at < text.Length && (char.IsLetter(text[at]) || text[at] is '-' or '’' or '\''))
            at++;
        return at;
    }
}

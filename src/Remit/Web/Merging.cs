using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Primitives;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Web;

/// <summary>
/// Two people edit one record. What only one of them changed is put together by itself; where both did, the page asks,
/// field by field, with the original, theirs and mine side by side.
/// </summary>
public static class Merging
{
    /// <summary>The form with the other person's changes in it; or the question, thrown, which of the two shall stand.</summary>
    /// <param name="typed">The record as the form shows it: field and text. A form opened before there was a record says version -1.</param>
    public static async Task<Form> Merged<TRecord>(
        this Form form,
        AppDb db,
        TRecord record,
        Func<TRecord, IEnumerable<(string Name, string Text)>> typed,
        Func<string, string?>? called = null
    )
        where TRecord : class, IVersioned =>
        Version(form, record) == record.Version
            ? form
            : await form.Merged(
                db,
                record,
                Version(form, record) is >= 0 and var seen ? Texts(await db.At(record, seen), typed) : new Dictionary<string, string>(),
                Texts(record, typed),
                called: called
            );

    /// <param name="of">What the question calls the record and the other, where its own title and last change do not say it.</param>
    /// <param name="called">What a field, or a value that is no word, is called where the texts do not say it.</param>
    public static async Task<Form> Merged(
        this Form form,
        AppDb db,
        IVersioned record,
        IReadOnlyDictionary<string, string> was,
        IReadOnlyDictionary<string, string> now,
        (string Title, string By)? of = null,
        Func<string, string?>? called = null
    )
    {
        if (Version(form, record) == record.Version)
            return form;
        of ??= (record.Title, (await db.LastChange(record))?.ActorName ?? "");
        return await form.Combined(
            db,
            new() { ["version"] = $"{record.Version}" },
            was,
            now,
            (record, of.Value.Title, of.Value.By),
            called
        );
    }

    /// <summary>The same where more than the version of one record says on what the form was opened.</summary>
    /// <param name="opened">These fields as they are now.</param>
    public static async Task<Form> Combined(
        this Form form,
        AppDb db,
        Dictionary<string, StringValues> opened,
        IReadOnlyDictionary<string, string> was,
        IReadOnlyDictionary<string, string> now,
        (IRecord Record, string Title, string By) of,
        Func<string, string?>? called
    )
    {
        var fields = form.Fields;
        var (asked, taken) = (new List<BothEdited.Field>(), new List<BothEdited.Field>());
        foreach (var name in was.Keys.Union(now.Keys))
        {
            var (original, theirs, mine) = (was.GetValueOrDefault(name, ""), now.GetValueOrDefault(name, ""), form.Text(name) ?? "");
            if (Same(original, theirs) || Same(theirs, mine))
                continue;
            var field = new BothEdited.Field(name, original, theirs, mine);
            if (!Same(original, mine))
                asked.Add(field);
            else
            {
                taken.Add(field);
                fields[name] = theirs;
            }
        }
        foreach (var (name, value) in opened)
            fields[name] = value;
        return asked.Count == 0 ? new Form(new FormCollection(fields, form.Files)) : throw await Ask(db, fields, asked, taken, of, called);
    }

    /// <summary>
    /// What is chosen of many: what stands there now, with what this person took out and put in. The form says under
    /// <c>had_…</c> what it was opened with.
    /// </summary>
    public static IReadOnlyList<string> Chosen(this Form form, string name, IReadOnlyCollection<string> now) =>
        Chosen(now, form.Sent("had_" + name)?.Split(',') ?? now, form.All(name));

    public static IReadOnlyList<TOne> Chosen<TOne>(IEnumerable<TOne> now, IEnumerable<TOne> had, IEnumerable<TOne> mine) =>
        [.. now.Except(had.Except(mine)).Union(mine.Except(had))];

    /// <summary>For a verb that has no fields: asks again where the record looks different from what its person saw.</summary>
    public static async Task Seen<TRecord>(
        this Form form,
        AppDb db,
        TRecord record,
        Func<TRecord, IEnumerable<(string Name, string Text)>> typed
    )
        where TRecord : class, IVersioned
    {
        var (was, now) = (Texts(await db.At(record, Version(form, record)), typed), Texts(record, typed));
        var changed = now.Where(n => was[n.Key] != n.Value).Select(n => new BothEdited.Field(n.Key, was[n.Key], n.Value, "")).ToList();
        if (changed.Count == 0)
            return;
        var fields = form.Fields;
        fields["version"] = record.Version.ToString(CultureInfo.InvariantCulture);
        var by = (await db.LastChange(record))?.ActorName ?? "";
        throw await Ask(db, fields, [], changed, (record, record.Title, by), null);
    }

    private static int Version(Form form, IVersioned record) =>
        (form.Int("version") ?? record.Version) is var version && version <= record.Version
            ? version
            : throw new Refused(409, new Refusal("conflict.saved_by_other"));

    private static Dictionary<string, string> Texts<TRecord>(
        TRecord record,
        Func<TRecord, IEnumerable<(string Name, string Text)>> typed
    ) => typed(record).ToDictionary(f => f.Name, f => f.Text);

    // «60» and «60.00» are the same price, and a browser ends lines in its own way.
    private static bool Same(string a, string b)
    {
        (a, b) = (a.Trim().Replace("\r\n", "\n"), b.Trim().Replace("\r\n", "\n"));
        return a == b || ((a + b).IndexOfAny(['.', ',']) >= 0 && Form.Number(a) is { } one && one == Form.Number(b));
    }

    private static async Task<BothEdited> Ask(
        AppDb db,
        Dictionary<string, StringValues> fields,
        List<BothEdited.Field> asked,
        List<BothEdited.Field> taken,
        (IRecord Record, string Title, string By) of,
        Func<string, string?>? called
    )
    {
        var ids = asked
            .Concat(taken)
            .SelectMany(f => new[] { f.Original, f.Theirs, f.Mine })
            .Select(t => Guid.TryParse(Bare(t), out var id) ? id : (Guid?)null)
            .ToHashSet();
        var names = await db.Set<Person>()
            .Where(p => ids.Contains(p.Id))
            .Select(p => new { p.Id, p.Name })
            .Concat(db.Set<Position>().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Name }))
            .ToDictionaryAsync(p => p.Id.ToString(), p => p.Name);
        return new BothEdited
        {
            Record = of.Record.GetType().Name,
            Title = of.Title,
            By = of.By,
            Asked = asked,
            Taken = taken,
            Fields = fields,
            Called = word => called?.Invoke(word) ?? names.GetValueOrDefault(Bare(word)),
        };
    }

    // Where people and positions are chosen from one list, a position says that it is one.
    private static string Bare(string text) => text.StartsWith("position:", StringComparison.Ordinal) ? text["position:".Length..] : text;
}

/// <summary>Both changed the same: which shall stand is for a person to say.</summary>
public sealed class BothEdited : Exception
{
    public sealed record Field(string Name, string Original, string Theirs, string Mine);

    public required string Record { get; init; }
    public required string Title { get; init; }

    /// <summary>Who saved last.</summary>
    public required string By { get; init; }
    public required IReadOnlyList<Field> Asked { get; init; }

    /// <summary>What the other alone changed.</summary>
    public required IReadOnlyList<Field> Taken { get; init; }

    /// <summary>All that was sent, with theirs taken over and the version that is in force now.</summary>
    public required IReadOnlyDictionary<string, StringValues> Fields { get; init; }

    /// <summary>What a field, or a value that is no word, is called; null where the texts say it or it speaks for itself.</summary>
    public required Func<string, string?> Called { get; init; }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;

namespace Remit.Modules.Calendar;

/// <summary>What a file brought in, and what of it could not be understood.</summary>
public sealed record Brought(int Added, int Changed, IReadOnlyList<Note> Left);

/// <summary>A whole calendar file taken apart into events. All of it is one change, which one undo takes back.</summary>
public static class CalendarImport
{
    private const int Most = 20_000;

    public static async Task<Brought> Into(AppDb db, CalendarBook book, byte[] file, Zone zone)
    {
        ReadFile read;
        try
        {
            read = ContentReader.Read(file);
        }
        catch (NotReadable not)
        {
            throw new Refusal("calendar.broken", ("line", not.Line), ("reason", not.Reason));
        }
        var left = read.Notes.ToList();
        await db.StartWriting();
        var there = await Known(db, book);
        var before = there.Count;
        var seen = Take(db, book, read, zone, there, left);
        var changed = db.ChangeTracker.Entries<CalendarItem>().Count(e => e.State == EntityState.Modified && seen.Contains(e.Entity.Uid));
        await db.SaveChangesAsync();
        return new Brought(there.Count - before, changed, left);
    }

    /// <summary>What the file holds stands in the calendar, and what it no longer holds goes; what began before <paramref name="since"/> stays.</summary>
    internal static async Task Replace(AppDb db, CalendarBook book, ReadFile read, Zone zone, List<Note> left, DateTime since = default)
    {
        await db.StartWriting();
        var there = await Known(db, book);
        var seen = Take(db, book, read, zone, there, left);
        foreach (var old in there.Values.Where(i => i.StartsAt >= since && !seen.Contains(i.Uid)))
            db.Remove(old);
        await db.SaveChangesAsync();
    }

    /// <summary>The events of a calendar by UID. Two may have the same where one was moved here from another calendar.</summary>
    private static async Task<Dictionary<string, CalendarItem>> Known(AppDb db, CalendarBook book) =>
        (await db.Set<CalendarItem>().Where(i => i.CalendarBookId == book.Id).ToListAsync())
            .GroupBy(i => i.Uid)
            .ToDictionary(g => g.Key, g => g.First());

    /// <summary>Writes what the file holds over what is there, by UID; says which UIDs it holds and what had to be left out.</summary>
    private static HashSet<string> Take(
        AppDb db,
        CalendarBook book,
        ReadFile read,
        Zone zone,
        Dictionary<string, CalendarItem> there,
        List<Note> left
    )
    {
        var seen = new HashSet<string>();
        foreach (var root in read.Components.Where(c => c.Is("VCALENDAR")))
        foreach (var group in root.Components.Where(c => CalendarObject.Kinds.Contains(c.Name)).GroupBy(c => (c.Name, Uid(c))))
            try
            {
                if (seen.Count >= Most)
                    throw new Refusal(
                        "calendar.broken",
                        ("line", group.First().At),
                        ("reason", new Refusal("ics.many_events", ("n", Most)))
                    );
                var what = CalendarObject.Of(Alone(root, group.ToList(), group.Key.Item2));
                seen.Add(what.Uid);
                if (!there.TryGetValue(what.Uid, out var item))
                    db.Add(there[what.Uid] = CalendarItem.In(book.Id, Guid.NewGuid() + ".ics", what, zone));
                else if (item.Text != what.Text)
                    item.Write(what, zone);
            }
            catch (Refusal refusal)
            {
                if (left.Count < TextLimits.Notes)
                    left.Add(new Note((int)refusal.Values[0].Value!, (Refusal)refusal.Values[1].Value!));
            }
        return seen;
    }

    // An event without a UID gets one of what it says, so that the same file brought twice brings it once.
    private static string Uid(Component c)
    {
        if (c.Find("UID")?.Value is { Length: > 0 and <= 1000 } uid)
            return uid;
        var hash = System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ContentWriter.Write(c)));
        return Convert.ToHexStringLower(hash.AsSpan(0, 16));
    }

    private static Component Alone(Component root, List<Component> parts, string uid)
    {
        var one = new Component("VCALENDAR");
        one.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", root.Find("PRODID")?.Value ?? "-//Remit//Remit//EN")]);
        var zones = parts.SelectMany(p => p.Lines).Select(l => l.Of("TZID")).OfType<string>().ToHashSet();
        one.Components.AddRange(root.Inside("VTIMEZONE").Where(z => zones.Contains(z.Text("TZID"))));
        foreach (var part in parts.Where(p => p.Find("UID")?.Value != uid))
            part.Set(new ContentLine("UID", uid));
        one.Components.AddRange(parts);
        return one;
    }
}

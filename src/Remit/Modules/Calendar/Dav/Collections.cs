using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Calendars made, named, painted and taken away by a phone.</summary>
internal static class Collections
{
    public static async Task<IResult> Make(DavRequest r)
    {
        if (!r.Actor.Can(Permission.CalendarEdit))
            throw new DavError(403, D + "need-privileges");
        var body = await Read(r.Http.Request);
        var props = body?.Descendants(D + "prop").FirstOrDefault();
        if (r.Http.Request.Method == "MKCOL" && props?.Element(D + "resourcetype")?.Element(C + "calendar") is null)
            throw new DavError(403, D + "valid-resourcetype");
        await r.Db.StartWriting();
        if (await r.Db.Set<CalendarBook>().AnyAsync(c => c.Path == r.Folder))
            throw new DavError(405, D + "resource-must-be-null");
        var book = CalendarBook.New(
            props?.Element(D + "displayname")?.Value is { Length: > 0 } name ? name : r.Folder,
            CalendarKind.Own,
            r.Actor.PersonId,
            r.Folder
        );
        foreach (var prop in props?.Elements() ?? [])
            Put(book, prop.Name, ValueOf(prop));
        r.Db.Add(book);
        await r.Db.SaveChangesAsync();
        return new DavResult(201, []);
    }

    /// <summary>PROPPATCH is all or nothing: one property that may not be set leaves the others unset too.</summary>
    public static async Task<IResult> Change(DavRequest r)
    {
        var book = await r.CalendarToKeep();
        var body = await Read(r.Http.Request) ?? throw new DavError(400);
        var wanted = body.Elements()
            .Where(e => e.Name == D + "set" || e.Name == D + "remove")
            .SelectMany(e => e.Elements(D + "prop").Elements().Select(p => (p.Name, Value: e.Name == D + "set" ? ValueOf(p) : "")))
            .ToList();
        var refused = book.KeptBy(r.Actor)
            ? [.. wanted.Where(p => !Put(book, p.Name, p.Value)).Select(p => p.Name)]
            : wanted.Select(p => p.Name).ToList();
        if (refused.Count == 0)
            await r.Db.SaveChangesAsync();
        return MultiStatus(w =>
        {
            w.WriteStartElement("response", D.NamespaceName);
            w.WriteElementString("href", D.NamespaceName, r.Paths.Of(book));
            if (refused.Count == 0)
                w.Absent(wanted.Select(p => p.Name), 200);
            else
            {
                w.Absent(refused, 403);
                if (wanted.Select(p => p.Name).Except(refused).ToList() is { Count: > 0 } rest)
                    w.Absent(rest, 424);
            }
            w.WriteEndElement();
        });
    }

    public static async Task<IResult> Delete(DavRequest r)
    {
        var book = await r.CalendarToKeep();
        if (!book.KeptBy(r.Actor) || book.OwnerId is null || book.Kind == CalendarKind.External)
            throw new DavError(403, D + "need-privileges");
        await r.Db.StartWriting();
        if (await r.Db.Set<CalendarBook>().CountAsync(c => c.OwnerId == book.OwnerId && c.Kind == CalendarKind.Own) < 2)
            throw new Refusal("calendar.last_own", ("calendar", book.Name));
        var items = await r.Db.Set<CalendarItem>().Where(i => i.CalendarBookId == book.Id).ToListAsync();
        if (items.Find(i => i.State == MeetingState.Held) is { } held)
            throw new Refusal("meeting.held_stays", ("meeting", held.Title));
        r.Db.RemoveRange(items);
        r.Db.Remove(book);
        await r.Db.SaveChangesAsync();
        return new DavResult(204, []);
    }

    // Where a property holds elements, they are what it says.
    private static string ValueOf(XElement prop) =>
        prop.HasElements ? string.Join(' ', prop.Elements().Select(e => e.Name.LocalName)) : prop.Value;

    private static bool Put(CalendarBook book, XName name, string value)
    {
        if (name == D + "displayname")
            book.Rename(value);
        else if (name == C + "calendar-description")
            book.Describe(value);
        else if (name == A + "calendar-color")
            book.Paint(value.Length > 0 ? value : CalendarBook.Colours[0]);
        else if (name == A + "calendar-order")
            book.Put(int.TryParse(value, out var place) ? place : 0);
        else if (name == C + "schedule-calendar-transp")
            book.Take(!value.Contains("transparent"));
        // A zone or the set of components that a client sends along is understood and needs no keeping.
        else
            return name == C + "calendar-timezone"
                || name == C + "supported-calendar-component-set"
                || name == D + "resourcetype"
                || name == C + "calendar-free-busy-set";
        return true;
    }
}

using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>One request of a phone: who asks, for what, over which database.</summary>
internal sealed record DavRequest(
    HttpContext Http,
    AppDb Db,
    Screen Screen,
    Actor Actor,
    string Email,
    DavPlace Place,
    string Folder,
    string File,
    DavPaths Paths
)
{
    public Zone Zone => CalendarQueries.ZoneOf(Screen.Firm);
    public bool Deep => Http.Request.Headers["Depth"].ToString() is not "0";

    public async Task<CalendarBook> Calendar() => await Known() is { } book && book.SeenWholeBy(Actor) ? book : throw new DavError(404);

    /// <summary>The same, to be changed itself.</summary>
    public async Task<CalendarBook> CalendarToKeep() =>
        await Db.Set<CalendarBook>().SingleOrDefaultAsync(c => c.Path == Folder) is { } book && book.SeenWholeBy(Actor)
            ? book
            : throw new DavError(404);

    public async Task<CalendarBook> CalendarToWrite() =>
        await Calendar() is var book && book.EditedBy(Actor) ? book : throw new DavError(403, D + "need-privileges");

    /// <summary>A calendar of which this person may know at least when it is taken.</summary>
    public async Task<CalendarBook> CalendarToAsk() =>
        await Known() is { } book && (book.OwnerId == Actor.PersonId || book.Sharing != Sharing.Nobody) ? book : throw new DavError(404);

    private Task<CalendarBook?> Known() =>
        Db.Keep(
            $"calendar at {Folder}",
            [typeof(CalendarBook)],
            () => Db.Set<CalendarBook>().AsNoTracking().SingleOrDefaultAsync(c => c.Path == Folder)
        );

    /// <summary>The client wants no list of what is not there (RFC 8144).</summary>
    public bool Minimal =>
        Http.Request.Headers["Prefer"].ToString().Contains("return=minimal", StringComparison.OrdinalIgnoreCase)
        || Http.Request.Headers["Brief"].ToString() is "t";

    public Task<long> Number(Guid collection) => SyncChange.Last(Db, collection);

    /// <summary>Where a MOVE or COPY is to go: a place of this firm, or nowhere.</summary>
    public (DavPlace Place, string Folder, string File) Destination()
    {
        var there = Uri.TryCreate(new Uri(Screen.Root), Http.Request.Headers["Destination"].ToString(), out var to)
            ? Uri.UnescapeDataString(to.AbsolutePath)
            : "";
        var root = Uri.UnescapeDataString(Paths.Of(DavPlace.Root));
        return to?.Authority == Http.Request.Host.Value && there.StartsWith(root, StringComparison.Ordinal)
            ? DavPaths.Read(there[root.Length..])
            : throw new DavError(403);
    }

    /// <summary>Items of a calendar as far as this person sees them.</summary>
    public IQueryable<CalendarItem> Items(CalendarBook book)
    {
        var (id, all) = (book.Id, book.OwnerId == Actor.PersonId);
        return Db.Set<CalendarItem>().AsNoTracking().Where(i => i.CalendarBookId == id && (all || !i.Private));
    }

    /// <summary>If-Match and If-None-Match against the tag of what is there.</summary>
    public void MustMatch(string? etag)
    {
        var (match, none) = (Http.Request.Headers.IfMatch.ToString(), Http.Request.Headers.IfNoneMatch.ToString());
        if (match.Length > 0 && (etag is null || match != "*" && !match.Split(',').Any(m => m.Trim() == etag)))
            throw new DavError(412);
        if (none == "*" && etag is not null || etag is not null && none.Length > 1 && none.Split(',').Any(m => m.Trim() == etag))
            throw new DavError(412);
    }

    public static IReadOnlyList<XName> Names(XElement? prop) => prop is null ? [] : [.. prop.Elements().Select(e => e.Name)];
}

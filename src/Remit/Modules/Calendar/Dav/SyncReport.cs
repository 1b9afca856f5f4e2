using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>What changed in a collection since a phone last looked (RFC 6578).</summary>
internal static class SyncReport
{
    public sealed record Changes(List<SyncChange> Rows, long Number, bool Cut);

    /// <summary>The first look, without texts and without a limit.</summary>
    public static bool IsFirst(XElement body) =>
        SyncToken.Read(body.Element(D + "sync-token")?.Value) == 0 && body.Element(D + "limit") is null && body.Element(D + "prop")?.Element(C + "calendar-data") is null;

    public static async Task<Changes> Since(DavRequest r, Guid collection, XElement body)
    {
        var number = await r.Number(collection);
        // A token from before a restored backup may be ahead of us: then the phone starts anew.
        if (SyncToken.Read(body.Element(D + "sync-token")?.Value) is not { } seen || seen > number) throw new DavError(403, D + "valid-sync-token");
        var limit = int.TryParse(body.Element(D + "limit")?.Element(D + "nresults")?.Value, out var n) && n > 0 ? n : int.MaxValue;
        var rows = r.Db.Set<SyncChange>().AsNoTracking().Where(c => c.Collection == collection && c.Number > seen);
        // One who has seen nothing need not hear of what is gone.
        if (seen == 0) rows = rows.Where(c => !c.Gone);
        var found = await rows.OrderBy(c => c.Number).ToListAsync();
        if (found.Count <= limit) return new Changes(found, number, false);
        // What one save changed is not cut apart: the token names the whole save.
        var last = found[limit - 1].Number;
        found = [.. found.TakeWhile(c => c.Number <= last)];
        return new Changes(found, last, true);
    }

    public static IResult Answer(DavRequest r, XElement body, Changes changes, string folder, IReadOnlyDictionary<Guid, DavResource> files, Func<string, string> href)
    {
        var names = DavRequest.Names(body.Element(D + "prop"));
        return MultiStatus(w =>
        {
            foreach (var row in changes.Rows)
                if (!row.Gone && files.TryGetValue(row.Item, out var file)) w.Response(file, names);
                else w.Response(href(row.Path), 404);
            if (changes.Cut) w.Response(folder, 507);
        }, SyncToken.Write(changes.Number));
    }
}

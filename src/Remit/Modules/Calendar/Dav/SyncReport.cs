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
        SyncToken.Read(body.Element(D + "sync-token")?.Value) == 0
        && body.Element(D + "limit") is null
        && body.Element(D + "prop")?.Element(C + "calendar-data") is null;

    public static int LimitOf(XElement body) =>
        int.TryParse(body.Element(D + "limit")?.Element(D + "nresults")?.Value, out var n) && n > 0 ? n : int.MaxValue;

    public static async Task<Changes> Since(DavRequest r, Guid collection, XElement body)
    {
        var number = await r.Number(collection);
        // A token from before a restored backup may be ahead of us: then the phone starts anew.
        if (SyncToken.Read(body.Element(D + "sync-token")?.Value) is not { } seen || seen > number)
            throw new DavError(403, D + "valid-sync-token");
        var limit = LimitOf(body);
        var rows = r.Db.Set<SyncChange>().AsNoTracking().Where(c => c.Collection == collection && c.Number > seen);
        // One who has seen nothing need not hear of what is gone.
        if (seen == 0)
            rows = rows.Where(c => !c.Gone);
        rows = rows.OrderBy(c => c.Number);
        if (limit == int.MaxValue)
            return new Changes(await rows.ToListAsync(), number, false);
        // What one save changed is not cut apart, so the last number that is told is told whole.
        var numbers = await rows.Select(c => c.Number).Take(limit + 1).ToListAsync();
        if (numbers.Count <= limit)
            return new Changes(await rows.ToListAsync(), number, false);
        var last = numbers[limit - 1];
        var more = await rows.AnyAsync(c => c.Number > last);
        return new Changes(await rows.Where(c => c.Number <= last).ToListAsync(), more ? last : number, more);
    }

    /// <summary>As many as one takes. What one save changed is not cut apart: the token names the whole save.</summary>
    /// <param name="rows">In the order of their numbers.</param>
    public static Changes Cut(List<SyncChange> rows, long number, int limit)
    {
        if (rows.Count <= limit)
            return new Changes(rows, number, false);
        var last = rows[limit - 1].Number;
        return new Changes([.. rows.TakeWhile(c => c.Number <= last)], last, true);
    }

    /// <param name="files">What is still there of these; asked for by handfuls.</param>
    public static IResult Answer(
        XElement body,
        Changes changes,
        string folder,
        Func<IReadOnlyList<Guid>, Task<IReadOnlyDictionary<Guid, DavResource>>> files,
        Func<string, string> href
    )
    {
        return MultiStatus(Lines(), DavRequest.Names(body.Element(D + "prop")), SyncToken.Write(changes.Number));

        async IAsyncEnumerable<DavLine> Lines()
        {
            foreach (var some in changes.Rows.Chunk(ItemFiles.Handful))
            {
                var there = await files([.. some.Where(c => !c.Gone).Select(c => c.Item)]);
                foreach (var row in some)
                    yield return !row.Gone && there.TryGetValue(row.Item, out var file) ? new(file) : new(null, href(row.Path), 404);
            }
            if (changes.Cut)
                yield return new(null, folder, 507);
        }
    }
}

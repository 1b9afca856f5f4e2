using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>REPORT on a calendar: by query, by name, by change, and when it is taken.</summary>
internal static class CalendarReports
{
    private const int MostNames = 20_000;

    public static async Task<IResult> Answer(DavRequest r)
    {
        var body = await Read(r.Http.Request) ?? throw new DavError(400);
        if (body.Name == C + "free-busy-query")
            return await FreeBusy.Answer(r, await r.CalendarToAsk(), body);
        var book = await r.Calendar();
        if (body.Name == C + "calendar-query")
            return Query(r, book, body);
        if (body.Name == C + "calendar-multiget")
            return MultiGet(r, book, body);
        if (body.Name == D + "sync-collection")
            return await Sync(r, book, body);
        throw new DavError(403, D + "supported-report");
    }

    private static IResult Query(DavRequest r, CalendarBook book, XElement body)
    {
        var filter = CalendarFilter.Read(body.Element(C + "filter"));
        var names = DavRequest.Names(body.Element(D + "prop"));
        var shape = DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"));
        return MultiStatus(Found(), names);

        async IAsyncEnumerable<DavLine> Found()
        {
            await foreach (var item in ItemFiles.Whole(filter.Narrow(r.Items(book))))
                if (filter.Takes(item, r.Zone))
                    yield return new(File(r, book, item, shape));
        }
    }

    private static IResult MultiGet(DavRequest r, CalendarBook book, XElement body)
    {
        var hrefs = body.Elements(D + "href").Select(h => h.Value).Take(MostNames).ToList();
        var (props, shape) = (
            DavRequest.Names(body.Element(D + "prop")),
            DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"))
        );
        return MultiStatus(Found(), props);

        async IAsyncEnumerable<DavLine> Found()
        {
            foreach (var some in hrefs.Chunk(ItemFiles.Handful))
            {
                var names = some.Select(h => DavPaths.FileOf(h, r.Paths.Of(book))).ToList();
                var asked = names.OfType<string>().Distinct().ToList();
                var found = await r.Items(book).Where(i => asked.Contains(i.Path)).ToDictionaryAsync(i => i.Path);
                foreach (var (href, name) in some.Zip(names))
                    yield return name is not null && found.TryGetValue(name, out var item)
                        ? new(File(r, book, item, shape))
                        : new(null, href, 404);
            }
        }
    }

    private static async Task<IResult> Sync(DavRequest r, CalendarBook book, XElement body)
    {
        // One who has seen nothing and takes all is told what is there; what happened on the way is of no use.
        if (SyncReport.IsFirst(body))
            return MultiStatus(
                ItemFiles.Files(r, book, r.Items(book), false),
                DavRequest.Names(body.Element(D + "prop")),
                SyncToken.Write(await r.Number(book.Id))
            );
        var changes = await SyncReport.Since(r, book.Id, body);
        var shape = DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"));
        return SyncReport.Answer(body, changes, r.Paths.Of(book), Files, path => r.Paths.Of(book, path));

        async Task<IReadOnlyDictionary<Guid, DavResource>> Files(IReadOnlyList<Guid> some)
        {
            if (shape is not null)
                return (await r.Items(book).Where(i => some.Contains(i.Id)).ToListAsync()).ToDictionary(
                    i => i.Id,
                    i => (DavResource)File(r, book, i, shape)
                );
            var rows = await r.Items(book)
                .Where(i => some.Contains(i.Id))
                .Select(i => new
                {
                    i.Id,
                    i.Path,
                    i.Version,
                })
                .ToListAsync();
            return rows.ToDictionary(
                i => i.Id,
                i =>
                    (DavResource)
                        new FileResource(r.Paths.Of(book, i.Path), $"\"{i.Id:N}-{i.Version}\"", null, C + "calendar-data", ItemFiles.Type)
            );
        }
    }

    private static FileResource File(DavRequest r, CalendarBook book, CalendarItem item, DataShape? shape) =>
        new(
            r.Paths.Of(book, item.Path),
            item.Etag,
            shape?.Of(item, r.Zone),
            C + "calendar-data",
            $"{ItemFiles.Type}; component={item.Component.ToLowerInvariant()}"
        );

    internal static (long From, long To) Range(XElement range)
    {
        var (from, to) = (TimeValue.Parse((string?)range.Attribute("start"), null), TimeValue.Parse((string?)range.Attribute("end"), null));
        if (range.Attribute("start") is not null && from is null || range.Attribute("end") is not null && to is null)
            throw new DavError(400) { Why = "a time range that is no time" };
        var (first, last) = (from?.Local ?? Civil.First, to?.Local ?? Civil.Last);
        return last > first ? (first, last) : throw new DavError(400) { Why = "a time range that ends before it begins" };
    }
}

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
        if (body.Name == C + "free-busy-query") return await FreeBusy.Answer(r, await r.CalendarToAsk(), body);
        var book = await r.Calendar();
        if (body.Name == C + "calendar-query") return await Query(r, book, body);
        if (body.Name == C + "calendar-multiget") return await MultiGet(r, book, body);
        if (body.Name == D + "sync-collection") return await Sync(r, book, body);
        throw new DavError(403, D + "supported-report");
    }

    private static async Task<IResult> Query(DavRequest r, CalendarBook book, XElement body)
    {
        var filter = CalendarFilter.Read(body.Element(C + "filter"));
        var names = DavRequest.Names(body.Element(D + "prop"));
        var items = await filter.Narrow(r.Items(book)).ToListAsync();
        var shape = DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"));
        var files = items.Where(i => filter.Takes(i, r.Zone)).Select(i => File(r, book, i, shape)).ToList();
        return MultiStatus(w => { foreach (var file in files) w.Response(file, names); });
    }

    private static async Task<IResult> MultiGet(DavRequest r, CalendarBook book, XElement body)
    {
        var hrefs = body.Elements(D + "href").Select(h => h.Value).Take(MostNames).ToList();
        var names = hrefs.Select(h => DavPaths.FileOf(h, r.Paths.Of(book))).ToList();
        var found = new Dictionary<string, CalendarItem>();
        foreach (var some in names.OfType<string>().Distinct().Chunk(500))
            foreach (var item in await r.Items(book).Where(i => some.Contains(i.Path)).ToListAsync()) found[item.Path] = item;
        var (props, shape) = (DavRequest.Names(body.Element(D + "prop")), DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data")));
        return MultiStatus(w =>
        {
            foreach (var (href, name) in hrefs.Zip(names))
                if (name is not null && found.TryGetValue(name, out var item)) w.Response(File(r, book, item, shape), props);
                else w.Response(href, 404);
        });
    }

    private static async Task<IResult> Sync(DavRequest r, CalendarBook book, XElement body)
    {
        if (SyncReport.IsFirst(body)) return await First(r, book, body);
        var changes = await SyncReport.Since(r, book.Id, body);
        var shape = DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"));
        var files = new Dictionary<Guid, DavResource>();
        foreach (var some in changes.Rows.Where(c => !c.Gone).Select(c => c.Item).Chunk(500))
        {
            var rows = shape is null
                ? await r.Items(book).Where(i => some.Contains(i.Id)).Select(i => new { i.Id, i.Path, i.Version }).ToListAsync()
                : null;
            foreach (var i in rows ?? []) files[i.Id] = new FileResource(r.Paths.Of(book, i.Path), $"\"{i.Id:N}-{i.Version}\"", null, C + "calendar-data", ItemFiles.Type);
            if (rows is null)
                foreach (var item in await r.Items(book).Where(i => some.Contains(i.Id)).ToListAsync()) files[item.Id] = File(r, book, item, shape);
        }
        return SyncReport.Answer(r, body, changes, r.Paths.Of(book), files, path => r.Paths.Of(book, path));
    }

    // One who has seen nothing and takes all is told what is there; what happened on the way is of no use.
    private static async Task<IResult> First(DavRequest r, CalendarBook book, XElement body)
    {
        var number = await r.Number(book.Id);
        var names = DavRequest.Names(body.Element(D + "prop"));
        var items = await r.Items(book).Select(i => new { i.Id, i.Path, i.Version }).ToListAsync();
        return MultiStatus(w =>
        {
            foreach (var i in items) w.Response(new FileResource(r.Paths.Of(book, i.Path), $"\"{i.Id:N}-{i.Version}\"", null, C + "calendar-data", ItemFiles.Type), names);
        }, SyncToken.Write(number));
    }

    private static FileResource File(DavRequest r, CalendarBook book, CalendarItem item, DataShape? shape) =>
        new(r.Paths.Of(book, item.Path), item.Etag, shape?.Of(item, r.Zone), C + "calendar-data", $"{ItemFiles.Type}; component={item.Component.ToLowerInvariant()}");

    internal static (long From, long To) Range(XElement range)
    {
        var (from, to) = (TimeValue.Parse((string?)range.Attribute("start"), null), TimeValue.Parse((string?)range.Attribute("end"), null));
        if (range.Attribute("start") is not null && from is null || range.Attribute("end") is not null && to is null) throw new DavError(400) { Why = "a time range that is no time" };
        var (first, last) = (from?.Local ?? Civil.First, to?.Local ?? Civil.Last);
        return last > first ? (first, last) : throw new DavError(400) { Why = "a time range that ends before it begins" };
    }
}

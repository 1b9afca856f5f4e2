using System.Xml.Linq;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>REPORT on the address book: by query, by name, by change.</summary>
internal static class ContactReports
{
    private const int MostNames = 20_000;

    public static async Task<IResult> Answer(DavRequest r)
    {
        if (!r.Actor.Can(Permission.ClientsSee))
            throw new DavError(404);
        var body = await Read(r.Http.Request) ?? throw new DavError(400);
        var names = DavRequest.Names(body.Element(D + "prop"));
        if (body.Name == D + "sync-collection")
            return await Sync(r, body, names);
        if (body.Name == R + "addressbook-multiget")
            return MultiGet(r, body, names);
        if (body.Name != R + "addressbook-query")
            throw new DavError(403, D + "supported-report");
        if (body.Element(R + "filter") is not { } filter)
            throw new DavError(403, R + "supported-filter");
        TextMatch.Check(filter);
        return MultiStatus(
            Query(
                r,
                filter,
                names.Any(FileResource.OfText.Contains),
                int.TryParse(body.Element(R + "limit")?.Element(R + "nresults")?.Value, out var n) && n > 0 ? n : int.MaxValue
            ),
            names
        );
    }

    private static async IAsyncEnumerable<DavLine> Query(DavRequest r, XElement filter, bool texts, int limit)
    {
        var all = filter.Elements(R + "prop-filter").ToList();
        await foreach (var row in ContactFiles.All(r, texts || all.Count > 0))
        {
            if (!Takes(filter, all, row))
                continue;
            if (limit-- == 0)
            {
                yield return new(null, r.Paths.Contacts, 507);
                yield break;
            }
            yield return new(ContactFiles.File(r, texts ? row : row with { Contact = null }));
        }
    }

    private static IResult MultiGet(DavRequest r, XElement body, IReadOnlyList<XName> names)
    {
        var hrefs = body.Elements(D + "href").Select(h => h.Value).Take(MostNames).ToList();
        return MultiStatus(Found(), names);

        async IAsyncEnumerable<DavLine> Found()
        {
            foreach (var some in hrefs.Chunk(ItemFiles.Handful))
            {
                var files = some.Select(h => DavPaths.FileOf(h, r.Paths.Contacts)).ToList();
                var found = (await ContactFiles.Named(r, files.OfType<string>().ToHashSet())).ToDictionary(c => c.Path);
                foreach (var (href, name) in some.Zip(files))
                    yield return name is not null && found.TryGetValue(name, out var row)
                        ? new(ContactFiles.File(r, row))
                        : new(null, href, 404);
            }
        }
    }

    private static async Task<IResult> Sync(DavRequest r, XElement body, IReadOnlyList<XName> names)
    {
        var texts = names.Any(FileResource.OfText.Contains);
        if (SyncReport.IsFirst(body))
            return MultiStatus(Whole(r, texts), names, SyncToken.Write(await r.Number(SyncChange.AddressBook)));
        return SyncReport.Answer(
            body,
            await SyncReport.Since(r, SyncChange.AddressBook, body),
            r.Paths.Contacts,
            async some => (await ContactFiles.Of(r, some, texts)).ToDictionary(c => c.Id, c => (DavResource)ContactFiles.File(r, c)),
            r.Paths.OfCard
        );
    }

    /// <summary>The files of the address book, sent as they are read.</summary>
    public static async IAsyncEnumerable<DavLine> Whole(DavRequest r, bool texts)
    {
        await foreach (var row in ContactFiles.All(r, texts))
            yield return new(ContactFiles.File(r, row));
    }

    private static bool Takes(XElement filter, List<XElement> tests, ContactFiles.Row row)
    {
        if (tests.Count == 0)
            return true;
        var card = row.Card;
        return (string?)filter.Attribute("test") == "allof"
            ? tests.TrueForAll(t => PropertyTest.Holds(card, t))
            : tests.Exists(t => PropertyTest.Holds(card, t));
    }
}

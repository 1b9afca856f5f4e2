using System.Net;
using System.Xml;
using System.Xml.Linq;
using Remit.Kernel;
using Remit.Web;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Outside;

/// <summary>A calendar found on the other side.</summary>
/// <param name="OwnerId">Whose time it takes here; null where that is nobody of the firm.</param>
public sealed record OutsideCalendar(Uri Address, string Name, string Colour, bool ReadOnly, Guid? OwnerId);

/// <summary>A file on the other side as it stands in an answer; no text where none was asked for, gone where it is no more.</summary>
internal sealed record OutsideFile(string Href, string Etag, string? Text, bool Gone);

/// <summary>The other side of CalDAV: what a phone does with us, Remit does with another server.</summary>
internal sealed class OutsideDav(OutsideWeb web, OutsideLogin login, Guid? owner)
{
    private const int MostPages = 100,
        MostDeep = 60,
        MostElements = 1_000_000;

    /// <summary>Finds the calendars from an address as people know it: a server, an account's page, or a calendar itself (RFC 6764).</summary>
    public async Task<IReadOnlyList<OutsideCalendar>> Discover(Uri start, CancellationToken cancel)
    {
        var me = await Principal(start, cancel) ?? await Principal(new Uri(start, "/.well-known/caldav"), cancel);
        var home = me is null ? null : await Linked(me, C + "calendar-home-set", cancel);
        var found = home is null ? [] : await Calendars(home, "1", cancel);
        // A server without principals may still have a calendar at the very address.
        if (found.Count == 0)
            found = await Calendars(start, "0", cancel);
        return found.Count > 0 ? found : throw new Refusal("outside.no_calendars", ("address", start.GetLeftPart(UriPartial.Path)));
    }

    /// <summary>What is new under the token, and the next token; null where the other side does not know the token, or no such report.</summary>
    public async Task<(List<OutsideFile> Files, string Token)?> Changes(Uri calendar, string token, CancellationToken cancel)
    {
        var files = new List<OutsideFile>();
        for (var page = 0; page < MostPages; page++)
        {
            var body = new XElement(
                D + "sync-collection",
                new XElement(D + "sync-token", token),
                new XElement(D + "sync-level", "1"),
                new XElement(D + "prop", new XElement(D + "getetag"))
            );
            var answer = await Send("REPORT", calendar, body, "1", cancel);
            if (answer.Status is 400 or 403 or 404 or 405 or 409 or 410 or 412 or 415 or 501 or 507)
                return null;
            var xml = Tree(answer);
            var own = xml.Elements(D + "response").Select(r => Read(calendar, r)).ToList();
            files.AddRange(own.OfType<OutsideFile>());
            if (xml.Element(D + "sync-token")?.Value is not { Length: > 0 } next)
                return null;
            var cut = xml.Elements(D + "response").Any(r => r.Element(D + "status")?.Value.Contains(" 507") == true);
            if (!cut || next == token)
                return (files, next);
            token = next;
        }
        return (files, token);
    }

    /// <summary>Every file of the calendar with its tag.</summary>
    public async Task<List<OutsideFile>> All(Uri calendar, CancellationToken cancel)
    {
        var xml = Tree(await Send("PROPFIND", calendar, Ask(D + "getetag", D + "resourcetype"), "1", cancel));
        return
        [
            .. xml.Elements(D + "response")
                .Where(r => !r.Descendants(D + "collection").Any())
                .Select(r => Read(calendar, r))
                .OfType<OutsideFile>(),
        ];
    }

    /// <summary>The texts of these files. One that is not there any more is not in the answer.</summary>
    public async Task<List<OutsideFile>> Texts(Uri calendar, IReadOnlyCollection<string> hrefs, CancellationToken cancel)
    {
        var body = new XElement(
            C + "calendar-multiget",
            new XElement(D + "prop", new XElement(D + "getetag"), new XElement(C + "calendar-data")),
            hrefs.Select(h => new XElement(D + "href", h))
        );
        var xml = Tree(await Send("REPORT", calendar, body, "1", cancel));
        return
        [
            .. xml.Elements(D + "response").Select(r => Read(calendar, r)).OfType<OutsideFile>().Where(f => !f.Gone && f.Text is not null),
        ];
    }

    /// <param name="etag">The tag of the text that is written over; null where nothing may be there yet.</param>
    public async Task<OutsideAnswer> Put(Uri file, string text, string? etag, CancellationToken cancel)
    {
        var answer = await web.Send(
            new("PUT", file)
            {
                Login = login,
                Body = text,
                Type = "text/calendar",
                Headers = [etag is null ? ("If-None-Match", "*") : ("If-Match", etag)],
            },
            cancel
        );
        MustKnow(answer);
        if (!answer.Good || answer.Etag.Length > 0)
            return answer;
        // Who gives no tag may have stored another text than was sent.
        return answer with
        {
            Etag =
                Tree(await Send("PROPFIND", file, Ask(D + "getetag"), "0", cancel)).Descendants(D + "getetag").FirstOrDefault()?.Value
                ?? "",
        };
    }

    public async Task<OutsideAnswer> Delete(Uri file, string etag, CancellationToken cancel)
    {
        var answer = await web.Send(new("DELETE", file) { Login = login, Headers = etag.Length > 0 ? [("If-Match", etag)] : [] }, cancel);
        MustKnow(answer);
        return answer;
    }

    private async Task<Uri?> Principal(Uri address, CancellationToken cancel)
    {
        var answer = await Send("PROPFIND", address, Ask(D + "current-user-principal", D + "principal-URL"), "0", cancel);
        if (answer.Status != 207)
            return null;
        var xml = Tree(answer);
        return
            (
                xml.Descendants(D + "current-user-principal")
                    .Concat(xml.Descendants(D + "principal-URL"))
                    .Elements(D + "href")
                    .FirstOrDefault()
                    ?.Value
            )
                is { Length: > 0 } href
            ? new Uri(answer.Address, href)
            : null;
    }

    private async Task<Uri?> Linked(Uri address, XName name, CancellationToken cancel)
    {
        var answer = await Send("PROPFIND", address, Ask(name), "0", cancel);
        return answer.Status == 207 && Tree(answer).Descendants(name).Elements(D + "href").FirstOrDefault()?.Value is { Length: > 0 } href
            ? new Uri(answer.Address, href)
            : null;
    }

    private async Task<List<OutsideCalendar>> Calendars(Uri home, string depth, CancellationToken cancel)
    {
        var answer = await Send(
            "PROPFIND",
            home,
            Ask(
                D + "resourcetype",
                D + "displayname",
                A + "calendar-color",
                C + "supported-calendar-component-set",
                D + "current-user-privilege-set"
            ),
            depth,
            cancel
        );
        if (answer.Status != 207)
            return [];
        return
        [
            .. Tree(answer)
                .Elements(D + "response")
                .Where(r => r.Descendants(D + "resourcetype").Elements(C + "calendar").Any() && TakesEvents(r))
                .Select(r => Calendar(answer.Address, r)),
        ];
    }

    private static bool TakesEvents(XElement response) =>
        response.Descendants(C + "comp").Select(c => (string?)c.Attribute("name")).ToList() is var kinds
        && (kinds.Count == 0 || kinds.Contains("VEVENT"));

    private OutsideCalendar Calendar(Uri home, XElement response)
    {
        var address = new Uri(home, response.Element(D + "href")!.Value);
        var rights = response.Descendants(D + "privilege").Elements().Select(e => e.Name.LocalName).ToList();
        var colour = response.Descendants(A + "calendar-color").FirstOrDefault()?.Value.Trim() ?? "";
        var name = response.Descendants(D + "displayname").FirstOrDefault()?.Value.Trim() is { Length: > 0 } n
            ? n
            : WebUtility.UrlDecode(address.AbsolutePath.TrimEnd('/').Split('/')[^1]);
        return new OutsideCalendar(
            address,
            name.Length > 200 ? name[..200] : name,
            colour,
            rights.Count > 0 && !rights.Exists(r => r is "write" or "write-content" or "all"),
            owner
        );
    }

    // Only what lies in the calendar itself is a file of it, whatever the answer says.
    private static OutsideFile? Read(Uri calendar, XElement response)
    {
        if (response.Element(D + "href")?.Value is not { Length: > 0 and <= 2000 } href || !Uri.TryCreate(calendar, href, out var file))
            return null;
        if (
            file.Host != calendar.Host
            || !file.AbsolutePath.StartsWith(calendar.AbsolutePath, StringComparison.Ordinal)
            || file.AbsolutePath.TrimEnd('/').Length <= calendar.AbsolutePath.TrimEnd('/').Length
        )
            return null;
        var gone = response.Element(D + "status")?.Value is { } status && (status.Contains(" 404") || status.Contains(" 410"));
        var etag = response.Descendants(D + "getetag").FirstOrDefault()?.Value.Trim() ?? "";
        return gone || etag.Length is > 0 and <= 1000
            ? new OutsideFile(file.AbsolutePath, etag, response.Descendants(C + "calendar-data").FirstOrDefault()?.Value, gone)
            : null;
    }

    private static XElement Ask(params XName[] names) => new(D + "propfind", new XElement(D + "prop", names.Select(n => new XElement(n))));

    private async Task<OutsideAnswer> Send(string method, Uri address, XElement body, string depth, CancellationToken cancel)
    {
        var answer = await web.Send(
            new(method, address)
            {
                Login = login,
                Body = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + body.ToString(SaveOptions.DisableFormatting),
                Headers = [("Depth", depth)],
            },
            cancel
        );
        MustKnow(answer);
        return answer;
    }

    private static void MustKnow(OutsideAnswer answer) =>
        Rules.Must(answer.Status is not 401, "outside.not_let_in", ("address", answer.Address.GetLeftPart(UriPartial.Path)));

    private static XElement Tree(OutsideAnswer answer)
    {
        if (answer.Status != 207)
            throw new Refusal("outside.status", ("address", answer.Address.GetLeftPart(UriPartial.Path)), ("status", answer.Status));
        try
        {
            return Dav.DavXml.Tree(answer.Body, MostDeep, MostElements)
                ?? throw new Refusal(
                    "outside.no_answer",
                    ("address", answer.Address.GetLeftPart(UriPartial.Path)),
                    ("why", $"more than {MostElements} elements")
                );
        }
        catch (XmlException e)
        {
            throw new Refusal("outside.no_answer", ("address", answer.Address.GetLeftPart(UriPartial.Path)), ("why", e.Message));
        }
    }
}

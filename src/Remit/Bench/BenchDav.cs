using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;

namespace Remit;

/// <summary>A calendar server as a phone uses it: the same requests whoever answers them.</summary>
internal sealed partial class BenchDav : IDisposable
{
    private const int Tries = 20;
    private const string Spaces = "xmlns:D=\"DAV:\" xmlns:C=\"urn:ietf:params:xml:ns:caldav\"";
    private readonly HttpClient http;
    private readonly Uri calendar;

    public BenchDav(Uri calendar, string user, string password)
    {
        this.calendar = calendar;
        http = new HttpClient(
            new SocketsHttpHandler
            {
                UseProxy = false,
                AllowAutoRedirect = false,
                UseCookies = false,
            }
        )
        {
            Timeout = TimeSpan.FromMinutes(10),
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"))
        );
    }

    public static string Name(int n) => $"bench-{n:000000}.ics";

    /// <summary>The n-th event: three thousand lie over a year, each twentieth comes every week of ten.</summary>
    public static string Event(int n, string word = "Встреча")
    {
        var start = new DateTime(2026, 1, 5, 8, 0, 0).AddMinutes(n % 3000 * 175L);
        return $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Remit//Bench//EN\r\nBEGIN:VEVENT\r\nUID:bench-{n:000000}@remit\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start:yyyyMMdd'T'HHmmss'Z'}\r\nDTEND:{start.AddHours(1):yyyyMMdd'T'HHmmss'Z'}\r\n"
            + $"SUMMARY:{word} {n}\r\nLOCATION:Переговорная {n % 9 + 1}\r\nDESCRIPTION:О чём говорить: план\\, сроки\\, кто что делает\r\n{(n % 20 == 0 ? "RRULE:FREQ=WEEKLY;COUNT=10\r\n" : "")}END:VEVENT\r\nEND:VCALENDAR\r\n";
    }

    public Task Make() => Send("MKCALENDAR", "", null, null);

    public Task Put(int n, string word = "Встреча") => Send("PUT", Name(n), Event(n, word), "text/calendar");

    public Task Get(int n) => Send("GET", Name(n), null, null);

    public Task List() =>
        Send("PROPFIND", "", $"<D:propfind {Spaces}><D:prop><D:getetag/><D:getcontenttype/></D:prop></D:propfind>", "application/xml");

    public Task Month(int n)
    {
        var day = new DateTime(2026, 1, 1).AddMonths(n % 12);
        return Send(
            "REPORT",
            "",
            $"<C:calendar-query {Spaces}><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter><C:comp-filter name=\"VCALENDAR\"><C:comp-filter name=\"VEVENT\"><C:time-range start=\"{day:yyyyMMdd}T000000Z\" end=\"{day.AddMonths(1):yyyyMMdd}T000000Z\"/></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>",
            "application/xml"
        );
    }

    /// <summary>The next token.</summary>
    public async Task<string> Changes(string token)
    {
        var answer = await Send(
            "REPORT",
            "",
            $"<D:sync-collection {Spaces}><D:sync-token>{token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>",
            "application/xml"
        );
        return Token.Match(Encoding.UTF8.GetString(answer)) is { Success: true } found
            ? found.Groups[1].Value
            : throw new CannotRun("A sync-collection was answered without a token.");
    }

    public void Dispose() => http.Dispose();

    // Who ends a kept connection without a word is asked again; that costs it nothing in the measure but the asking.
    private async Task<byte[]> Send(string method, string name, string? body, string? type)
    {
        for (var tries = 0; ; tries++)
            try
            {
                return await Once(method, name, body, type);
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded && tries < Tries) { }
    }

    private async Task<byte[]> Once(string method, string name, string? body, string? type)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(calendar, name));
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type!);
        request.Headers.TryAddWithoutValidation("Depth", "1");
        using var answer = await http.SendAsync(request);
        var bytes = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? bytes
            : throw new CannotRun($"{method} {calendar}{name} answered {(int)answer.StatusCode}: {Encoding.UTF8.GetString(bytes)}");
    }

    [GeneratedRegex("<(?:\\w+:)?sync-token>([^<]+)<")]
    private static partial Regex Token { get; }
}

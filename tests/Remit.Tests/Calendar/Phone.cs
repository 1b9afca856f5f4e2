using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using Remit.Modules.Calendar;

namespace Remit.Tests.Calendar;

/// <summary>A phone that speaks to one world with an app password of its own.</summary>
internal sealed class Phone : IDisposable
{
    public static readonly XNamespace D = "DAV:",
        C = "urn:ietf:params:xml:ns:caldav",
        R = "urn:ietf:params:xml:ns:carddav";
    private readonly HttpClient http;

    private Phone(HttpClient http, string email, string secret, Uri root) => (this.http, Email, Secret, Root) = (http, email, secret, root);

    public string Email { get; }
    public string Secret { get; }

    /// <summary>Where <c>dav/</c> of the firm lies.</summary>
    public Uri Root { get; }

    public static async Task<Phone> Of(World world, Guid person, string email)
    {
        await using var db = world.Db();
        var (made, secret) = AppPassword.For(person, "Phone", DateTime.UtcNow);
        db.Add(made);
        await db.SaveChangesAsync();
        var root = new Uri(world.Owner.Client.BaseAddress!, $"/~{world.Slug}/dav/");
        return new Phone(
            new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = root },
            email,
            secret,
            root
        );
    }

    public static async Task<Phone> OfOwner(World world) => await Of(world, await world.OwnerId(), "olga@example.com");

    public async Task<HttpResponseMessage> Send(
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers
    )
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, method == "PUT" ? "text/calendar" : "application/xml");
        request.Headers.Authorization = new AuthenticationHeaderValue(
            "Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Email}:{Secret}"))
        );
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(request);
    }

    public async Task<XElement> Xml(string method, string path, string body, string depth = "1")
    {
        var answer = await Send(method, path, body, ("Depth", depth));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 207, $"{method} {path}: {answer.StatusCode} {text}");
        return XElement.Parse(text);
    }

    /// <summary>The address of the person's own calendar, found as a phone finds it.</summary>
    public async Task<string> Calendar()
    {
        var start = await Xml("PROPFIND", "", "<propfind xmlns='DAV:'><prop><current-user-principal/></prop></propfind>", "0");
        var me = start.Descendants(D + "current-user-principal").Single().Value;
        var home = (
            await Xml(
                "PROPFIND",
                me,
                "<propfind xmlns='DAV:' xmlns:C='urn:ietf:params:xml:ns:caldav'><prop><C:calendar-home-set/></prop></propfind>",
                "0"
            )
        )
            .Descendants(C + "calendar-home-set")
            .Single()
            .Value;
        var all = await Xml("PROPFIND", home, "<propfind xmlns='DAV:'><prop><resourcetype/></prop></propfind>");
        return all.Elements(D + "response").First(r => r.Descendants(C + "calendar").Any()).Element(D + "href")!.Value;
    }

    public static string Event(string uid, string start, string summary = "Meeting", string more = "") =>
        $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:{start}\r\nDURATION:PT1H\r\nSUMMARY:{summary}\r\n{more}END:VEVENT\r\nEND:VCALENDAR\r\n";

    public void Dispose() => http.Dispose();
}

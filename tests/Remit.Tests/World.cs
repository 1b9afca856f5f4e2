using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Tests;

/// <summary>
/// One firm on one real node: the program as it is served, a database in a temporary folder (or on the server of
/// REMIT_TEST_POSTGRES), and an owner who is signed in. Use as a class fixture.
/// </summary>
public sealed partial class World : IAsyncLifetime
{
    public const string Password = "a long test phrase";

    private readonly string folder = Directory.CreateTempSubdirectory("remit-test-").FullName;

    /// <summary>Where the node keeps its data.</summary>
    public string Folder => folder;
    private readonly List<HttpClient> clients = [];
    private string server = "";

    /// <summary>Unique, so that worlds can share a database server.</summary>
    public string Slug { get; } = "t" + Guid.NewGuid().ToString("N")[..12];

    /// <summary>A host name of the firm's own.</summary>
    public string Host => Slug + ".example";
    public WebApplication App { get; private set; } = null!;

    /// <summary>The owner's browser.</summary>
    public Visitor Owner { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        string[] settings =
        [
            "--REMIT_URLS=http://127.0.0.1:0",
            $"--REMIT_DATA={folder}",
            "--REMIT_SIGNIN_LIMIT=1000",
            "--REMIT_JOBS=off",
            "--REMIT_OUTSIDE_PRIVATE=allow",
            $"--REMIT_HOSTS={Host}={Slug}",
        ];
        if (Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } postgres)
            settings = [.. settings, $"--REMIT_POSTGRES={postgres}"];
        App = Node.Build(settings);
        await App.StartAsync();
        server = App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        Owner = NewVisitor();
        var answer = await Owner.Post(
            "/set-up",
            ("lang", "en"),
            ("firm", "Meridian"),
            ("address", Slug),
            ("country", "BG"),
            ("owner", "Olga Owner"),
            ("email", "olga@example.com"),
            ("password", Password)
        );
        Assert.Equal(HttpStatusCode.Found, answer.StatusCode);
    }

    /// <summary>A browser that is not signed in.</summary>
    public Visitor NewVisitor()
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(server),
        };
        clients.Add(client);
        return new Visitor(client, Slug);
    }

    /// <summary>The database itself, as the owner's hand would open it; for setting a scene and for looking.</summary>
    public AppDb Db() => App.Services.GetRequiredService<FirmStore>().Open(Slug);

    public Firm Firm()
    {
        using var db = Db();
        return db.Set<Firm>().AsNoTracking().Single();
    }

    /// <summary>Does, here and now, the jobs that are due; no worker runs beside a test.</summary>
    public Task<int> RunJobs(DateTime? now = null) => App.Services.GetRequiredService<JobRunner>().RunDue(Slug, now ?? DateTime.UtcNow);

    /// <summary>A person of this role, with an account, signed in.</summary>
    public async Task<(Visitor Visitor, Guid Id)> SomeoneWhoIs(Role role)
    {
        await using var db = Db();
        var person = Person.Join(role.ToString(), $"{Guid.NewGuid():N}@example.com", role, "en");
        person.SetPassword(Password);
        db.Add(person);
        await db.SaveChangesAsync();
        var visitor = NewVisitor();
        await visitor.Post("sign-in", ("email", person.Email), ("password", Password));
        return (visitor, person.Id);
    }

    public async Task<Guid> OwnerId()
    {
        await using var db = Db();
        return await db.Set<Person>().Where(p => p.Email == "olga@example.com").Select(p => p.Id).SingleAsync();
    }

    public Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) => Owner.Post(path, fields);

    public Task<string> Text(string path) => Owner.Text(path);

    /// <summary>What a script would be told; letters as they are.</summary>
    public async Task<string> PostAndReadJson(string path, params (string Name, string Value)[] fields) =>
        System.Text.RegularExpressions.Regex.Unescape(await (await Owner.Post(path, fields)).Content.ReadAsStringAsync());

    public async Task DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await App.StopAsync();
        await App.Services.GetRequiredService<FirmStore>().Engine.Drop(Slug);
        await App.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>One browser: cookies, and paths of the firm written without a leading slash.</summary>
    public sealed partial class Visitor(HttpClient client, string slug)
    {
        public HttpClient Client => client;

        /// <summary>The page as a person reads it: entities resolved.</summary>
        public async Task<string> Text(string path)
        {
            var answer = await Get(path);
            var text = WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}: {answer.StatusCode} {text}");
            return text;
        }

        public Task<HttpResponseMessage> Get(string path) => client.GetAsync(Full(path));

        /// <summary>Sends a form with its token, as the page does; redirects are not followed.</summary>
        public async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields) =>
            await PostBare(path, await Token(fields, path));

        /// <summary>The fields with the token that a form of this browser carries.</summary>
        public async Task<(string Name, string Value)[]> Token((string Name, string Value)[] fields, string path = "")
        {
            var page = await client.GetStringAsync(path.StartsWith('/') ? "/" : Full("sign-in"));
            return [.. fields, ("__RequestVerificationToken", WebUtility.HtmlDecode(TokenField.Match(page).Groups[1].Value))];
        }

        /// <summary>Sends a form, follows where it goes, and reads the page there.</summary>
        public async Task<string> PostAndRead(string path, params (string Name, string Value)[] fields)
        {
            var answer = await Post(path, fields);
            if (answer.Headers.Location is not { } to)
                return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
            return await Text(to.OriginalString);
        }

        /// <summary>Sends a form without a token.</summary>
        public Task<HttpResponseMessage> PostBare(string path, params (string Name, string Value)[] fields) =>
            client.PostAsync(Full(path), new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))));

        public string Full(string path) => path.StartsWith('/') ? path : $"/~{slug}/{path}";

        [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
        private static partial Regex TokenField { get; }
    }
}

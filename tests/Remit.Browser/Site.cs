using Microsoft.Playwright;

namespace Remit.Browser;

/// <summary>The program with its demo firm, and a Chromium to look at it with. One for all tests of the project.</summary>
public sealed class Site : IAsyncLifetime
{
    private static readonly string[] flags =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    private IPlaywright playwright = null!;
    private Served served = null!;

    public IBrowser Browser { get; private set; } = null!;
    public string Url => served.Url;
    public string Demo => served.Url + "/~demo/";

    public async Task InitializeAsync()
    {
        served = await Served.Start();
        playwright = await Playwright.CreateAsync();
        Browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = flags });
    }

    /// <summary>Somebody at the demo firm's first page, signed in as its owner; fails for anything the browser complains of.</summary>
    public async Task AtDemo(Func<IPage, Task> act, string language = "en", string theme = "light", bool script = true) =>
        await At(
            async page =>
            {
                await page.GotoAsync(Url + "/?lang=" + language);
                await page.ClickAsync("form[action=demo] button");
                await page.WaitForURLAsync(Demo);
                await act(page);
            },
            language,
            theme,
            script
        );

    /// <summary>Somebody new at the program, nowhere yet.</summary>
    public async Task At(Func<IPage, Task> act, string language = "en", string theme = "light", bool script = true)
    {
        await using var context = await Browser.NewContextAsync(
            new()
            {
                JavaScriptEnabled = script,
                ViewportSize = new() { Width = 1440, Height = 900 },
            }
        );
        await context.AddCookiesAsync([
            new()
            {
                Name = "lang",
                Value = language,
                Url = Url,
            },
            new()
            {
                Name = "theme",
                Value = theme,
                Url = Url,
            },
        ]);
        var page = await context.NewPageAsync();
        // Patient: a machine may be busy with much else, and making the demo takes its time then.
        page.SetDefaultTimeout(180_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        var complaints = new List<string>();
        // 422 is the answer to a form that breaks a rule; Chromium calls every 4xx an error.
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning" && !said.Text.Contains("status of 422"))
                complaints.Add($"{page.Url}: {said.Text}");
        };
        page.PageError += (_, error) => complaints.Add($"{page.Url}: {error}");
        await act(page);
        Assert.Empty(complaints);
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await served.DisposeAsync();
    }

    private static string Chromium() =>
        new[]
        {
            Environment.GetEnvironmentVariable("REMIT_CHROMIUM"),
            "/usr/bin/chromium",
            "/usr/bin/chromium-browser",
            "/usr/bin/google-chrome",
        }.FirstOrDefault(File.Exists)
        ?? throw new InvalidOperationException("There is no Chromium here: run bin/setup --browser, or name one in REMIT_CHROMIUM.");
}

[CollectionDefinition(Name)]
public sealed class Looking : ICollectionFixture<Site>
{
    public const string Name = "browser";
}

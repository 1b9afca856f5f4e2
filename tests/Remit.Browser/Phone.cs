using Microsoft.Playwright;

namespace Remit.Browser;

/// <summary>A phone of somebody at the demo firm: narrow, at times without network, of which the browser complains aloud.</summary>
internal static class Phone
{
    /// <summary>Under which name each programmer of the demo signs in.</summary>
    public static readonly IReadOnlyDictionary<string, string> Mails = new Dictionary<string, string>
    {
        ["Alex Kim"] = "kim",
        ["Mary Leeds"] = "maria",
        ["Paul Ruddock"] = "pavel",
        ["Owen Thorne"] = "oleg",
    };

    public static async Task OnPhone(this Site site, Func<IPage, Task> act, string? who = null)
    {
        await using var context = await site.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 390, Height = 844 },
            }
        );
        await context.AddCookiesAsync([
            new()
            {
                Name = "lang",
                Value = "en",
                Url = site.Url,
            },
        ]);
        var page = await context.NewPageAsync();
        page.SetDefaultTimeout(60_000);
        if (who is not null)
            await site.SignIn(page, who);
        await act(page);
    }

    public static async Task SignIn(this Site site, IPage page, string who)
    {
        await page.GotoAsync(site.Demo + "sign-in");
        await page.FillAsync("[name=email]", who + "@demo.example");
        await page.FillAsync("[name=password]", "demo-demo-demo");
        await page.ClickAsync("main form button");
        await page.WaitForURLAsync(site.Demo);
    }

    /// <summary>Comes back when the phone has this sheet in the pocket, or the list of them.</summary>
    public static Task Kept(this IPage page, string? sheet) =>
        page.EvaluateAsync(
            """
            async sheet => {
              const wanted = sheet ?? new URL("visits/pocket", document.baseURI).href;
              for (;;) {
                for (const name of await caches.keys()) if (name.includes("pocket") && await caches.match(wanted, { cacheName: name })) return;
                await new Promise((next) => setTimeout(next, 50));
              }
            }
            """,
            sheet
        );

    public static async Task Sign(this IPage page)
    {
        await page.Locator("canvas").ScrollIntoViewIfNeededAsync();
        var box = (await page.Locator("canvas").BoundingBoxAsync())!;
        var (x, y) = (box.X + box.Width / 6, box.Y + box.Height / 2);
        await page.Mouse.MoveAsync(x, y);
        await page.Mouse.DownAsync();
        // A flourish: somebody looks at the picture of it.
        for (var n = 1; n <= 40; n++)
            await page.Mouse.MoveAsync(x + n * box.Width / 60, y + (float)(Math.Sin(n / 2.2) * box.Height / 4 * (1 - n / 50.0)));
        await page.Mouse.UpAsync();
    }

    public static FilePayload Act { get; } =
        new()
        {
            Name = "act.png",
            MimeType = "image/png",
            Buffer = Convert.FromBase64String(
                "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
            ),
        };
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>A new client asks, a programmer goes, the papers are signed: the whole way, each on their own screen.</summary>
[Collection(Looking.Name)]
public sealed class The_whole_visit(Site site)
{
    private const string Client = "Harbour Books Ltd",
        Asked = "Stock figures differ after the move to the new office",
        Done = "Set up the exchange with the shop, corrected the stock";

    [Fact]
    public async Task A_question_becomes_a_visit_its_papers_and_its_pay() =>
        await AtOffice(
            "elena",
            async office =>
            {
                var client = await NewClient(office);
                var door = await Link(office);
                await Outside(
                    door,
                    async page =>
                    {
                        await page.FillAsync("[name=question_text]", Asked);
                        await page.SelectOptionAsync("[name=product]", new SelectOptionValue { Label = "Trade and stock" });
                        await page.FillAsync("[name=asked_by]", "Rose Quayle");
                        await page.Take("question-asked");
                        await page.ClickAsync("main form button.main");
                        await Expect(page.Locator("main")).ToContainTextAsync(Asked);
                    }
                );
                var programmer = await Routed(office, client);
                var visit = await Planned(office, programmer);
                var (clients, own) = (await Link(office), await office.Locator("input[readonly]").Nth(1).InputValueAsync());
                await Outside(
                    clients,
                    async page =>
                    {
                        await page.Take("visit-client");
                        await page.ClickAsync("form[action$='/confirm'] button");
                        await Expect(page.Locator("p[role=status]")).ToBeVisibleAsync();
                    }
                );
                await Outside(
                    own,
                    async page =>
                    {
                        await Expect(page.Locator("main")).ToContainTextAsync("Ring at the blue door");
                        await Expect(page.Locator("main img.route")).ToHaveCountAsync(1);
                        await page.Take("visit-programmer");
                        await page.ClickAsync("form[action$='/accept'] button");
                        await Expect(page.Locator("p[role=status]")).ToBeVisibleAsync();
                    }
                );
                // The next free time may be tomorrow's; they ask to come today.
                await office.ReloadAsync();
                var today = office.Locator("form:has(input[type=hidden][name=starts_at]) button");
                if (await today.CountAsync() > 0)
                    await today.ClickAsync();
                await Expect(today).ToHaveCountAsync(0);
                await site.OnPhone(
                    async phone =>
                    {
                        await OnTheSpot(phone, visit + "/sheet");
                        await Expect(await Held(phone)).ToContainTextAsync(Client);
                        await Outside(door, async page => await Expect(page.Locator("main")).ToContainTextAsync(Done));
                        await Dictated(office);
                        await ActIsBack(office);
                        await Counted(phone);
                    },
                    Phone.Mails[programmer]
                );
            }
        );

    private async Task<string> NewClient(IPage page)
    {
        await page.GotoAsync(site.Demo + "clients/new");
        await page.FillAsync("[name=client_title]", Client);
        await page.FillAsync("[name=legal_address]", "Bristol, Harbour Quay 7");
        await page.FillAsync("[name=route]", "Ring at the blue door; the office is above the shop.");
        await page.ClickAsync("main form button.main");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Client);
        var client = page.Url;
        await page.GotoAsync(client + "/contacts/new");
        await page.FillAsync("[name=name]", "Rose Quayle");
        await page.FillAsync("[name=post]", "director");
        await page.FillAsync("[name=phone]", "+44 117 900 1200");
        await page.ClickAsync("main form button.main");
        var way = page.Locator("form", new() { Has = page.Locator("[name=record_kind][value=route]") });
        await way.Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = "the-way.png",
                    MimeType = "image/png",
                    Buffer = await TheWay(),
                }
            );
        await way.Locator("button").ClickAsync();
        await Expect(page.Locator("main .row.file")).ToHaveCountAsync(1);
        await page.ClickAsync("button[form=door]");
        return client;
    }

    /// <summary>Whom the question went to; the page says why.</summary>
    private static async Task<string> Routed(IPage page, string client)
    {
        await page.GotoAsync(client);
        await page.ClickAsync("main a[href^='questions/']:not(.btn)");
        await Expect(page.Locator("main")).ToContainTextAsync("Trade and stock");
        await Expect(page.Locator("main p.muted").First).ToContainTextAsync("knows");
        await page.Take("question-routed");
        return (await page.Locator("main .row b").First.TextContentAsync())!;
    }

    private static async Task<string> Planned(IPage page, string programmer)
    {
        await page.ClickAsync("main a[href^='visits/new']");
        var choice = page.Locator(".choice").First;
        await Expect(choice.Locator("b")).ToHaveTextAsync(programmer);
        await choice.Locator("label").First.ClickAsync();
        await page.Take("plan-visit");
        await page.ClickAsync("form[action='visits/new'] button.main");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Asked);
        return page.Url;
    }

    private static async Task OnTheSpot(IPage page, string sheet)
    {
        await page.Kept(sheet);
        await page.Context.SetOfflineAsync(true);
        await page.GotoAsync(sheet);
        await page.ClickAsync("[data-clock=start] button");
        await page.ClickAsync("[data-clock=stop] button");
        await page.SetInputFilesAsync("input[type=file]", Phone.Act);
        await page.ClickAsync("form[action=files] button");
        await page.FillAsync("[name=works]", Done);
        await page.FillAsync("[name=duration]", "90");
        await page.FillAsync("[name=signed_by]", "Rose Quayle");
        await page.Sign();
        await page.Take("sheet-offline", whole: true);
        await page.ClickAsync("form[data-works] button.main");
        await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(5);
        await page.EvaluateAsync("scrollTo(0, 0)");
        await page.Take("sheet-waits");
        // The first answer is lost on the way, so the phone sends once more what is done already.
        var lost = new TaskCompletionSource();
        await page.RouteAsync(
            "**/sheet/finish",
            async route =>
            {
                await route.FetchAsync();
                await route.AbortAsync();
                lost.SetResult();
            },
            new() { Times = 1 }
        );
        await page.Context.SetOfflineAsync(false);
        await lost.Task;
        // The phone goes on to the visit by itself when all is sent.
        await page.WaitForURLAsync(sheet.Replace("/sheet", "", StringComparison.Ordinal));
        await Expect(page.Locator("main")).ToContainTextAsync(Done);
        await Expect(page.Locator("main .row.file")).ToHaveCountAsync(2);
    }

    // The programmer calls: the client by name, D, Enter, and the numbers stand there.
    private static async Task Dictated(IPage page)
    {
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("Harbour");
        await Expect(page.Locator("#palette-here")).ToContainTextAsync(Client);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync(Client);
        await page.Keyboard.PressAsync("d");
        await page.WaitForURLAsync(url => url.EndsWith("/dictate", StringComparison.Ordinal));
        await Expect(page.Locator("main button.main")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".dictated b").First).ToContainTextAsync("№");
        await page.Take("dictation");
    }

    private static async Task ActIsBack(IPage page)
    {
        await page.ClickAsync(".dictated a[href^='papers/']:not([href$=pdf])");
        await page.ClickAsync("form[action$='/act-returned'] button");
        await Expect(page.Locator("form[action$='/act-returned']")).ToHaveCountAsync(0);
        await page.Take("act-back");
    }

    // One entry for the visit, though it was sent twice, and it stands in the pay of the running month.
    private async Task Counted(IPage page)
    {
        await page.GotoAsync(site.Demo + "work");
        var entries = page.Locator("table.list tr", new() { HasText = Client });
        await Expect(entries).ToHaveCountAsync(1);
        await page.GotoAsync(site.Demo);
        await page.ClickAsync("main a[href^='pay/']");
        await Expect(page.Locator("main .two > div section").Nth(1)).Not.ToContainTextAsync(Client);
        var why = page.Locator("main section").First;
        for (var closed = why.Locator("details:not([open]) > summary:visible"); await closed.CountAsync() > 0; )
            await closed.First.ClickAsync();
        var line = why.Locator(".why-row", new() { HasText = Client }).First;
        await line.ScrollIntoViewIfNeededAsync();
        await Expect(line).ToBeVisibleAsync();
        await page.Take("pay-why");
    }

    // What waits for the signed act stands beside the pay, with its reason.
    private async Task<ILocator> Held(IPage page)
    {
        await page.GotoAsync(site.Demo);
        await page.ClickAsync("main a[href^='pay/']");
        return page.Locator("main .two > div").First.Locator("section").Nth(1);
    }

    private async Task AtOffice(string who, Func<IPage, Task> act)
    {
        // The demo is made by whoever comes first.
        await site.AtDemo(_ => Task.CompletedTask);
        await site.At(async page =>
        {
            await site.SignIn(page, who);
            await act(page);
        });
    }

    // Somebody without an account, with a link.
    private async Task Outside(string link, Func<IPage, Task> act) =>
        await site.OnPhone(async page =>
        {
            await page.GotoAsync(link);
            await act(page);
        });

    private static Task<string> Link(IPage page) => page.Locator("input[readonly]").First.InputValueAsync();

    private async Task<byte[]> TheWay()
    {
        await using var context = await site.Browser.NewContextAsync(
            new()
            {
                ViewportSize = new() { Width = 560, Height = 300 },
            }
        );
        var page = await context.NewPageAsync();
        await page.SetContentAsync(
            """
            <body style="margin:0"><svg xmlns="http://www.w3.org/2000/svg" width="560" height="300" font-family="sans-serif" font-size="15">
              <rect width="560" height="300" fill="#f2efe9"/><path d="M0 235h560v65H0z" fill="#a9cbe0"/><text x="20" y="275" fill="#4b7590">Harbour</text>
              <path d="M0 205h560M150 0v205M360 0v205M0 90h560" stroke="#fff" stroke-width="22"/><text x="20" y="95">Corn Street</text><text x="200" y="210">Harbour Quay</text>
              <path d="M40 90H360V172" fill="none" stroke="#2f6fd6" stroke-width="5" stroke-dasharray="10 7"/><rect x="385" y="120" width="90" height="65" fill="#d8d0c2"/>
              <rect x="383" y="146" width="8" height="24" fill="#2f6fd6"/><circle cx="40" cy="90" r="8" fill="#2f6fd6"/><text x="22" y="70">bus 8</text><text x="396" y="110">the blue door</text></svg></body>
            """
        );
        return await page.ScreenshotAsync();
    }
}

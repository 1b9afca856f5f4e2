using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>The programmer's sheet at a client's where there is no network.</summary>
[Collection(Looking.Name)]
public sealed class Without_network(Site site)
{
    private const string Petar = "kim";

    [Fact]
    public async Task The_clock_the_works_the_signature_and_the_photo_wait_and_are_sent_when_there_is_network_again() =>
        await At(
            async (page, sheet) =>
            {
                await page.Context.SetOfflineAsync(true);
                await page.GotoAsync(sheet);
                await page.ClickAsync("[data-clock=start] button");
                await Expect(page.Locator("[data-clock=stop] button")).ToBeVisibleAsync();
                await page.SetInputFilesAsync("input[type=file]", Phone.Act);
                await page.ClickAsync("form[action=files] button");
                await page.ClickAsync("[data-clock=stop] button");
                await page.FillAsync("[name=works]", "Moved the archive");
                await page.FillAsync("[name=duration]", "75");
                await page.Sign();
                await page.ClickAsync("form[data-works] button.main");
                await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(5);
                // What waits outlives the page.
                await page.GotoAsync(sheet);
                await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(5);
                await Expect(page.Locator("[name=works]")).ToHaveValueAsync("Moved the archive");
                await page.Context.SetOfflineAsync(false);
                await Expect(page.Locator("[data-queue-box]")).ToBeHiddenAsync();
                await page.GotoAsync(sheet.Replace("/sheet", "", StringComparison.Ordinal));
                await Expect(page.Locator("main")).ToContainTextAsync("Moved the archive");
                await Expect(page.Locator("main .row.file")).ToHaveCountAsync(2);
            }
        );

    [Fact]
    public async Task A_form_whose_answer_was_lost_is_sent_again_and_done_once() =>
        await At(
            async (page, sheet) =>
            {
                await page.GotoAsync(sheet);
                await page.RouteAsync(
                    "**/files",
                    async route =>
                    {
                        await route.FetchAsync();
                        await route.AbortAsync();
                    }
                );
                await page.SetInputFilesAsync("input[type=file]", Phone.Act);
                await page.ClickAsync("form[action=files] button");
                await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(1);
                await page.UnrouteAsync("**/files");
                await page.GoAsync(sheet);
                await Expect(page.Locator("[data-queue-box]")).ToBeHiddenAsync();
                await page.GoAsync(sheet.Replace("/sheet", "", StringComparison.Ordinal));
                await Expect(page.Locator("main .row.file")).ToHaveCountAsync(1);
            }
        );

    [Fact]
    public async Task What_another_wrote_meanwhile_is_put_side_by_side_and_a_person_chooses() =>
        await At(
            async (page, sheet) =>
            {
                await page.GotoAsync(sheet);
                await page.Context.SetOfflineAsync(true);
                await page.FillAsync("[name=works]", "Written at the client's");
                await page.ClickAsync("button[formaction$='/note']");
                await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(1);
                await AsOwner(async office =>
                {
                    await office.GotoAsync(sheet);
                    await office.FillAsync("[name=works]", "Written in the office");
                    // The office has its answer before the phone comes back.
                    await office.RunAndWaitForResponseAsync(
                        () => office.ClickAsync("button[formaction$='/note']"),
                        r => r.Request.Method == "POST"
                    );
                    await Expect(office.Locator("[data-queue-box]")).ToBeHiddenAsync();
                });
                await page.Context.SetOfflineAsync(false);
                await Expect(page.Locator("[data-queue-box] .said.bad")).ToBeVisibleAsync();
                await page.Locator("[data-queue-box] li button").First.ClickAsync();
                await Expect(page.Locator("main")).ToContainTextAsync("Written in the office");
                await Expect(page.Locator("main")).ToContainTextAsync("Written at the client's");
                await page.Locator("main form button").Last.ClickAsync();
                await page.WaitForURLAsync(sheet);
                await Expect(page.Locator("[data-queue-box]")).ToBeHiddenAsync();
            }
        );

    [Fact]
    public async Task What_waits_is_sent_when_the_page_is_closed() =>
        await At(
            async (page, sheet) =>
            {
                var tab = await page.Context.NewPageAsync();
                var worker = await page.Context.NewCDPSessionAsync(tab);
                var registered = new TaskCompletionSource<string>();
                worker.Event("ServiceWorker.workerRegistrationUpdated").OnEvent += (_, e) =>
                {
                    foreach (var one in e!.Value.GetProperty("registrations").EnumerateArray())
                        registered.TrySetResult(one.GetProperty("registrationId").GetString()!);
                };
                await worker.SendAsync("ServiceWorker.enable");
                var id = await registered.Task;
                await page.Context.SetOfflineAsync(true);
                await page.GotoAsync(sheet);
                await page.FillAsync("[name=works]", "Left behind in the queue");
                await page.ClickAsync("button[formaction$='/note']");
                await Expect(page.Locator("[data-queue-box] li")).ToHaveCountAsync(1);
                await page.CloseAsync();
                await page.Context.SetOfflineAsync(false);
                // What a browser does by itself when the phone has network again.
                await worker.SendAsync(
                    "ServiceWorker.dispatchSyncEvent",
                    new()
                    {
                        ["origin"] = site.Url,
                        ["registrationId"] = id,
                        ["tag"] = "queue",
                        ["lastChance"] = false,
                    }
                );
                await AsOwner(async office =>
                {
                    // The office's page does not change by itself: it is opened until it is there.
                    do await office.GotoAsync(sheet);
                    while (await office.InputValueAsync("[name=works]") != "Left behind in the queue");
                });
            }
        );

    [Fact]
    public async Task Who_signs_in_after_another_finds_nothing_of_theirs_in_the_pocket() =>
        await At(
            async (page, sheet) =>
            {
                await page.GotoAsync(sheet);
                await page.EvaluateAsync("document.querySelector(\"form[action='sign-out']\").requestSubmit()");
                await page.WaitForURLAsync(url => !url.Contains("/visits/", StringComparison.Ordinal));
                Assert.Empty(await Pockets(page));
                await site.SignIn(page, "maria");
                await page.Kept(null);
                await page.Context.SetOfflineAsync(true);
                await page.GotoAsync(sheet);
                await Expect(page.Locator("h1")).ToHaveTextAsync("Sheets in the pocket");
                await Expect(page.Locator($"a[href='{new Uri(sheet).AbsolutePath.Split('/', 3)[^1]}']")).ToHaveCountAsync(0);
            }
        );

    // A programmer of the demo firm with a visit today, whose sheet the phone has taken in.
    private async Task At(Func<IPage, string, Task> act)
    {
        await site.AtDemo(_ => Task.CompletedTask);
        var sheet = await Planned();
        await site.OnPhone(
            async page =>
            {
                await page.Kept(sheet);
                await act(page, sheet);
            },
            Petar
        );
    }

    private async Task<string> Planned()
    {
        var sheet = "";
        await AsOwner(async page =>
        {
            await page.GotoAsync(site.Demo + "visits/new");
            await page.Locator("main a.row").First.ClickAsync();
            await page.FillAsync("[name=subject]", "On the spot");
            await page.SelectOptionAsync(
                "[name=programmer]",
                await page.Locator("[name=programmer] option", new() { HasText = "Kim" }).First.GetAttributeAsync("value") ?? ""
            );
            // The page proposes tomorrow, by the firm's own clock.
            var today = DateOnly
                .FromDateTime(DateTime.Parse(await page.InputValueAsync("[name=starts_at]"), CultureInfo.InvariantCulture))
                .AddDays(-1);
            await page.FillAsync("[name=starts_at]", $"{today:yyyy-MM-dd}T{Next():00}:{Minute():00}");
            await page.FillAsync("[name=duration]", "15");
            await page.ClickAsync("form[action='visits/new'] button.main");
            await Expect(page.Locator("h1")).ToHaveTextAsync("On the spot");
            sheet = page.Url + "/sheet";
        });
        return sheet;
    }

    private static int slots;

    private static int Next() => 1 + slots / 3;

    private static int Minute() => slots++ % 3 * 20;

    private async Task AsOwner(Func<IPage, Task> act) =>
        await site.OnPhone(async page =>
        {
            await page.GotoAsync(site.Url + "/?lang=en");
            await page.ClickAsync("form[action=demo] button");
            await page.WaitForURLAsync(site.Demo);
            await act(page);
        });

    private static Task<string[]> Pockets(IPage page) =>
        page.EvaluateAsync<string[]>("async () => (await caches.keys()).filter(name => name.includes('pocket'))");
}

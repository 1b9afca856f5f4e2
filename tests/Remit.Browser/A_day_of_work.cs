using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed partial class A_day_of_work(Site site)
{
    [Fact]
    public async Task Work_is_logged_in_one_tap_and_taken_back_in_one() =>
        await site.At(async page =>
        {
            await SignIn(page, "office");
            var duty = page.Locator("form[action='work/log']").First;
            var points = await page.Locator(".chips .chip").First.TextContentAsync();
            await duty.Locator("button").ClickAsync();
            await Expect(page.Locator(".toast")).ToBeVisibleAsync();
            await Expect(page.Locator(".chips .chip").First).Not.ToHaveTextAsync(points!);
            await page.ClickAsync(".toast button");
            await Expect(page.Locator(".chips .chip").First).ToHaveTextAsync(points!);
        });

    [Fact]
    public async Task A_pasted_list_is_reviewed_and_becomes_duties() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "duties/new-list");
            await page.SelectOptionAsync("[name=position]", new SelectOptionValue { Label = "Owner" });
            await page.FillAsync(
                "[name=list_text]",
                """
                1. Mail
                1.1. Working with the incoming letters
                1.2. Count the stamps in the drawer every Friday
                2. Clients
                2.1. Call the clients whose contract ends this month
                """
            );
            await page.ClickAsync("main form button.main");
            await Expect(page.Locator("form[action='duties/new-list/take'] tbody tr")).ToHaveCountAsync(3);
            await Expect(page.Locator(".tag.wait").First).ToBeVisibleAsync();
            await page.UncheckAsync("[name=take_0]");
            await page.Locator("[name=duty_text]").Nth(1).FillAsync("Count the stamps every Friday");
            await page.ClickAsync("form[action='duties/new-list/take'] button.main");
            await Expect(page.Locator(".toast")).ToBeVisibleAsync();
            await page.GotoAsync(site.Demo + "duties");
            await Expect(page.Locator("td", new() { HasText = "Count the stamps every Friday" })).ToHaveCountAsync(1);
            await Expect(page.Locator("td", new() { HasText = "Working with the incoming letters" })).ToHaveCountAsync(0);
        });

    [Fact]
    public async Task A_visit_is_planned_confirmed_by_the_client_billed_and_printed() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "visits/new");
            await page.Locator("main a.row").First.ClickAsync();
            await page.FillAsync("[name=subject]", "Year closing");
            await page.FillAsync("[name=starts_at]", DateTime.UtcNow.AddDays(30).ToString("yyyy-MM-dd'T'06:15"));
            await page.ClickAsync("form[action='visits/new'] button.main");
            await Expect(page.Locator("h1")).ToHaveTextAsync("Year closing");

            await Confirm(await page.Locator("input[readonly]").First.InputValueAsync());
            await page.ReloadAsync();
            await Expect(page.Locator("main .tag", new() { HasTextRegex = new("^client ✓$") }).First).ToBeVisibleAsync();

            // Before its day nobody has been there; made earlier than planned, it is moved to today.
            await Expect(page.Locator("form[action$='/finish']")).ToHaveCountAsync(0);
            await page.ClickAsync("form:has(input[type=hidden][name=starts_at]) button");
            await page.FillAsync("form[action$='/finish'] [name=duration]", "90");
            await page.ClickAsync("form[action$='/finish'] button");
            await page.ClickAsync("form[action^='papers/from-visit/'] button");
            await page.ClickAsync("form[action$='/issue'] button");
            var pdf = page.Locator("a[href$='/invoice.pdf']");
            await Expect(pdf).ToBeVisibleAsync();
            var answer = await page.Context.APIRequest.GetAsync(site.Demo + await pdf.GetAttributeAsync("href"));
            Assert.Equal("application/pdf", answer.Headers["content-type"]);
            Assert.Equal("%PDF", Encoding.ASCII.GetString((await answer.BodyAsync())[..4]));
        });

    [Fact]
    public async Task A_bank_file_is_dropped_and_Enter_accepts_its_payment() =>
        await site.At(
            async page =>
            {
                // Statements of this kind are Russian, and so is the demo that a Russian page makes.
                await using var other = await Served.Start();
                var demo = other.Url + "/~demo/";
                await page.GotoAsync(other.Url + "/?lang=ru");
                await page.ClickAsync("form[action=demo] button");
                await page.WaitForURLAsync(demo);
                await page.GotoAsync(demo + "papers/company");
                var account = await page.InputValueAsync("[name=account]");
                await page.GotoAsync(demo + "papers?paper=unpaid");
                var row = page.Locator("table.list tbody tr").First;
                var number = Digits.Match((await row.Locator("a").First.TextContentAsync())!).Value;
                var sum = (await row.Locator("td.num", new() { HasText = "₽" }).TextContentAsync())!
                    .Replace("\u00a0", "")
                    .Replace(',', '.')
                    .Replace("₽", "")
                    .Trim();
                await page.GotoAsync(demo + "bank");
                await Drop(page, Statement(account, number, sum));
                // The demo's own payments wait too, and the surest of all has the focus.
                var dropped = page.Locator(".match", new() { Has = page.Locator("p", new() { HasText = $"Оплата по счету № {number}" }) });
                await Expect(dropped).ToHaveCountAsync(1);
                await Expect(page.Locator(".match button.main").First).ToBeFocusedAsync();
                await dropped.Locator("button.main").FocusAsync();
                await page.Keyboard.PressAsync("Enter");
                await Expect(page.Locator("table.list tr", new() { HasText = $"№ {number}" })).ToHaveCountAsync(1);
                // The page listens for news; it must not miss the server that goes before it.
                await page.GotoAsync("about:blank");
            },
            "ru"
        );

    [Fact]
    public async Task A_question_that_cannot_be_understood_stays_on_its_page_with_the_reason() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "pay/what-if");
            await page.FillAsync("[name=rate]", "a lot");
            await page.ClickAsync("form[action='pay/what-if'] button.main");
            await Expect(page.Locator("form[action='pay/what-if'] > .refusal")).ToContainTextAsync("a lot");
            await Expect(page.Locator("[name=rate]")).ToBeFocusedAsync();
        });

    [Fact]
    public async Task Pay_opens_down_to_the_entries_behind_it() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + $"pay?month={DateTime.UtcNow.AddMonths(-1):yyyy-MM}");
            await page.Locator("table.list tr", new() { HasText = "Programmer" }).Locator("a").First.ClickAsync();
            var why = page.Locator("main section").First;
            for (var closed = why.Locator("details:not([open]) > summary:visible"); await closed.CountAsync() > 0; )
                await closed.First.ClickAsync();
            var leaf = why.Locator(".why-row a[href^='clients/']").First;
            await Expect(leaf).ToBeVisibleAsync();
            await leaf.ClickAsync();
            Assert.Contains("/clients/", page.Url);
        });

    private async Task SignIn(IPage page, string who)
    {
        // The demo is made by whoever comes first.
        await site.AtDemo(_ => Task.CompletedTask);
        await site.SignIn(page, who);
    }

    private async Task Confirm(string link)
    {
        await using var context = await site.Browser.NewContextAsync();
        var client = await context.NewPageAsync();
        await client.GotoAsync(link);
        await client.ClickAsync("form[action$='/confirm'] button");
        await Expect(client.Locator("p[role=status]")).ToBeVisibleAsync();
    }

    private static async Task Drop(IPage page, string text)
    {
        var data = await page.EvaluateHandleAsync(
            """
            text => { const data = new DataTransfer(); data.items.add(new File([text], "kl_to_1c.txt", { type: "text/plain" })); return data; }
            """,
            text
        );
        await page.DispatchEventAsync("main", "drop", new { dataTransfer = data });
    }

    private static string Statement(string account, string number, string sum) =>
        $"""
            1CClientBankExchange
            ВерсияФормата=1.03
            Кодировка=UTF-8
            РасчСчет={account}
            СекцияДокумент=Платежное поручение
            Номер=77
            Дата={DateTime.UtcNow:dd.MM.yyyy}
            Сумма={sum}
            ПлательщикСчет=40702810900000000001
            Плательщик1=ООО Плательщик
            ПолучательСчет={account}
            ДатаПоступило={DateTime.UtcNow:dd.MM.yyyy}
            НазначениеПлатежа=Оплата по счету № {number}
            КонецДокумента
            КонецФайла

            """;

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits { get; }
}

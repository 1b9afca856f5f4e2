using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>What people who sit in lists all day do without thinking.</summary>
[Collection(Looking.Name)]
public sealed class Habits(Site site)
{
    [Fact]
    public async Task A_line_is_understood_while_it_is_typed_and_Enter_makes_it() =>
        await site.AtDemo(async page =>
        {
            await page.Keyboard.PressAsync("c");
            await page.FillAsync("#create input[name=text]", "task water the plants by Friday");
            await Expect(page.Locator("#create [name=task_text]")).ToHaveValueAsync("Water the plants");
            await page.PressAsync("#create input[name=text]", "Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync("Water the plants");
        });

    [Fact]
    public async Task Keys_are_meant_by_their_place_on_a_Cyrillic_keyboard_too() =>
        await site.AtDemo(async page =>
        {
            foreach (var (key, code) in new[] { ("п", "KeyG"), ("с", "KeyC") })
                await page.EvaluateAsync(
                    "([key, code]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true }))",
                    new[] { key, code }
                );
            await page.WaitForURLAsync(site.Demo + "clients");
            await page.EvaluateAsync(
                "document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'л', code: 'KeyK', ctrlKey: true, bubbles: true }))"
            );
            await page.FillAsync("#palette input", "ифтл");
            await Expect(page.Locator("#palette a.here")).ToContainTextAsync("Bank");
        });

    [Fact]
    public async Task Another_language_comes_at_once_and_what_was_typed_stays() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients/new");
            await page.FillAsync("[name=client_title]", "Half typed");
            await page.SelectOptionAsync("[name=country]", "AZ");
            await page.ClickAsync(".side .langs button[value=ru]");
            await Expect(page.Locator("h1")).ToHaveTextAsync("Новый клиент");
            await Expect(page.Locator("[name=client_title]")).ToHaveValueAsync("Half typed");
            await Expect(page.Locator("[name=country]")).ToHaveValueAsync("AZ");
            await page.ClickAsync(".side .langs button[value=en]");
            await Expect(page.Locator("h1")).ToHaveTextAsync("New client");
        });

    [Fact]
    public async Task A_day_is_typed_in_the_words_of_the_page_and_sent_as_the_native_field_would() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "pay/schemes");
            var field = page.Locator("input[name=from]");
            const string sent = "field => new FormData(field.form).get('from')";
            foreach (var typed in new[] { "5.12.2026", "5 Dec 2026", "2026-12-05" })
            {
                await field.FillAsync(typed);
                Assert.Equal("2026-12-05", await field.EvaluateAsync<string>(sent));
            }
            await field.BlurAsync();
            await Expect(field).ToHaveValueAsync("5 Dec 2026");
            await field.PressAsync("PageDown");
            await Expect(field).ToHaveValueAsync("5 Jan 2027");
            await page.ClickAsync(".days [data-to='2027-01-07']");
            await page.ClickAsync(".side .langs button[value=az]");
            await Expect(field).ToHaveValueAsync("07.01.2027");
            Assert.Equal("2027-01-07", await field.EvaluateAsync<string>(sent));
            await field.FillAsync("7 fevral 2027");
            Assert.Equal("2027-02-07", await field.EvaluateAsync<string>(sent));
            await field.FillAsync("no day at all");
            await field.BlurAsync();
            Assert.False(await field.EvaluateAsync<bool>("field => field.checkValidity()"));
            await page.ClickAsync(".side .langs button[value=en]");
        });

    [Fact]
    public async Task A_star_keeps_a_page_and_Alt_with_an_arrow_moves_it() =>
        await site.AtDemo(async page =>
        {
            foreach (var path in new[] { "clients?key_account=yes", "papers" })
            {
                await page.GotoAsync(site.Demo + path);
                await page.Keyboard.PressAsync("s");
                await Expect(page.Locator(".star [aria-pressed=true]")).ToBeVisibleAsync();
            }
            var stars = page.Locator("[data-favourites] a");
            await stars.Nth(1).FocusAsync();
            var told = page.WaitForResponseAsync(r => r.Url.EndsWith("/favourites/order"));
            await page.Keyboard.PressAsync("Alt+ArrowUp");
            await told;
            await page.ReloadAsync();
            await Expect(stars.First).ToHaveAttributeAsync("href", "papers");
            for (var left = await stars.CountAsync(); left > 0; left--)
            {
                await stars.First.ClickAsync();
                await page.ClickAsync(".star [aria-pressed=true]");
                await Expect(stars).ToHaveCountAsync(left - 1);
            }
        });

    [Fact]
    public async Task Conditions_are_put_together_in_place_and_a_column_keeps_its_width() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients");
            await page.ClickAsync("a[href^='clients/where']");
            await page.SelectOptionAsync(".pop [name=what]", "key_account:yes");
            await page.ClickAsync(".pop [value='add-0']");
            await Expect(page.Locator(".pop [name=what]")).ToHaveCountAsync(2);
            await page.Locator(".pop [name=what]").Nth(1).SelectOptionAsync("segment:A");
            await page.ClickAsync(".pop .btn.main");
            await Expect(page.Locator(".chip.on")).ToContainTextAsync(" or ");
            var edge = await page.Locator("th[data-column=segment] .grip").BoundingBoxAsync();
            var kept = page.WaitForResponseAsync(r => r.Url.EndsWith("/columns/width"));
            await page.Mouse.MoveAsync(edge!.X + 4, edge.Y + 4);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(edge.X + 84, edge.Y + 4);
            await page.Mouse.UpAsync();
            await kept;
            await page.ReloadAsync();
            await Expect(page.Locator("th[data-column=segment][data-width]")).ToBeVisibleAsync();
            await page.ClickAsync("a[href^='clients/columns']");
            await page.ClickAsync(".pop [name=reset]");
            await Expect(page.Locator("th[data-width]")).ToHaveCountAsync(0);
        });

    [Fact]
    public async Task Records_of_a_list_follow_each_other_by_Ctrl_and_an_arrow() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients");
            var names = await page.Locator("table.list a[data-peek]").AllTextContentsAsync();
            await page.Locator("table.list a[data-peek]").First.ClickAsync(new() { Modifiers = [] });
            await page.ClickAsync(".peek header a[title]");
            await Expect(page.Locator("main .top h1")).ToHaveTextAsync(names[0]);
            await page.Keyboard.PressAsync("Control+ArrowRight");
            await Expect(page.Locator("main .top h1")).ToHaveTextAsync(names[1]);
        });

    [Fact]
    public async Task A_block_from_a_spreadsheet_fills_rows_and_columns_and_one_undo_takes_it_back() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients?cols=client_title,legal_address,segment");
            var cell = page.Locator("td[data-edit=legal_address]").First;
            var was = await cell.TextContentAsync();
            await cell.DblClickAsync();
            await page.EvaluateAsync(
                """
                () => { const data = new DataTransfer(); data.setData("text", "Here 1\tX\r\nHere 2\tY\r\n"); document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }
                """
            );
            await Expect(page.Locator("td[data-edit=legal_address]").Nth(1)).ToHaveTextAsync("Here 2");
            await Expect(page.Locator("td[data-edit=segment]").Nth(1)).ToHaveTextAsync("Y");
            await page.ClickAsync(".toast button");
            await Expect(page.Locator("td[data-edit=legal_address]").First).ToHaveTextAsync(was!);
        });

    [Fact]
    public async Task A_double_is_named_while_it_is_typed() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients");
            var name = await page.Locator("table.list a[data-peek]").First.TextContentAsync();
            await page.GotoAsync(site.Demo + "clients/new");
            await page.Locator("[name=client_title]").PressSequentiallyAsync(name!.ToLowerInvariant());
            await Expect(page.Locator(".alike a").First).ToContainTextAsync(name!);
        });
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class Keys(Site site)
{
    [Fact]
    public async Task The_palette_finds_a_page_by_a_few_letters_and_a_client_by_name() =>
        await site.AtDemo(async page =>
        {
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("bank");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync(site.Demo + "bank");
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("amber");
            await Expect(page.Locator("#palette li.found").First).ToContainTextAsync("Amber");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator("h1")).ToContainTextAsync("Amber");
            await page.Keyboard.PressAsync("Control+k");
            await page.Keyboard.TypeAsync("amb");
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("#palette")).ToBeHiddenAsync();
        });

    [Fact]
    public async Task A_question_mark_shows_the_keys_and_Escape_puts_them_away() =>
        await site.AtDemo(async page =>
        {
            await page.Keyboard.PressAsync("?");
            await Expect(page.Locator("#keys")).ToBeVisibleAsync();
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator("#keys")).ToBeHiddenAsync();
        });

    [Fact]
    public async Task G_and_a_letter_jumps_and_Ctrl_Space_creates_what_the_page_lists() =>
        await site.AtDemo(async page =>
        {
            await page.Keyboard.PressAsync("g");
            await page.Keyboard.PressAsync("c");
            await page.WaitForURLAsync(site.Demo + "clients");
            await page.Keyboard.PressAsync("Control+Space");
            await page.WaitForURLAsync(site.Demo + "clients/new");
            await page.Keyboard.PressAsync("Escape");
            await page.Keyboard.PressAsync("Escape");
            await page.WaitForURLAsync(site.Demo + "clients");
        });

    [Fact]
    public async Task Arrows_walk_a_list_and_Enter_opens_the_row_beside_it() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients");
            var second = await page.Locator("table.list tbody a").Nth(1).TextContentAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("ArrowDown");
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".peek > header h2")).ToHaveTextAsync(second!);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(".peek")).ToHaveCountAsync(0);
        });
}

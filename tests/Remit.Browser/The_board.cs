using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class The_board(Site site)
{
    [Fact]
    public async Task A_visit_is_moved_by_M_the_arrows_and_Enter_and_let_go_by_Escape() =>
        await site.AtDemo(async page =>
        {
            var today = DateOnly.FromDateTime(DateTime.UtcNow);
            var monday = today.AddDays(35 - ((int)today.DayOfWeek + 6) % 7);
            await page.GotoAsync(site.Demo + $"visits/new?start={monday:yyyy-MM-dd}T07:00");
            await page.Locator("main a.row").First.ClickAsync();
            await page.FillAsync("[name=subject]", "By keyboard");
            await page.SelectOptionAsync(
                "[name=programmer]",
                await page.Locator("[name=programmer] option", new() { HasText = "Alex Kim" }).First.GetAttributeAsync("value") ?? ""
            );
            await page.ClickAsync("form[action='visits/new'] button.main");
            await Expect(page.Locator("h1")).ToHaveTextAsync("By keyboard");

            await page.GotoAsync(site.Demo + $"visits/board?day={monday:yyyy-MM-dd}");
            var card = page.Locator("td[data-day] [data-visit]", new() { HasText = "By keyboard" });
            await card.FocusAsync();
            await Press(page, "m", "ArrowRight", "Escape");
            await Expect(page.Locator("td.over")).ToHaveCountAsync(0);
            await Press(page, "m", "ArrowRight", "ArrowDown");
            await Expect(page.Locator(".board-says")).ToContainTextAsync("Mary Leeds, Tue");
            await Press(page, "Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync("07:00");
            var there = page.Locator($"td[data-day='{monday.AddDays(1):yyyy-MM-dd}'] [data-visit]", new() { HasText = "By keyboard" });
            await Expect(there).ToHaveCountAsync(1);
            await Expect(page.Locator("tr", new() { Has = there }).Locator("th b")).ToHaveTextAsync("Mary Leeds");
        });

    private static async Task Press(IPage page, params string[] keys)
    {
        foreach (var key in keys)
            await page.Keyboard.PressAsync(key);
    }
}

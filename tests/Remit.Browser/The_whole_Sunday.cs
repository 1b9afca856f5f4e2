using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>The owner's Sunday from the proposals to the minute of a meeting, with its guest; the guide's pictures are taken on the way.</summary>
[Collection(Looking.Name)]
public sealed class The_whole_Sunday(Site site)
{
    [Fact]
    public async Task A_week_is_planned_a_guest_asks_for_another_time_and_gets_it_and_what_came_of_a_meeting_stands_with_the_client() =>
        await site.AtDemo(async page =>
        {
            var monday = Monday(DateOnly.FromDateTime(DateTime.UtcNow)).AddDays(14);
            await page.GotoAsync($"{site.Demo}plan?whose=all&day={monday:yyyy-MM-dd}");
            var first = page.Locator("[data-slots] .plan-one").First;
            await Expect(first).ToBeFocusedAsync();
            await page.Take("plan");
            var name = (await first.Locator("b").First.TextContentAsync())!;
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync(name);

            // The guest opens the link on a phone, without an account, and would rather come at another time.
            await page.GotoAsync($"{site.Demo}calendar?day={monday:yyyy-MM-dd}");
            var meeting = await page.Locator(".ev[data-item]", new() { HasText = name }).First.GetAttributeAsync("href");
            await page.GotoAsync(site.Demo + meeting);
            var link = await page.Locator(".cal-guest a").First.GetAttributeAsync("href");
            var asked = "";
            await site.At(async guest =>
            {
                await guest.SetViewportSizeAsync(390, 844);
                await guest.GotoAsync(site.Demo + link);
                await guest.Take("guest");
                var other = guest.Locator(".slots input").Nth(3);
                asked = (await other.GetAttributeAsync("value"))!;
                await guest.Locator(".slots label").Nth(3).ClickAsync();
                await guest.Locator("form:has(.slots) button").ClickAsync();
                await Expect(guest.Locator("[role=status] .tag").First).ToBeVisibleAsync();
            });
            await page.ReloadAsync();
            await page.Locator(".cal-guest form[action$='/take'] button").ClickAsync();
            await Expect(page.Locator(".cal-guest .tag.ok")).ToBeVisibleAsync();
            var moved = DateTime.Parse(asked, CultureInfo.InvariantCulture).ToString("d MMM yyyy HH:mm", CultureInfo.InvariantCulture);
            await Expect(page.Locator("[name=starts_at]").First).ToHaveValueAsync(moved);

            // The week, everybody side by side, and the dates of a speaker abroad.
            await page.GotoAsync($"{site.Demo}calendar?day={monday.AddDays(-7):yyyy-MM-dd}");
            await page.Take("calendar");
            await page.GotoAsync($"{site.Demo}calendar?view=people&day={monday.AddDays(-5):yyyy-MM-dd}");
            await page.Locator(".cal-scroll").EvaluateAsync("s => s.scrollLeft = s.scrollWidth");
            await Expect(page.Locator(".cal-head small").First).ToContainTextAsync("New York");
            await page.Take("side-by-side");
            await page.Locator(".ev.hold").First.ClickAsync();
            await page.WaitForURLAsync("**/speakers/**");
            await page.GotoAsync(page.Url.Split('#')[0] + "?");
            await page.Take("speaker");

            // What was held is noted: outcome and next step, and both stand with the client.
            await page.GotoAsync($"{site.Demo}calendar/new?start={DateTime.UtcNow.AddDays(-1):yyyy-MM-dd}T07:00&minutes=30");
            await page.FillAsync("[name=subject]", "How things are");
            await page.FillAsync("[name=client_name]", name);
            await page.Locator("form[action='calendar/new'] button.main").ClickAsync();
            await page.Locator(".ev", new() { HasText = "How things are" }).First.ClickAsync();
            await page.FillAsync("[name=outcome]", "All well, a talk in March");
            await page.FillAsync("[name=next_step]", "Offer three speakers");
            await page.Locator("form[action$='/hold'] button.main").ClickAsync();
            await page.Locator("a[href^='clients/']", new() { HasText = name }).First.ClickAsync();
            await Expect(page.Locator("main")).ToContainTextAsync("All well, a talk in March");
            await Expect(page.Locator("main")).ToContainTextAsync("Offer three speakers");
        });

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}

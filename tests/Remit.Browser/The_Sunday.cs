using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>The owner's Sunday: a blank week, everybody who should be met, and a keyboard.</summary>
[Collection(Looking.Name)]
public sealed class The_Sunday(Site site)
{
    private sealed class Hands(IPage page)
    {
        public int Strokes { get; private set; }

        public async Task Press(params string[] keys)
        {
            foreach (var key in keys)
            {
                await page.Keyboard.PressAsync(key);
                Strokes++;
            }
        }
    }

    [Fact]
    public async Task A_blank_week_is_planned_with_forty_clients_by_a_dozen_keys() =>
        await site.AtDemo(async page =>
        {
            // Forty clients: those not met for a month are enough of them.
            await page.GoAsync(site.Demo + "plan/settings");
            await page.FillAsync("[name=not_seen_days]", "30");
            await page.SaveAsync();
            // The whole week lies ahead; a week further on nothing is planned but what the demo brings.
            await page.GoAsync(site.Demo + "plan?whose=all&day=" + NextWeek(2));
            var proposals = page.Locator("[data-slots] .plan-one");
            await Expect(proposals.First).ToBeFocusedAsync();
            var there = await proposals.CountAsync();
            Assert.True(there >= 40, $"{there} are proposed");
            var hands = new Hands(page);
            var first = await proposals.First.Locator("b").First.TextContentAsync();
            await hands.Press("Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync(first!);
            await hands.Press("ArrowDown", "ArrowDown", "x");
            await Expect(proposals).ToHaveCountAsync(there - 2);
            await Expect(page.Locator(".toast")).ToContainTextAsync("back on");
            await hands.Press("a");
            await Expect(page.Locator(".toast")).ToContainTextAsync($"Planned: {there - 2}");
            Assert.Equal(5, hands.Strokes);
            // One of them again by itself: what was put off is not proposed, what is planned stands in the week.
            await page.GoAsync(site.Demo + "calendar?day=" + NextWeek(2));
            Assert.True(await page.Locator(".cal-day .ev[data-item]").CountAsync() >= there - 2);
        });

    [Fact]
    public async Task Every_proposal_is_looked_at_and_accepted_by_Enter_and_one_is_taken_back() =>
        await site.AtDemo(async page =>
        {
            await page.GoAsync(site.Demo + "plan?whose=all&day=" + NextWeek(4));
            var proposals = page.Locator("[data-slots] .plan-one");
            await Expect(proposals.First).ToBeFocusedAsync();
            var (there, hands) = (await proposals.CountAsync(), new Hands(page));
            var last = await proposals.Last.Locator("b").First.TextContentAsync();
            for (var n = 0; n < there; n++)
                await hands.Press("Enter");
            await Expect(proposals).ToHaveCountAsync(0);
            await Expect(page.Locator("[data-announce]")).ToHaveTextAsync("The week is laid out.");
            Assert.Equal(there, hands.Strokes);
            await page.ClickAsync(".toast button");
            await Expect(proposals.Filter(new() { HasText = last })).ToHaveCountAsync(1);
        });

    [Fact]
    public async Task A_proposal_is_dragged_onto_another_time_and_an_event_moved_by_arrows_is_announced() =>
        await site.AtDemo(async page =>
        {
            await page.GoAsync(site.Demo + "plan?whose=all&day=" + NextWeek(3));
            var name = await page.Locator("[data-slots] .plan-one b").First.TextContentAsync();
            var day = page.Locator(".plan .cal-day").Nth(2);
            await page.Locator(".plan .cal-scroll").EvaluateAsync("s => s.scrollTop = 44 * 16");
            var (from, to) = ((await page.Locator("[data-slots] .plan-one b").First.BoundingBoxAsync())!, (await day.BoundingBoxAsync())!);
            await page.Mouse.MoveAsync(from.X + 5, from.Y + 5);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(to.X + 40, to.Y + 44 * 18 + 5, new() { Steps = 8 });
            await page.Mouse.UpAsync();
            await Expect(page.Locator(".toast")).ToContainTextAsync(name!);

            await page.GoAsync(site.Demo + "calendar?day=" + NextWeek(3));
            var made = page.Locator($".cal-day:nth-of-type(4) .ev[data-item]", new() { HasText = name });
            await Expect(made).ToHaveAttributeAsync("data-start", new System.Text.RegularExpressions.Regex("T18:00$"));
            await made.FocusAsync();
            await page.Keyboard.PressAsync("ArrowUp");
            await page.Keyboard.PressAsync("Shift+ArrowDown");
            await Expect(page.Locator("[data-announce]")).ToContainTextAsync("17:45");
            await Expect(page.Locator(".toast")).ToContainTextAsync("Moved");
            await Expect(page.Locator(".ev:focus")).ToHaveAttributeAsync("data-start", new System.Text.RegularExpressions.Regex("T17:45$"));
            // By the lower edge, and no further: it begins where it began.
            var (edge, was) = (
                (await made.BoundingBoxAsync())!,
                int.Parse((await made.GetAttributeAsync("data-minutes"))!, System.Globalization.CultureInfo.InvariantCulture)
            );
            await page.Mouse.MoveAsync(edge.X + 30, edge.Y + edge.Height - 2);
            await page.Mouse.DownAsync();
            await page.Mouse.MoveAsync(edge.X + 30, edge.Y + edge.Height + 20, new() { Steps = 6 });
            await page.Mouse.UpAsync();
            await Expect(made).Not.ToHaveAttributeAsync("data-minutes", $"{was}");
            await Expect(made).ToHaveAttributeAsync("data-start", new System.Text.RegularExpressions.Regex("T17:45$"));
        });

    [Fact]
    public async Task A_proposal_is_moved_by_keys_alone_and_what_found_no_room_is_placed_the_same_way() =>
        await site.AtDemo(async page =>
        {
            await Most(page, 1, 1);
            await page.GoAsync(site.Demo + "plan?whose=all&day=" + NextWeek(5));
            var one = page.Locator("[data-slots] .plan-one").First;
            await Expect(one).ToBeFocusedAsync();
            var (name, start) = (
                await one.Locator("b").First.TextContentAsync(),
                DateTime.Parse((await one.GetAttributeAsync("data-start"))!, System.Globalization.CultureInfo.InvariantCulture)
            );
            await page.Keyboard.PressAsync("ArrowRight");
            await page.Keyboard.PressAsync("Shift+ArrowDown");
            var moved = $"{start.AddDays(1).AddMinutes(30):yyyy-MM-ddTHH:mm}";
            await Expect(one).ToHaveAttributeAsync("data-start", moved);
            await Expect(page.Locator("[data-announce]")).ToContainTextAsync(moved[^5..]);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync(name!);

            await page.ClickAsync(".plan-rest > summary");
            var rest = page.Locator(".plan-rest .plan-one").First;
            name = await rest.Locator("b").First.TextContentAsync();
            await rest.FocusAsync();
            await page.Keyboard.PressAsync("Enter");
            await Expect(rest).ToHaveAttributeAsync("data-start", new System.Text.RegularExpressions.Regex("T18:00$"));
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".toast")).ToContainTextAsync(name!);
            await Most(page, 14, 5);
            await page.GoAsync(site.Demo + "calendar?day=" + NextWeek(5));
            await Expect(page.Locator($".ev[data-start='{moved}']")).ToHaveCountAsync(1);
            await Expect(page.Locator(".ev[data-item][data-start$='T18:00']", new() { HasText = name })).ToHaveCountAsync(1);
        });

    private async Task Most(IPage page, int calls, int meetings)
    {
        await page.GoAsync(site.Demo + "plan/settings");
        await page.FillAsync("[name=most_calls]", $"{calls}");
        await page.FillAsync("[name=most_meetings]", $"{meetings}");
        await page.SaveAsync();
    }

    [Fact]
    public async Task On_a_phone_the_calendar_is_one_day_and_turns_by_a_swipe() =>
        await site.AtDemo(async page =>
        {
            await page.SetViewportSizeAsync(390, 844);
            await page.GoAsync(site.Demo + "calendar");
            await page.WaitForURLAsync(new System.Text.RegularExpressions.Regex("view=day"));
            var before = await page.Locator("[data-calendar]").GetAttributeAsync("data-day");
            await page.EvaluateAsync(
                """
                () => { const at = document.querySelector(".cal-day"), touch = (x) => new Touch({ identifier: 1, target: at, clientX: x, clientY: 300 });
                  at.dispatchEvent(new TouchEvent("touchstart", { bubbles: true, touches: [touch(300)], changedTouches: [touch(300)] }));
                  at.dispatchEvent(new TouchEvent("touchend", { bubbles: true, touches: [], changedTouches: [touch(120)] })); }
                """
            );
            await Expect(page.Locator("[data-calendar]")).Not.ToHaveAttributeAsync("data-day", before!);
        });

    private static string NextWeek(int weeks)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return today.AddDays(7 * weeks - ((int)today.DayOfWeek + 6) % 7).ToString("yyyy-MM-dd");
    }
}

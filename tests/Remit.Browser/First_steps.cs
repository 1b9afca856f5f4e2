using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class First_steps(Site site)
{
    [Fact]
    public async Task From_the_first_page_to_the_first_useful_page_is_one_form() =>
        await site.At(async page =>
        {
            await page.GotoAsync(site.Url + "/?lang=en");
            await page.FillAsync("[name=firm]", "Hazel & Sons");
            await page.FillAsync("[name=address]", "hazel");
            await page.SelectOptionAsync("[name=country]", "BG");
            await page.FillAsync("[name=owner]", "Hana Hazel");
            await page.FillAsync("[name=email]", "hana@example.com");
            await page.FillAsync("[name=password]", "a long test phrase");
            await page.ClickAsync("form[action=set-up] button");
            // The requisites are asked for next, and may wait: what was left out stands on the day.
            await page.WaitForURLAsync(site.Url + "/~hazel/set-up/company");
            await page.ClickAsync("form[action='set-up/company'] a.btn");
            await page.WaitForURLAsync(site.Url + "/~hazel/");
            await Expect(page.Locator("h1")).ToHaveTextAsync("My day");
            await Expect(page.Locator(".side .firm")).ToContainTextAsync("Hazel & Sons");
        });

    [Fact]
    public async Task A_refused_form_says_why_and_keeps_what_was_typed() =>
        await site.At(async page =>
        {
            await page.GotoAsync(site.Url + "/?lang=en");
            await page.FillAsync("[name=firm]", "Hazel");
            await page.FillAsync("[name=address]", "hazel nut!");
            await page.FillAsync("[name=owner]", "Hana");
            await page.FillAsync("[name=email]", "hana@example.com");
            await page.FillAsync("[name=password]", "a long test phrase");
            await page.ClickAsync("form[action=set-up] button");
            await Expect(page.Locator("form[action=set-up] .refusal")).ToContainTextAsync("hazel nut!");
            await Expect(page.Locator("[name=owner]")).ToHaveValueAsync("Hana");
        });

    [Fact]
    public async Task The_demo_firm_comes_in_one_click_and_goes_in_one()
    {
        await using var other = await Served.Start();
        await site.At(
            async page =>
            {
                await page.GotoAsync(other.Url + "/?lang=ru");
                await page.ClickAsync("form[action=demo] button");
                await page.WaitForURLAsync(other.Url + "/~demo/");
                await page.GotoAsync(other.Url + "/~demo/clients");
                Assert.True(await page.Locator("table.list tbody tr").CountAsync() > 20);
                await page.ClickAsync("form[action='demo/remove'] button");
                await page.WaitForURLAsync(other.Url + "/");
                await Expect(page.Locator("a[href='~demo/']")).ToHaveCountAsync(0);
            },
            "ru"
        );
    }

    [Fact]
    public async Task Another_language_is_chosen_without_losing_the_page() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "papers?paper=unpaid");
            var first = await page.Locator("table.list tbody a").First.GetAttributeAsync("href");
            await page.ClickAsync(".side .langs button[value=az]");
            await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "az");
            Assert.EndsWith("papers?paper=unpaid", page.Url);
            Assert.Equal(first, await page.Locator("table.list tbody a").First.GetAttributeAsync("href"));
        });
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class Without_script(Site site)
{
    [Fact]
    public async Task A_client_is_created_and_found() =>
        await site.AtDemo(
            async page =>
            {
                await page.GotoAsync(site.Demo + "clients/new");
                await page.FillAsync("[name=client_title]", "Quiet Harbour");
                await page.ClickAsync("form[action='clients/new'] button");
                await Expect(page.Locator("h1")).ToHaveTextAsync("Quiet Harbour");
                await page.GotoAsync(site.Demo + "clients");
                await page.FillAsync("main [name=q]", "harbour");
                await page.PressAsync("main [name=q]", "Enter");
                await Expect(page.Locator("table.list tbody tr")).ToHaveCountAsync(1);
            },
            script: false
        );

    [Fact]
    public async Task A_refusal_is_a_page_that_keeps_what_was_typed() =>
        await site.AtDemo(
            async page =>
            {
                await page.GotoAsync(site.Demo + "clients/new");
                await page.FillAsync("[name=client_title]", "Wrong Number");
                await page.SelectOptionAsync("[name=country]", "RU");
                await page.FillAsync("[name=tax_id]", "7700000001");
                var answer = await page.RunAndWaitForResponseAsync(
                    () => page.ClickAsync("form[action='clients/new'] button"),
                    r => r.Request.Method == "POST"
                );
                Assert.Equal(422, answer.Status);
                await Expect(page.Locator("[role=alert]")).ToContainTextAsync("7700000001");
                await Expect(page.Locator("textarea[name=client_title]")).ToHaveValueAsync("Wrong Number");
            },
            script: false
        );

    [Fact]
    public async Task An_invoice_is_drafted_and_issued() =>
        await site.AtDemo(
            async page =>
            {
                await page.GotoAsync(site.Demo + "papers/new");
                await page.Locator("main a.row").First.ClickAsync();
                await page.FillAsync("[name=text1]", "Consultation");
                await page.FillAsync("[name=count1]", "1");
                await page.FillAsync("[name=price1]", "1500");
                await page.ClickAsync("form[action='papers/new'] button.main");
                await page.ClickAsync("form[action$='/issue'] button");
                await Expect(page.Locator("a[href$='/act.pdf']")).ToBeVisibleAsync();
            },
            script: false
        );

    [Fact]
    public async Task Language_and_theme_are_chosen_in_the_profile() =>
        await site.AtDemo(
            async page =>
            {
                await page.GotoAsync(site.Demo + "profile");
                await page.SelectOptionAsync("main [name=lang]", "bg");
                await page.SelectOptionAsync("[name=theme]", "dark");
                await page.Locator("main form[action='profile/look'] button").ClickAsync();
                await Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "bg");
                await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
            },
            script: false
        );
}

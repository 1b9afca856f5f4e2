using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class Keys_and_drafts(Site site)
{
    // Browsers make passkeys for a host by name, and count localhost as secure.
    private string Demo => site.Demo.Replace("127.0.0.1", "localhost");

    [Fact]
    public async Task A_passkey_made_in_the_profile_signs_in_without_a_password() =>
        await site.AtDemo(async page =>
        {
            var device = await page.Context.NewCDPSessionAsync(page);
            await device.SendAsync("WebAuthn.enable");
            await device.SendAsync(
                "WebAuthn.addVirtualAuthenticator",
                new()
                {
                    ["options"] = new Dictionary<string, object>
                    {
                        ["protocol"] = "ctap2",
                        ["transport"] = "internal",
                        ["hasResidentKey"] = true,
                        ["hasUserVerification"] = true,
                        ["isUserVerified"] = true,
                        ["automaticPresenceSimulation"] = true,
                    },
                }
            );
            await page.GotoAsync(Demo + "sign-in");
            await page.FillAsync("[name=email]", "owner@demo.example");
            await page.FillAsync("[name=password]", "demo-demo-demo");
            await page.ClickAsync("form[action=sign-in] button");
            await page.WaitForURLAsync(Demo);
            await InEnglish(page);
            await page.GotoAsync(Demo + "profile");
            await page.FillAsync("[name=passkey_name]", "Laptop");
            await page.ClickAsync("form[data-passkey] button");
            await Expect(page.Locator(".toast")).ToContainTextAsync("Passkey added: Laptop");
            await page.ClickAsync("form[action=sign-out] button");
            await page.WaitForURLAsync(Demo + "sign-in");
            await page.ClickAsync("form[data-passkey] button");
            await page.WaitForURLAsync(Demo);
            await InEnglish(page);
            await page.GotoAsync(Demo + "profile");
            await page.ClickAsync("button[aria-label='remove: Laptop']");
            await Expect(page.Locator(".toast")).ToContainTextAsync("Passkey removed");
        });

    [Fact]
    public async Task What_was_being_written_is_there_again_until_it_is_sent() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "clients");
            await page.GotoAsync(site.Demo + await page.Locator("main a[href^='clients/0']").First.GetAttributeAsync("href"));
            await page.ClickAsync(".composer summary >> nth=0");
            await page.FillAsync(".composer details[open] textarea", "They move in spring");
            await Expect(page.Locator(".composer .draft")).ToContainTextAsync("Saved as draft");
            await page.ReloadAsync();
            await Expect(page.Locator(".composer details[open] textarea")).ToHaveValueAsync("They move in spring");
            await Expect(page.Locator(".composer .draft")).ToContainTextAsync("Draft restored");
            await page.ClickAsync(".composer details[open] button.main");
            await Expect(page.Locator("#timeline")).ToContainTextAsync("They move in spring");
            await page.ReloadAsync();
            await Expect(page.Locator(".composer .draft")).ToHaveCountAsync(0);
        });

    [Fact]
    public async Task What_was_begun_about_one_record_is_not_offered_for_another_on_the_same_page() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "pay/schemes");
            var tabs = page.Locator(".tabs a[href*=position]");
            var (one, other) = (await tabs.Nth(0).GetAttributeAsync("href"), await tabs.Nth(1).GetAttributeAsync("href"));
            await page.GotoAsync(site.Demo + one);
            await page.FillAsync("[name=rate]", "77");
            await Expect(page.Locator(".draft")).ToContainTextAsync("Saved as draft");
            await page.GotoAsync(site.Demo + other);
            await Expect(page.Locator("[name=rate]")).Not.ToHaveValueAsync("77");
            await page.GotoAsync(site.Demo + one);
            await Expect(page.Locator("[name=rate]")).ToHaveValueAsync("77");
        });

    [Fact]
    public async Task What_was_typed_in_rows_that_the_page_added_and_in_the_review_of_a_list_is_there_again() =>
        await site.AtDemo(async page =>
        {
            await page.GotoAsync(site.Demo + "pay/schemes");
            var rows = page.Locator(".curve").First.Locator("span");
            var count = await rows.CountAsync();
            await rows.Last.Locator("input").First.FillAsync("150");
            await rows.Nth(count).Locator("input").First.FillAsync("160");
            await Expect(page.Locator(".draft")).ToContainTextAsync("Saved as draft");
            await page.ReloadAsync();
            await Expect(rows.Nth(count - 1).Locator("input").First).ToHaveValueAsync("150");
            await Expect(rows.Nth(count).Locator("input").First).ToHaveValueAsync("160");

            await page.GotoAsync(site.Demo + "duties/new-list");
            await page.FillAsync("[name=list_text]", "1. Call the debtors\n2. Issue the invoices");
            await page.Locator("[name=position]").SelectOptionAsync(new SelectOptionValue { Index = 1 });
            await page.ClickAsync("main form button.main");
            await page.Locator("[name=duty_text]").Nth(1).FillAsync("Issue the invoices by the fifth");
            await Expect(page.Locator(".draft")).ToContainTextAsync("Saved as draft");
            await page.ReloadAsync();
            await page.ClickAsync("main form button.main");
            await Expect(page.Locator("[name=duty_text]").Nth(1)).ToHaveValueAsync("Issue the invoices by the fifth");
        });

    // Whoever signs in reads their own language again, and the demo's owner has that in which the demo was first opened.
    private Task InEnglish(IPage page) =>
        page.Context.AddCookiesAsync([
            new()
            {
                Name = "lang",
                Value = "en",
                Url = Demo,
            },
        ]);
}

using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Remit.Browser;

/// <summary>What a hand does that waits for the page to have arrived.</summary>
internal static class Steps
{
    /// <summary>Goes there, although the page may be on its way elsewhere by itself.</summary>
    public static async Task GoAsync(this IPage page, string address)
    {
        for (var tries = 1; ; tries++)
            try
            {
                await page.GotoAsync(address);
                return;
            }
            catch (PlaywrightException left)
                when (tries < 5 && (left.Message.Contains("interrupted by another") || left.Message.Contains("ERR_ABORTED"))) { }
    }

    /// <summary>Presses the button of a form and waits until the page says that it is done.</summary>
    public static async Task SaveAsync(this IPage page, string button = "main form button.main")
    {
        await page.ClickAsync(button);
        await Expect(page.Locator(".toast")).ToBeVisibleAsync();
    }
}

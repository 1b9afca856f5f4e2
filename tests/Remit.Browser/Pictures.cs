using Microsoft.Playwright;

namespace Remit.Browser;

/// <summary>The guide's pictures, taken by the tests that walk there: <c>REMIT_PICTURES=docs/pictures bin/test --filter The_whole_visit</c>.</summary>
internal static class Pictures
{
    private static readonly string? folder = Environment.GetEnvironmentVariable("REMIT_PICTURES");

    /// <summary>What the page shows now, or the whole of it; nothing where nobody asked for pictures.</summary>
    public static async Task Take(this IPage page, string name, bool whole = false)
    {
        if (folder is not { Length: > 0 })
            return;
        // The bar at the foot stands at the foot of the window, not in the middle of a long page.
        var size = page.ViewportSize!;
        if (whole)
            await page.SetViewportSizeAsync(size.Width, await page.EvaluateAsync<int>("document.documentElement.scrollHeight"));
        await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), Animations = ScreenshotAnimations.Disabled });
        if (whole)
            await page.SetViewportSizeAsync(size.Width, size.Height);
    }
}

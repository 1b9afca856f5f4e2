using Microsoft.Playwright;

namespace Remit.Browser;

/// <summary>The guide's pictures, taken by the tests that walk there: <c>REMIT_PICTURES=docs/pictures bin/test --filter The_whole_visit</c>.</summary>
internal static class Pictures
{
    private static readonly string? folder = Environment.GetEnvironmentVariable("REMIT_PICTURES");

    /// <summary>What the page shows now, or the whole of it; nothing where nobody asked for pictures.</summary>
    public static async Task Take(this IPage page, string name, bool whole = false)
    {
        if (folder is { Length: > 0 }) await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = whole, Style = whole ? "nav.foot { display: none !important }" : "", Animations = ScreenshotAnimations.Disabled });
    }
}

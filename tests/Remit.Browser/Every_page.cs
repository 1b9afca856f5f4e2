using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Remit.Web;

namespace Remit.Browser;

[Collection(Looking.Name)]
public sealed class Every_page(Site site)
{
    private static readonly (int Width, int Height)[] sizes = [(1440, 900), (360, 780)];

    private static readonly AxeRunOptions options = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
        ResultTypes = [ResultType.Violations],
    };

    // Every row of a list is made by the same lines; the fourth teaches nothing and costs axe its time.
    private const string FewRows =
        "document.querySelectorAll('tbody tr:nth-child(n+4), section > :is(.row, details, article):nth-of-type(n+6), option:nth-child(n+4)').forEach(e => e.remove())";

    /// <summary>
    /// Each language in one of the two looks, and each look measured by axe at both widths: words do not change colours,
    /// nor the order of what stands on a page.
    /// </summary>
    public static TheoryData<string, string, int> Looks()
    {
        var looks = new TheoryData<string, string, int>();
        foreach (
            var (language, (theme, measured)) in Texts.Languages.Zip(
                ((string, int)[])[("light", 1440), ("dark", 1440), ("light", 360), ("dark", 360)]
            )
        )
            looks.Add(language, theme, measured);
        return looks;
    }

    [Theory, MemberData(nameof(Looks))]
    public async Task Fits_wide_and_narrow_has_all_its_words_and_can_be_used_by_all(string language, string theme, int measured) =>
        await site.AtDemo(
            async page =>
            {
                var found = new List<string>();
                foreach (var path in await Paths(page))
                {
                    await page.GotoAsync(site.Demo + path);
                    if ((await page.ContentAsync()).Contains('⟦'))
                        found.Add($"{path}: a text is missing");
                    foreach (var (width, height) in sizes)
                    {
                        await page.SetViewportSizeAsync(width, height);
                        if (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth > innerWidth"))
                            found.Add($"{path} at {width}: wider than the window");
                    }
                    await page.EvaluateAsync(FewRows);
                    foreach (var (width, height) in sizes.Where(s => s.Width == measured))
                    {
                        await page.SetViewportSizeAsync(width, height);
                        found.AddRange(
                            from violation in (await page.RunAxe(options)).Violations
                            where violation.Impact is "serious" or "critical"
                            from node in violation.Nodes
                            select $"{path} at {width}: {violation.Id}: {node.Html}: {Why(node)}"
                        );
                    }
                }
                Assert.True(found.Count == 0, string.Join("\n", found.Distinct()));
            },
            language,
            theme
        );

    // What the sidebar names, and of what those pages lead to one of each kind.
    private static async Task<IReadOnlyList<string>> Paths(IPage page)
    {
        var paths = new List<string>(await Links(page, ".side a[data-jump]"))
        {
            "profile",
            "clients/new",
            "visits/new",
            "duties/new-list",
            "calendar/new",
            "calendar/speakers",
            "calendar/days",
            "calendar/clock",
            "calendar/kinds",
            "calendar/free",
            "plan/settings",
        };
        foreach (var list in (string[])["clients", "visits", "papers", "contracts", "debts", "pay"])
        {
            await page.GotoAsync(page.Url.Split("/~demo/")[0] + "/~demo/" + list);
            paths.AddRange(
                (await Links(page, "table.list tbody a, main section a.row"))
                    .Where(l => l.StartsWith(list + "/", StringComparison.Ordinal))
                    .Take(1)
            );
        }
        return paths;
    }

    private static async Task<IEnumerable<string>> Links(IPage page, string selector) =>
        await page.Locator(selector).EvaluateAllAsync<string[]>("links => links.map(a => a.getAttribute('href'))");

    private static string Why(AxeResultNode node) => string.Join(" ", node.Any.Concat(node.All).Concat(node.None).Select(c => c.Message));
}

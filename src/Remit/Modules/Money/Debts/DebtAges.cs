using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money.Pages;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Money.Debts;

/// <summary>How late a debt is, in the steps in which it is looked at.</summary>
internal static class DebtAges
{
    public static readonly IReadOnlyList<string> All = ["ahead", "late30", "late60", "late90", "older"];

    public static string Of(int daysLate) =>
        daysLate switch
        {
            <= 0 => "ahead",
            <= 30 => "late30",
            <= 60 => "late60",
            <= 90 => "late90",
            _ => "older",
        };

    /// <summary>All debts of the firm by age, above the list of debtors: a line for each currency.</summary>
    public static async Task<RenderFragment?> Above(AppDb db, Screen screen)
    {
        var today = screen.Today;
        var open = await db.Keep(
            "unpaid by day",
            [typeof(Invoice)],
            () =>
                db.Set<Invoice>()
                    .Unpaid()
                    .GroupBy(i => new { i.DueOn, i.Total.Currency })
                    .Select(g => new
                    {
                        g.Key.DueOn,
                        g.Key.Currency,
                        Minor = g.Sum(i => i.Total.Minor - i.PaidMinor),
                    })
                    .ToListAsync()
        );
        if (open.Count == 0)
            return null;
        var sums = open.GroupBy(o => o.Currency)
            .OrderByDescending(g => g.Sum(o => o.Minor))
            .Select(g =>
                (g.Key, g.GroupBy(o => Of(today.DayNumber - o.DueOn!.Value.DayNumber)).ToDictionary(a => a.Key, a => a.Sum(o => o.Minor)))
            )
            .ToList();
        return page =>
        {
            page.OpenComponent<DebtAgesBox>(0);
            page.AddComponentParameter(1, nameof(DebtAgesBox.Sums), sums);
            page.CloseComponent();
        };
    }
}

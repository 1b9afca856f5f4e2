using Microsoft.EntityFrameworkCore;
using Remit.Storage;

namespace Remit.Modules.Pay;

/// <summary>What a position is paid by on a day, without an amount: the parts of its scheme; text key <c>pay.part.{part}</c>.</summary>
public sealed record Motivation(DateOnly From, IReadOnlyList<string> Parts)
{
    /// <summary>Null where the position has no scheme yet.</summary>
    public static async Task<Motivation?> Of(AppDb db, Guid position, DateOnly on)
    {
        var row = await db.Set<Scheme>()
            .AsNoTracking()
            .Where(s => s.PositionId == position && s.From <= on)
            .OrderByDescending(s => s.From)
            .ThenByDescending(s => s.Id)
            .FirstOrDefaultAsync();
        if (row is null)
            return null;
        var rules = SchemeText.Read(row);
        var parts = new List<string>();
        if (rules.Fixed.Count > 0)
            parts.Add("fixed");
        if (rules.RateMilli > 0)
            parts.Add("piece");
        if (rules.BonusBaseMinor > 0 && rules.Indicators.Count > 0)
            parts.Add("bonus");
        if (rules.ShareBasisPoints > 0)
            parts.Add("share");
        return new(row.From, parts);
    }
}

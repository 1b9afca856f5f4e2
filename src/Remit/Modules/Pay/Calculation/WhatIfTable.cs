using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>What was paid and what would have been, beside each other.</summary>
public readonly record struct Beside(long Before, long After)
{
    public long Difference => After - Before;

    /// <summary>Of what was paid; null where that was nothing.</summary>
    public decimal? Percent => Before > 0 ? Math.Round(Difference * 100m / Before, 1) : null;

    public static Beside Sum(IEnumerable<WhatIfLine> lines) =>
        lines.Aggregate(new Beside(), (sum, l) => new(sum.Before + l.Before.Minor, sum.After + l.After.Minor));
}

/// <summary>One person over the months compared; a month they were not there is missing.</summary>
public sealed record WhatIfPerson(Guid Id, string Name, string Position, IReadOnlyDictionary<Month, Beside> Months, Beside All);

/// <summary>The comparison as a table: people down, months across, sums at both ends.</summary>
public sealed record WhatIfTable(
    IReadOnlyList<Month> Months,
    IReadOnlyList<WhatIfPerson> People,
    IReadOnlyDictionary<Month, Beside> ByMonth,
    Beside All
)
{
    public static readonly WhatIfTable Empty = new([], [], new Dictionary<Month, Beside>(), new());

    /// <param name="people">Names and positions, in the order in which they are shown.</param>
    public static WhatIfTable Of(IReadOnlyList<WhatIfLine> lines, IReadOnlyDictionary<Guid, (string Name, string Position)> people)
    {
        Dictionary<Month, Beside> Monthly(IEnumerable<WhatIfLine> some) => some.GroupBy(l => l.Month).ToDictionary(g => g.Key, Beside.Sum);
        var byPerson = lines.ToLookup(l => l.Person);
        return new(
            [.. lines.Select(l => l.Month).Distinct().Order()],
            [
                .. people.Select(p => new WhatIfPerson(
                    p.Key,
                    p.Value.Name,
                    p.Value.Position,
                    Monthly(byPerson[p.Key]),
                    Beside.Sum(byPerson[p.Key])
                )),
            ],
            Monthly(lines),
            Beside.Sum(lines)
        );
    }
}

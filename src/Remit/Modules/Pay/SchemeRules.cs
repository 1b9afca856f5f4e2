using Remit.Kernel;

namespace Remit.Modules.Pay;

/// <summary>
/// One version of a pay scheme. Work is paid by the version in force on the day it was done, whenever it is paid.
/// Written to and read from JSON as it stands.
/// </summary>
public sealed record SchemeRules
{
    // What a form takes at most: beyond any pay, and far from where sums overflow.
    internal const long Most = 100_000_000_000_000;

    public DateOnly EffectiveFrom { get; init; }

    /// <summary>Salary for a full month by level and city; an empty table means a scheme without a fixed part.</summary>
    public IReadOnlyList<FixedRate> Fixed { get; init; } = [];

    /// <summary>The price of a point in thousandths of a minor unit: 12.5 roubles is 1 250 000.</summary>
    public long RateMilli { get; init; }

    /// <summary>What is paid when every indicator is exactly on target.</summary>
    public long BonusBaseMinor { get; init; }

    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    /// <summary>Share of payments received from own clients: 150 is 1.5 %.</summary>
    public int ShareBasisPoints { get; init; }

    /// <summary>How many entries of a month are drawn for a check of quality.</summary>
    public int Samples { get; init; }

    /// <summary>Refuses a scheme that could not be paid by, or that would take money for poor results.</summary>
    public SchemeRules Checked()
    {
        Rules.Must(
            RateMilli is >= 0 and <= Most * 1000 && BonusBaseMinor is >= 0 and <= Most && ShareBasisPoints is >= 0 and <= 10_000,
            "pay.scheme.amounts"
        );
        foreach (var rate in Fixed)
            rate.Check();
        Rules.Must(Samples is >= 0 and <= 100, "pay.scheme.samples_text");
        Rules.Must(Fixed.DistinctBy(rate => (rate.Level, rate.City)).Count() == Fixed.Count, "pay.scheme.fixed_twice");
        foreach (var indicator in Indicators)
            indicator.Check();
        return this;
    }
}

/// <summary>A cell of the salary table.</summary>
public sealed record FixedRate(int Level, string City, long Minor)
{
    public void Check()
    {
        Rules.Must(Level is >= 1 and <= 4, "person.level");
        Rules.Filled(City, "pay.scheme.rate_without_city", "city");
        Rules.Must(Minor is >= 0 and <= SchemeRules.Most, "pay.scheme.amounts");
    }
}

/// <summary>The scheme versions of one person, ordered once so that a day finds its version quickly.</summary>
public sealed class SchemeHistory(IEnumerable<SchemeRules> versions)
{
    private readonly SchemeRules[] newestFirst = [.. versions.OrderByDescending(version => version.EffectiveFrom)];

    public SchemeRules On(DateOnly day) => Find(day) ?? throw new Refusal("pay.no_scheme", ("date", day));

    /// <summary>
    /// The version for what belongs to the month as a whole (salary, bonus): the one its first day began with, so that
    /// a change in mid-month speaks from the next month on; the first version ever starts within its own month.
    /// </summary>
    public SchemeRules For(Month month) => Find(month.First) ?? On(month.Last);

    private SchemeRules? Find(DateOnly day)
    {
        foreach (var version in newestFirst)
            if (version.EffectiveFrom <= day)
                return version;
        return null;
    }
}

using Remit.Kernel;

namespace Remit.Modules.Pay;

/// <summary>The scheme a new company starts from: salaries of four levels in four cities, in kopecks.</summary>
public static class SampleScheme
{
    public const string Moscow = "Moscow";
    public const string Yekaterinburg = "Yekaterinburg";
    public const string NizhnyNovgorod = "Nizhny Novgorod";
    public const string StPetersburg = "St Petersburg";

    public static readonly IReadOnlyList<FixedRate> Fixed =
    [
        .. Level(1, 27_500, 17_500, 13_500, 21_500),
        .. Level(2, 40_000, 25_000, 20_000, 30_000),
        .. Level(3, 60_000, 38_000, 28_000, 47_000),
        .. Level(4, 120_000, 75_000, 55_000, 95_000),
    ];

    public static readonly IReadOnlyList<string> Cities = [Moscow, Yekaterinburg, NizhnyNovgorod, StPetersburg];

    public static SchemeRules From(DateOnly day) =>
        new()
        {
            EffectiveFrom = day,
            Fixed = Fixed,
            RateMilli = 1_000_000,
            Samples = 5,
        };

    /// <summary>The same with the cities as the firm's people call them.</summary>
    public static IReadOnlyList<FixedRate> FixedIn(Func<string, string> name) =>
        [.. Fixed.Select(rate => rate with { City = name(rate.City) })];

    /// <summary>Kopecks of the sample as whole units of another currency, by size only: a sample is there to be changed.</summary>
    public static long In(string currency, long kopecks) =>
        kopecks
        / currency switch
        {
            "RUB" => 1,
            "BYN" => 28,
            "AZN" => 47,
            "EUR" => 90,
            _ => 80,
        }
        / 100
        * 100;

    private static FixedRate[] Level(int level, long moscow, long yekaterinburg, long nizhny, long petersburg) =>
        [
            new(level, Moscow, moscow * 100),
            new(level, Yekaterinburg, yekaterinburg * 100),
            new(level, NizhnyNovgorod, nizhny * 100),
            new(level, StPetersburg, petersburg * 100),
        ];
}

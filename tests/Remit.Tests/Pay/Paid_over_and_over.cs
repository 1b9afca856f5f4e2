using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using static Remit.Tests.Pay.PayCast;

namespace Remit.Tests.Pay;

/// <summary>Whole statements with every part, by random schemes in each currency; the seed repeats the case.</summary>
public sealed class Paid_over_and_over
{
    private static readonly string[] currencies = ["RUB", "BYN", "EUR", "BGN", "AZN"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public void Leaves_add_up_to_the_total_and_all_ways_of_computing_agree(int seed) =>
        Assert.All(
            Slips(new Random(seed)),
            input =>
            {
                var explained = PayCalculator.Explain(input);
                var leaves = explained.Total.Nodes().Where(node => node.Parts.Count == 0).ToList();
                Assert.All(leaves, leaf => Assert.Equal(input.Currency, leaf.Amount.Currency));
                Assert.Equal(explained.Total.Amount.Minor, leaves.Sum(leaf => leaf.Amount.Minor));
                Assert.Equal((explained.Total.Amount, explained.Held.Amount), PayCalculator.Sums(input));
                Assert.Equal(explained.Total.Amount.Minor, PayCalculator.Parts(input).Sum(part => part.Minor));
                Assert.All(leaves, leaf => Assert.True(leaf.Amount.Minor >= 0, leaf.Label));
            }
        );

    [Theory, MemberData(nameof(Seeds))]
    public void Under_its_own_scheme_every_month_pays_what_it_paid_part_by_part(int seed)
    {
        var slips = Slips(new Random(seed));
        var scheme = Assert.Single(slips[0].SchemeVersions);
        foreach (var line in WhatIf.Compare(slips, scheme))
        {
            Assert.Equal(line.Before, line.After);
            Assert.All(line.Parts, part => Assert.Equal(part.Of.Before, part.Of.After));
        }
        // Whatever the rate was before, the one that is found pays the same to the kopeck, for one exists.
        var found = WhatIf.RateKeepingPayroll(slips, scheme);
        Assert.Equal(found.BeforeMinor, found.AfterMinor);
        Assert.Equal(found.BeforeMinor, WhatIf.Compare(slips, scheme with { RateMilli = found.RateMilli }).Sum(line => line.After.Minor));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Weights_need_not_add_up_to_one_and_what_has_no_data_takes_nothing_from_the_others(int seed)
    {
        foreach (var input in Slips(new Random(seed)))
        {
            var scheme = input.SchemeVersions[0];
            var measured = scheme.Indicators.Where(i => input.Indicators.Any(f => f.Code == i.Code && f.Fact is not null)).ToList();
            var bonus = Bonus(input, scheme);
            Assert.Equal(bonus, Bonus(input, scheme with { Indicators = measured }));
            Assert.Equal(
                bonus,
                Bonus(input, scheme with { Indicators = [.. scheme.Indicators.Select(i => i with { Weight = i.Weight * 7 })] })
            );
            var best = measured.Count == 0 ? 0 : measured.Max(i => i.Curve.Max(point => point.Payout));
            Assert.InRange(bonus, 0, (long)(scheme.BonusBaseMinor * best) + measured.Count);
        }
    }

    private static long Bonus(PayInput input, SchemeRules scheme) =>
        PayCalculator.Parts(input with { SchemeVersions = [scheme] }).Where(part => part.Part == "bonus").Sum(part => part.Minor);

    private static List<PayInput> Slips(Random random)
    {
        var (currency, scheme) = (currencies[random.Next(currencies.Length)], Scheme(random));
        var entries = Enumerable.Range(0, random.Next(40)).Select(_ => Entry(random)).ToArray();
        return
        [
            .. Enumerable
                .Range(1, 6)
                .Select(month =>
                {
                    var days = random.Next(15, 23);
                    return Slip(new Month(2026, month), entries) with
                    {
                        Currency = currency,
                        SchemeVersions = [scheme],
                        TotalDays = days,
                        WorkedDays = random.Next(days + 1),
                        Indicators =
                        [
                            .. scheme.Indicators.Select(i => new IndicatorFact(
                                i.Code,
                                "",
                                random.Next(4) == 0 ? null : random.Next(0, 400) / 3m
                            )),
                        ],
                        Receipts =
                        [
                            .. Some(random, () => new Receipt(Guid.NewGuid(), "Paid", random.Next(1, 10_000_000), new(2026, month, 9))),
                        ],
                        Mentoring = [.. Some(random, () => new MentorLine(Guid.NewGuid(), "Taught", random.Next(1, 500_000)))],
                        Corrections =
                        [
                            .. Some(random, () => new Correction(Guid.NewGuid(), random.Next(1, 90_000), "Forgotten", random.Next(2) == 0)),
                        ],
                    };
                }),
        ];
    }

    private static SchemeRules Scheme(Random random) =>
        new SchemeRules
        {
            EffectiveFrom = new DateOnly(2026, 1, 1),
            Fixed = [new(1, SampleScheme.Moscow, random.Next(1, 9_999_999))],
            RateMilli = random.Next(1, 3_000_000),
            BonusBaseMinor = random.Next(1, 5_000_000),
            ShareBasisPoints = random.Next(0, 900),
            Indicators =
            [
                .. Enumerable
                    .Range(0, random.Next(5))
                    .Select(n => new Indicator
                    {
                        Code = $"i{n}",
                        Weight = random.Next(1, 50),
                        Target = random.Next(1, 100),
                        LowerIsBetter = random.Next(3) == 0,
                        Curve = [new(0.5m, 0), new(1, 1), new(1 + random.Next(1, 9) / 7m, 1 + random.Next(9) / 3m)],
                    }),
            ],
        }.Checked();

    private static PayEntry Entry(Random random)
    {
        var entry = Work(random.Next(2) == 0 ? Acts : Calls, new DateOnly(2026, 1, 1).AddDays(random.Next(150)), random.Next(1, 9));
        return entry with
        {
            QuantityMilli = random.Next(1, 5000),
            ConditionMetOn = random.Next(3) == 0 ? null : entry.DoneOn.AddDays(random.Next(60)),
        };
    }

    private static IEnumerable<T> Some<T>(Random random, Func<T> make) => Enumerable.Range(0, random.Next(3)).Select(_ => make());
}

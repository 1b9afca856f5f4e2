using System.Text.Json;
using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using static Remit.Tests.Pay.PayCast;

namespace Remit.Tests.Pay;

public sealed class SalaryAndBonusRules
{
    private static readonly Indicator Quality = new()
    {
        Code = "quality",
        Weight = 2,
        Target = 100,
        Curve = [new(0.8m, 0), new(1, 1), new(1.2m, 1.5m)],
    };
    private static readonly Indicator Delay = new()
    {
        Code = "delay",
        Weight = 1,
        Target = 2,
        LowerIsBetter = true,
        Curve = [new(0, 0), new(2, 2)],
    };
    private static readonly SchemeRules Bonus = PlainScheme with { BonusBaseMinor = 10_000, Indicators = [Quality, Delay] };

    [Theory]
    [InlineData(1, SampleScheme.Moscow, 27_500), InlineData(1, SampleScheme.NizhnyNovgorod, 13_500)]
    [InlineData(3, SampleScheme.Yekaterinburg, 38_000), InlineData(4, SampleScheme.StPetersburg, 95_000)]
    public void The_salary_comes_from_the_table_of_levels_and_cities(int level, string city, long roubles) =>
        Assert.Equal(roubles * 100, Minor(Salaried(20, 20) with { Level = level, City = city }));

    [Fact]
    public void The_salary_is_in_proportion_to_the_days_worked() =>
        Assert.Equal((916_667, 0), (Minor(Salaried(7, 21)), Minor(Salaried(0, 21))));

    [Fact]
    public void Days_and_cells_that_do_not_exist_are_refused()
    {
        Assert.Equal("pay.days", Refused(() => Minor(Salaried(22, 21))));
        Assert.Equal("pay.no_fixed_rate", Refused(() => Minor(Salaried(1, 1) with { City = "Atlantis" })));
    }

    [Fact]
    public void A_scheme_that_starts_in_mid_month_sets_the_salary_from_the_next_month()
    {
        var none = PlainScheme with { EffectiveFrom = October.Day(15), Fixed = [new(1, SampleScheme.Moscow, 1)] };
        var input = Salaried(20, 20) with { SchemeVersions = [SampleScheme.From(new DateOnly(2026, 1, 1)), none] };
        Assert.Equal((2_750_000, 1), (Minor(input), Minor(input with { Month = November })));
    }

    [Theory]
    [InlineData(70, 0), InlineData(80, 0), InlineData(90, 5_000), InlineData(100, 10_000), InlineData(110, 12_500), InlineData(300, 15_000)]
    public void The_curve_is_straight_between_its_points_and_flat_at_its_ends(int fact, long minor) =>
        Assert.Equal(minor, Minor(Measured(("quality", fact))));

    [Theory]
    [InlineData(4, 5_000), InlineData(2, 10_000), InlineData(1, 20_000), InlineData(0, 20_000)]
    public void Where_less_is_better_half_the_fact_is_twice_the_result(int fact, long minor) =>
        Assert.Equal(minor, Minor(Measured(("delay", fact))));

    [Fact]
    public void Indicators_share_the_bonus_by_weight_and_the_sum_is_exact() =>
        Assert.Equal(6_667 + 3_333, Minor(Measured(("quality", 100), ("delay", 2))));

    [Fact]
    public void An_indicator_without_data_leaves_its_weight_to_the_others()
    {
        var bonus = PayCalculator
            .Explain(Measured(("quality", 100), ("delay", null)))
            .Total.Parts.Single(part => part.Label == "pay.bonus");
        Assert.Equal([10_000, 0], bonus.Parts.Select(part => part.Amount.Minor));
        Assert.Equal(["pay.note.reweighted", "pay.note.no_data"], bonus.Parts.Select(part => part.Note));
    }

    [Fact]
    public void A_bonus_without_any_data_is_zero_and_says_so()
    {
        var bonus = PayCalculator.Explain(Measured()).Total.Parts.Single(part => part.Label == "pay.bonus");
        Assert.Equal((0, "pay.note.no_data"), (bonus.Amount.Minor, bonus.Note));
    }

    [Fact]
    public void A_share_of_payments_and_mentoring_are_added_line_by_line() =>
        Assert.Equal(
            150 + 7,
            Minor(
                Slip(October) with
                {
                    SchemeVersions = [PlainScheme with { ShareBasisPoints = 150 }],
                    Receipts = [new(Guid.NewGuid(), "Alfa", 10_000, October.Day(3))],
                    Mentoring = [new(Guid.NewGuid(), "Boris", 7)],
                }
            )
        );

    [Fact]
    public void There_are_no_fines() =>
        Assert.Equal("pay.no_fines", Refused(() => Minor(Corrected(new Correction(Guid.NewGuid(), -1, "late", true)))));

    [Fact]
    public void Only_approved_corrections_count_and_a_negative_one_names_what_it_reverses() =>
        Assert.Equal(
            100 - 30,
            Minor(
                Corrected(
                    new(Guid.NewGuid(), 100, "forgotten", true),
                    new(Guid.NewGuid(), 900, "asked", false),
                    new(Guid.NewGuid(), -30, "paid twice", true, Guid.NewGuid())
                )
            )
        );

    [Fact]
    public void A_scheme_survives_json()
    {
        var before = Bonus with { Fixed = SampleScheme.Fixed };
        var json = JsonSerializer.Serialize(before);
        var after = JsonSerializer.Deserialize<SchemeRules>(json)!.Checked();
        Assert.Equal(json, JsonSerializer.Serialize(after));
        Assert.Equal(16, after.Fixed.Count);
    }

    [Fact]
    public void A_scheme_that_would_take_money_away_is_refused()
    {
        Assert.Equal("pay.no_fines", Refused(() => (Bonus with { Indicators = [Quality with { Curve = [new(0, -1)] }] }).Checked()));
        Assert.Equal("pay.scheme.amounts", Refused(() => (Bonus with { RateMilli = -1 }).Checked()));
    }

    private static PayInput Salaried(int worked, int total) =>
        Slip(October) with
        {
            SchemeVersions = [SampleScheme.From(new DateOnly(2026, 1, 1))],
            WorkedDays = worked,
            TotalDays = total,
        };

    private static PayInput Measured(params (string Code, int? Fact)[] facts) =>
        Slip(October) with
        {
            SchemeVersions = [Bonus],
            Indicators = [.. facts.Select(each => new IndicatorFact(each.Code, each.Code, each.Fact))],
        };

    private static PayInput Corrected(params Correction[] corrections) => Slip(October) with { Corrections = corrections };
}

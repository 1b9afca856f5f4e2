using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using static Remit.Tests.Pay.PayCast;

namespace Remit.Tests.Pay;

public sealed class PieceRules
{
    [Fact]
    public void Work_without_a_condition_is_paid_in_its_month_and_in_no_other()
    {
        var call = Work(Calls, October.Day(5));
        Assert.Equal([0, 5000, 0], [Minor(Slip(October.Previous, call)), Minor(Slip(October, call)), Minor(Slip(November, call))]);
    }

    [Fact]
    public void A_line_names_the_unit_of_the_norm_its_work_was_done_by()
    {
        var line = PayCalculator
            .Explain(Slip(October, Work(Calls, October.Day(5)) with { Unit = "hour", QuantityMilli = 1500 }))
            .Total.Nodes()
            .Single(n => n.Label == "pay.entry");
        Assert.Equal((1.5m, " (hour)"), (line.Values["quantity"], line.Values["unit"]));
    }

    [Fact]
    public void Work_whose_condition_is_not_met_is_held_with_its_reason_and_amount()
    {
        var act = Work(Acts, October.Day(5));
        var result = PayCalculator.Explain(Slip(October, act));
        Assert.Equal((0, 5000), (result.Total.Amount.Minor, result.Held.Amount.Minor));
        Assert.Equal("pay.held.act.returned", Assert.Single(result.Held.Parts).Label);
        Assert.Equal([act.Id], result.Held.Nodes().SelectMany(node => node.Entries));
    }

    [Fact]
    public void Held_work_is_paid_in_the_month_its_condition_is_met_at_the_rate_of_the_day_it_was_done()
    {
        var act = Work(Acts, October.Day(5)) with { ConditionMetOn = November.Day(3), RecordedMonth = November };
        var dearer = PlainScheme with { EffectiveFrom = November.First, RateMilli = 9_000_000 };
        Assert.Equal(5000, Held(Slip(October, act) with { SchemeVersions = [PlainScheme, dearer] }));
        Assert.Equal(5000, Minor(Slip(November, act) with { SchemeVersions = [dearer, PlainScheme] }));
        Assert.Equal(0, Held(Slip(November, act)));
    }

    [Fact]
    public void What_is_learnt_after_the_month_was_closed_is_paid_in_the_first_open_one()
    {
        var act = Work(Acts, October.Day(5)) with { ConditionMetOn = October.Day(30), RecordedMonth = December };
        Assert.Equal([0, 0, 5000], [Minor(Slip(October, act)), Minor(Slip(November, act)), Minor(Slip(December, act))]);
        Assert.Equal("pay.held.next_open_month", PayCalculator.Explain(Slip(October, act)).Held.Parts[0].Label);
    }

    [Fact]
    public void Held_work_that_was_taken_back_is_listed_no_more_and_what_is_left_of_it_is()
    {
        var (act, other) = (Work(Acts, October.Day(5)), Work(Acts, October.Day(7)) with { QuantityMilli = 2000 });
        var part = other.Back(October.Day(8)) with { QuantityMilli = -1000 };
        var result = PayCalculator.Explain(Slip(October, act, act.Back(October.Day(6)), other, part));
        Assert.Equal([other.Id, part.Id], result.Held.Nodes().SelectMany(node => node.Entries));
        Assert.Equal((0, 5000), (result.Total.Amount.Minor, result.Held.Amount.Minor));
        // Taken back only in the next month, it is still held in this one.
        Assert.Single(PayCalculator.Explain(Slip(October, act, act.Back(November.Day(2)))).Held.Nodes().SelectMany(node => node.Entries));
        Assert.Empty(PayCalculator.Explain(Slip(November, act, act.Back(November.Day(2)))).Held.Parts);
    }

    [Fact]
    public void A_condition_unknown_to_the_texts_is_named_in_a_general_sentence()
    {
        var odd = Work(Calls, October.Day(1)) with { Condition = "moon.full" };
        var reason = PayCalculator.Explain(Slip(October, odd)).Held.Parts[0];
        Assert.Equal(("pay.held.other", "moon.full"), (reason.Label, reason.Values["condition"]));
    }

    [Fact]
    public void Reversing_work_that_was_paid_takes_it_back_in_the_month_of_the_reversal_by_the_old_norms()
    {
        var call = Work(Calls, October.Day(5));
        var back = call.Back(November.Day(2)) with { Points = 99 };
        var dearer = PlainScheme with { EffectiveFrom = November.First, RateMilli = 9_000_000 };
        Assert.Equal(5000, Minor(Slip(October, call, back)));
        Assert.Equal(-5000, Minor(Slip(November, call, back) with { SchemeVersions = [PlainScheme, dearer] }));
    }

    [Fact]
    public void Reversing_work_that_is_held_pays_nothing_ever()
    {
        var act = Work(Acts, October.Day(5));
        PayEntry[] both = [act, act.Back(November.Day(2))];
        Assert.Equal((0, 0), (Minor(Slip(November, both)), Held(Slip(November, both))));
        both[0] = act with { ConditionMetOn = December.Day(1), RecordedMonth = December };
        Assert.Equal((0, 0), (Minor(Slip(December, both)), Held(Slip(December, both))));
    }

    [Fact]
    public void A_reversal_whose_original_is_not_there_is_refused() =>
        Assert.Equal(
            "pay.reversal_without_original",
            Refused(() => Minor(Slip(October, Work(Calls, October.Day(5)).Back(October.Day(6)))))
        );

    [Fact]
    public void Each_entry_is_rounded_once_half_away_from_zero()
    {
        var cheap = PlainScheme with { RateMilli = 500 };
        PayEntry[] calls = [Work(Calls, October.Day(1), 1), Work(Calls, October.Day(2), 1)];
        Assert.Equal(2, Minor(Slip(October, calls) with { SchemeVersions = [cheap] }));
        Assert.Equal(
            -2,
            Minor(Slip(November, [.. calls, .. calls.Select(call => call.Back(November.Day(1)))]) with { SchemeVersions = [cheap] })
        );
    }

    [Fact]
    public void Duties_stand_in_the_order_of_their_numbers()
    {
        PayEntry[] both = [Work(Acts, October.Day(1)) with { ConditionMetOn = October.Day(1) }, Work(Calls, October.Day(1))];
        Assert.Equal(
            ["1.9", "1.10"],
            PayCalculator.Explain(Slip(October, both)).Total.Parts[0].Parts.Select(duty => duty.Values["number"])
        );
    }

    [Fact]
    public void Negative_work_that_reverses_nothing_is_a_fine_and_refused() =>
        Assert.Equal("pay.no_fines", Refused(() => Minor(Slip(October, Work(Calls, October.Day(1)) with { QuantityMilli = -1 }))));

    [Fact]
    public void Work_done_before_any_scheme_is_refused() =>
        Assert.Equal("pay.no_scheme", Refused(() => Minor(Slip(October, Work(Calls, new DateOnly(2025, 12, 31))))));
}

using System.Text.Json;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using static Remit.Tests.Pay.PayCast;

namespace Remit.Tests.Pay;

public sealed class WhatIfRules
{
    [Fact]
    public void Two_schemes_are_compared_person_by_person_and_month_by_month()
    {
        var call = Work(Calls, October.Day(5));
        var lines = WhatIf.Compare(
            [Slip(October, call), Slip(November, call)],
            PlainScheme with
            {
                RateMilli = 2_000_000,
                EffectiveFrom = December.First,
            }
        );
        Assert.Equal([(5000, 10_000, 5000), (0, 0, 0)], lines.Select(line => (line.Before.Minor, line.After.Minor, line.Difference.Minor)));
    }

    [Fact]
    public void A_table_has_people_down_months_across_and_the_same_sum_at_both_ends()
    {
        var boris = new Guid("b0000000-0000-0000-0000-000000000002");
        var lines = WhatIf.Compare(
            [
                Slip(October, Work(Calls, October.Day(5))),
                Slip(November, Work(Calls, November.Day(5), 10)),
                Slip(November, Work(Calls, November.Day(6))) with
                {
                    Person = boris,
                },
            ],
            PlainScheme with
            {
                RateMilli = 1_100_000,
            }
        );
        var table = WhatIfTable.Of(
            lines,
            new Dictionary<Guid, (string, string)> { [Anna] = ("Anna", "Manager"), [boris] = ("Boris", "Manager") }
        );
        Assert.Equal([October, November], table.Months);
        Assert.Equal(new Beside(20_000, 22_000), table.All);
        Assert.Equal((2_000, 10m), (table.All.Difference, table.All.Percent));
        Assert.Equal(table.All, new Beside(table.People.Sum(p => p.All.Before), table.People.Sum(p => p.All.After)));
        Assert.Equal(table.All, new Beside(table.ByMonth.Values.Sum(m => m.Before), table.ByMonth.Values.Sum(m => m.After)));
        // Boris was not there in October.
        Assert.Equal([November], table.People[1].Months.Keys);
        Assert.Null(new Beside(0, 5).Percent);
    }

    [Fact]
    public void Parts_say_what_the_pay_is_made_of_and_add_up_to_it()
    {
        var input = Slip(October, Work(Calls, October.Day(5))) with { SchemeVersions = [SampleScheme.From(October.First)] };
        var other = PlainScheme with { Fixed = [new(1, SampleScheme.Moscow, 1_000_000)] };
        var parts = WhatIf.Parts(WhatIf.Compare([input], other));
        Assert.Equal("fixed", parts[0].Part);
        Assert.Equal(
            (
                PayCalculator.Total(input).Minor,
                PayCalculator.Total(input with { SchemeVersions = [other with { EffectiveFrom = DateOnly.MinValue }] }).Minor
            ),
            (parts.Sum(p => p.Of.Before), parts.Sum(p => p.Of.After))
        );
    }

    [Fact]
    public void The_rate_that_keeps_the_payroll_is_the_old_rate_when_nothing_else_changes()
    {
        var inputs = Enumerable.Range(1, 28).Select(day => Slip(October, Work(Calls, October.Day(day), day * 100))).ToList();
        var match = WhatIf.RateKeepingPayroll(inputs, PlainScheme with { RateMilli = 7 });
        Assert.Equal(match.BeforeMinor, match.AfterMinor);
        Assert.InRange(match.RateMilli, 999_990, 1_000_000);
    }

    [Fact]
    public void No_other_rate_comes_nearer_to_the_payroll()
    {
        var random = new Random(7);
        for (var round = 0; round < 20; round++)
        {
            var calls = Enumerable
                .Range(1, 20)
                .Select(day => Work(Calls, October.Day(day), random.Next(1, 50)) with { QuantityMilli = random.Next(1, 9000) });
            var input = Slip(October, [.. calls]) with { Mentoring = [new(Guid.NewGuid(), "", random.Next(20_000))] };
            var other = PlainScheme with { RateMilli = 1 };
            var match = WhatIf.RateKeepingPayroll([input], other);
            Assert.Equal(match.AfterMinor, At(match.RateMilli));
            Assert.All(
                Enumerable.Range(-2000, 4000).Select(step => match.RateMilli + step),
                rate => Assert.True(Miss(At(rate)) >= Miss(match.AfterMinor))
            );

            long At(long rate) => WhatIf.Compare([input], other with { RateMilli = rate })[0].After.Minor;
            long Miss(long minor) => Math.Abs(minor - match.BeforeMinor);
        }
    }

    [Fact]
    public void Json_has_every_amount_with_its_parts_and_entries()
    {
        var act = Work(Acts, October.Day(5));
        var call = Work(Calls, October.Day(6));
        using var json = JsonDocument.Parse(PayJson.Write(October, [PayCalculator.Explain(Slip(October, act, call))]));
        var person = json.RootElement.GetProperty("people")[0];
        Assert.Equal(
            ("2026-10", 5000, "RUB"),
            (
                json.RootElement.GetProperty("month").GetString(),
                person.GetProperty("total").GetProperty("minor").GetInt64(),
                person.GetProperty("total").GetProperty("currency").GetString()
            )
        );
        var duty = person.GetProperty("why").GetProperty("parts")[0].GetProperty("parts")[0];
        Assert.Equal(call.Id, duty.GetProperty("parts")[0].GetProperty("entries")[0].GetGuid());
        Assert.Equal(5000, person.GetProperty("held").GetProperty("minor").GetInt64());
    }

    [Fact]
    public void Before_the_first_scheme_nothing_was_paid_and_a_payroll_typed_by_hand_is_met()
    {
        var input = Slip(October, Work(Calls, October.Day(3))) with { SchemeVersions = [] };
        Assert.Equal(0, WhatIf.Compare([input], PlainScheme)[0].Before.Minor);
        var match = WhatIf.RateKeepingPayroll([input], PlainScheme, payroll: 12_345);
        Assert.Equal((12_345, 12_345), (match.BeforeMinor, match.AfterMinor));
    }
}

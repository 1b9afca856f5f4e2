using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using static Remit.Tests.Pay.PayCast;

namespace Remit.Tests.Pay;

/// <summary>What holds for any ledger, tried on a hundred random ones; the seed in the name of the case repeats it.</summary>
public sealed class PayProperties
{
    private const int Months = 8;
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 100)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_node_is_the_sum_of_its_parts(int seed) =>
        Each(
            seed,
            (_, result) =>
                Assert.All(
                    result.Total.Nodes().Concat(result.Held.Nodes()).Where(node => node.Parts.Count > 0),
                    node => Assert.Equal(node.Parts.Sum(part => part.Amount.Minor), node.Amount.Minor)
                )
        );

    [Theory, MemberData(nameof(Seeds))]
    public void The_quick_total_is_the_explained_one(int seed) =>
        Each(seed, (input, result) => Assert.Equal(result.Total.Amount, PayCalculator.Total(input)));

    [Theory, MemberData(nameof(Seeds))]
    public void No_entry_is_paid_twice_or_lost_and_what_is_not_paid_is_held(int seed)
    {
        var paid = new List<Guid>();
        Each(
            seed,
            (input, result) =>
            {
                paid.AddRange(Ids(result.Total));
                var done = input.Entries.Where(entry => entry.DoneOn <= input.Month.Last).Select(entry => entry.Id);
                Assert.Equal(done.Order(), paid.Concat(Ids(result.Held)).Concat(result.Withdrawn.Select(entry => entry.Id)).Order());
            }
        );
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Paid_and_held_money_together_is_all_money_earned(int seed)
    {
        long paid = 0;
        Each(
            seed,
            (input, result) =>
            {
                paid += result.Total.Amount.Minor;
                var known = input.Entries.Where(entry => entry.DoneOn <= input.Month.Last).ToArray();
                // With nothing to wait for and every month open, the same work is earned on the day it is done.
                var free = known.Select(entry => entry with { Condition = null, RecordedMonth = new Month(2026, 1) }).ToArray();
                var earned = Enumerable.Range(0, Months).Sum(step => Minor(input with { Month = Start(step), Entries = free }));
                Assert.Equal(earned, paid + result.Held.Amount.Minor);
            }
        );
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Reversing_everything_leaves_nothing(int seed)
    {
        var random = new Random(seed);
        var ledger = Ledger(random).Where(entry => entry.Reverses is null).ToList();
        ledger.AddRange(ledger.Select(entry => entry.Back(Max(entry.DoneOn, Any(random)))).ToList());
        PayEntry[] shuffled = [.. ledger];
        random.Shuffle(shuffled);
        var input = Input(shuffled, random);
        var paid = Enumerable.Range(0, Months).Sum(step => Minor(input with { Month = Start(step) }));
        Assert.Equal(0, paid + Held(input with { Month = Start(Months - 1) }));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void What_is_recorded_later_never_changes_a_closed_month(int seed)
    {
        var all = Ledger(new Random(seed));
        for (var step = 0; step < Months; step++)
        {
            // Seen on the last day of the month: only what was recorded by then, and no reversal of what was not.
            var month = Start(step);
            var known = all.Where(entry => entry.RecordedMonth.CompareTo(month) <= 0 && entry.DoneOn <= month.Last).ToArray();
            var ids = known.Select(entry => entry.Id).ToHashSet();
            var then = known.Where(entry => entry.Reverses is not { } original || ids.Contains(original)).ToArray();
            Assert.Equal(
                Minor(Input(all, new Random(seed)) with { Month = month }),
                Minor(Input(then, new Random(seed)) with { Month = month })
            );
        }
    }

    private static void Each(int seed, Action<PayInput, PayResult> look)
    {
        var random = new Random(seed);
        var input = Input(Ledger(random), random);
        for (var step = 0; step < Months; step++)
        {
            var month = input with { Month = Start(step) };
            look(month, PayCalculator.Explain(month));
        }
    }

    private static PayInput Input(PayEntry[] ledger, Random random) =>
        Slip(Start(0), ledger) with
        {
            SchemeVersions =
            [
                .. Enumerable
                    .Range(0, 3)
                    .Select(version =>
                        PlainScheme with
                        {
                            EffectiveFrom = new DateOnly(2026, 1 + version * 2, 1),
                            RateMilli = random.Next(1, 3_000_000),
                        }
                    ),
            ],
        };

    private static PayEntry[] Ledger(Random random)
    {
        var ledger = new List<PayEntry>();
        for (var left = random.Next(60); left > 0; left--)
            ledger.Add(Entry(random));
        ledger.AddRange(ledger.Where(_ => random.Next(5) == 0).Select(entry => entry.Back(Max(entry.DoneOn, Any(random)))).ToList());
        return [.. ledger];
    }

    private static PayEntry Entry(Random random)
    {
        var entry = Work(random.Next(2) == 0 ? Acts : Calls, Any(random), random.Next(1, 9));
        DateOnly? met = random.Next(3) == 0 ? null : entry.DoneOn.AddDays(random.Next(-5, 90));
        var late = Month.Of(entry.DoneOn.AddDays(random.Next(70)));
        var recorded = met is { } day && Month.Of(day).CompareTo(late) > 0 ? Month.Of(day) : late;
        return entry with
        {
            QuantityMilli = random.Next(1, 5000),
            ConditionMetOn = met,
            RecordedMonth = recorded,
            Condition = random.Next(6) == 0 ? "checked" : entry.Condition,
        };
    }

    private static IEnumerable<Guid> Ids(Why why) => why.Nodes().SelectMany(node => node.Entries);

    private static Month Start(int step) => Month.FromIndex(new Month(2026, 1).Index + step);

    private static DateOnly Any(Random random) => new DateOnly(2026, 1, 1).AddDays(random.Next(150));

    private static DateOnly Max(DateOnly a, DateOnly b) => a > b ? a : b;
}

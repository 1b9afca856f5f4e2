using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>What mentors get in a month: so much for each day that both worked, a share of what the trainee's work earned, and once a sum when the trainee reaches the agreed result.</summary>
internal static class Mentors
{
    public static async Task<IReadOnlyList<PaySlip>> Added(AppDb db, Month month, Firm firm, IReadOnlyList<PaySlip> slips)
    {
        var mentors = slips.Select(s => s.Input.Person).ToHashSet();
        var terms = (await db.Set<Mentoring>().AsNoTracking().Where(m => m.From <= month.Last && m.To >= month.First).ToListAsync())
            .Where(m => mentors.Contains(m.MentorId))
            .ToList();
        if (terms.Count == 0)
            return slips;
        var people = terms.SelectMany(m => new[] { m.MentorId, m.TraineeId }).ToHashSet();
        var names = await db.NamesOfPeople();
        var tenures = (await db.Set<Tenure>().AsNoTracking().Where(t => !t.StandIn && people.Contains(t.PersonId)).ToListAsync()).ToLookup(
            t => t.PersonId
        );
        var calendar = await db.WorkDays(firm.Country);
        var lines = new List<(Guid Mentor, MentorLine Line)>();
        foreach (var term in terms.OrderBy(m => m.From).ThenBy(m => m.Id))
        {
            var (from, to) = (term.From < month.First ? month.First : term.From, term.To > month.Last ? month.Last : term.To);
            if (term.PerDayMinor > 0)
                lines.Add((term.MentorId, Days(term, Worked(from, to), names, firm.Currency)));
            if (term.ShareBasisPoints > 0 && await Trainee(term.TraineeId) is { } trainee)
                lines.Add((term.MentorId, Share(term, trainee, from, to, names)));
            if (term.BonusMinor > 0 && await Reached(db, term, month) is { } value)
                lines.Add((term.MentorId, Result(term, value, names)));

            int Worked(DateOnly first, DateOnly last) =>
                Enumerable
                    .Range(0, last.DayNumber - first.DayNumber + 1)
                    .Select(first.AddDays)
                    .Count(day => calendar.IsWorkday(day) && Holds(term.MentorId, day) && Holds(term.TraineeId, day));
        }
        var byMentor = lines.ToLookup(l => l.Mentor, l => l.Line);
        return [.. slips.Select(s => s with { Input = s.Input with { Mentoring = [.. byMentor[s.Input.Person]] } })];

        bool Holds(Guid person, DateOnly day) => tenures[person].Any(t => t.From <= day && (t.To is null || t.To >= day));
        async Task<PayInput?> Trainee(Guid id) =>
            slips.FirstOrDefault(s => s.Input.Person == id)?.Input
            ?? (await PayRun.LoadPlain(db, month, firm, id)).SingleOrDefault()?.Input;
    }

    private static MentorLine Days(Mentoring term, int days, IReadOnlyDictionary<Guid, string> names, string currency) =>
        new(term.Id, names.GetValueOrDefault(term.TraineeId, ""), term.PerDayMinor * days)
        {
            Key = "pay.mentor.days",
            Values = new Dictionary<string, object?> { ["days"] = days, ["each"] = new Amount(term.PerDayMinor, currency) },
        };

    /// <summary>The value that reached the result in this month; null where it did not, or had in an earlier one.</summary>
    private static async Task<decimal?> Reached(AppDb db, Mentoring term, Month month)
    {
        for (var earlier = Month.Of(term.From); earlier.Index < month.Index; earlier = earlier.Next)
            if (await Value(earlier) is { } before && term.IsReachedBy(before))
                return null;
        return await Value(month) is { } value && term.IsReachedBy(value) ? value : null;

        async Task<decimal?> Value(Month of) =>
            term.ResultCode != Mentoring.Points
                ? await Measuring.Value(db, term.ResultCode, term.TraineeId, of)
                : await db.Set<WorkEntry>()
                    .Where(w => w.PersonId == term.TraineeId && w.RecordedMonth == of.Index)
                    .SumAsync(w => (long?)w.Points * w.QuantityMilli) / 1000m;
    }

    private static MentorLine Result(Mentoring term, decimal value, IReadOnlyDictionary<Guid, string> names) =>
        new(term.Id, names.GetValueOrDefault(term.TraineeId, ""), term.BonusMinor)
        {
            Key = "pay.mentor.result",
            Values = new Dictionary<string, object?>
            {
                ["measure"] = "pay.fact." + term.ResultCode,
                ["value"] = value,
                ["target"] = term.ResultMilli / 1000m,
                ["day"] = term.To,
            },
        };

    private static MentorLine Share(Mentoring term, PayInput trainee, DateOnly from, DateOnly to, IReadOnlyDictionary<Guid, string> names)
    {
        var earned = new Amount(
            trainee.SchemeVersions.Count == 0 ? 0 : Math.Max(0, PayCalculator.PieceMinor(trainee, from, to)),
            trainee.Currency
        );
        return new(term.Id, names.GetValueOrDefault(term.TraineeId, ""), earned.Times(term.ShareBasisPoints, 10_000).Minor)
        {
            Key = "pay.mentor.share",
            Values = new Dictionary<string, object?> { ["percent"] = term.ShareBasisPoints / 100m, ["earned"] = earned },
        };
    }
}

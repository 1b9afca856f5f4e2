using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>What mentors get in a month: so much for each day that both worked, and a share of what the trainee's work earned.</summary>
internal static class Mentors
{
    public static async Task<IReadOnlyList<PaySlip>> Added(AppDb db, Month month, Firm firm, IReadOnlyList<PaySlip> slips)
    {
        var mentors = slips.Select(s => s.Input.Person).ToHashSet();
        var terms = (await db.Set<Mentoring>().AsNoTracking().Where(m => m.From <= month.Last && m.To >= month.First).ToListAsync())
            .Where(m => mentors.Contains(m.MentorId)).ToList();
        if (terms.Count == 0) return slips;
        var people = terms.SelectMany(m => new[] { m.MentorId, m.TraineeId }).ToHashSet();
        var names = await db.Set<Person>().Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name);
        var tenures = (await db.Set<Tenure>().AsNoTracking().Where(t => !t.StandIn && people.Contains(t.PersonId)).ToListAsync()).ToLookup(t => t.PersonId);
        var calendar = await db.WorkDays(firm.Country);
        var lines = new List<(Guid Mentor, MentorLine Line)>();
        foreach (var term in terms.OrderBy(m => m.From).ThenBy(m => m.Id))
        {
            var (from, to) = (term.From < month.First ? month.First : term.From, term.To > month.Last ? month.Last : term.To);
            if (term.PerDayMinor > 0) lines.Add((term.MentorId, Days(term, Worked(from, to), names, firm.Currency)));
            if (term.ShareBasisPoints > 0 && await Trainee(term.TraineeId) is { } trainee) lines.Add((term.MentorId, Share(term, trainee, from, to, names)));

            int Worked(DateOnly first, DateOnly last) => Enumerable.Range(0, last.DayNumber - first.DayNumber + 1).Select(first.AddDays)
                .Count(day => calendar.IsWorkday(day) && Holds(term.MentorId, day) && Holds(term.TraineeId, day));
        }
        var byMentor = lines.ToLookup(l => l.Mentor, l => l.Line);
        return [.. slips.Select(s => s with { Input = s.Input with { Mentoring = [.. byMentor[s.Input.Person]] } })];

        bool Holds(Guid person, DateOnly day) => tenures[person].Any(t => t.From <= day && (t.To is null || t.To >= day));
        async Task<PayInput?> Trainee(Guid id) => slips.FirstOrDefault(s => s.Input.Person == id)?.Input
            ?? (await PayRun.LoadPlain(db, month, firm, id)).SingleOrDefault()?.Input;
    }

    private static MentorLine Days(Mentoring term, int days, Dictionary<Guid, string> names, string currency) =>
        new(term.Id, names.GetValueOrDefault(term.TraineeId, ""), term.PerDayMinor * days)
        {
            Key = "pay.mentor.days",
            Values = new Dictionary<string, object?> { ["days"] = days, ["each"] = new Amount(term.PerDayMinor, currency) },
        };

    private static MentorLine Share(Mentoring term, PayInput trainee, DateOnly from, DateOnly to, Dictionary<Guid, string> names)
    {
        var earned = new Amount(trainee.SchemeVersions.Count == 0 ? 0 : Math.Max(0, PayCalculator.PieceMinor(trainee, from, to)), trainee.Currency);
        return new(term.Id, names.GetValueOrDefault(term.TraineeId, ""), earned.Times(term.ShareBasisPoints, 10_000).Minor)
        {
            Key = "pay.mentor.share",
            Values = new Dictionary<string, object?> { ["percent"] = term.ShareBasisPoints / 100m, ["earned"] = earned },
        };
    }
}

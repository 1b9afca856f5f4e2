using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Web;

namespace Remit.Modules.Planning.Reasons;

/// <summary>A speaker with whom nobody spoke for long.</summary>
internal sealed class QuietSpeaker() : KnownReason("speaker", Permission.CalendarSee, MeetingKind.Speaker)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var (met, since, weight) = (Seen.Meetings(ask.Db, ask.Now), ask.Since(ask.Settings.SpeakerDays), ask.Weigh(Kind));
        var quiet = await ask
            .Speakers.Where(s => !met.Any(i => i.SpeakerId == s.Id && i.StartsAt >= since))
            .OrderBy(s => s.Id)
            .Take(PlanAsk.Most)
            .ToListAsync();
        var ids = quiet.Select(s => s.Id).ToList();
        var last = await met.Where(i => i.SpeakerId != null && ids.Contains(i.SpeakerId.Value))
            .GroupBy(i => i.SpeakerId!.Value)
            .Select(g => new { g.Key, Last = g.Max(i => i.StartsAt) })
            .ToDictionaryAsync(l => l.Key, l => l.Last);
        return
        [
            .. quiet.Select(s =>
                last.TryGetValue(s.Id, out var at)
                    ? new Reason(Kind, s.Id, weight, ("days", ask.DaysSince(ask.Firm.Day(at))), ("day", ask.Firm.Day(at)))
                    : new Reason("speaker_never", s.Id, weight, ("day", ask.Firm.Day(s.CreatedAt)))
            ),
        ];
    }
}

/// <summary>A birthday in the week that is planned, of a contact or a speaker.</summary>
internal sealed class Birthday() : KnownReason("birthday", Permission.ClientsSee, MeetingKind.ClientUpkeep)
{
    public override async Task<IReadOnlyList<Reason>> Of(PlanAsk ask)
    {
        var days = Enumerable.Range(0, 7).Select(n => ask.Monday.AddDays(n)).ToList();
        var (months, numbers) = (days.Select(d => d.Month).Distinct().ToList(), days.Select(d => d.Day).ToList());
        var contacts = await ask
            .Db.Set<Contact>()
            .AsNoTracking()
            .Where(c =>
                c.Birthday != null
                && months.Contains(c.Birthday.Value.Month)
                && numbers.Contains(c.Birthday.Value.Day)
                && ask.Clients.Any(x => x.Id == c.ClientId)
            )
            .Select(c => new
            {
                c.ClientId,
                c.Name,
                c.Birthday,
            })
            .Take(PlanAsk.Most)
            .ToListAsync();
        var speakers = await ask
            .Speakers.Where(s => s.Birthday != null)
            .Select(s => new
            {
                ClientId = s.Id,
                s.Name,
                s.Birthday,
            })
            .Take(PlanAsk.Most)
            .ToListAsync();
        return
        [
            .. from one in contacts.Concat(speakers)
            from day in days
            where day.Month == one.Birthday!.Value.Month && day.Day == one.Birthday.Value.Day
            select new Reason(Kind, one.ClientId, ask.Weigh(Kind), ("name", one.Name), ("day", day)),
        ];
    }
}

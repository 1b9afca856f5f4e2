using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Planning.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Planning.Weeks;

/// <summary>What weighs how much, and how long a client of each segment may go unseen.</summary>
internal static class PlanSettingsEndpoints
{
    private const int MostSegments = 50;

    public static void MapPlanSettings(this WebApplication app)
    {
        app.MapGet("/plan/settings", Show).Needs(Permission.FirmEdit);
        app.MapPost("/plan/settings", Save).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Show(AppDb db)
    {
        var rhythms = await db.Set<SegmentRhythm>().AsNoTracking().ToDictionaryAsync(s => s.Segment, s => s.Days);
        var used = await db.Set<Client>()
            .Where(c => c.Segment != "")
            .Select(c => c.Segment)
            .Distinct()
            .OrderBy(s => s)
            .Take(MostSegments)
            .ToListAsync();
        return new RazorComponentResult<PlanSettingsPage>(
            new
            {
                Settings = await PlanSettings.Now(db),
                Segments = used.Union(rhythms.Keys).Select(s => (s, rhythms.TryGetValue(s, out var days) ? days : (int?)null)).ToList(),
            }
        );
    }

    private static async Task<IResult> Save(Form form, AppDb db, Screen screen, Go go)
    {
        if (await db.Set<PlanSettings>().SingleOrDefaultAsync() is not { } settings)
            db.Add(settings = new PlanSettings());
        else
            form = await form.Merged(db, settings, Typed);
        settings.Wait(
            form.Int("not_seen_days") ?? 60,
            form.Int("speaker_days") ?? 45,
            form.Int("new_days") ?? 30,
            form.Int("put_off_days") ?? 14
        );
        settings.Last(form.Int("call_minutes") ?? 30, form.Int("meeting_minutes") ?? 60, form.Int("travel") ?? 30);
        settings.Fill(form.Int("most_calls") ?? 14, form.Int("most_meetings") ?? 5);
        settings.Weigh(PlanSettings.Usual.Select(u => (u.Kind, form.Int("weight_" + u.Kind) ?? u.Weight)));
        var known = await db.Set<SegmentRhythm>().ToDictionaryAsync(s => s.Segment);
        var had = form.All("had_days").ToList();
        foreach (var (at, (name, text)) in form.All("segment").Zip(form.All("segment_days")).Take(MostSegments * 2).Index())
        {
            // What this person left as it was may be another by now.
            if (text == had.ElementAtOrDefault(at))
                continue;
            if (!int.TryParse(text, out var days))
            {
                if (known.TryGetValue(name, out var gone))
                    db.Remove(gone);
                continue;
            }
            if (!known.TryGetValue(name, out var rhythm))
                db.Add(rhythm = SegmentRhythm.Of(name));
            rhythm.Every(days);
        }
        await db.SaveChangesAsync();
        return go.To("plan/settings", db, screen.T["plan.saved"]);
    }

    private static IEnumerable<(string, string)> Typed(PlanSettings s) =>
        [
            ("not_seen_days", $"{s.NotSeenDays}"),
            ("speaker_days", $"{s.SpeakerDays}"),
            ("new_days", $"{s.NewDays}"),
            ("put_off_days", $"{s.PutOffDays}"),
            ("call_minutes", $"{s.CallMinutes}"),
            ("meeting_minutes", $"{s.MeetingMinutes}"),
            ("travel", $"{s.Travel}"),
            ("most_calls", $"{s.MostCalls}"),
            ("most_meetings", $"{s.MostMeetings}"),
            .. PlanSettings.Usual.Select(u => ("weight_" + u.Kind, $"{s.WeightOf(u.Kind)}")),
        ];
}

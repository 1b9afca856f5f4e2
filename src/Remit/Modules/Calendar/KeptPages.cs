using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>What the calendar goes by and people keep themselves: working days of the countries, one's own clock, what goes with a kind of meeting.</summary>
internal static class KeptPages
{
    public static void MapKept(this WebApplication app)
    {
        app.MapGet("/calendar/days", ShowDays).Needs(Permission.CalendarSee);
        app.MapPost("/calendar/days", SetDay).Needs(Permission.FirmEdit);
        app.MapPost("/calendar/days/{id:guid}/drop", DropDay).Needs(Permission.FirmEdit);
        app.MapGet("/calendar/clock", ShowClock).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/clock", SetClock).Needs(Permission.CalendarEdit);
        app.MapGet(
                "/calendar/kinds",
                async (AppDb db, Screen screen) => Page<KindsPage>(new { Kinds = await MeetingTemplate.All(db, screen.T) })
            )
            .Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/kinds/{kind}", SetKind).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> ShowDays(AppDb db, Screen screen, string? country, int? year)
    {
        var code = country is not null && WorkCalendar.Countries.Contains(country) ? country : screen.Firm!.Country;
        var asked = year is >= 2000 and <= 2100 ? year.Value : screen.Today.Year;
        var own = await db.Set<FirmDay>().AsNoTracking().Where(d => d.Country == code).OrderBy(d => d.Day).ToListAsync();
        return Page<DaysPage>(
            new
            {
                Country = code,
                Year = asked,
                Own = own,
                Calendar = await db.WorkDays(code),
            }
        );
    }

    private static async Task<IResult> SetDay(Form form, AppDb db, Screen screen, Go go)
    {
        form.Must("day");
        var (country, on) = (form.Must("country"), form.Day("day")!.Value);
        var kind = Named.Of<DayKind>(form.Text("day_kind")) ?? throw new Refusal("workday.kind");
        // Pay of a closed month was computed from its days.
        Must(on >= screen.Today || await db.OpenDay(on) == on, "workday.closed", ("day", on));
        if (await db.Set<FirmDay>().SingleOrDefaultAsync(d => d.Country == country && d.Day == on) is { } known)
            known.Mean(kind, form.Text("day_name"));
        else
            db.Add(FirmDay.Of(country, on, kind, form.Text("day_name")));
        await db.SaveChangesAsync();
        return go.To(
            $"calendar/days?country={country}&year={on.Year}",
            db,
            screen.T["workday.saved", ("day", on), ("kind", "workday.kind." + kind)]
        );
    }

    private static async Task<IResult> DropDay(Guid id, AppDb db, Screen screen, Go go)
    {
        var day = await db.Set<FirmDay>().One(id);
        Must(day.Day >= screen.Today || await db.OpenDay(day.Day) == day.Day, "workday.closed", ("day", day.Day));
        db.Remove(day);
        await db.SaveChangesAsync();
        return go.To($"calendar/days?country={day.Country}&year={day.Day.Year}", db, screen.T["workday.dropped", ("day", day.Day)]);
    }

    private static async Task<IResult> ShowClock(AppDb db, Actor actor) =>
        Page<ClockPage>(
            new
            {
                Rhythm = await db.ClockOf(actor.PersonId),
                TimeZone = (await db.Set<Person>().AsNoTracking().One(actor.PersonId!.Value)).TimeZone,
            }
        );

    private static async Task<IResult> SetClock(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var me = actor.PersonId!.Value;
        if (await db.Set<PersonClock>().SingleOrDefaultAsync(c => c.Id == me) is not { } clock)
            db.Add(clock = PersonClock.Of(me));
        (await db.Set<Person>().One(me)).LiveBy(form.Text("time_zone"));
        clock.Keep(form.Text("country"));
        clock.Work(form.Int("opens") ?? 9, form.Int("closes") ?? 18);
        clock.Alternate(form.All("call_day"), form.All("meeting_day"));
        await db.SaveChangesAsync();
        return go.To("calendar/clock", db, screen.T["clock.saved"]);
    }

    private static async Task<IResult> SetKind(MeetingKind kind, Form form, AppDb db, Screen screen, Go go)
    {
        if (await db.Set<MeetingTemplate>().SingleOrDefaultAsync(m => m.Kind == kind) is not { } template)
            db.Add(template = MeetingTemplate.Of(kind));
        else
            form = await form.Merged(
                db,
                template,
                m => [("questions", m.Questions), ("minutes", $"{m.Minutes}"), ("online", m.Online ? "on" : "")]
            );
        template.Describe(form.Text("questions"), form.Int("minutes") ?? 60, form.Flag("online"));
        await db.SaveChangesAsync();
        return go.To("calendar/kinds", db, screen.T["meeting.kind_saved", ("kind", "meeting.kind." + kind)]);
    }
}

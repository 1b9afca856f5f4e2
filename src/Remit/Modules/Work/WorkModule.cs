using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Modules.Work.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Work;

/// <summary>Who else ends a month: pay does, where there is a scheme.</summary>
public interface IMonthEnd
{
    /// <summary>The page on which the month is closed; null where the ledger's own is the place.</summary>
    Task<string?> Place(AppDb db, Month month);
}

/// <summary>One's day, the work ledger, and closing a month.</summary>
public static class WorkModule
{
    public static void MapWork(this WebApplication app)
    {
        Home.Show = Day;
        app.MapGet("/work", OfMonth).Needs(Permission.Home);
        app.MapList(EntryList.List);
        app.MapPost("/work/log", Log).Needs(Permission.Home);
        app.MapPost("/work/{id:guid}/reverse", Reverse).Needs(Permission.Home);
        app.MapPost("/work/close-month", Close).Needs(Permission.PayApprove);
    }

    private static async Task<IResult> Day(HttpContext http)
    {
        var screen = http.RequestServices.GetRequiredService<Screen>();
        if (screen.Person is not { PersonId: { } person })
            return Results.Redirect(screen.Base + "sign-in");
        var db = http.RequestServices.GetRequiredService<AppDb>();
        var parts = new List<(bool, RenderFragment)>();
        foreach (var section in http.RequestServices.GetServices<IDaySection>())
            if (await section.For(db, screen) is { } part)
                parts.Add((section.Wide, part));
        return new RazorComponentResult<MyDayPage>(new { Day = await MyDay.Of(db, person, screen.Today), Parts = parts });
    }

    private const int MostShown = 100;

    // A month of many people is thousands of rows: the latest first, then further back by a button.
    private static async Task<IResult> OfMonth(
        string? month,
        DateOnly? day,
        Guid? before,
        AppDb db,
        Actor actor,
        Screen screen,
        IMonthEnd end
    )
    {
        var shown = Month.Read(month) ?? screen.Month;
        var all = db.Set<WorkEntry>().AsNoTracking().SeenBy(actor).Where(w => w.RecordedMonth == shown.Index);
        var further =
            day is { } from && before is { } last ? all.Where(w => w.DoneOn < from || (w.DoneOn == from && w.Id.CompareTo(last) < 0)) : all;
        var entries = await further.OrderByDescending(w => w.DoneOn).ThenByDescending(w => w.Id).Take(MostShown + 1).ToListAsync();
        var more = entries.Count > MostShown;
        if (more)
            entries.RemoveAt(MostShown);
        var ids = entries.Select(e => e.Id).ToList();
        var duties = entries.Select(e => e.DutyId).Distinct().ToList();
        var toClose =
            actor.Can(Permission.PayApprove) && await NextToClose(db, screen.Month) is var next && next.Index <= screen.Month.Index
                ? next
                : (Month?)null;
        return new RazorComponentResult<LedgerPage>(
            new
            {
                Month = shown,
                Entries = entries,
                More = more,
                PointsMilli = await all.SumAsync(w => (long)w.Points * w.QuantityMilli),
                Duties = await db.Set<Duty>().Where(d => duties.Contains(d.Id)).ToDictionaryAsync(d => d.Id, d => d.Title),
                People = await db.NamesOfPeople(),
                Reversed = (
                    await db.Set<WorkEntry>()
                        .Where(w => w.Reverses != null && ids.Contains(w.Reverses.Value))
                        .Select(w => w.Reverses!.Value)
                        .ToListAsync()
                ).ToHashSet(),
                Closed = await Ledger.IsClosed(db, shown),
                ToClose = toClose,
                CloseAt = toClose is { } closing ? await end.Place(db, closing) : null,
            }
        );
    }

    private static async Task<IResult> Log(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var entry = await Logged(
            db,
            new(form.Id("duty") ?? throw new NotFound(), form.Day("done_on"), form.Int("quantity"), form.Text("note")),
            actor,
            screen.Today
        );
        return go.To(
            "",
            db,
            screen.T["work.logged", ("title", await db.Set<Duty>().Where(d => d.Id == entry.DutyId).Select(d => d.Text).SingleAsync())]
        );
    }

    internal static async Task<WorkEntry> Logged(AppDb db, WorkLog log, Actor actor, DateOnly today)
    {
        var on = log.On ?? today;
        Must(on <= today, "work.not_yet");
        var person = actor.PersonId!.Value;
        var duty = await Ledger.DutiesOf(db, person, on).One(log.Duty);
        var entry = await Ledger.Log(db, person, duty, on, 1000L * (log.Quantity ?? 1), log.Note);
        await db.SaveChangesAsync();
        return entry;
    }

    private static async Task<IResult> Reverse(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var reversal = await Reversed(db, id, form.Must("work_reason"), actor, screen);
        return go.To($"work?month={Month.FromIndex(reversal.RecordedMonth)}", null, screen.T["work.reversed", ("title", reversal.Label)]);
    }

    /// <summary>Takes an entry back in this month, or the first after it that is open.</summary>
    internal static async Task<WorkEntry> Reversed(AppDb db, Guid id, string reason, Actor actor, Screen screen)
    {
        await db.StartWriting();
        var entry = await db.Set<WorkEntry>().SeenBy(actor).One(id);
        Must(actor.PersonId == entry.PersonId || actor.Can(Permission.PayEdit), "work.not_yours");
        Must(entry.Reverses is null, "work.is_reversal", ("title", entry.Label));
        var month = await Ledger.FirstOpen(db, screen.Month);
        var reversal = entry.Reversed(month == screen.Month ? screen.Today : month.First, reason);
        db.Add(reversal);
        await db.SaveChangesAsync();
        return reversal;
    }

    /// <summary>The plain way, for a firm that pays by no scheme; with one, the month is closed where its statements are.</summary>
    private static async Task<IResult> Close(Form form, AppDb db, Actor actor, Screen screen, Go go, TimeProvider clock, IMonthEnd end)
    {
        var month =
            Month.Read(form.Must("work_month")) ?? throw new Refusal("form.empty", ("field", "field.work_month")) { Field = "work_month" };
        await CloseMonth(db, month, actor, screen, clock, end);
        return go.To($"work?month={month}", null, screen.T["work.closed", ("month", month)]);
    }

    internal static async Task CloseMonth(AppDb db, Month month, Actor actor, Screen screen, TimeProvider clock, IMonthEnd end)
    {
        Must(await end.Place(db, month) is null, "work.close_at_pay", ("month", month));
        await Ledger.Close(db, month, screen.Month, actor.PersonId, clock.GetUtcNow().UtcDateTime);
    }

    /// <summary>A closed month's pay is there to be looked at; each is told of their own.</summary>
    public static async Task TellClosed(AppDb db, Month month)
    {
        foreach (var person in await db.Set<Person>().Where(p => p.Active).Select(p => p.Id).ToListAsync())
            db.Tell(person, "notice.statement_ready", $"pay/{person}/{month}", ("month", month.ToString()));
    }

    /// <summary>Behind the last closed month; where none is closed, the month of the first entry.</summary>
    internal static async Task<Month> NextToClose(AppDb db, Month present)
    {
        if (await db.Set<ClosedMonth>().MaxAsync(m => (int?)m.Index) is { } last)
            return Month.FromIndex(last + 1);
        return Month.FromIndex(Math.Min(await db.Set<WorkEntry>().MinAsync(w => (int?)w.RecordedMonth) ?? present.Index, present.Index));
    }

    /// <summary>One's own; everyone's for those who see everyone's pay.</summary>
    internal static IQueryable<WorkEntry> SeenBy(this IQueryable<WorkEntry> entries, Actor actor) =>
        actor.Can(Permission.PaySeeAll) ? entries : entries.Where(w => w.PersonId == actor.PersonId);
}

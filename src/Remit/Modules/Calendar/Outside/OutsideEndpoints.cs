using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar.Outside;

/// <summary>A calendar that is kept elsewhere too, and how its talk with the other side stands.</summary>
public sealed record OutsideRow(CalendarBook Calendar, OutsideState? State);

/// <summary>Accounts and .ics addresses elsewhere: connected, looked at, told to look again, let go.</summary>
internal static class OutsideEndpoints
{
    private const int Most = 100;

    public static void MapOutside(this WebApplication app)
    {
        app.MapGet("/calendar/outside", Show).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/accounts/new", Connect).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/accounts/{id:guid}/find", Find).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/accounts/{id:guid}/take", Take).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/accounts/{id:guid}/remove", Disconnect).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/subscriptions/new", Subscribe).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/{id:guid}/refresh", Refresh).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/outside/{id:guid}/remove", Remove).Needs(Permission.CalendarEdit);
    }

    private static async Task<IResult> Show(AppDb db, Actor actor)
    {
        var accounts = await db.Set<OutsideAccount>()
            .AsNoTracking()
            .Where(a => a.PersonId == actor.PersonId)
            .OrderBy(a => a.Name)
            .ToListAsync();
        var books = (
            await db.Set<CalendarBook>().AsNoTracking().Where(c => c.Kind == CalendarKind.External).OrderBy(c => c.Name).ToListAsync()
        ).FindAll(c => c.KeptBy(actor) || accounts.Exists(a => a.Id == c.AccountId));
        var ids = books.ConvertAll(c => c.Id);
        var states = await db.Set<OutsideState>()
            .AsNoTracking()
            .Where(s => ids.Contains(s.CalendarBookId))
            .ToDictionaryAsync(s => s.CalendarBookId);
        return Page<OutsidePage>(
            new { Accounts = accounts, Calendars = books.ConvertAll(b => new OutsideRow(b, states.GetValueOrDefault(b.Id))) }
        );
    }

    // Nothing is kept before the other side has let us in. An account that is connected again gets the new password.
    private static async Task<IResult> Connect(
        Form form,
        AppDb db,
        Actor actor,
        OutsideWeb web,
        IDataProtectionProvider keys,
        CancellationToken cancel
    )
    {
        var me = actor.PersonId!.Value;
        var account =
            form.Text("outside_kind") == nameof(OutsideKind.AmoCrm)
                ? OutsideAccount.OfAmoCrm(me, form.Text("outside_address"))
                : OutsideAccount.Of(me, form.Text("calendar_name"), form.Text("outside_address"), form.Text("outside_user"));
        var mine = await db.Set<OutsideAccount>().Where(a => a.PersonId == me).ToListAsync();
        var known = mine.Find(a => a.Kind == account.Kind && a.Address == account.Address && a.UserName == account.UserName);
        Must(known is not null || mine.Count < Most, "outside.too_many", ("n", Most));
        if (known is null)
            db.Add(account);
        account = known ?? account;
        account.SetPassword(form.Text(account.Kind == OutsideKind.AmoCrm ? "amo_token" : "outside_password"), keys);
        var found = await OutsideCalendars.Of(account, db, actor, web, keys, cancel);
        await db.SaveChangesAsync();
        return await Choose(db, account, found);
    }

    private static async Task<IResult> Find(
        Guid id,
        AppDb db,
        Actor actor,
        OutsideWeb web,
        IDataProtectionProvider keys,
        CancellationToken cancel
    )
    {
        var account = await Own(id, db, actor);
        return await Choose(db, account, await OutsideCalendars.Of(account, db, actor, web, keys, cancel));
    }

    private static async Task<IResult> Choose(AppDb db, OutsideAccount account, IReadOnlyList<OutsideCalendar> found)
    {
        var taken = await db.Set<CalendarBook>().Where(c => c.AccountId == account.Id).Select(c => c.Source).ToListAsync();
        return Page<OutsideChoosePage>(
            new
            {
                Account = account,
                Found = found,
                Taken = taken,
            }
        );
    }

    private static async Task<IResult> Take(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        OutsideWeb web,
        IDataProtectionProvider keys,
        Go go,
        CancellationToken cancel
    )
    {
        var account = await Own(id, db, actor);
        var wanted = form.Fields.TryGetValue("outside_calendar", out var chosen) ? chosen.OfType<string>().ToHashSet() : [];
        Must(wanted.Count > 0, "outside.none_chosen");
        // What is written to is what the other side itself names, never an address of the form.
        var found = (await OutsideCalendars.Of(account, db, actor, web, keys, cancel))
            .Where(c => wanted.Contains(c.Address.AbsoluteUri))
            .Take(Most)
            .ToList();
        await db.StartWriting();
        var taken = await db.Set<CalendarBook>().Where(c => c.AccountId == account.Id).Select(c => c.Source).ToListAsync();
        foreach (var calendar in found.Where(c => !taken.Contains(c.Address.AbsoluteUri)))
        {
            var book = CalendarBook.Outside(calendar.Name, calendar.OwnerId, calendar.Address, account.Id, calendar.ReadOnly);
            book.Take(calendar.OwnerId is not null);
            book.Paint(calendar.Colour is ['#', ..] and { Length: 7 or 9 } ? calendar.Colour : CalendarBook.Colours[1]);
            db.Add(book);
            db.Later(new Refreshing(book.Id).Job());
        }
        await db.SaveChangesAsync();
        return go.To("calendar/outside", db, screen.T["outside.taken", ("n", found.Count), ("account", account.Name)]);
    }

    private static async Task<IResult> Disconnect(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var account = await Own(id, db, actor);
        Must(!await db.Set<CalendarBook>().AnyAsync(c => c.AccountId == id), "outside.still_used", ("account", account.Name));
        db.Remove(account);
        await db.SaveChangesAsync();
        return go.To("calendar/outside", null, screen.T["outside.disconnected", ("account", account.Name)]);
    }

    private static async Task<IResult> Subscribe(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        Must(
            await db.Set<CalendarBook>().CountAsync(c => c.Kind == CalendarKind.External) < 10 * Most,
            "outside.too_many",
            ("n", 10 * Most)
        );
        var source = OutsideAccount.AddressOf(form.Text("outside_address"));
        var book = CalendarBook.Outside(
            form.Text("calendar_name") ?? source.Host,
            form.Text("outside_for") == "all" ? null : actor.PersonId,
            source
        );
        book.Paint(form.Must("colour"));
        book.Take(form.Flag("takes_time"));
        db.Add(book);
        db.Later(new Refreshing(book.Id).Job());
        await db.SaveChangesAsync();
        return go.To("calendar/outside", db, screen.T["outside.subscribed", ("calendar", book.Name)]);
    }

    private static async Task<IResult> Refresh(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var book = await Kept(id, db, actor);
        await db.AtOnce(new Refreshing(book.Id).Job());
        await db.SaveChangesAsync();
        return go.To("calendar/outside", null, screen.T["outside.asked", ("calendar", book.Name)]);
    }

    // Only what stands here goes; on the other side nothing is touched.
    private static async Task<IResult> Remove(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var book = await Kept(id, db, actor);
        await db.StartWriting();
        var items = await db.Set<CalendarItem>().Where(i => i.CalendarBookId == id).ToListAsync();
        if (items.Find(i => i.State == MeetingState.Held) is { } held)
            throw new Refusal("meeting.held_stays", ("meeting", held.Title));
        await db.Set<OutsideLink>().Where(l => l.CalendarBookId == id).ExecuteDeleteAsync();
        await db.Set<OutsideState>().Where(s => s.CalendarBookId == id).ExecuteDeleteAsync();
        db.RemoveRange(items);
        db.Remove(book);
        await db.SaveChangesAsync();
        return go.To("calendar/outside", null, screen.T["outside.removed", ("calendar", book.Name)]);
    }

    private static async Task<OutsideAccount> Own(Guid id, AppDb db, Actor actor) =>
        await db.Set<OutsideAccount>().SingleOrDefaultAsync(a => a.Id == id && a.PersonId == actor.PersonId) ?? throw new Web.NotFound();

    private static async Task<CalendarBook> Kept(Guid id, AppDb db, Actor actor) =>
        await db.Set<CalendarBook>().SingleOrDefaultAsync(c => c.Id == id && c.Kind == CalendarKind.External) is { } book
        && (book.KeptBy(actor) || await db.Set<OutsideAccount>().AnyAsync(a => a.Id == book.AccountId && a.PersonId == actor.PersonId))
            ? book
            : throw new Web.NotFound();
}

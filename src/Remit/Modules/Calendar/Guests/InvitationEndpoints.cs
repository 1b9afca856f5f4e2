using System.Text;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>Guests of an event: inviting them from its page, and the page they answer on without an account.</summary>
internal static class InvitationEndpoints
{
    private const int DaysAhead = 14,
        MostOfDay = 6,
        MostGuests = 50;

    public static void MapInvitations(this WebApplication app)
    {
        app.MapPost("/calendar/items/{id:guid}/invite", Invite).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/invitations/{id:guid}/take", Take).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/invitations/{id:guid}/cancel", CallOff).Needs(Permission.CalendarEdit);
        // 128 random bits in the address stand for a sign-in.
        var limit = new LinkLimit();
        app.MapGet("/i/{link:length(32)}", Open).AllowAnonymous().RequireRateLimiting(limit);
        app.MapGet("/i/{link:length(32)}/meeting.ics", File).AllowAnonymous().RequireRateLimiting(limit);
        app.MapPost("/i/{link:length(32)}", Answer).AllowAnonymous().RequireRateLimiting(limit);
    }

    private static async Task<IResult> Invite(Guid id, Form form, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var item = await Editable(db, actor, id);
        Must(
            await db.Set<Invitation>().CountAsync(i => i.CalendarItemId == id && !i.Cancelled) < MostGuests,
            "invitation.many",
            ("n", MostGuests)
        );
        var guest = await Guests.Of(db, item, form.Must("email"), screen.Firm!);
        Must(
            !await db.Set<Invitation>().AnyAsync(i => i.CalendarItemId == id && i.Email == guest.Email && !i.Cancelled),
            "invitation.twice",
            ("email", guest.Email)
        );
        await db.Invite(item, guest, screen.Root, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"calendar/items/{id}", db, screen.T["invitation.made", ("guest", guest.Name)]);
    }

    // The time that the guest asked for becomes the event's; the guest has agreed to it already.
    private static async Task<IResult> Take(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var invitation = await db.Set<Invitation>().One(id);
        var item = await Editable(db, actor, invitation.CalendarItemId);
        Must(!item.Repeats, "invitation.series", ("meeting", item.Title));
        Must(invitation.ProposedAt is not null, "invitation.nothing_proposed", ("guest", invitation.Name));
        var (now, zone) = (clock.GetUtcNow().UtcDateTime, CalendarQueries.ZoneOf(screen.Firm));
        var (root, series) = (item.Root(), Series.Of(item.Root(), zone)[0]);
        var time = series.Between(Civil.Seconds(item.StartsAt), Civil.Seconds(item.EndsAt) + 1).First();
        var start = time.Local with { Local = time.Local.Local + (long)(invitation.ProposedAt!.Value - item.StartsAt).TotalSeconds };
        EventEdit.All(
            root,
            time,
            new EventDraft(
                time.Source.Text("SUMMARY"),
                time.Source.Text("LOCATION"),
                time.Source.Text("DESCRIPTION"),
                start,
                start with
                {
                    Local = start.Local + time.End - time.Start,
                },
                null,
                item.Private
            ),
            now,
            false
        );
        item.Write(CalendarObject.Of(root), zone);
        invitation.Take(item);
        await db.WriteTo(invitation, now);
        await db.SaveChangesAsync();
        return go.To($"calendar/items/{item.Id}", db, screen.T["event.moved", ("event", item.Title)]);
    }

    private static async Task<IResult> CallOff(Guid id, AppDb db, Actor actor, Screen screen, TimeProvider clock, Go go)
    {
        var invitation = await db.Set<Invitation>().One(id);
        await Editable(db, actor, invitation.CalendarItemId);
        if (invitation.Cancel())
            await db.WriteTo(invitation, clock.GetUtcNow().UtcDateTime);
        await db.SaveChangesAsync();
        return go.To($"calendar/items/{invitation.CalendarItemId}", db, screen.T["invitation.called_off", ("guest", invitation.Name)]);
    }

    private static async Task<IResult> Open(string link, AppDb db, Screen screen, Parties parties, TimeProvider clock, HttpContext http)
    {
        var invitation = await Find(link, db, screen);
        http.Response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        var (now, guest) = (clock.GetUtcNow().UtcDateTime, Clock.Of(invitation.TimeZone, screen.Firm));
        var copy = GuestText.Copy(invitation, CalendarQueries.ZoneOf(screen.Firm));
        var next = copy?.Next(now);
        return Page<GuestPage>(
            new
            {
                Invitation = invitation,
                Clock = guest,
                Ahead = invitation.EndsAt > now && !invitation.Cancelled,
                Repeats = copy?.Repeats == true,
                From = next is null ? invitation.StartsAt : Civil.Moment(next.Start),
                To = next is null ? invitation.EndsAt : Civil.Moment(next.End),
                Times = await Others(db, invitation, screen, parties, now),
                Host = await db.Set<Person>().Where(p => p.Id == invitation.InvitedBy).Select(p => p.Name).SingleOrDefaultAsync()
                    ?? screen.Firm!.Name,
            }
        );
    }

    private static async Task<IResult> Answer(string link, Form form, AppDb db, Screen screen, Parties parties, TimeProvider clock, Go go)
    {
        await db.StartWriting();
        var invitation = await Find(link, db, screen);
        db.Actor = new Actor(null, invitation.Name, Role.Programmer);
        var now = clock.GetUtcNow().UtcDateTime;
        var reply = form.Text("reply") switch
        {
            "accept" => Reply.Accepted,
            "decline" => Reply.Declined,
            "propose" => Reply.Proposed,
            _ => throw new Web.NotFound(),
        };
        DateTime? at =
            reply == Reply.Proposed && form.Moment("starts_at") is { } local ? Clock.Of(invitation.TimeZone, screen.Firm).Utc(local) : null;
        if (at is { } asked)
            Must(
                (await Others(db, invitation, screen, parties, now)).Contains(asked),
                "invitation.taken",
                ("time", $"{form.Text("starts_at")}")
            );
        invitation.Answer(reply, at, form.Text("note"), now);
        db.Answered(invitation);
        await db.SaveChangesAsync();
        return go.To($"i/{link}");
    }

    private static async Task<IResult> File(string link, AppDb db, Screen screen, TimeProvider clock)
    {
        var invitation = await Find(link, db, screen);
        return Results.Text(
            await GuestText.Calendar(db, invitation, screen.Firm!, clock.GetUtcNow().UtcDateTime),
            "text/calendar",
            Encoding.UTF8
        );
    }

    // When the host and the guest both are at work and the host is free; the meeting itself does not stand in its own way.
    private static async Task<IReadOnlyList<DateTime>> Others(AppDb db, Invitation invitation, Screen screen, Parties parties, DateTime now)
    {
        if (invitation.Cancelled || invitation.StartsAt <= now || invitation.InvitedBy is not { } host)
            return [];
        // Of a series the firm moves one time on its own page; a guest writes which.
        if (GuestText.Copy(invitation, CalendarQueries.ZoneOf(screen.Firm))?.Repeats == true)
            return [];
        var window = (From: now.AddHours(2), To: now.AddDays(DaysAhead));
        string[] words =
        [
            $"person:{host}",
            .. invitation.ClientId is { } c ? [$"client:{c}"] : (string[])[],
            .. invitation.SpeakerId is { } s ? [$"speaker:{s}"] : (string[])[],
        ];
        var asked = (await parties.Of(db, words, window, screen.Firm!))
            .Select(p => p with { Taken = [.. p.Taken.Where(t => t.From != invitation.StartsAt || t.To != invitation.EndsAt)] })
            .ToList();
        var guest = Clock.Of(invitation.TimeZone, screen.Firm);
        var ask = new FreeAsk(
            window.From,
            window.To,
            (int)(invitation.EndsAt - invitation.StartsAt).TotalMinutes,
            invitation.Place.Contains("://") ? "" : invitation.Place,
            30
        );
        return FreeTime.Spread(FreeTime.Find(asked, ask), guest.Day, MostOfDay);
    }

    private static async Task<Invitation> Find(string link, AppDb db, Screen screen)
    {
        var invitation = await db.Set<Invitation>().SingleOrDefaultAsync(i => i.Link == link) ?? throw new Web.NotFound();
        screen.T = new T(invitation.Language);
        return invitation;
    }

    private static async Task<CalendarItem> Editable(AppDb db, Actor actor, Guid id)
    {
        var item = await db.Set<CalendarItem>().One(id);
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleAsync(b => b.Id == item.CalendarBookId);
        return book.EditedBy(actor) && !(item.Private && book.OwnerId != actor.PersonId) ? item : throw new Web.NotFound();
    }
}

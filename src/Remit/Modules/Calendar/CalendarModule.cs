using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Dav;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Outside;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Calendar;

/// <summary>Calendars over all people and rooms, on pages and on phones.</summary>
public static class CalendarModule
{
    public static void AddCalendar(this IServiceCollection services)
    {
        // What it changes is numbered for the phones after it.
        services.AddSingleton<IFactListener, InvitationNews>();
        services.AddSingleton<IFactListener, SyncNumbers>();
        services.AddSingleton<DavDoor>();
        services.AddSingleton<PhoneProfiles>();
        services.AddSingleton<IProfileSection, PhoneSection>();
        services.AddSingleton<IJobHandler, OutsideJob>();
        services.AddSingleton<IDaySection, DayMeetings>();
        services.AddSingleton<IBusyTimes, CalendarBusy>();
        services.AddSingleton<IClientSection, ClientMeetings>();
        services.AddSingleton<IDueSource, MeetingDues>();
        services.AddSingleton<ITimelineSource, MeetingLines>();
        services.AddSingleton<Parties>();
        services.AddSingleton<IJobHandler, InvitationSender>();
        services.AddSingleton<IJobHandler, InvitationReminder>();
        services.AddSingleton<IHearsAnswers, InvitationAnswers>();
    }

    public static void MapCalendar(this WebApplication app)
    {
        app.MapDav();
        app.MapCalendarPages();
        app.MapEvents();
        app.MapCalendarSettings();
        app.MapOutside();
        app.MapKept();
        app.MapSpeakers();
        app.MapInvitations();
        app.MapFreeTime();
    }
}

/// <summary>On one's day: today's meetings, and those of the last days whose outcome is still to be noted.</summary>
internal sealed class DayMeetings : IDaySection
{
    private const int DaysToAsk = 7;

    public bool Wide => true;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.CalendarSee) || screen.Person is not { PersonId: { } me } actor)
            return null;
        var (zone, day) = (CalendarQueries.ZoneOf(screen.Firm), Civil.Days(screen.Today.Year, screen.Today.Month, screen.Today.Day));
        var mine = (await db.Calendars(actor)).FindAll(c => c.OwnerId == me);
        if (mine.Count == 0)
            return null;
        var (from, midnight, to) = (
            zone.ToUtc((day - DaysToAsk) * (long)Civil.Day),
            zone.ToUtc(day * (long)Civil.Day),
            zone.ToUtc((day + 1L) * Civil.Day)
        );
        var times = await db.Times(mine, actor, Civil.Moment(from), Civil.Moment(to), zone);
        var today = times
            .Where(t => t.Time.End > midnight || t.Time.Start >= midnight)
            .Select(t => WeekView.Of(t, zone, "", false))
            .ToList();
        var asked = times
            .Where(t => t.Time.End <= midnight && t.Item.Kind != MeetingKind.Other && t.Item.State == MeetingState.Planned)
            .Select(t => WeekView.Of(t, zone, "", false))
            .ToList();
        return today.Count + asked.Count == 0
            ? null
            : page =>
            {
                page.OpenComponent<DayMeetingsBox>(0);
                page.AddComponentParameter(1, nameof(DayMeetingsBox.Today), today);
                page.AddComponentParameter(2, nameof(DayMeetingsBox.Asked), asked);
                page.CloseComponent();
            };
    }
}

/// <summary>The meetings with a client, on the client's page: what came of each, and what follows.</summary>
internal sealed class ClientMeetings : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.CalendarSee) || screen.Person is not { } actor)
            return null;
        var seen = (await db.Calendars(actor)).FindAll(c => c.SeenWholeBy(actor)).ToDictionary(c => c.Id, c => c.OwnerId == actor.PersonId);
        var items = await db.Set<CalendarItem>()
            .AsNoTracking()
            .Where(i => i.ClientId == client.Id)
            .OrderByDescending(i => i.StartsAt)
            .Take(30)
            .ToListAsync();
        var shown = items.FindAll(i => seen.TryGetValue(i.CalendarBookId, out var own) && (own || !i.Private));
        return page =>
        {
            page.OpenComponent<ClientMeetingsBox>(0);
            page.AddComponentParameter(1, nameof(ClientMeetingsBox.ClientId), client.Id);
            page.AddComponentParameter(2, nameof(ClientMeetingsBox.Items), shown);
            page.CloseComponent();
        };
    }
}

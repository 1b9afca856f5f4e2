using Microsoft.AspNetCore.Components;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Meetings.Cycles;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Meetings;

/// <summary>What another module adds to the page of a meeting or an event: its files, the letters about it.</summary>
public interface IMeetingSection
{
    /// <param name="kind">The kind of record: <c>meeting</c>, <c>meeting_series</c> or <c>staff_event</c>.</param>
    Task<RenderFragment?> For(string kind, Guid id, AppDb db, Screen screen);
}

/// <summary>Meetings inside the firm, their minutes and decisions; goals; events for staff.</summary>
public static class MeetingsModule
{
    /// <summary>To be called before the work ledger is added: that one hears the facts which closed decisions state.</summary>
    public static void AddMeetings(this IServiceCollection services)
    {
        services.AddSingleton<IFactListener, DecisionsFollow>();
        services.AddSingleton<IJobHandler, MeetingsAhead>();
        services.AddSingleton<IJobHandler, EventTomorrow>();
        services.AddSingleton<IDueSource, MeetingDues>();
        services.AddSingleton<IHolding, SeriesHolding>();
        services.AddSingleton<IHolding, GoalHolding>();
        services.AddSingleton<IHolding, EventHolding>();
        services.AddSingleton<IDaySection, MeetingsDay>();
        services.AddSingleton<ITimelineSource, MeetingLines>();
        services.AddSingleton<IRecordKind, MeetingRecord>();
        services.AddSingleton<IRecordKind, EventRecord>();
    }

    public static void MapMeetings(this WebApplication app)
    {
        app.MapSeries();
        app.MapMinutes();
        app.MapDecisions();
        app.MapGoals();
        app.MapCycle();
        app.MapStaffEvents();
        app.MapEventLink();
    }

    internal static async Task<IReadOnlyList<RenderFragment>> Shown(
        this IEnumerable<IMeetingSection> sections,
        string kind,
        Guid id,
        AppDb db,
        Screen screen
    )
    {
        var shown = new List<RenderFragment>();
        foreach (var section in sections)
            if (await section.For(kind, id, db, screen) is { } part)
                shown.Add(part);
        return shown;
    }
}

using Remit.Modules.Calendar.Dav;
using Remit.Storage;

namespace Remit.Modules.Calendar;

/// <summary>Calendars over all people and rooms, on pages and on phones.</summary>
public static class CalendarModule
{
    public static void AddCalendar(this IServiceCollection services)
    {
        services.AddSingleton<IFactListener, SyncNumbers>();
        services.AddSingleton<DavDoor>();
    }

    public static void MapCalendar(this WebApplication app)
    {
        app.MapDav();
    }
}

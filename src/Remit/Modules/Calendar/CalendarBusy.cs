using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>What stands in people's own calendars takes their time, unless it says that it does not.</summary>
internal sealed class CalendarBusy : IBusyTimes
{
    public async Task<IReadOnlyList<(Guid Person, Busy Time)>> Of(
        AppDb db,
        IReadOnlyCollection<Guid> people,
        DateTime from,
        DateTime to,
        Firm firm
    )
    {
        var zone = CalendarQueries.ZoneOf(firm);
        var books = await db.Set<CalendarBook>()
            .AsNoTracking()
            .Where(c => c.TakesTime && c.OwnerId != null && people.Contains(c.OwnerId.Value))
            .ToListAsync();
        // Only that the time is taken is told, so nobody's eyes are asked.
        var times = await db.Times(books, Actor.Remit, firm.Moment(from), firm.Moment(to), zone);
        return
        [
            .. times
                .Where(t => !t.Time.Source.Text("TRANSP").Equals("TRANSPARENT", StringComparison.OrdinalIgnoreCase))
                .Select(t =>
                    (
                        t.Calendar.OwnerId!.Value,
                        new Busy(Civil.Moment(zone.ToLocal(t.Time.Start)), Civil.Moment(zone.ToLocal(t.Time.End)))
                        {
                            Place = t.Item.Online ? "" : t.Time.Source.Text("LOCATION"),
                        }
                    )
                ),
        ];
    }
}

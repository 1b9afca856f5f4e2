using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>What its page says besides the visit itself: how to get there, whether it is the first, how the client was asked for their word.</summary>
public sealed record VisitAround(
    Firm Firm,
    string Route,
    bool First,
    IReadOnlyList<VisitReminder> Tried,
    IReadOnlyList<RoutePicture> Pictures,
    VisitSheet? Sheet
)
{
    public static async Task<VisitAround> Of(AppDb db, Visit visit, Screen screen, IEnumerable<IRoutePictures> routes)
    {
        var client = await db.Set<Client>().AsNoTracking().One(visit.ClientId);
        var tried = await db.Set<VisitReminder>().AsNoTracking().Where(r => r.VisitId == visit.Id).OrderBy(r => r.At).ToListAsync();
        return new VisitAround(
            screen.Firm!,
            Join(client.Address, client.Route),
            !await db.HasBeenAt(visit),
            tried,
            await routes.Of(db, client.Id),
            await db.Set<VisitSheet>().AsNoTracking().SingleOrDefaultAsync(s => s.VisitId == visit.Id)
        );
    }

    public (DateOnly Day, string Time) Local(VisitReminder tried) => (Firm.Day(tried.At), $"{Firm.Local(tried.At):HH:mm}");

    private static string Join(string address, string route) => string.Join('\n', new[] { address, route }.Where(p => p.Length > 0));
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar.Outside;

/// <summary>The calendars that an account opens, and whose time each of them takes here.</summary>
internal static class OutsideCalendars
{
    public static async Task<IReadOnlyList<OutsideCalendar>> Of(
        OutsideAccount account,
        AppDb db,
        Actor actor,
        OutsideWeb web,
        IDataProtectionProvider keys,
        CancellationToken cancel
    )
    {
        var (login, address) = (account.Login(keys), new Uri(account.Address));
        return account.Kind == OutsideKind.CalDav
            ? await new OutsideDav(web, login, actor.PersonId).Discover(address, cancel)
            : await OfAmoCrm(new AmoCrm(web, login, address), db, actor, cancel);
    }

    // One calendar for each user. Who keeps the firm's people may connect the others too: they are known by their mail address.
    private static async Task<IReadOnlyList<OutsideCalendar>> OfAmoCrm(AmoCrm amo, AppDb db, Actor actor, CancellationToken cancel)
    {
        var account = await amo.Account(cancel);
        var users = await amo.Users(cancel);
        var people = (
            await db.Set<Person>().AsNoTracking().Where(p => p.Active).Select(p => new { p.Id, p.Email }).ToListAsync(cancel)
        ).ToLookup(p => p.Email, p => p.Id, StringComparer.OrdinalIgnoreCase);
        Guid? Whose(AmoUser user) =>
            people[user.Email?.Trim() ?? ""].Cast<Guid?>().FirstOrDefault() ?? (user.Id == account.CurrentUserId ? actor.PersonId : null);
        var all = (users ?? [new AmoUser(account.CurrentUserId, account.Name, "")]).Select(u => new OutsideCalendar(
            amo.MeetingsOf(u.Id),
            $"amoCRM · {u.Name}",
            CalendarBook.Colours[6],
            true,
            Whose(u)
        ));
        return
        [
            .. all.Where(c => c.OwnerId == actor.PersonId || actor.Can(Permission.PeopleEdit))
                .OrderByDescending(c => c.OwnerId == actor.PersonId)
                .ThenBy(c => c.OwnerId is null)
                .ThenBy(c => c.Name, StringComparer.Ordinal),
        ];
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>Whose each client was on a day: who answers for it now is not always who earned by it then.</summary>
public sealed class ClientOwners
{
    private const string owner = $"{nameof(Client)}.{nameof(Client.OwnerId)}";
    private readonly ILookup<Guid, FormerValue> former;
    private readonly Firm firm;

    private ClientOwners(ILookup<Guid, FormerValue> former, Firm firm) => (this.former, this.firm) = (former, firm);

    /// <param name="day">The earliest that will be asked for.</param>
    public static async Task<ClientOwners> Since(AppDb db, DateOnly day)
    {
        var firm = await Firm.Of(db);
        var from = firm.Moment(day);
        var changes = await db.Set<FormerValue>().AsNoTracking().Where(f => f.Of == owner && f.Until >= from).ToListAsync();
        return new(changes.OrderBy(f => f.Until).ThenBy(f => f.Id).ToLookup(f => f.RecordId), firm);
    }

    /// <summary>Who answered for the client when the day ended.</summary>
    /// <param name="now">Who does today.</param>
    public Guid? On(DateOnly day, Guid client, Guid? now)
    {
        if (!former.Contains(client))
            return now;
        var end = firm.Moment(day.AddDays(1));
        return former[client].FirstOrDefault(f => f.Until >= end) is { } then ? then.Value : now;
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>What a button below a message about a visit does: the same as the link's page.</summary>
internal sealed class VisitButtons(FreeTimes free) : IChatButtons
{
    private const string Yes = "yes",
        Other = "at",
        Stamp = "yyyyMMddHHmm";

    public static string Agrees(string link) => $"{Yes}:{link}";

    public static string Chooses(string link, DateTime at) => $"{Other}:{link}:{at.ToString(Stamp, CultureInfo.InvariantCulture)}";

    /// <summary>Null where the button is none of ours.</summary>
    public async Task<string?> Pressed(JobWork work, long chat, string data, string root)
    {
        if (data.Split(':') is not [Yes or Other, { Length: 32 } link, ..] parts)
            return null;
        var db = work.Db;
        var visit = await db.Set<Visit>().SingleOrDefaultAsync(v => v.Link == link || v.ProgrammerLink == link);
        if (visit is null)
            return work.T["link.over"];
        var client = await db.Set<Client>().SingleAsync(c => c.Id == visit.ClientId);
        var person =
            visit.ProgrammerLink == link ? await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == visit.ProgrammerId) : null;
        // The button alone is not enough: it must be pressed in the talk that belongs to this client or programmer.
        if ((await VisitChats.With(db, person?.Id ?? client.Id)).All(c => c.ChatId != chat))
            return work.T["link.over"];
        var (t, side, before) = (new T(person?.Language ?? client.Language), person is null ? Side.Client : Side.Programmer, db.Actor);
        db.Actor = person is null ? new Actor(null, client.Name, Role.Programmer) : new Actor(person.Id, person.Name, person.Role);
        try
        {
            await Do(work, visit, client, side, parts, root);
            return t["telegram.done_" + side.ToString().ToLowerInvariant(), ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}")];
        }
        catch (Refusal refusal)
        {
            return t.Of(refusal);
        }
        finally
        {
            db.Actor = before;
        }
    }

    private async Task Do(JobWork work, Visit visit, Client client, Side side, string[] parts, string root)
    {
        var here = new Here(work.Firm, root, work.Now);
        if (parts is [Yes, _])
            await VisitWord.Agreed(work.Db, visit, client, side, here);
        else if (
            parts is [Other, _, var stamp]
            && DateTime.TryParseExact(stamp, Stamp, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        )
            await VisitWord.Chosen(work.Db, visit, client, side, DateTime.SpecifyKind(at, DateTimeKind.Utc), free, here);
    }
}

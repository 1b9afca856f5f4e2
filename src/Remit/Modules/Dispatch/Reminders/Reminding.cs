using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>Asks whoever has not given their word, client or programmer: by mail, then by Telegram, then a person is asked to call; last the one above hears of it.</summary>
internal sealed class Reminding(MailSender mail, TelegramAsking telegram, IEnumerable<IRoutePictures> routes) : IJobHandler
{
    public string Kind => Asking.Kind;

    public async Task Run(JobWork work)
    {
        var (db, asking, now) = (work.Db, work.Job.Read<Asking>(), work.Firm.Local(work.Now));
        var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == asking.Visit, work.Cancel);
        if (!asking.StillAsks(visit, now))
            return;
        if (
            await db.Set<VisitReminder>()
                .AnyAsync(
                    r =>
                        r.VisitId == visit!.Id
                        && r.PersonId == asking.Person
                        && r.StartsAt == visit.StartsAt
                        && r.Channel == asking.Channel,
                    work.Cancel
                )
        )
            return;
        var client = await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == visit!.ClientId, work.Cancel);
        var (reached, said) = await Try(work, visit!, client, asking);
        db.Add(VisitReminder.Of(asking, work.Now, reached, said));
        if (asking.Channel == Channel.Above)
            return;
        var next = asking with { Channel = asking.Channel + 1 };
        var settings = await DispatchSettings.Now(db);
        // A channel that leads nowhere hands over at once.
        db.Later(next.Job(reached ? VisitReminder.When(visit!.StartsAt, settings.HoursOf(next.Channel), now) : now, work.Firm));
    }

    private async Task<(bool, string)> Try(JobWork work, Visit visit, Client client, Asking asking)
    {
        try
        {
            return (
                true,
                await (
                    asking.Channel switch
                    {
                        Channel.Mail => ByMail(work, visit, client, asking),
                        Channel.Telegram => telegram.Ask(work, visit, client, asking),
                        Channel.Call => ByPhone(work, visit, client, asking),
                        _ => ByTheOneAbove(work, visit, client, asking.Person),
                    }
                )
            );
        }
        catch (Refusal refusal)
        {
            return (false, work.T.Of(refusal));
        }
        catch (System.Net.Mail.SmtpException e)
        {
            return (false, e.Message);
        }
    }

    private async Task<string> ByMail(JobWork work, Visit visit, Client client, Asking asking)
    {
        var letter =
            asking.Person != Guid.Empty
                ? await ProgrammerLetter.Write(work.Db, visit, "reminded", asking.Root, routes)
                : await work.Db.Letter(
                    visit,
                    client,
                    await work.Db.Addressee(client.Id) ?? throw new Refusal("remind.no_address", ("client", client.Name)),
                    "reminded",
                    asking.Root
                );
        await mail.Send(work, letter);
        return letter.To;
    }

    private static async Task<string> ByPhone(JobWork work, Visit visit, Client client, Asking asking)
    {
        var caller = await Caller(work, visit, client, asking.Person);
        var (t, day, time) = (new T(caller.Language), visit.Day, $"{visit.StartsAt:HH:mm}");
        var programmer =
            asking.Person == Guid.Empty
                ? null
                : await work.Db.Set<Person>().Where(p => p.Id == asking.Person).Select(p => p.Name).SingleOrDefaultAsync();
        var phone = await work
            .Db.Set<Contact>()
            .Where(c => c.ClientId == client.Id && c.Phone != "")
            .OrderByDescending(c => c.DecisionMaker)
            .Select(c => c.Name + " " + c.Phone)
            .FirstOrDefaultAsync();
        var words = programmer is null
            ? t["remind.call", ("client", client.Name), ("day", day), ("time", time), ("phone", phone ?? "—")]
            : t["remind.call_own", ("person", programmer), ("client", client.Name), ("day", day), ("time", time)];
        var task = WorkTask.Give(words, work.Today, caller.Id, null, null, work.Now, ("visit", visit.Id));
        task.Describe(task.Text, null, task.DueOn, urgent: true);
        work.Db.Add(task);
        work.Db.Tell(
            caller.Id,
            programmer is null ? "notice.visit_call" : "notice.visit_call_own",
            $"tasks/{task.Id}",
            ("client", client.Name),
            ("day", $"{day:yyyy-MM-dd}"),
            ("time", time),
            ("person", programmer ?? "")
        );
        return caller.Name;
    }

    // The list of calls is the manager's, or whose who stands in today; a programmer is not asked to call themselves.
    private static async Task<Person> Caller(JobWork work, Visit visit, Client client, Guid asked)
    {
        var people = await work.Db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync();
        var standIns = await work.Db.StandIns(work.Today);
        var managers = new[] { client.OwnerId, visit.PlannedBy }.OfType<Guid>().Select(p => standIns.GetValueOrDefault(p, p));
        foreach (
            var id in managers.Concat(await work.Db.AboveOf(asked != Guid.Empty ? asked : client.OwnerId ?? visit.PlannedBy, work.Today))
        )
            if (id != asked && people.Find(p => p.Id == id) is { } caller)
                return caller;
        throw new Refusal("remind.nobody");
    }

    private static async Task<string> ByTheOneAbove(JobWork work, Visit visit, Client client, Guid asked)
    {
        var above = await work.Db.AboveOf(asked != Guid.Empty ? asked : client.OwnerId ?? visit.PlannedBy, work.Today);
        Rules.Must(above.Count > 0, "remind.nobody");
        // Client and programmer may have one person above both: they hear of it once.
        var heard = await work
            .Db.Set<VisitReminder>()
            .AnyAsync(r => r.VisitId == visit.Id && r.StartsAt == visit.StartsAt && r.Channel == Channel.Above)
            ? await work.Db.AboveOf(asked != Guid.Empty ? client.OwnerId ?? visit.PlannedBy : visit.ProgrammerId, work.Today)
            : [];
        foreach (var person in above.Except(heard))
            work.Db.Tell(
                person,
                "notice.visit_above",
                $"visits/{visit.Id}",
                ("client", client.Name),
                ("day", $"{visit.Day:yyyy-MM-dd}"),
                ("time", $"{visit.StartsAt:HH:mm}")
            );
        return string.Join(
            ", ",
            await work.Db.Set<Person>().Where(p => above.Contains(p.Id)).OrderBy(p => p.NameKey).Select(p => p.Name).ToListAsync()
        );
    }
}

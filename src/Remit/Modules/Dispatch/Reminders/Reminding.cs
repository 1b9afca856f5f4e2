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

/// <summary>Asks a client who has not confirmed: by mail, then by Telegram, then a person is asked to call.</summary>
internal sealed class Reminding(MailSender mail, TelegramBot bot) : IJobHandler
{
    public string Kind => Asking.Kind;

    public async Task Run(JobWork work)
    {
        var (db, asking, now) = (work.Db, work.Job.Read<Asking>(), work.Firm.Local(work.Now));
        var visit = await db.Set<Visit>().AsNoTracking().SingleOrDefaultAsync(v => v.Id == asking.Visit, work.Cancel);
        if (visit is not { State: VisitState.Planned } || visit.StartsAt != asking.StartsAt || visit.StartsAt <= now) return;
        if (await db.Set<VisitReminder>().AnyAsync(r => r.VisitId == visit.Id && r.StartsAt == visit.StartsAt && r.Channel == asking.Channel, work.Cancel)) return;
        var client = await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == visit.ClientId, work.Cancel);
        var (reached, said) = await Try(work, visit, client, asking);
        db.Add(VisitReminder.Of(visit, asking.Channel, work.Now, reached, said));
        if (asking.Channel == Channel.Call) return;
        var next = asking with { Channel = asking.Channel + 1 };
        var settings = await DispatchSettings.Now(db);
        // A channel that leads nowhere hands over at once.
        db.Later(next.Job(reached ? VisitReminder.When(visit.StartsAt, settings.HoursOf(next.Channel), now) : now, work.Firm));
    }

    private async Task<(bool, string)> Try(JobWork work, Visit visit, Client client, Asking asking)
    {
        try
        {
            return (true, await (asking.Channel switch
            {
                Channel.Mail => ByMail(work, visit, client, asking.Root),
                Channel.Telegram => ByTelegram(work, visit, client, asking.Root),
                _ => ByPhone(work, visit, client),
            }));
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

    private async Task<string> ByMail(JobWork work, Visit visit, Client client, string root)
    {
        var contact = await work.Db.Addressee(client.Id) ?? throw new Refusal("remind.no_address", ("client", client.Name));
        await mail.Send(work, await work.Db.Letter(visit, client, contact, "reminded", root));
        return contact.Email;
    }

    private async Task<string> ByTelegram(JobWork work, Visit visit, Client client, string root)
    {
        var settings = await work.Db.Set<TelegramSettings>().AsNoTracking().SingleOrDefaultAsync() ?? throw new Refusal("remind.no_bot");
        await bot.Read(work.Db, settings, work.Now, work.Cancel);
        // A talk may have begun before two records of this client were made one.
        var owners = await work.Db.Set<Client>().Where(c => c.Id == client.Id || c.MergedInto == client.Id).Select(c => c.Id).ToListAsync();
        var chats = (await work.Db.Set<TelegramChat>().AsNoTracking().Where(c => owners.Contains(c.OwnerId)).ToListAsync())
            .Union(work.Db.Set<TelegramChat>().Local.Where(c => owners.Contains(c.OwnerId))).DistinctBy(c => c.ChatId).ToList();
        Rules.Must(chats.Count > 0, "remind.no_chat", ("client", client.Name));
        var text = await work.Db.Message(visit, client, "reminded", root);
        foreach (var chat in chats) await bot.Say(settings, chat.ChatId, text, work.Cancel);
        return string.Join(", ", chats.Select(c => c.Name).Where(n => n.Length > 0));
    }

    private static async Task<string> ByPhone(JobWork work, Visit visit, Client client)
    {
        var people = await work.Db.Set<Person>().AsNoTracking().Where(p => p.Active).ToListAsync();
        var caller = people.Find(p => p.Id == client.OwnerId) ?? people.Find(p => p.Id == visit.PlannedBy) ?? people.Find(p => p.Role == Role.Owner)
            ?? throw new Refusal("remind.nobody");
        var phone = await work.Db.Set<Contact>().Where(c => c.ClientId == client.Id && c.Phone != "").OrderByDescending(c => c.DecisionMaker)
            .Select(c => c.Name + " " + c.Phone).FirstOrDefaultAsync();
        var words = new T(caller.Language)["remind.call", ("client", client.Name), ("day", visit.Day), ("time", $"{visit.StartsAt:HH:mm}"), ("phone", phone ?? "—")];
        var task = WorkTask.Give(words, work.Today, caller.Id, null, null, work.Now, ("visit", visit.Id));
        task.Describe(task.Text, null, task.DueOn, urgent: true);
        work.Db.Add(task);
        work.Db.Tell(caller.Id, "notice.visit_call", $"tasks/{task.Id}", ("client", client.Name), ("day", $"{visit.Day:yyyy-MM-dd}"), ("time", $"{visit.StartsAt:HH:mm}"));
        return caller.Name;
    }
}

/// <summary>A talk with the bot that began by the link of a visit belongs to its client.</summary>
internal sealed class VisitChats : IChatOwner
{
    public Task<Guid?> Of(AppDb db, string start) =>
        db.Set<Visit>().Where(v => v.Link == start).Select(v => (Guid?)v.ClientId).SingleOrDefaultAsync();
}

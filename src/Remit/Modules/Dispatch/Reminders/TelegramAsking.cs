using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Telegram;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>Asks in Telegram, with buttons below the words: yes, or one of the next free times.</summary>
internal sealed class TelegramAsking(TelegramBot bot, ChatReading reading, FreeTimes free)
{
    private const int OtherTimes = 4;

    public async Task<string> Ask(JobWork work, Visit visit, Client client, Asking asking)
    {
        var settings = await work.Db.Set<TelegramSettings>().AsNoTracking().SingleOrDefaultAsync() ?? throw new Refusal("remind.no_bot");
        await reading.Read(work, settings, asking.Root);
        // What was just read may have been the answer.
        visit = await work.Db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit.Id);
        if (!asking.StillAsks(visit, work.Firm.Local(work.Now)))
            return client.Name;
        var own = asking.Person != Guid.Empty;
        var chats = await VisitChats.With(work.Db, own ? asking.Person : client.Id);
        var person = own ? await work.Db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == asking.Person) : null;
        Rules.Must(chats.Count > 0, "remind.no_chat", ("client", person?.Name ?? client.Name));
        var t = new T(person?.Language ?? client.Language);
        var text = own
            ? await ProgrammerLetter.Text(work.Db, visit, client, "reminded", asking.Root, t)
            : await work.Db.Message(visit, client, "reminded", asking.Root);
        var buttons = await Buttons(work, visit, own ? visit.ProgrammerLink : visit.Link, t);
        foreach (var chat in chats)
            await bot.Say(settings, chat.ChatId, text, buttons, work.Cancel);
        // Until the visit begins somebody may press; Telegram is asked now and then.
        work.Db.Later(ChatReading.Job(asking.Root, work.Now, work.Firm.Moment(visit.StartsAt)));
        return string.Join(", ", chats.Select(c => c.Name).Where(n => n.Length > 0));
    }

    private async Task<IReadOnlyList<ChatButton>> Buttons(JobWork work, Visit visit, string link, T t)
    {
        var times = (await free.For(work.Db, visit, work.Firm)).Where(at => at != visit.StartsAt).ToList();
        var few = times.GroupBy(at => at.Date).SelectMany(day => day.Where((_, n) => n is 0 or 3)).Take(OtherTimes);
        return
        [
            new(t["link.confirm"], VisitButtons.Agrees(link)),
            .. few.Select(at => new ChatButton(
                $"{t["weekday." + (int)at.DayOfWeek]}, {Formats.Day(DateOnly.FromDateTime(at), t)} {at:HH:mm}",
                VisitButtons.Chooses(link, at)
            )),
        ];
    }
}

/// <summary>A talk with the bot that began by the link of a visit belongs to its client, or to the programmer who goes.</summary>
internal sealed class VisitChats : IChatOwner
{
    public async Task<Guid?> Of(AppDb db, string start) =>
        await db.Set<Visit>()
            .Where(v => v.Link == start || v.ProgrammerLink == start)
            .Select(v => (Guid?)(v.Link == start ? v.ClientId : v.ProgrammerId))
            .FirstOrDefaultAsync();

    // A talk may have begun before two records of this client were made one.
    internal static async Task<List<TelegramChat>> With(AppDb db, Guid owner)
    {
        var owners = await db.Set<Client>().Where(c => c.MergedInto == owner).Select(c => c.Id).ToListAsync();
        owners.Add(owner);
        return
        [
            .. (await db.Set<TelegramChat>().AsNoTracking().Where(c => owners.Contains(c.OwnerId)).ToListAsync())
                .Union(db.Set<TelegramChat>().Local.Where(c => owners.Contains(c.OwnerId)))
                .DistinctBy(c => c.ChatId),
        ];
    }
}

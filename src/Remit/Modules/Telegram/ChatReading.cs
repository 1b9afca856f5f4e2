using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web.Jobs;

namespace Remit.Modules.Telegram;

/// <summary>Tells whose link it was by which somebody began to talk with the bot.</summary>
public interface IChatOwner
{
    /// <summary>Null where it was no link of this module.</summary>
    Task<Guid?> Of(AppDb db, string start);
}

/// <summary>Does what a button of a module's message says.</summary>
public interface IChatButtons
{
    /// <summary>What is answered to who pressed; null where it was no button of this module.</summary>
    /// <param name="root">This firm's address, for links in what is sent on.</param>
    Task<string?> Pressed(JobWork work, long chat, string data, string root);
}

/// <summary>Reads what has come to the bot: at once before something is said, and every minute while an answer is awaited.</summary>
public sealed class ChatReading(TelegramBot bot, IEnumerable<IChatOwner> owners, IEnumerable<IChatButtons> buttons) : IJobHandler
{
    public const string Name = "telegram.read";
    private const string Start = "/start ";
    private static readonly TimeSpan pause = TimeSpan.FromMinutes(1);

    public sealed record Of(string Root, DateTime Until);

    public string Kind => Name;

    public static Job Job(string root, DateTime now, DateTime until) => Storage.Job.Of(Name, new Of(root, until), now + pause);

    public async Task Run(JobWork work)
    {
        var of = work.Job.Read<Of>();
        if (of.Until <= work.Now || await work.Db.Set<TelegramSettings>().AsNoTracking().SingleOrDefaultAsync() is not { } settings)
            return;
        // Several answers may be awaited; one reading is enough for all, and it lasts as long as the longest.
        var others = await work
            .Db.Set<Job>()
            .AsNoTracking()
            .Where(j => j.Kind == Name && j.State == JobState.Waiting && j.Id != work.Job.Id)
            .ToListAsync();
        if (
            others.Exists(j =>
                j.Read<Of>().Until is var until && (until > of.Until || until == of.Until && j.Id.CompareTo(work.Job.Id) > 0)
            )
        )
            return;
        try
        {
            await Read(work, settings, of.Root);
        }
        catch (Refusal) when (of.Until > work.Now)
        { /* A network that is away for a while comes back. */
        }
        work.Db.Later(Job(of.Root, work.Now, of.Until));
    }

    public async Task Read(JobWork work, TelegramSettings settings, string root)
    {
        var reading = await work.Db.Set<TelegramReading>().SingleOrDefaultAsync(work.Cancel);
        if (reading is null)
            work.Db.Add(reading = new TelegramReading());
        foreach (var update in await bot.Updates(settings, reading.LastUpdate, work.Cancel))
        {
            // Saved with what this update causes, so that each is done once.
            reading.LastUpdate = Math.Max(reading.LastUpdate, update.GetProperty("update_id").GetInt64());
            if (update.TryGetProperty("message", out var message))
                await Said(work, message);
            else if (update.TryGetProperty("callback_query", out var press))
                await Pressed(work, settings, press, root);
        }
    }

    private async Task Said(JobWork work, JsonElement message)
    {
        if (
            !message.TryGetProperty("text", out var said)
            || said.GetString() is not { } text
            || !text.StartsWith(Start, StringComparison.Ordinal)
        )
            return;
        var chat = message.GetProperty("chat");
        var (id, name) = (
            chat.GetProperty("id").GetInt64(),
            chat.TryGetProperty("first_name", out var first) ? first.GetString() ?? "" : ""
        );
        var db = work.Db;
        foreach (var owner in owners)
            if (
                await owner.Of(db, text[Start.Length..].Trim()) is { } of
                && !await db.Set<TelegramChat>().AnyAsync(c => c.OwnerId == of && c.ChatId == id)
                && !db.Set<TelegramChat>().Local.Any(c => c.OwnerId == of && c.ChatId == id)
            )
                db.Add(TelegramChat.Begun(of, id, name, work.Now));
    }

    private async Task Pressed(JobWork work, TelegramSettings settings, JsonElement press, string root)
    {
        if (!press.TryGetProperty("data", out var data) || !press.TryGetProperty("message", out var message))
            return;
        var chat = message.GetProperty("chat").GetProperty("id").GetInt64();
        foreach (var one in buttons)
            if (await one.Pressed(work, chat, data.GetString() ?? "", root) is { } said)
            {
                await work.Db.SaveChangesAsync();
                try
                {
                    await bot.Answer(settings, press.GetProperty("id").GetString()!, said, work.Cancel);
                }
                catch (Refusal)
                { /* Too late for an answer, a minute or so, but what was pressed is done. */
                }
                return;
            }
    }
}

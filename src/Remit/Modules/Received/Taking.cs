using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Files;
using Remit.Modules.Mail;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Received;

/// <summary>Which way a letter comes in.</summary>
/// <param name="By">Who brought it; null where nobody did.</param>
/// <param name="Client">At whose page it was dropped: it is filed there, and nothing is asked of anybody.</param>
public sealed record LetterWay(ReceivedWay Way, Guid? By = null, Client? Client = null);

/// <summary>A letter that was taken in; one that is known already adds nothing.</summary>
public sealed record TakenLetter(ReceivedLetter Letter, bool Known);

/// <summary>
/// What becomes of a letter: an answer goes to what it answers, a client's new matter is a question, a stranger's waits
/// to be sorted. Whoever writes under a client's address can do no more than somebody who has the client's link.
/// </summary>
public sealed class Taking(IEnumerable<IHearsAnswers> hearers, FileDoor files, TimeLimits limits)
{
    private const int LongestQuestion = 3800;

    /// <summary>Saves.</summary>
    /// <exception cref="Refusal">It is no letter.</exception>
    /// <exception cref="Refused">Its sender has written more than a day's measure. That it came is counted and saved.</exception>
    public async Task<TakenLetter> Take(AppDb db, string firm, byte[] raw, LetterWay way, Arrival here)
    {
        var read = LetterReader.Read(raw);
        await db.StartWriting();
        var (key, print) = (ReceivedLetter.KeyOf(read, raw), ReceivedLetter.PrintOf(read));
        if (await db.Set<ReceivedLetter>().FirstOrDefaultAsync(l => l.Key == key && (l.Print == print || l.Print == "")) is { } known)
            return new(known, Known: true);
        if (way.By is null)
            db.Actor = new Actor(null, read.From.Address.Length > 0 ? read.From.Address : "—", Role.Programmer);
        if (way.By is null && await db.IsOver(read, here))
        {
            await db.SaveChangesAsync();
            throw new Refused(429, new Refusal("received.left_out", ("from", read.From.Address), ("most", LeftLetters.MostADay)));
        }
        // Brought to a client's page, it stands where it belongs in time.
        var letter = ReceivedLetter.Of(
            read,
            raw,
            way.Way,
            here.Now,
            way.Client is not null && read.SentAt is { } sent && sent < here.Now ? sent : here.Now
        );
        db.Add(letter);
        await Keep(db, firm, letter, read, here.Now);
        await Sort(db, letter, read, way, here);
        await db.SaveChangesAsync();
        return new(letter, Known: false);
    }

    private async Task Keep(AppDb db, string firm, ReceivedLetter letter, ReadLetter read, DateTime now)
    {
        // The longest letters stand whole in a file.
        var all =
            read.Text.Length > ReceivedLetter.LongestText
                ? read.Files.Append(new ReadFile("letter.txt", System.Text.Encoding.UTF8.GetBytes(read.Text)))
                : read.Files;
        foreach (var file in all)
            try
            {
                await files.Put(db, firm, (LetterRecord.Of, letter.Id), file.Name, file.Bytes, now);
            }
            catch (Refusal)
            {
                letter.Miss("bad_file", file.Name);
            }
    }

    private async Task Sort(AppDb db, ReceivedLetter letter, ReadLetter read, LetterWay way, Arrival here)
    {
        // A letter of ours that reaches our own mailbox would make another one, and so on for ever. Under its id alone anybody may write.
        if (
            read.MessageId.Length > 0
            && await db.Set<SentLetter>().AnyAsync(s => s.MessageId == read.MessageId)
            && await db.Set<MailSettings>().AnyAsync(m => m.Sender.ToLower() == read.From.Address)
        )
        {
            letter.NeedsNobody("own");
            return;
        }
        if (await Heard(db, letter, read, here))
            return;
        var answered = await Answered(db, read);
        if (read.Bounce is { } bounce)
        {
            Bounced(db, letter, answered, bounce);
            return;
        }
        var client =
            way.Client ?? await db.Living(answered?.About?.ClientId) ?? (await db.ClientsOf(read.From.Address) is [var only] ? only : null);
        if (client is not null)
            letter.Belongs(client, way.By);
        if (answered is { About: { } about } thread)
        {
            if (thread.To.Length > 0 && thread.To != read.From.Address)
                letter.CameFromAnother();
            letter.IsAbout(about, "answer");
        }
        if (read.Sort != LetterSort.Person)
            letter.NeedsNobody(read.Sort == LetterSort.Bulk ? "bulk" : "automatic");
        else if (way.Client is not null)
            return;
        else if (letter.AboutId is not null)
            await GoOn(db, letter, client, here);
        else if (client is not null && !await db.AreMany(client.Id))
            await Ask(db, letter, client, here, null);
        else
        {
            letter.Wait();
            await Tell(db, letter, "letter_unsorted", await db.Sorters(here.Firm.Day(here.Now)));
        }
    }

    /// <summary>What a letter answers: one of ours, or an earlier one of the same matter.</summary>
    private static async Task<(LetterAbout? About, string To)?> Answered(AppDb db, ReadLetter read)
    {
        string[] ids = [.. read.Answers, .. read.Bounce is { MessageId.Length: > 0 } b ? [b.MessageId] : Array.Empty<string>()];
        foreach (var id in ids)
        {
            if (await db.Set<SentLetter>().AsNoTracking().FirstOrDefaultAsync(s => s.MessageId == id) is { } sent)
                return (sent.About, sent.To);
            var key = ReceivedLetter.KeyOf(id);
            if (
                await db.Set<ReceivedLetter>()
                    .AsNoTracking()
                    .Where(l => l.Key == key && l.AboutId != null)
                    .OrderBy(l => l.Id)
                    .FirstOrDefaultAsync() is
                { } before
            )
                return (new LetterAbout(before.AboutKind, before.AboutId!.Value, before.AboutPath, before.ClientId), before.FromAddress);
        }
        return null;
    }

    /// <summary>Whether the letter is a calendar program's answer to an invitation of ours.</summary>
    private async Task<bool> Heard(AppDb db, ReceivedLetter letter, ReadLetter read, Arrival here)
    {
        foreach (var text in read.Calendars)
        {
            if (MailedAnswers.Read(text, read.From.Address, here.Firm) is not { } answer)
                continue;
            foreach (var hearer in hearers)
                if (await hearer.Hear(db, answer, here) is { } became)
                {
                    if (await db.Living(became.About.ClientId) is { } client)
                        letter.Belongs(client);
                    letter.IsAbout(became.About, "invitation_" + became.Key);
                    if (!became.Told)
                        await Tell(db, letter, "letter_answered", [became.About.PersonId]);
                    return true;
                }
        }
        return false;
    }

    private static void Bounced(AppDb db, ReceivedLetter letter, (LetterAbout? About, string To)? answered, Bounce bounce)
    {
        if (answered?.About is { } about)
        {
            letter.IsAbout(about, "bounce");
            db.Tell(
                about.PersonId,
                "notice.letter_bounced",
                $"letters/{letter.Id}",
                ("address", bounce.Address),
                ("reason", bounce.Reason)
            );
        }
        letter.NeedsNobody("bounce", $"{bounce.Address}: {bounce.Reason}");
    }

    /// <summary>More about a matter that is known: an open question hears it, one that was answered is asked again.</summary>
    private async Task GoOn(AppDb db, ReceivedLetter letter, Client? client, Arrival here)
    {
        var question = letter.AboutKind == "question" ? await db.Set<Question>().SingleOrDefaultAsync(q => q.Id == letter.AboutId) : null;
        if (question is { State: QuestionState.Answered } && client is not null && !await db.AreMany(client.Id))
            await Ask(db, letter, client, here, question);
        else
            await Tell(db, letter, "letter_answered", [question?.PersonId ?? await Whose(db, letter)]);
    }

    // Whose letter was answered; else whose the client is; else whoever sorts.
    private static async Task<Guid?> Whose(AppDb db, ReceivedLetter letter) =>
        await db.Set<SentLetter>()
            .Where(s => s.AboutId == letter.AboutId && s.PersonId != null)
            .OrderByDescending(s => s.At)
            .Select(s => s.PersonId)
            .FirstOrDefaultAsync()
        ?? (await db.Living(letter.ClientId))?.OwnerId;

    /// <summary>The letter becomes a question, routed as the ones from the client's link are.</summary>
    public async Task Ask(AppDb db, ReceivedLetter letter, Client client, Arrival here, Question? before)
    {
        var own = letter.Own.Trim();
        var text = letter.Subject.Length > 0 ? $"{letter.Subject}\n\n{own}".Trim() : own;
        if (text.Length > LongestQuestion)
            text = LetterReader.Cut(text, LongestQuestion) + " …";
        var asked = new AskedQuestion(client, text.Length > 0 ? text : letter.Sender, LetterReader.Cut(letter.Sender, 200))
        {
            ByMail = true,
            Again = before,
        };
        letter.Asks(await db.Ask(asked, limits, here.Firm, here.Now), before is null ? "question" : "again");
    }

    private static async Task Tell(AppDb db, ReceivedLetter letter, string what, IReadOnlyList<Guid?> people)
    {
        if (people.All(p => p is null))
            people = [.. await db.Set<People.Person>().Where(p => p.Active && p.Role == Role.Owner).Select(p => (Guid?)p.Id).ToListAsync()];
        foreach (var person in people.OfType<Guid>().Distinct())
            db.Tell(person, "notice." + what, $"letters/{letter.Id}", ("from", letter.Sender), ("subject", letter.Title));
    }

    private static Task Tell(AppDb db, ReceivedLetter letter, string what, List<Guid> people) =>
        Tell(db, letter, what, [.. people.Select(p => (Guid?)p)]);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Mail;
using Remit.Modules.Received;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;

namespace Remit;

public static partial class Commands
{
    /// <summary>What mail servers understand as «keep it and try again» (EX_TEMPFAIL).</summary>
    private const int NotNow = 75;

    /// <summary>The files that are named, or standard input where the name is a dash.</summary>
    private static List<(string Name, byte[] Bytes)> Letters(string[] args, string verb)
    {
        var plain = Plain(args);
        if (plain.Count < 3)
            throw new CannotRun($"Name a file: remit mail {verb} FILE…, or - for standard input.");
        return [.. plain[2..].Select(file => (file, file == "-" ? StandardInput() : TextFile.Bytes(file)))];
    }

    private static Task<int> Mail(string[] args) =>
        args.ElementAtOrDefault(1) switch
        {
            "read" => Task.FromResult(MailRead(args)),
            "take" => MailTake(args),
            _ => throw new CannotRun("Say what to do with the mail: remit mail read FILE…, or remit mail take FILE…"),
        };

    /// <summary>As if the letters had come to the firm's mailbox. A mail server that pipes them in keeps one that was not taken.</summary>
    private static async Task<int> MailTake(string[] args)
    {
        var letters = Letters(args, "take");
        if (await Chosen(args) is not { } firm)
            return 2;
        await using var services = Services();
        var (store, taking) = (services.GetRequiredService<FirmStore>(), services.GetRequiredService<Taking>());
        var taken = new List<TakenLetter>();
        foreach (var (name, bytes) in letters)
        {
            await using var db = store.Open(firm);
            var here = new Arrival(await Firm.Of(db), await db.Set<Mailbox>().Select(m => m.Root).SingleOrDefaultAsync(), DateTime.UtcNow);
            try
            {
                taken.Add(await taking.Take(db, firm, bytes, new(ReceivedWay.Program), here));
            }
            catch (Refusal refusal)
            {
                throw new CannotRun($"{(name == "-" ? "standard input" : name)}: {new T("en").Of(refusal)}");
            }
            catch (Refused later)
            {
                await Console.Error.WriteLineAsync(new T("en").Of(later.Why));
                return NotNow;
            }
        }
        var (added, known) = (taken.Count(t => !t.Known), taken.Count(t => t.Known));
        Console.WriteLine(
            args.Contains("--json")
                ? System.Text.Json.JsonSerializer.Serialize(
                    new
                    {
                        @new = added,
                        known,
                        letters = taken.Select(t => new
                        {
                            id = t.Letter.Id,
                            added = !t.Known,
                            state = t.Letter.State.ToString().ToLowerInvariant(),
                            became = t.Letter.Became,
                        }),
                    },
                    JournalWriter.Json
                )
                : $"{added} new, {known} known already."
        );
        return 0;
    }

    private static int MailRead(string[] args)
    {
        var read = Letters(args, "read").ConvertAll(l => (l.Name, Letter: ReadOne(l.Name, l.Bytes)));
        Console.WriteLine(args.Contains("--json") ? LetterJson.Write(read) : string.Join("\n\n", read.Select(r => Plain(r.Letter))));
        return 0;
    }

    private static ReadLetter ReadOne(string name, byte[] bytes)
    {
        try
        {
            return LetterReader.Read(bytes);
        }
        catch (Refusal refusal)
        {
            throw new CannotRun($"{(name == "-" ? "standard input" : name)}: {new T("en").Of(refusal)}");
        }
    }

    private static string Plain(ReadLetter letter)
    {
        var lines = new List<string>
        {
            $"From: {letter.From.Name} <{letter.From.Address}>",
            $"To: {string.Join(", ", letter.To.Select(t => t.Address))}",
            $"Subject: {letter.Subject}",
            $"Sent: {(letter.SentAt is { } at ? $"{at:yyyy-MM-dd HH:mm} UTC" : "–")}",
            $"Sort: {letter.Sort.ToString().ToLowerInvariant()}",
        };
        lines.AddRange(letter.Files.Select(f => $"File: {f.Name}, {f.Bytes.Length} bytes"));
        lines.AddRange(letter.Notes.Select(n => "! " + new T("en")["received.note_" + n.Key, ("name", n.Name)]));
        return string.Join('\n', lines) + "\n\n" + letter.Text;
    }

    private static byte[] StandardInput()
    {
        using var input = Console.OpenStandardInput();
        using var all = new MemoryStream();
        var buffer = new byte[1 << 16];
        for (int read; (read = input.Read(buffer)) > 0; all.Write(buffer, 0, read))
            if (all.Length + read > LetterReader.MostBytes)
                throw new CannotRun($"standard input is larger than {LetterReader.MostBytes >> 20} MB.");
        return all.ToArray();
    }
}

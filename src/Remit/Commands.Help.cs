namespace Remit;

/// <summary>Stops a command; the message is the whole explanation, in one sentence.</summary>
public sealed class CannotRun(string message) : Exception(message);

public static partial class Commands
{
    private const string Usage = """
        Usage: remit COMMAND

          serve                                      run the program for browsers (also without a command)
          duties read FILE [--lang ru|bg|az|en]      split a raw list of duties (text, DOCX, CSV) and review each
          bank read FILE                             read a bank statement in the 1C exchange format
          bank import FILE [--firm NAME]             take a statement into a firm; known lines are left out
          mail read FILE…                            read letters as mail servers keep them (.eml); - for standard input
          mail take FILE… [--firm NAME]              take letters into a firm; known ones are left out
          pay MONTH [--person P] [--firm NAME]       what people earn in a month, such as 2026-10, and why
          journal verify [--firm NAME]               check that no line of the journal was altered or removed
          backup FILE [--firm NAME] [--force]        copy a firm while it is in use: FILE, and FILE.files
          restore FILE [--firm NAME] [--force]       put such a copy in place, after checking it
          bench [--help]                             measure this machine, with a firm made for it
          demo [--lang LANGUAGE]                     make the demo firm
          migration NAME                             for developers: draft a migration

        With --json a command prints one JSON document and nothing else.
        REMIT_DATA names the data folder, REMIT_POSTGRES a PostgreSQL server to use instead of SQLite files.
        """;

    private static Task<int> Help(string[] args)
    {
        Console.WriteLine(Usage);
        return Task.FromResult(0);
    }

    /// <summary>The words of a command that are neither options nor their values.</summary>
    private static List<string> Plain(string[] args)
    {
        var plain = new List<string>();
        for (var at = 0; at < args.Length; at++)
        {
            if (verbs[args[0]].WantsWord(args[at]))
                at++;
            else if (!args[at].StartsWith("--", StringComparison.Ordinal))
                plain.Add(args[at]);
        }
        return plain;
    }

    /// <summary>The one file a command is about, such as <c>duties read FILE</c>.</summary>
    private static string FileOf(string[] args, params string[] words)
    {
        var plain = Plain(args);
        if (plain.Count == words.Length + 1 && plain.Take(words.Length).SequenceEqual(words))
            return plain[^1];
        throw new CannotRun($"Name one file: remit {string.Join(' ', words)} FILE.");
    }
}

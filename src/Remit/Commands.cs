using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Remit.Storage;

namespace Remit;

/// <summary>The command line: the same program, the same entities and rules, without a page.</summary>
public static partial class Commands
{
    private static readonly Dictionary<string, Verb> verbs = new()
    {
        ["serve"] = new(_ => Node.Serve()),
        ["journal"] = new(JournalVerify, "--firm="),
        ["migration"] = new(Migration),
        ["demo"] = new(Demo, "--lang="),
        ["duties"] = new(Duties, "--lang="),
        ["bank"] = new(Bank, "--firm="),
        ["mail"] = new(Mail, "--firm="),
        ["pay"] = new(Pay, "--person=", "--firm="),
        ["backup"] = new(Backup, "--firm=", "--force"),
        ["restore"] = new(Restore, "--firm=", "--force"),
        ["bench"] = new(Benches.Run, Benches.Options),
        ["help"] = new(Help),
        ["--help"] = new(Help),
        ["-h"] = new(Help),
    };

    /// <summary>A command and the options it takes beside <c>--json</c>; those that end in = want a word behind them.</summary>
    private sealed record Verb(Func<string[], Task<int>> Do, params string[] Options)
    {
        public bool WantsWord(string option) => Options.Contains(option + "=");

        // A misspelt option that is passed over does something else than was asked.
        public void Check(string[] args)
        {
            for (var at = 1; at < args.Length; at++)
            {
                var option = args[at];
                if (WantsWord(option) && (++at == args.Length || args[at].StartsWith("--", StringComparison.Ordinal)))
                    throw new CannotRun($"Nothing stands behind {option}: remit {args[0]} {option} VALUE.");
                if (
                    option.StartsWith("--", StringComparison.Ordinal)
                    && !WantsWord(option)
                    && option != "--json"
                    && !Options.Contains(option)
                )
                    throw new CannotRun($"remit {args[0]} has no option {option}; remit help lists what there is.");
            }
        }
    }

    /// <summary>A word in first place is a command; without one the server is meant.</summary>
    public static bool AreMeant(string[] args) => args is [var first, ..] && (!first.StartsWith('-') || verbs.ContainsKey(first));

    /// <summary>0 done, 1 done with a bad answer, 2 not done: one sentence on standard error says why.</summary>
    public static async Task<int> Run(string[] args)
    {
        try
        {
            if (verbs.TryGetValue(args[0], out var verb))
            {
                if (args.Contains("--help") && !verb.Options.Contains("--help"))
                    return await Help(args);
                verb.Check(args);
                return await verb.Do(args);
            }
            await Console.Error.WriteLineAsync($"There is no command {args[0]}.\n\n{Usage}");
        }
        catch (CannotRun stop)
        {
            await Console.Error.WriteLineAsync(stop.Message);
        }
        // A folder, an address or a database that is not to be had: whoever runs Remit mends it, and needs no stack for that.
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException)
        {
            await Console.Error.WriteLineAsync(e.Message.ReplaceLineEndings(" "));
        }
        return 2;
    }

    /// <summary>The value behind <c>--name</c>, where it was given.</summary>
    public static string? Option(string[] args, string name)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    /// <summary>A firm's database outside a request: <c>--firm</c>, or the only one there is.</summary>
    public static async Task<AppDb?> OpenFirm(string[] args) => await Chosen(args) is { } firm ? Store().Open(firm) : null;

    /// <summary>The firm that a command is about; where it is not clear which, standard error asks.</summary>
    private static async Task<string?> Chosen(string[] args)
    {
        var firms = await Store().Firms();
        var firm = Option(args, "--firm") ?? (firms.Count == 1 ? firms[0] : null);
        if (firm is not null && firms.Contains(firm))
            return firm;
        await Console.Error.WriteLineAsync(
            firms.Count == 0
                ? "There is no firm yet: start Remit and set one up."
                : $"Which firm? Add --firm with one of: {string.Join(", ", firms)}."
        );
        return null;
    }

    public static FirmStore Store() => Services().GetRequiredService<FirmStore>();

    private static ServiceProvider Services()
    {
        var services = new ServiceCollection();
        Node.Services(services, new ConfigurationBuilder().AddEnvironmentVariables().Build());
        return services.BuildServiceProvider();
    }

    private static async Task<int> Demo(string[] args)
    {
        var language = Language(args) ?? "ru";
        await Modules.Demo.DemoFirm.Make(Store(), Modules.Demo.DemoFirm.Today(TimeProvider.System, language), language);
        Console.WriteLine(
            $"The demo firm is ready at /~{Modules.Demo.DemoFirm.Address}/ (owner@demo.example, {Modules.Demo.DemoFirm.Password})."
        );
        return 0;
    }

    /// <summary>What <c>--lang</c> names, where it was given.</summary>
    private static string? Language(string[] args) =>
        Option(args, "--lang") is { } named && !Web.Texts.Languages.Contains(named)
            ? throw new CannotRun($"--lang is one of {string.Join(", ", Web.Texts.Languages)}, not {named}.")
            : Option(args, "--lang");

    private static async Task<int> JournalVerify(string[] args)
    {
        if (Plain(args) is not ["journal", "verify"])
            throw new CannotRun("Say what to do with the journal: remit journal verify.");
        await using var db = await OpenFirm(args);
        if (db is null)
            return 2;
        var (held, broken) = await db.Verify();
        if (args.Contains("--json"))
            Console.WriteLine($$"""{"held":{{held}},"broken":{{broken?.ToString() ?? "null"}}}""");
        else
            Console.WriteLine(
                broken is null
                    ? $"The journal holds: {held} lines."
                    : $"The journal is broken at line {broken}; {held} lines before it hold."
            );
        return broken is null ? 0 : 1;
    }

    /// <summary>For developers: drafts a migration for tables that the model has and the migrations lack.</summary>
    private static async Task<int> Migration(string[] args)
    {
        if (Plain(args) is not [_, var name])
            throw new CannotRun("Name the migration: remit migration 0001_Name.");
        var folder = Path.Combine(Path.GetTempPath(), "remit-" + Guid.NewGuid().ToString("N"));
        var store = new FirmStore(new Storage.Engines.SqliteEngine(folder), []);
        await using var db = await store.Create("draft");
        var existing = await db.Database.SqlQueryRaw<string>("SELECT name AS Value FROM sqlite_master WHERE type='table'").ToListAsync();
        Console.WriteLine(MigrationText.Draft(db, name, existing.ToHashSet()));
        Directory.Delete(folder, recursive: true);
        return 0;
    }
}

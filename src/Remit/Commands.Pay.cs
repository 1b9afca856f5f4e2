using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money;
using Remit.Modules.Money.Statements;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Web;

namespace Remit;

public static partial class Commands
{
    /// <summary><c>pay 2026-10 [--person ID-or-name]</c>: what each person earns that month, and with --json why.</summary>
    private static async Task<int> Pay(string[] args)
    {
        if (Plain(args) is not [_, var named] || Month.Read(named) is not { } month)
            throw new CannotRun("Say which month: remit pay 2026-10.");
        await using var db = await OpenFirm(args);
        if (db is null)
            return 2;
        var person = await PersonOf(db, Option(args, "--person"));
        var t = new T("en");
        var slips = (await PayRun.Load(db, month, await db.Set<Firm>().SingleAsync(), person))
            .Select(s => (s.Name, Pay: s.Explain()))
            .ToList();
        if (args.Contains("--json"))
        {
            Console.WriteLine(PayJson.Write(month, slips.Select(s => s.Pay.Result).OfType<PayResult>()));
            // Whoever cannot be computed is missing in the document, and must not go unnoticed.
            foreach (var (name, pay) in slips.Where(s => s.Pay.Problem is not null))
                await Console.Error.WriteLineAsync($"{name}: {t.Of(pay.Problem!)}");
            return 0;
        }
        foreach (var (name, (result, problem)) in slips)
            Console.WriteLine(
                $"{name, -30} {(result is null ? t.Of(problem!) : $"{Formats.Money(result.Total.Amount, t), 18}  held {Formats.Money(result.Held.Amount, t)}")}"
            );
        return 0;
    }

    private static async Task<Guid?> PersonOf(Storage.AppDb db, string? named)
    {
        if (named is null)
            return null;
        var people = await db.Set<Person>().Select(p => new { p.Id, p.Name }).ToListAsync();
        var found = people.Where(p => p.Id.ToString() == named || p.Name == named).ToList();
        return found.Count == 1
            ? found[0].Id
            : throw new CannotRun($"{found.Count} people are called {named}: give the whole name or the id.");
    }

    private static Task<int> Bank(string[] args) => Plain(args).ElementAtOrDefault(1) == "import" ? BankInto(args) : BankRead(args);

    private static async Task<int> BankInto(string[] args)
    {
        var file = FileOf(args, "bank", "import");
        await using var db = await OpenFirm(args);
        if (db is null)
            return 2;
        try
        {
            var imported = await BankImport.Run(db, TextFile.Bytes(file));
            Console.WriteLine(
                args.Contains("--json")
                    ? System.Text.Json.JsonSerializer.Serialize(
                        new
                        {
                            @new = imported.New,
                            known = imported.Known,
                            warnings = imported.Warnings.Select(w => new { line = w.Line, text = w.Text }),
                        },
                        Storage.JournalWriter.Json
                    )
                    : string.Join(
                        '\n',
                        [
                            $"{imported.New} new, {imported.Known} known already.",
                            .. imported.Warnings.Select(w => $"! line {w.Line}: {w.Text}"),
                        ]
                    )
            );
            return 0;
        }
        catch (Refusal refusal)
        {
            throw new CannotRun($"{file}: {new T("en").Of(refusal)}");
        }
        catch (NotAStatement not)
        {
            throw new CannotRun($"{file}: {not.Message}");
        }
    }
}

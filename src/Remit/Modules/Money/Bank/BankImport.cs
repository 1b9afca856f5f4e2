using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money.Statements;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Modules.Money;

/// <summary>What one file brought: its new lines share an import id, known ones were taken from an earlier file.</summary>
public sealed record BankImported(Guid ImportId, int New, int Known, IReadOnlyList<StatementWarning> Warnings);

/// <summary>Takes a bank statement into the books, all its lines in one save. The same file again adds nothing.</summary>
public static class BankImport
{
    private const int Chunk = 500;

    public static async Task<BankImported> Run(AppDb db, ReadOnlyMemory<byte> bytes)
    {
        // The writers' lock comes before the look at what is known: two people may send the same file at once.
        await db.StartWriting();
        var companies = await db.Set<OwnCompany>().Where(c => c.Account != "").Select(c => new { c.Account, c.Currency }).ToListAsync();
        var own = companies.Select(c => c.Account).ToList();
        var statement = Read(bytes, own, companies.DistinctBy(c => c.Account).ToDictionary(c => c.Account, c => c.Currency));
        var known = await Known(db, statement.Documents);
        var import = Guid.CreateVersion7();
        var added = statement.Documents.Where(d => known.Add(d.Fingerprint)).Select(d => Line(d, import)).ToList();
        db.AddRange(added);
        await db.SaveChangesAsync();
        return new(import, added.Count, statement.Documents.Count - added.Count, [.. NotOurs(statement, own), .. statement.Warnings]);
    }

    // Somebody else's statement reads as well as one's own.
    private static IEnumerable<StatementWarning> NotOurs(Statement statement, List<string> own) =>
        own.Count == 0
            ? []
            : statement
                .Accounts.Select(a => a.Account)
                .Distinct()
                .Where(a => !own.Contains(a))
                .Select(a => new StatementWarning(1, "statement.warn.not_ours", ("account", a)));

    private static Statement Read(ReadOnlyMemory<byte> bytes, List<string> own, Dictionary<string, string> currencies)
    {
        try
        {
            return ClientBankExchange.Read(bytes, own, currencies);
        }
        catch (NotAStatement not)
        {
            throw new Refusal(not.Key) { Field = "file" };
        }
    }

    private static async Task<HashSet<string>> Known(AppDb db, IReadOnlyList<Document> documents)
    {
        var known = new HashSet<string>();
        foreach (var part in documents.Select(d => d.Fingerprint).Chunk(Chunk))
            known.UnionWith(await db.Set<BankLine>().Where(l => part.Contains(l.Fingerprint)).Select(l => l.Fingerprint).ToListAsync());
        return known;
    }

    private static BankLine Line(Document document, Guid import)
    {
        var party = document.Direction is Direction.Out or Direction.Own ? document.Payee : document.Payer;
        return new()
        {
            Fingerprint = document.Fingerprint,
            ImportId = import,
            Direction = document.Direction.ToString(),
            Number = document.Number,
            BookedOn = document.BookedOn ?? document.Date ?? DateOnly.MinValue,
            Sum = new Amount(document.AmountMinor, document.Currency),
            PartyName = party.Name,
            PartyInn = party.Inn,
            PartyAccount = party.Account,
            PartyBic = party.Bic,
            Purpose = document.Purpose,
        };
    }
}

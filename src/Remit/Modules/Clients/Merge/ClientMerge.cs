using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients.Merge;

/// <summary>
/// Two records of one client become one: whatever hangs on the second moves to the first in a single change, which one
/// undo takes back. Ledger rows keep the name they were written under; the second stays as a signpost to the first.
/// </summary>
public static class ClientMerge
{
    /// <summary>What may be kept from either of the two, as the form shows it.</summary>
    public static readonly IReadOnlyList<(string Key, Func<Client, string> Value)> Fields =
    [
        ("client_title", c => c.Name),
        ("country", c => c.Country),
        ("tax_id", c => c.TaxId),
        ("kpp", c => c.Kpp),
        ("legal_address", c => c.Address),
        ("account", c => c.BankAccount),
        ("bic", c => c.Bic),
        ("lang", c => c.Language),
        ("segment", c => c.Segment),
        ("route", c => c.Route),
        ("manager", c => c.OwnerId?.ToString() ?? ""),
    ];

    /// <summary>Those in which the two differ, with the value to keep first: the one that is not empty, else the first's.</summary>
    public static IEnumerable<(string Key, string Mine, string Theirs)> Differences(Client into, Client from) =>
        Fields.Select(f => (f.Key, f.Value(into), f.Value(from))).Where(f => f.Item2 != f.Item3);

    /// <param name="theirs">Keys of the fields to take from the second.</param>
    public static async Task Run(AppDb db, Client into, Client from, IReadOnlySet<string> theirs)
    {
        Must(into.Id != from.Id, "merge.same");
        Must(into.MergedInto is null && from.MergedInto is null, "merge.already", ("client", from.Name));
        string Kept(string key) => Fields.Single(f => f.Key == key).Value(theirs.Contains(key) ? from : into);
        into.Rename(Kept("client_title"));
        into.Register(Kept("country"), Kept("tax_id"), Kept("kpp"), Kept("legal_address"));
        into.PayFrom(Kept("account"), Kept("bic"));
        into.Describe(
            Kept("lang"),
            Kept("segment"),
            into.KeyAccount || from.KeyAccount,
            Kept("route"),
            Guid.TryParse(Kept("manager"), out var manager) ? manager : null
        );
        foreach (
            var type in db
                .Model.GetEntityTypes()
                .Where(t => typeof(IRecord).IsAssignableFrom(t.ClrType) && !typeof(IAppendOnly).IsAssignableFrom(t.ClrType))
        )
        foreach (var property in (string[])["ClientId", "RecordId"])
            if (type.FindProperty(property) is not null)
                await (Task)
                    typeof(ClientMerge)
                        .GetMethod(nameof(Move), System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Static)!
                        .MakeGenericMethod(type.ClrType)
                        .Invoke(null, [db, property, from.Id, into.Id])!;
        from.LeadTo(into);
    }

    private static async Task Move<TRecord>(AppDb db, string property, Guid from, Guid into)
        where TRecord : class
    {
        foreach (var record in await db.Set<TRecord>().Where(r => EF.Property<Guid?>(r, property) == from).ToListAsync())
            db.Entry(record).Property(property).CurrentValue = into;
    }
}

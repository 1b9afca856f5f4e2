using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Remit.Modules.Money.Statements;

/// <summary>
/// Tells whether a payment was imported before. Banks repeat numbers of their orders, so the number alone is not
/// enough; own account, direction, day, number, sum, counter account and purpose together are.
/// </summary>
public static class Fingerprints
{
    /// <summary>The documents with fingerprints; twins within one file get an ordinal, so that both are kept.</summary>
    public static IReadOnlyList<Document> Stamp(IEnumerable<Document> documents)
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var stamped = new List<Document>();
        foreach (var document in documents)
        {
            var basis = Basis(document);
            seen[basis] = seen.GetValueOrDefault(basis) + 1;
            var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{basis}\u001f{seen[basis]}"));
            stamped.Add(document with { Fingerprint = Convert.ToHexStringLower(hash) });
        }
        return stamped;
    }

    private static string Basis(Document d)
    {
        var (own, counter) = d.Direction == Direction.In ? (d.Payee.Account, d.Payer.Account) : (d.Payer.Account, d.Payee.Account);
        return string.Join(
            '\u001f',
            own,
            d.Direction.ToString(),
            d.BookedOn?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "",
            d.Number.TrimStart('0'),
            d.AmountMinor.ToString(CultureInfo.InvariantCulture),
            counter,
            Squeeze(d.Purpose)
        );
    }

    // The same bank breaks the same purpose into lines differently from one export to the next.
    private static string Squeeze(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

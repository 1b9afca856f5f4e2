using System.Text;
using QRCoder;

namespace Remit.Modules.Papers.Printing;

/// <summary>
/// The payment code of ГОСТ Р 56042-2014 that Russian banking apps scan: <c>ST00012|Name=…|PersonalAcc=…</c>.
/// Five fields are mandatory and come first in this order; the sum is in kopecks, not rubles.
/// </summary>
public static class PaymentQr
{
    private const string Separators = "|@;:^_~{}!#$%&()*+,/";

    // The lengths are the standard's own, table 2.
    private const int NameLength = 160,
        BankLength = 45,
        PurposeLength = 210;

    /// <summary>The text to encode, in UTF-8. The separator is the first allowed sign that no value contains.</summary>
    public static string Payload(
        string name,
        string account,
        string bank,
        string bic,
        string corrAccount,
        long? sumMinor = null,
        string? purpose = null,
        string? inn = null,
        string? kpp = null,
        string? contract = null
    )
    {
        List<(string Key, string? Value)> fields =
        [
            ("Name", Cut(name, NameLength)),
            ("PersonalAcc", account),
            ("BankName", Cut(bank, BankLength)),
            ("BIC", bic),
            // A payee whose bank has no correspondent account writes 0.
            ("CorrespAcc", string.IsNullOrEmpty(corrAccount) ? "0" : corrAccount),
            ("Sum", sumMinor?.ToString(System.Globalization.CultureInfo.InvariantCulture)),
            ("Purpose", Cut(purpose, PurposeLength)),
            ("PayeeINN", inn),
            ("KPP", kpp),
            ("Contract", contract),
        ];
        fields.RemoveAll(field => string.IsNullOrEmpty(field.Value));
        var separator = Separators.FirstOrDefault(sign => fields.TrueForAll(field => !field.Value!.Contains(sign)));
        if (separator == default)
        {
            // Every sign is taken: the bar gives way, since it means nothing in a name.
            separator = '|';
            fields = [.. fields.Select(field => (field.Key, field.Value?.Replace('|', ' ')))];
        }
        return "ST00012" + separator + string.Join(separator, fields.Select(field => $"{field.Key}={field.Value}"));
    }

    /// <summary>The dark modules of the code, without the quiet zone: level M, as the standard recommends.</summary>
    public static bool[,] Modules(string payload)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Encoding.UTF8.GetBytes(payload), QRCodeGenerator.ECCLevel.M);
        const int Quiet = 4;
        var count = data.ModuleMatrix.Count - 2 * Quiet;
        var modules = new bool[count, count];
        for (var row = 0; row < count; row++)
        for (var column = 0; column < count; column++)
            modules[row, column] = data.ModuleMatrix[row + Quiet][column + Quiet];
        return modules;
    }

    /// <summary>Reads a code's bytes in whichever of the three encodings it names; null where it is no payment code.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 9 || !bytes.StartsWith("ST0001"u8))
            return null;
        Encoding? encoding = (char)bytes[6] switch
        {
            '1' => CodePagesEncodingProvider.Instance.GetEncoding(1251),
            '2' => Encoding.UTF8,
            '3' => CodePagesEncodingProvider.Instance.GetEncoding("koi8-r"),
            _ => null,
        };
        return encoding is null ? null : Fields(encoding.GetString(bytes));
    }

    /// <summary>Reads a code that is text already, as a scanner gives it.</summary>
    public static IReadOnlyDictionary<string, string>? Parse(string text) =>
        text.Length >= 9 && text.StartsWith("ST0001", StringComparison.Ordinal) ? Fields(text) : null;

    private static Dictionary<string, string>? Fields(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in text[8..].TrimEnd('\r', '\n').Split(text[7], StringSplitOptions.RemoveEmptyEntries))
        {
            var at = field.IndexOf('=');
            if (at > 0)
                found[field[..at]] = field[(at + 1)..];
        }
        string[] mandatory = ["Name", "PersonalAcc", "BankName", "BIC", "CorrespAcc"];
        return mandatory.All(found.ContainsKey) ? found : null;
    }

    private static string? Cut(string? text, int length) => text is { Length: var all } && all > length ? text[..length] : text;
}

namespace Remit.Kernel;

/// <summary>
/// Check digits of tax, bank and person numbers. They answer «could this number exist», never «does it exist».
/// Blanks and hyphens are ignored. Belarus, Bulgaria and Azerbaijan are in the other part of this class.
/// </summary>
public static partial class Identifiers
{
    /// <summary>
    /// A tax number by its country's own rule; null where the country has no check digit (US EIN) or is unknown.
    /// </summary>
    public static bool? CheckTaxId(string country, string value) =>
        country.ToUpperInvariant() switch
        {
            "RU" => IsInn(value),
            "BY" => IsUnp(value),
            // A Bulgarian sole trader may bill under a personal number.
            "BG" => IsEik(value) || IsEgn(value) || IsPnf(value),
            "AZ" => IsVoen(value),
            _ => null,
        };

    /// <summary>ИНН of 10 digits (organisation) or 12 (person): приказ ФНС ММВ-7-6/435@, weights mod 11 mod 10.</summary>
    public static bool IsInn(string? value)
    {
        var s = Bare(value);
        if (!Digits(s))
            return false;
        return s.Length switch
        {
            10 => Weighted(s, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == s[9] - '0' && s != "0000000000",
            12 => Weighted(s, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == s[10] - '0'
                && Weighted(s, 3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8) % 11 % 10 == s[11] - '0'
                && s != "000000000000",
            _ => false,
        };
    }

    /// <summary>
    /// ОГРН (13 digits, remainder by 11) or ОГРНИП (15 digits beginning with 3 or 4, remainder by 13); the last digit
    /// of the remainder is the check: приказ Минфина 165н.
    /// </summary>
    public static bool IsOgrn(string? value)
    {
        var s = Bare(value);
        if (!Digits(s))
            return false;
        return s.Length switch
        {
            13 => s[0] != '0' && long.Parse(s[..12]) % 11 % 10 == s[12] - '0',
            15 => s[0] is '3' or '4' && long.Parse(s[..14]) % 13 % 10 == s[14] - '0',
            _ => false,
        };
    }

    /// <summary>СНИЛС: Σ dᵢ·(9…1) mod 101, 100 counts as 00; numbers up to 001-001-998 carry no check (ПФР).</summary>
    public static bool IsSnils(string? value)
    {
        var s = Bare(value);
        if (s.Length != 11 || !Digits(s))
            return false;
        if (int.Parse(s[..9]) <= 1001998)
            return true;
        return Weighted(s, 9, 8, 7, 6, 5, 4, 3, 2, 1) % 101 % 100 == int.Parse(s[9..]);
    }

    /// <summary>КПП: four digits, two of digits or capital letters, three digits; it has no check digit.</summary>
    public static bool IsKpp(string? value)
    {
        var s = Bare(value);
        return s.Length == 9 && Digits(s[..4]) && Digits(s[6..]) && s[4..6].All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c));
    }

    /// <summary>БИК: 9 digits; 04 are banks, 00–02 the treasury and its bodies (Положение ЦБ 732-П).</summary>
    public static bool IsBic(string? value)
    {
        var s = Bare(value);
        return s.Length == 9 && Digits(s) && s[0] == '0' && s[1] is '0' or '1' or '2' or '4';
    }

    /// <summary>
    /// A Russian account of 20 digits against its bank's БИК (порядок ЦБ 515 of 1997): weights 7 1 3 over three
    /// digits of the БИК and the account. Treasury accounts (03…) do not keep the rule and are never rejected.
    /// </summary>
    public static bool IsRuAccount(string? account, string? bic)
    {
        string a = Bare(account),
            b = Bare(bic);
        if (a.Length != 20 || !Digits(a) || b.Length != 9 || !Digits(b))
            return false;
        if (a.StartsWith("03", StringComparison.Ordinal))
            return true;
        // Accounts that a bank or the treasury holds at the Bank of Russia, and all accounts of its own offices,
        // are keyed by the office (digits 5–6), the others by the bank (digits 7–9).
        var atCentralBank =
            a.StartsWith("301", StringComparison.Ordinal)
            || a.StartsWith("40102", StringComparison.Ordinal)
            || b[6..] is "000" or "001" or "002";
        var keyed = (atCentralBank ? "0" + b[4..6] : b[6..]) + a;
        var sum = 0;
        for (var i = 0; i < keyed.Length; i++)
            sum +=
                (keyed[i] - '0')
                * (
                    i % 3 == 0 ? 7
                    : i % 3 == 1 ? 1
                    : 3
                );
        return sum % 10 == 0;
    }

    /// <summary>An IBAN in groups of four, as it is printed (ISO 13616) and read aloud; any other account as it is.</summary>
    public static string InFours(string account) =>
        IsIban(account) ? string.Join(' ', account.Chunk(4).Select(four => new string(four))) : account;

    /// <summary>IBAN by ISO 13616: remainder by 97 is 1; the length is checked for the countries Remit prints.</summary>
    public static bool IsIban(string? value)
    {
        var s = Bare(value).ToUpperInvariant();
        if (s.Length is < 15 or > 34 || !s.All(char.IsAsciiLetterOrDigit))
            return false;
        if (!char.IsAsciiLetter(s[0]) || !char.IsAsciiLetter(s[1]) || !Digits(s[2..4]))
            return false;
        var length = s[..2] switch
        {
            "BG" => 22,
            "AZ" => 28,
            "BY" => 28,
            "DE" => 22,
            _ => s.Length,
        };
        if (s.Length != length)
            return false;
        var rest = 0;
        foreach (var c in s[4..] + s[..4])
            rest = char.IsAsciiDigit(c) ? (rest * 10 + c - '0') % 97 : (rest * 100 + c - 'A' + 10) % 97;
        return rest == 1;
    }

    private static string Bare(string? value) => value is null ? "" : string.Concat(value.Where(c => c != '-' && !char.IsWhiteSpace(c)));

    private static bool Digits(string s) => s.Length > 0 && s.All(char.IsAsciiDigit);

    private static int Weighted(string s, params ReadOnlySpan<int> weights)
    {
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (s[i] - '0') * weights[i];
        return sum;
    }
}

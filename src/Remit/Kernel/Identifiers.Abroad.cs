namespace Remit.Kernel;

public static partial class Identifiers
{
    /// <summary>
    /// Belarus УНП, 9 places: weights 29 23 19 17 13 7 5 3, remainder by 11, where 10 is no number at all.
    /// Persons may have two letters in front (постановление МНС 96).
    /// </summary>
    public static bool IsUnp(string? value)
    {
        const string Letters = "ABCEHKMOPT";
        var s = Latin(Bare(value).ToUpperInvariant());
        if (s.Length != 9 || !Digits(s[2..]))
            return false;
        int first,
            second;
        if (Digits(s[..2]))
            (first, second) = (s[0] - '0', s[1] - '0');
        // The first letter counts as in base 36, the second by its place among the ten letters allowed.
        else if (Letters.Contains(s[0]) && Letters.Contains(s[1]))
            (first, second) = (s[0] - 'A' + 10, Letters.IndexOf(s[1]));
        else
            return false;
        if (!"1234567ABCEHKM".Contains(s[0]))
            return false;
        return (first * 29 + second * 23 + Weighted(s[2..], 19, 17, 13, 7, 5, 3)) % 11 == s[8] - '0';
    }

    /// <summary>
    /// Bulgarian ЕИК of 9 or 13 digits (a branch), with or without the VAT prefix BG: Наредба 1 за БУЛСТАТ; when
    /// the first weights leave 10, a second row decides, and 10 there counts as 0.
    /// </summary>
    public static bool IsEik(string? value)
    {
        var s = WithoutBg(value);
        if (!Digits(s) || s.Length is not (9 or 13))
            return false;
        if (Twice(Weighted(s, 1, 2, 3, 4, 5, 6, 7, 8), Weighted(s, 3, 4, 5, 6, 7, 8, 9, 10)) != s[8] - '0')
            return false;
        return s.Length == 9 || Twice(Weighted(s[8..], 2, 7, 3, 5), Weighted(s[8..], 4, 9, 5, 7)) == s[12] - '0';
    }

    /// <summary>
    /// Bulgarian ЕГН: a birth date (month +20 before 1900, +40 from 2000) and weights 2 4 8 5 10 9 7 3 6, mod 11
    /// mod 10: Наредба за ЕСГРАОН.
    /// </summary>
    public static bool IsEgn(string? value)
    {
        var s = WithoutBg(value);
        if (s.Length != 10 || !Digits(s))
            return false;
        int year = int.Parse(s[..2]),
            month = int.Parse(s[2..4]),
            day = int.Parse(s[4..6]);
        (year, month) = month switch
        {
            > 40 => (year + 2000, month - 40),
            > 20 => (year + 1800, month - 20),
            _ => (year + 1900, month),
        };
        if (month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return false;
        return Weighted(s, 2, 4, 8, 5, 10, 9, 7, 3, 6) % 11 % 10 == s[9] - '0';
    }

    /// <summary>Bulgarian ЛНЧ, the number of a foreigner: weights 21 19 17 13 11 9 7 3 1, mod 10.</summary>
    public static bool IsPnf(string? value)
    {
        var s = WithoutBg(value);
        return s.Length == 10 && Digits(s) && Weighted(s, 21, 19, 17, 13, 11, 9, 7, 3, 1) % 10 == s[9] - '0';
    }

    /// <summary>
    /// Azerbaijani VÖEN, 10 digits: weights 4 1 8 6 2 7 5 3 mod 11 is the ninth, the tenth is 1 (legal person) or 2
    /// (natural). Spreadsheets lose the leading zero, so 9 digits are read with it put back.
    /// </summary>
    public static bool IsVoen(string? value)
    {
        var s = Bare(value);
        if (s.Length == 9)
            s = "0" + s;
        return s.Length == 10 && Digits(s) && s[9] is '1' or '2' && Weighted(s, 4, 1, 8, 6, 2, 7, 5, 3) % 11 == s[8] - '0';
    }

    private static int Twice(int first, int second) => first % 11 < 10 ? first % 11 : second % 11 % 10;

    private static string WithoutBg(string? value)
    {
        var s = Bare(value);
        return s.StartsWith("BG", StringComparison.OrdinalIgnoreCase) ? s[2..] : s;
    }

    /// <summary>People type the look-alike Cyrillic letters in a УНП.</summary>
    private static string Latin(string s)
    {
        const string From = "АВСЕНКМОРТ",
            To = "ABCEHKMOPT";
        return string.Concat(s.Select(c => From.IndexOf(c) is >= 0 and var at ? To[at] : c));
    }
}

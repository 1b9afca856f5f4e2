using Remit.Kernel;

namespace Remit.Modules.Demo;

/// <summary>Russian identifiers that are nobody's but pass their check digits; for firms that are made up.</summary>
internal static class DemoNumbers
{
    private static readonly int[] inn = [2, 4, 10, 3, 5, 9, 4, 6, 8];

    public static string Inn(int nine)
    {
        var digits = nine.ToString("000000000", System.Globalization.CultureInfo.InvariantCulture);
        return digits + digits.Select((d, i) => (d - '0') * inn[i]).Sum() % 11 % 10;
    }

    /// <summary>The account whose key fits the bank, by trying the ten digits in the key's place.</summary>
    public static string Account(string bic, string bare) =>
        Enumerable.Range(0, 10).Select(key => bare[..8] + key + bare[8..]).First(account => Identifiers.IsRuAccount(account, bic));
}

using System.Text;
using Remit.Storage;

namespace Remit.Modules.People;

/// <summary>The address that a firm's name gives, for who does not care to invent one.</summary>
internal static class FirmAddress
{
    private const int Longest = 24;
    private static readonly string[] pairs = (
        "а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sch ъ _ ы y ь _ э e ю yu я ya "
        + "і i ї yi є ye ў u ə e ı i ğ g ö o ü u ş sh ç ch"
    ).Split(' ');
    private static readonly Dictionary<char, string> letters = Enumerable
        .Range(0, pairs.Length / 2)
        .ToDictionary(i => pairs[i * 2][0], i => pairs[i * 2 + 1].Trim('_'));

    /// <summary>«Учёт-Сервис» is at <c>uchet-servis</c>, the next of that name at <c>uchet-servis-2</c>.</summary>
    public static async Task<string> Free(string name, FirmStore firms)
    {
        var address = Of(name);
        for (var n = 2; await firms.Exists(address) && n < 1000; n++)
            address = $"{Of(name)}-{n}";
        return address;
    }

    internal static string Of(string name)
    {
        var text = new StringBuilder();
        foreach (var c in name.ToLowerInvariant())
            if (char.IsAsciiLetterOrDigit(c))
                text.Append(c);
            else if (letters.TryGetValue(c, out var latin))
                text.Append(latin);
            else if (text.Length > 0 && text[^1] != '-')
                text.Append('-');
        var address = text.ToString().Trim('-');
        if (address.Length == 0 || !char.IsAsciiLetter(address[0]))
            address = "firm-" + address;
        return address.Length > Longest ? address[..Longest].Trim('-') : address.Trim('-');
    }
}

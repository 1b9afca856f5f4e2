using System.Collections.Frozen;
using System.Text;

namespace Remit.Kernel;

/// <summary>
/// On a text by which lists are sorted: another text of the same record as <see cref="Alphabet.Key"/> writes it. Set by
/// every save. Lists follow the alphabet by it, which a database does not know.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OrderOfAttribute(string text) : Attribute
{
    public string Text => text;
}

/// <summary>
/// The order of names. Databases compare code points, which puts ə behind z and ё behind я; a key of the name, compared the
/// same way, gives each letter its place. Case, quotes and other signs do not count. Latin stands before Cyrillic, and numbers go by their size.
/// </summary>
public static class Alphabet
{
    private const int Most = 200;

    // A letter that follows another one's is written as that one and «~», which stands behind every Latin letter.
    private static readonly FrozenDictionary<char, string> everywhere = Table(
        "ç c~ ə e~ ğ g~ ı h~~ ö o~ ş s~ ü u~ ё е і и~ ї и~~ є е~ ґ г~ ў у~ ђ д~ ј и~ љ л~ њ н~ ћ т~ џ ц~ "
            + "á a à a â a ä a ã a å a ā a æ ae é e è e ê e ë e ē e ę e ě e í i ì i î i ï i ī i ñ n ń n ň n ó o ò o ô o õ o ø o œ oe ß ss ś s š s ú u ù u û u ū u ů u ý y ÿ y ž z ź z ż z č c ć c ł l ř r ţ t ț t ș s ď d ť t"
    );

    // Azerbaijani: … h x ı i j k q l … ; in other Latin alphabets q and x stand where English has them.
    private static readonly FrozenDictionary<char, string> azerbaijani = Table("x h~ q k~");

    /// <summary>The key by which a name is ordered; never empty, so that an empty one means a name without a key.</summary>
    /// <param name="azerbaijani">Whether the firm reads by the Azerbaijani alphabet: x after h, q after k, I without a dot before İ.</param>
    public static string Key(string? name, bool azerbaijani = false)
    {
        var (key, text, inNumber) = (new StringBuilder(), name ?? "", false);
        for (var at = 0; at < text.Length && key.Length < Most; at++)
        {
            var letter = text[at];
            // A number stands behind how many digits it has: 9 before 10, 1.9 before 1.10.
            if (char.IsAsciiDigit(letter) && !inNumber)
                key.Append(Digits(text.AsSpan(at)));
            inNumber = char.IsAsciiDigit(letter);
            var low = letter switch
            {
                'İ' => 'i',
                'I' when azerbaijani => 'ı',
                _ => char.ToLowerInvariant(letter),
            };
            if (!char.IsLetterOrDigit(low))
            {
                if ((char.IsWhiteSpace(low) || low is '-' or '/' or ',' or '.') && key.Length > 0 && key[^1] != ' ')
                    key.Append(' ');
            }
            else if (azerbaijani && Alphabet.azerbaijani.TryGetValue(low, out var own))
                key.Append(own);
            else if (everywhere.TryGetValue(low, out var placed))
                key.Append(placed);
            else
                key.Append(low);
        }
        return key.ToString().TrimEnd() is { Length: > 0 } made ? made : " ";
    }

    private static int Digits(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAnyExceptInRange('0', '9');
        return Math.Min(9, (end < 0 ? text : text[..end]).TrimStart('0').Length);
    }

    private static FrozenDictionary<char, string> Table(string pairs)
    {
        var words = pairs.Split(' ');
        return Enumerable.Range(0, words.Length / 2).ToFrozenDictionary(n => words[n * 2][0], n => words[n * 2 + 1]);
    }
}

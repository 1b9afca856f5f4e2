using System.Collections.Frozen;
using Remit.Kernel;

namespace Remit.Modules.Create;

/// <summary>Whether a word of a line means a name: «Петрову» is Петров, «Ромашку» is «Ромашка», «Əliyevə» is Əliyev.</summary>
public static class NameMatch
{
    // Words that stand in many names and tell none apart.
    private static readonly FrozenSet<string> forms = "ооо ао оао зао пао ип оод еоод ад ет mmc asc qsc llc ltd inc gmbh the"
        .Split(' ')
        .ToFrozenSet();

    /// <summary>The words of a name that can tell it apart.</summary>
    public static IReadOnlyList<string> Parts(string name) =>
        [
            .. Folding
                .Plain(name)
                .Split([' ', '-', ',', '.', '(', ')', '"', '«', '»', '„', '“', '”', '\''], StringSplitOptions.RemoveEmptyEntries)
                .Where(p => !forms.Contains(p)),
        ];

    /// <summary>Same word, or the same but for an ending of at most two letters; of three where the shorter one is whole in the longer.</summary>
    public static bool Fits(string word, string part)
    {
        var (a, b) = (Folding.Plain(word).Trim('"', '«', '»', '„', '“', '”', ',', '.'), part);
        if (a == b)
            return a.Length > 1;
        var common = a.Zip(b).TakeWhile(p => p.First == p.Second).Count();
        var (shorter, longer) = (Math.Min(a.Length, b.Length), Math.Max(a.Length, b.Length));
        return common >= 4 && common >= shorter - 1 && longer - common <= (common >= 5 && common == shorter ? 3 : 2);
    }

    /// <summary>Which of the words are about the name; none where it is not meant.</summary>
    public static IReadOnlyList<string> About(string name, IEnumerable<string> words)
    {
        var parts = Parts(name);
        return [.. words.Where(w => parts.Any(p => Fits(w, p)))];
    }
}

namespace Remit.Modules.Duties.Reading;

/// <summary>The wording of one duty taken apart: its actions, what it leaves open, what it blurs.</summary>
internal sealed class DutyWording
{
    // Beyond this a duty is read twice before it is understood, whatever it says.
    private const int LongText = 220;

    private const int Most = 12;

    private static readonly char[] Breaks = ['(', ')', ',', ';', '.', '/', '-'];

    private readonly ReviewWords words;
    private readonly string text;
    private readonly string lower;
    private readonly List<string> tokens;
    private readonly int actions;

    public DutyWording(string text, ReviewWords words)
    {
        (this.words, this.text) = (words, text);
        lower = text.ToLowerInvariant();
        Bare = Outside(text).Trim(' ', '.', ';', ',', '!', ':');
        tokens = Tokens(Bare.ToLowerInvariant());
        actions = Tokens(lower).Where(IsAction).Distinct().Count();
        VagueWords = [.. words.Vague.Concat(words.Emotional).Where(Mentions).Select(w => Whole(w.Trim())).Distinct()];
    }

    /// <summary>The text without remarks in brackets and closing marks.</summary>
    public string Bare { get; }

    public List<string> VagueWords { get; }

    public string WithoutVague =>
        VagueWords
            .Aggregate(Bare, (bare, word) => bare.Replace(word.EndsWith('!') ? word : "\0", "", StringComparison.OrdinalIgnoreCase))
            .Trim();

    /// <summary>How many pieces of work the duty seems to hold.</summary>
    public int Parts => Math.Max(actions, 2);

    public bool IsTooBig =>
        actions >= 3 || lower.Length > LongText || lower.Count(c => c == '→') >= 2 || Bare.Count(c => c is ',' or ';') >= 5;

    public bool IsTooSmall => words.Trivial.Any(Mentions) && actions < 2;

    /// <summary>Nothing said about where it goes, whom it serves or how one sees that it is done.</summary>
    public bool LacksResult
    {
        get
        {
            var content = tokens.Count(t => t.Length > 2 && !words.Towards.Contains(t) && !words.Idle.Contains(t));
            if (content == 0 || tokens.Skip(1).Any(words.Towards.Contains))
                return content < 2;
            return content < 2 || (content <= 3 && words.OpenEnded.Any(o => tokens[0].StartsWith(o, StringComparison.Ordinal)));
        }
    }

    /// <summary>The duty as separate lines, one for each piece that can be told apart.</summary>
    public string Split
    {
        get
        {
            var pieces = Pieces();
            if (pieces.Count < 2)
                pieces = PiecesByAction();
            return string.Join('\n', pieces.Take(Most).Select((piece, n) => $"{n + 1}) {char.ToUpperInvariant(piece[0])}{piece[1..]}"));
        }
    }

    // Only a part with an action of its own is work; the rest is a list of things that belongs to the part before.
    private List<string> Pieces()
    {
        var pieces = new List<string>();
        foreach (
            var part in Bare.Split([',', ';', '→', '.'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Take(40)
        )
        {
            if (pieces.Count == 0 || Tokens(part.ToLowerInvariant()).Any(IsAction))
                pieces.Add(part);
            else
                pieces[^1] += ", " + part;
        }
        return pieces;
    }

    // «Making/sending invoices and filing (copies, acts)»: an action goes on to the next one, a bracket or a comma, and shares
    // what it is done to only with one that a stroke joins to it.
    private List<string> PiecesByAction()
    {
        var starts = new List<(int At, int End)>();
        for (int at = 0, end; at < text.Length && starts.Count < Most; at = end + 1)
        {
            end = at;
            while (end < text.Length && char.IsLetterOrDigit(text[end]))
                end++;
            if (IsAction(lower[at..end]))
                starts.Add((at, end));
        }
        var (pieces, shared, until) = (new List<string>(), "…", text.Length);
        foreach (var (at, end) in Enumerable.Reverse(starts))
        {
            var joined = end < until && text[end] == '/' && end + 1 == until;
            var rest = text[end..until];
            if (rest.IndexOfAny(Breaks) is >= 0 and var cut)
                rest = rest[..cut];
            else if (until < text.Length && rest.TrimEnd().LastIndexOf(' ') is >= 0 and var last && rest.TrimEnd().Length - last <= 4)
                rest = rest[..last];
            if (!joined)
                shared = rest.Trim() is { Length: > 0 } own ? own : "…";
            pieces.Add($"{text[at..end]} {shared}");
            until = at;
        }
        return [.. Enumerable.Reverse(pieces).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    private bool IsAction(string token) =>
        token.Length > 3
        && !words.NotActions.Contains(token)
        && (
            words.Actions.Contains(token)
            || words.ActionEndings.Any(e => token.Length > e.Length + 2 && token.EndsWith(e, StringComparison.Ordinal))
        );

    private bool Mentions(string phrase)
    {
        for (
            var at = lower.IndexOf(phrase, StringComparison.Ordinal);
            at >= 0;
            at = lower.IndexOf(phrase, at + 1, StringComparison.Ordinal)
        )
        {
            if (at == 0 || !char.IsLetter(lower[at - 1]) || !char.IsLetter(phrase[0]))
                return true;
        }
        return false;
    }

    // The lists hold stems; a person is shown the word that stands in their text.
    private string Whole(string stem)
    {
        var at = lower.IndexOf(stem, StringComparison.Ordinal);
        var end = at + stem.Length;
        while (end < lower.Length && char.IsLetter(lower[end]))
            end++;
        return lower[at..end];
    }

    private static string Outside(string text)
    {
        var kept = new System.Text.StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (c == '(')
                depth++;
            if (depth == 0)
                kept.Append(c);
            if (c == ')' && depth > 0)
                depth--;
        }
        return Blank.Squeeze(kept.ToString()).Replace(" ,", ",", StringComparison.Ordinal);
    }

    /// <summary>Words in order, folded: ё is е for no one but the spelling.</summary>
    public static List<string> Tokens(string lower)
    {
        var (tokens, start) = (new List<string>(), -1);
        for (var at = 0; at <= lower.Length; at++)
        {
            var letter = at < lower.Length && char.IsLetterOrDigit(lower[at]);
            if (letter && start < 0)
                start = at;
            if (letter || start < 0)
                continue;
            tokens.Add(lower[start..at]);
            start = -1;
        }
        return tokens;
    }
}

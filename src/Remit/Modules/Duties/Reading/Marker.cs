namespace Remit.Modules.Duties.Reading;

/// <summary>A number or bullet in front of text: its path (2.3 is [2, 3]), how it is closed, where text begins.</summary>
internal readonly record struct Marker(int[] Path, char Closer, int Length)
{
    private const int MaxDepth = 4;
    private const int MaxDigits = 3;

    /// <summary>Reads a bullet at the start of a line.</summary>
    public static Marker? Bullet(ReadOnlySpan<char> text)
    {
        if (text.Length < 2 || !"-–—•*·▪◦‣●".Contains(text[0]))
            return null;
        // "-5 °C" and "--- cut here" are not bullets; a dot-like bullet needs no space after it.
        return Blank.Is(text[1]) || ("•▪◦‣●".Contains(text[0]) && char.IsLetter(text[1])) ? new([], text[0], 1) : null;
    }

    /// <summary>Reads "1.", "1)", "1.1", "1.1.1." or a CSV cell "1.1;"; a date, an amount or a share is none.</summary>
    public static Marker? Number(ReadOnlySpan<char> text)
    {
        Span<int> path = stackalloc int[MaxDepth];
        var (depth, at) = (0, 0);
        while (depth < MaxDepth)
        {
            if (Component(text, ref at, depth) is not { } n)
                return null;
            path[depth++] = n;
            if (at + 1 >= text.Length || text[at] != '.' || !char.IsAsciiDigit(text[at + 1]))
                break;
            at++;
        }
        var closer = at < text.Length && ".);|,\t".Contains(text[at]) ? text[at++] : '\0';
        return Stands(text[at..], depth, closer) ? new(path[..depth].ToArray(), closer, at) : null;
    }

    private static int? Component(ReadOnlySpan<char> text, ref int at, int depth)
    {
        var (start, n) = (at, 0);
        while (at < text.Length && at - start <= MaxDigits && char.IsAsciiDigit(text[at]))
            n = n * 10 + text[at++] - '0';
        // A leading zero after the first dot is a month, not an item: 12.05.
        var wrong = at == start || at - start > MaxDigits || n == 0 || (depth > 0 && text[start] == '0');
        return wrong ? null : n;
    }

    private static bool Stands(ReadOnlySpan<char> rest, int depth, char closer)
    {
        if (rest.IsEmpty)
            return depth > 1 || closer is '.' or ')';
        if (closer is ',' or '|' or ';' && depth == 1)
            return closer != ',' && !char.IsAsciiDigit(rest[0]);
        if (closer == '\t')
            return true;
        var next = rest.TrimStart();
        if (closer == '\0')
            return depth > 1 && !next.IsEmpty && !char.IsLower(next[0]) && Opens(rest[0], next[0]);
        return Blank.Is(rest[0]) || char.IsLetter(rest[0]) || "«\"“„(".Contains(rest[0]);
    }

    private static bool Opens(char first, char next) =>
        (Blank.Is(first) || char.IsLetter(first)) && (char.IsLetter(next) || "«\"“„(".Contains(next));

    public override string ToString() => string.Join('.', Path);
}

/// <summary>White space and the invisible marks editors leave behind.</summary>
internal static class Blank
{
    public static bool Is(char c) => char.IsWhiteSpace(c) || c is '\uFEFF' or '\u200B';

    /// <summary>Trims, and makes every run of blanks one space.</summary>
    public static string Squeeze(ReadOnlySpan<char> text)
    {
        var squeezed = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!Is(c))
                squeezed.Append(c);
            else if (squeezed.Length > 0 && squeezed[^1] != ' ')
                squeezed.Append(' ');
        }
        if (squeezed.Length > 0 && squeezed[^1] == ' ')
            squeezed.Length--;
        return squeezed.ToString();
    }
}

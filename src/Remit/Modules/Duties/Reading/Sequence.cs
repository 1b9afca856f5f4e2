namespace Remit.Modules.Duties.Reading;

/// <summary>The running numbering: says whether a number continues it, restarts it, or is mere text.</summary>
internal sealed class Sequence
{
    // A list that lost more than this many numbers in a row is less likely than a year, a price or a phone.
    private const int MaxGap = 20;
    private const int LostInLine = 3;

    private static readonly HashSet<string> References = new(StringComparer.OrdinalIgnoreCase)
    {
        "п",
        "пп",
        "пункт",
        "пункта",
        "пункту",
        "пункте",
        "раздел",
        "раздела",
        "версия",
        "версии",
        "ред",
        "стр",
        "ст",
        "см",
        "№",
        "v",
        "ver",
        "version",
        "item",
        "section",
        "no",
        "p",
        "par",
        "see",
        "т",
        "чл",
        "точка",
        "виж",
        "bənd",
        "maddə",
        "bax",
        "рис",
        "табл",
        "приложение",
        "глава",
    };

    private int[]? last;

    public int List { get; private set; }

    /// <summary>At the start of a line a number is trusted unless it jumps absurdly.</summary>
    public bool AcceptsAtStart(int[] path)
    {
        if (last is null)
            return path[0] <= MaxGap;
        if (Restarts(path))
            return true;
        return Math.Abs(path[0] - last[0]) <= MaxGap && path.Skip(1).All(n => n <= 99);
    }

    /// <summary>
    /// Inside a line the very next number is trusted; one further on, or a new list, where a sentence ended before it and
    /// another begins behind it. Never after "see item".
    /// </summary>
    public bool AcceptsInside(Marker marker, ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        var left = before.TrimEnd();
        if (last is null || left.IsEmpty || IsReference(left))
            return false;
        var (path, closed) = (marker.Path, marker.Closer is '.' or ')');
        var ended = ".;!?):".Contains(left[^1]) && !IsReference(left[..^1]);
        if (Next(path))
            return ended || (path.Length > 1 ? closed || marker.Closer == '\0' : closed && last.Length == 1);
        return ended && closed && (Restarts(path) || Further(path)) && after.TrimStart() is [var first, ..] && char.IsUpper(first);
    }

    /// <summary>Moves on to a number that was accepted; true when a new list began.</summary>
    public bool Take(int[] path)
    {
        var restarted = last is not null && Restarts(path);
        if (restarted)
            List++;
        last = path;
        return restarted;
    }

    private bool Restarts(int[] path) =>
        last is not null && path[0] == 1 && (last[0] > 1 || (path.Length == 1 && last.Length > 1)) && path.Skip(1).All(n => n == 1);

    private bool Next(int[] path)
    {
        var depth = path.Length - 1;
        if (path.Length == last!.Length + 1 && path[^1] == 1 && path[..^1].AsSpan().SequenceEqual(last))
            return true;
        if (path.Length == 2 && path[1] == 1 && path[0] == last[0] + 1)
            return true;
        return depth < last.Length && path[depth] == last[depth] + 1 && path.AsSpan(0, depth).SequenceEqual(last.AsSpan(0, depth));
    }

    // A heading or a few duties that got lost on the way.
    private bool Further(int[] path) =>
        path.Length == 2
        && last!.Length == 2
        && (
            path[0] == last[0]
                ? path[1] - last[1] is > 0 and <= LostInLine
                : path[0] - last[0] is > 0 and <= LostInLine && path[1] <= LostInLine
        );

    private static bool IsReference(ReadOnlySpan<char> left)
    {
        left = left.TrimEnd('.');
        var start = left.Length;
        while (start > 0 && left.Length - start < 12 && (char.IsLetter(left[start - 1]) || left[start - 1] == '№'))
            start--;
        return start < left.Length && References.Contains(left[start..].ToString());
    }
}

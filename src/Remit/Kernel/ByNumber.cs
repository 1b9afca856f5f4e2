namespace Remit.Kernel;

/// <summary>Orders numbers of duties as people read them: 1.9 before 1.10. The platform's own numeric order needs locale data.</summary>
public sealed class ByNumber : IComparer<string>
{
    public static readonly ByNumber One = new();

    public int Compare(string? x, string? y)
    {
        var (a, b) = ((x ?? "").Split('.'), (y ?? "").Split('.'));
        for (var at = 0; at < Math.Min(a.Length, b.Length); at++)
            if (Part(a[at], b[at]) is var order and not 0) return order;
        return a.Length.CompareTo(b.Length);
    }

    // Longer digits are the larger number; a word comes after every number.
    private static int Part(string a, string b)
    {
        var (first, second) = (IsNumber(a), IsNumber(b));
        if (first != second) return first ? -1 : 1;
        if (!first) return string.CompareOrdinal(a, b);
        (a, b) = (a.TrimStart('0'), b.TrimStart('0'));
        return a.Length != b.Length ? a.Length.CompareTo(b.Length) : string.CompareOrdinal(a, b);
    }

    private static bool IsNumber(string part) => part.Length > 0 && part.All(char.IsAsciiDigit);
}

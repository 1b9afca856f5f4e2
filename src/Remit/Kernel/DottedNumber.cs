namespace Remit.Kernel;

/// <summary>Orders item numbers as people count: 1.9 before 1.10, whatever stands between the digits.</summary>
public sealed class DottedNumber : IComparer<string>
{
    public static readonly DottedNumber Order = new();

    public int Compare(string? x, string? y)
    {
        var (left, right) = (Parts(x), Parts(y));
        for (var i = 0; i < Math.Min(left.Length, right.Length); i++)
            if (Part(left[i], right[i]) is not 0 and var differs) return differs;
        return left.Length.CompareTo(right.Length);
    }

    private static string[] Parts(string? text) => (text ?? "").Split('.', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static int Part(string a, string b) =>
        long.TryParse(a, out var x) && long.TryParse(b, out var y) ? x.CompareTo(y) : string.CompareOrdinal(a, b);
}

using System.Globalization;

namespace Remit.Kernel;

/// <summary>A calendar month, the unit in which work is closed and pay is counted.</summary>
public readonly record struct Month(int Year, int Number) : IComparable<Month>
{
    public DateOnly First => new(Year, Number, 1);
    public DateOnly Last => First.AddMonths(1).AddDays(-1);
    public Month Next => Of(First.AddMonths(1));
    public Month Previous => Of(First.AddMonths(-1));

    /// <summary>Year × 12 + month, an orderable number for columns.</summary>
    public int Index => Year * 12 + Number - 1;

    public static Month Of(DateOnly day) => new(day.Year, day.Month);

    public static Month FromIndex(int index) => new(index / 12, index % 12 + 1);

    public bool Contains(DateOnly day) => Of(day) == this;

    public int CompareTo(Month other) => Index.CompareTo(other.Index);

    public override string ToString() => $"{Year:0000}-{Number:00}";

    /// <summary>Reads <c>2026-10</c>; null where the text is no month.</summary>
    public static Month? Read(string? text) =>
        DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.IsPlausible()
            ? Of(day)
            : null;
}

using System.Globalization;

namespace Remit.Kernel;

/// <summary>
/// Money: a whole number of minor units (kopecks, stotinki, qəpik, cents) of one currency. Never a float, never a
/// decimal column: sums are exact because they are integers. Adding two currencies is refused by an exception,
/// since no caller may do it by mistake.
/// </summary>
/// <param name="Minor">Minor units; every currency Remit knows has two digits.</param>
/// <param name="Currency">ISO 4217 letter code: RUB, BYN, EUR, BGN, AZN, USD.</param>
public readonly record struct Amount(long Minor, string Currency) : IComparable<Amount>
{
    public static Amount Zero(string currency) => new(0, currency);

    public static Amount operator +(Amount a, Amount b) => new(checked(a.Minor + Same(a, b).Minor), a.Currency);

    public static Amount operator -(Amount a, Amount b) => new(checked(a.Minor - Same(a, b).Minor), a.Currency);

    public static Amount operator -(Amount a) => new(checked(-a.Minor), a.Currency);

    /// <summary>This amount times a fraction, rounded once, half away from zero, as payroll rules do.</summary>
    public Amount Times(long numerator, long denominator) =>
        new((long)Math.Round((decimal)Minor * numerator / denominator, MidpointRounding.AwayFromZero), Currency);

    public Amount Times(decimal factor) => new((long)Math.Round(Minor * factor, MidpointRounding.AwayFromZero), Currency);

    public int CompareTo(Amount other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>With a dot and two digits, no grouping: <c>-1234.50</c>. For files, JSON and tests, not for people.</summary>
    public string Plain()
    {
        var whole = Math.Abs((decimal)Minor) / 100m;
        return (Minor < 0 ? "-" : "") + whole.ToString("0.00", CultureInfo.InvariantCulture);
    }

    public override string ToString() => $"{Plain()} {Currency}";

    private static Amount Same(Amount a, Amount b) =>
        a.Currency == b.Currency
            ? b
            : throw new InvalidOperationException($"Amounts of {a.Currency} and {b.Currency} do not add up without a rate.");
}

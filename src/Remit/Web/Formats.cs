using System.Globalization;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>Numbers, money and days as people of the four languages write them. Needs no ICU on the machine.</summary>
public static class Formats
{
    private const char Thin = '\u00a0';

    public static string Any(object? value, T t) =>
        value switch
        {
            null => "",
            Amount amount => Money(amount, t),
            Rate rate => Grouped(rate.Milli / 100_000m, "#,0.00###", t) + Thin + Sign(rate.Currency),
            DateOnly day => Day(day, t),
            DateTime moment => Day(DateOnly.FromDateTime(moment), t),
            Month month => MonthName(month, t),
            long or int => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture), t),
            decimal d => Grouped(d, "#,0.##", t),
            string key when t.Has(key) => t[key],
            Refusal reason => t.Of(reason),
            Titled record => Titles.Named(record.Record, record.Title, t),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    /// <summary><c>48 200,00 ₽</c>; in English <c>₽48,200.00</c> stays with the sign behind, as tables need it.</summary>
    public static string Money(Amount amount, T t)
    {
        var plain = Math.Abs((decimal)amount.Minor) / 100m;
        var digits = plain.ToString("#,0.00", CultureInfo.InvariantCulture);
        if (t.Language != "en")
            digits = digits.Replace(',', Thin).Replace('.', ',');
        return (amount.Minor < 0 ? "−" : "") + digits + Thin + Sign(amount.Currency);
    }

    /// <summary>An amount as one types it: <c>48200,00</c>, in English <c>48200.00</c>.</summary>
    public static string Typed(Amount amount, T t) => t.Language == "en" ? amount.Plain() : amount.Plain().Replace('.', ',');

    public static string Number(long n, T t)
    {
        var digits = n.ToString("#,0", CultureInfo.InvariantCulture).Replace('-', '−');
        return t.Language == "en" ? digits : digits.Replace(',', Thin);
    }

    /// <summary>The size of a file: 840 B, 12 KB, 3.4 MB.</summary>
    public static string Size(long bytes, T t) =>
        bytes switch
        {
            < 1024 => $"{bytes}{Thin}{t["size.b"]}",
            < 1 << 20 => $"{(bytes + 1023) / 1024}{Thin}{t["size.kb"]}",
            _ => $"{Any(Math.Round(bytes / (decimal)(1 << 20), 1), t)}{Thin}{t["size.mb"]}",
        };

    /// <summary>Thousandths as people write a quantity: 2, 1,5 or 0,667, with no digit that says nothing.</summary>
    public static string Quantity(long milli, T t) => Grouped(milli / 1000m, "#,0.###", t);

    /// <summary>Hundredths in a field, without grouping or digits that say nothing: 55, 55,50.</summary>
    public static string Typed(long hundredths, T t) => Written(hundredths / 100m, hundredths % 100 == 0 ? "0" : "0.00", t);

    /// <summary>A rate in a field: 12,50 or 0,115.</summary>
    public static string Typed(Rate rate, T t) => Written(rate.Milli / 100_000m, "0.00###", t);

    /// <summary>A quantity in a field: 2, 1,5 or 0,667.</summary>
    public static string Typed(decimal n, T t) => Written(n, "0.####", t);

    private static string Written(decimal n, string format, T t)
    {
        var text = n.ToString(format, CultureInfo.InvariantCulture);
        return t.Language == "en" ? text : text.Replace('.', ',');
    }

    private static string Grouped(decimal n, string format, T t)
    {
        var text = n.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
        return t.Language == "en" ? text : text.Replace(',', Thin).Replace('.', ',');
    }

    public static string Day(DateOnly day, T t) =>
        t.Language == "en"
            ? day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
            : day.ToString("dd.MM.yyyy", CultureInfo.InvariantCulture);

    /// <summary>A moment by the clock of the one who reads: <c>26.11.2026 09:40</c>.</summary>
    public static string Moment(DateTime moment, Screen screen)
    {
        var local = screen.Local(moment);
        return $"{Day(DateOnly.FromDateTime(local), screen.T)} {local:HH:mm}";
    }

    public static string MonthName(Month month, T t) => $"{t["month." + month.Number]} {month.Year}";

    /// <summary>The sign of a currency, its letters where it has none.</summary>
    public static string Sign(string currency) =>
        currency switch
        {
            "RUB" => "₽",
            "EUR" => "€",
            "USD" => "$",
            "AZN" => "₼",
            "BGN" => "лв.",
            "BYN" => "Br",
            _ => currency,
        };
}

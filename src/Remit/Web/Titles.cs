using System.Text.Json;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>What records are called, wherever a sentence names one.</summary>
public static class Titles
{
    /// <summary>Text key <c>entity.{record}</c>.</summary>
    public static string Entity(string record, T t) => t.Has("entity." + Snake(record)) ? t["entity." + Snake(record)] : record;

    /// <summary>A record by its title; a title of figures alone, such as a month or a day, says first what it is.</summary>
    public static string Named(string record, string title, T t) =>
        title.Length == 0 ? Entity(record, t)
        : title.Split(" · ").Any(p => p.Any(char.IsLetter) && Sum(p) is null) ? Said(title, t)
        : $"{Entity(record, t)} · {Said(title, t)}";

    /// <summary>A title with its months, days and sums as the reader writes them.</summary>
    public static string Said(string title, T t) => string.Join(" · ", title.Split(" · ").Select(p => Figure(p, t)));

    private static string Figure(string part, T t) =>
        Month.Read(part) is { } month ? Formats.MonthName(month, t)
        : DateOnly.TryParseExact(part, "yyyy-MM-dd", out var day) ? Formats.Day(day, t)
        : Sum(part) is { } sum ? Formats.Money(sum, t)
        : part;

    // «9800.00 RUB»: an amount as a title holds it.
    private static Amount? Sum(string part) =>
        part.Split(' ') is [[.. var whole, '.', _, _] number, { Length: 3 } currency]
        && currency.All(char.IsAsciiLetterUpper)
        && long.TryParse(whole + number[^2..], out var minor)
            ? new Amount(minor, currency)
            : null;

    internal static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

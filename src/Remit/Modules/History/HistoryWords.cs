using System.Text.Json;
using Microsoft.EntityFrameworkCore.Metadata;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.History;

/// <summary>What records and their properties are called in a history: the trade's words, never the program's names.</summary>
public static class HistoryWords
{
    // Keys, seals and marks of the program itself: they say nothing to a person.
    private static readonly HashSet<string> unseen =
    [
        "Id",
        nameof(IVersioned.Version),
        "Folded",
        "Fingerprint",
        "Uid",
        "Path",
        "Sha256",
        "ImportId",
        "ChainId",
        "Says",
        "Told",
        "Continues",
        "Reminded",
        "LastStep",
        "Tries",
        "TriesFrom",
        // Whoever has one of these addresses is let in by it.
        "Link",
        "Feed",
    ];

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

    /// <summary>Text key <c>property.{record}.{property}</c> where the word differs for this record, else <c>property.{property}</c>.</summary>
    public static string Property(string record, string property, T t) => t[Key(record, Bare(property), t)];

    public static bool Shown(string property) =>
        !unseen.Contains(property) && !Undo.IsSecret(property) && !property.EndsWith(".Currency", StringComparison.Ordinal);

    /// <summary>The text key of an enum's value, such as <c>visit.state.Done</c>; null where there is none.</summary>
    public static string? Value(Type type, string value, T t)
    {
        var words = Snake(type.Name);
        return new[]
        {
            $"{words.Replace('_', '.')}.{value}",
            $"{words}.{value}",
            $"value.{words}.{Snake(value)}",
            Prefix(type) + value,
        }.FirstOrDefault(t.Has);
    }

    /// <summary>What a history could not name, for the test that lets nothing be missing.</summary>
    public static IEnumerable<string> Missing(IModel model, T t)
    {
        foreach (var entity in model.GetEntityTypes().Where(e => typeof(IRecord).IsAssignableFrom(e.ClrType)))
        {
            var record = entity.ClrType.Name;
            if (!t.Has("entity." + Snake(record)))
                yield return "entity." + Snake(record);
            foreach (
                var name in entity
                    .GetProperties()
                    .Where(p => !NameOrder.IsKey(p))
                    .Select(p => p.Name)
                    .Concat(entity.GetComplexProperties().Select(p => p.Name))
                    .Where(Shown)
            )
                if (!t.Has(Key(record, name, t)))
                    yield return Key(record, name, t) + " (" + record + ")";
            foreach (
                var type in entity
                    .GetProperties()
                    .Where(p => Shown(p.Name))
                    .Select(p => Nullable.GetUnderlyingType(p.ClrType) ?? p.ClrType)
                    .Where(c => c.IsEnum)
                    .Distinct()
            )
            foreach (var value in Enum.GetNames(type))
                if (Value(type, value, t) is null)
                    yield return $"value.{Snake(type.Name)}.{Snake(value)}";
        }
    }

    // Where the type's own name does not lead to its texts.
    private static string Prefix(Type type) =>
        type.Name switch
        {
            "BankLineState" => "bank.state.",
            "CallState" => "release.state.",
            _ => "·",
        };

    private static string Key(string record, string property, T t) =>
        $"property.{Snake(record)}.{Snake(property)}" is var own && t.Has(own) ? own : "property." + Snake(property);

    // An amount is one value of two parts.
    private static string Bare(string property) => property.Split('.')[0];

    internal static string Snake(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

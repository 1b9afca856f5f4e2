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

    /// <summary>Text key <c>property.{record}.{property}</c> where the word differs for this record, else <c>property.{property}</c>.</summary>
    public static string Property(string record, string property, T t) => t[Key(record, Bare(property), t)];

    public static bool Shown(string property) =>
        !unseen.Contains(property) && !Undo.IsSecret(property) && !property.EndsWith(".Currency", StringComparison.Ordinal);

    /// <summary>The text key of an enum's value, such as <c>visit.state.Done</c>; null where there is none.</summary>
    public static string? Value(Type type, string value, T t)
    {
        var words = Titles.Snake(type.Name);
        return new[]
        {
            $"{words.Replace('_', '.')}.{value}",
            $"{words}.{value}",
            $"value.{words}.{Titles.Snake(value)}",
            Prefix(type) + value,
        }.FirstOrDefault(t.Has);
    }

    /// <summary>What a history could not name, for the test that lets nothing be missing.</summary>
    public static IEnumerable<string> Missing(IModel model, T t)
    {
        foreach (var entity in model.GetEntityTypes().Where(e => typeof(IRecord).IsAssignableFrom(e.ClrType)))
        {
            var record = entity.ClrType.Name;
            if (!t.Has("entity." + Titles.Snake(record)))
                yield return "entity." + Titles.Snake(record);
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
                    yield return $"value.{Titles.Snake(type.Name)}.{Titles.Snake(value)}";
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
        $"property.{Titles.Snake(record)}.{Titles.Snake(property)}" is var own && t.Has(own) ? own : "property." + Titles.Snake(property);

    // An amount is one value of two parts.
    private static string Bare(string property) => property.Split('.')[0];
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.History;

/// <summary>Values of journal lines as their reader writes them: money with its currency, days, yes and no, names instead of keys.</summary>
internal sealed class HistorySaid
{
    private const int Longest = 600;
    private readonly AppDb db;
    private readonly Screen screen;
    private readonly Dictionary<Guid, string> names;

    private HistorySaid(AppDb db, Screen screen, Dictionary<Guid, string> names) =>
        (this.db, this.screen, this.names) = (db, screen, names);

    /// <summary>Names are read from the journal itself, so that what is gone still has one; what the reader may not see has none.</summary>
    public static async Task<HistorySaid> Of(AppDb db, Screen screen, Actor actor, IReadOnlyList<JournalEntry> lines)
    {
        var ids = lines
            .SelectMany(l => HistorySight.Raw(l))
            .SelectMany(v => v.Value)
            .Where(v => v.ValueKind == JsonValueKind.String)
            .Select(v => v.TryGetGuid(out var id) ? id : Guid.Empty)
            .Where(id => id != Guid.Empty)
            .Distinct()
            .Take(1000)
            .ToList();
        var names = new Dictionary<Guid, string>();
        foreach (var part in ids.Chunk(200))
        {
            var last = db
                .Journal.SeenBy(actor, db)
                .Where(j => part.Contains(j.RecordId))
                .GroupBy(j => j.RecordId)
                .Select(g => g.Max(j => j.Seq));
            foreach (
                var line in await db
                    .Journal.AsNoTracking()
                    .Where(j => last.Contains(j.Seq))
                    .Select(j => new { j.RecordId, j.Title })
                    .ToListAsync()
            )
                names[line.RecordId] = line.Title;
        }
        return new(db, screen, names);
    }

    public IReadOnlyList<HistoryValue> Values(JournalEntry line, Actor actor) =>
        [
            .. from value in HistorySight.Seen(line, actor)
            let currency = Currency(line, value.Key)
            select new HistoryValue(
                value.Key,
                HistoryWords.Property(line.Record, value.Key, screen.T),
                Say(line.Record, value.Key, value.Value[0], currency),
                Say(line.Record, value.Key, value.Value[1], currency)
            ),
        ];

    private string? Say(string record, string name, JsonElement value, string currency)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined)
            return null;
        var type = TypeOf(record, name);
        if (type == typeof(bool))
            return screen.T[value.ValueKind == JsonValueKind.True ? "value.yes" : "value.no"];
        if (type == typeof(Guid) && value.TryGetGuid(out var id))
            return names.GetValueOrDefault(id, "…");
        if (type == typeof(DateOnly) && DateOnly.TryParse(value.GetString(), out var day))
            return Formats.Day(day, screen.T);
        if (type == typeof(DateTime) && value.TryGetDateTime(out var at))
            return Moment(name, at);
        if (type is { IsEnum: true })
            return Enumerated(type, value);
        return value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var n)
            ? Number(name, n, currency)
            : Text(name, value.ToString());
    }

    // An appointment is kept as the clock on the wall shows it; every other moment in UTC.
    private string Moment(string name, DateTime at)
    {
        var local = name is "StartsAt" or "EndsAt" ? at : screen.Firm!.Local(at);
        return $"{Formats.Day(DateOnly.FromDateTime(local), screen.T)} {local:HH:mm}";
    }

    private string Enumerated(Type type, JsonElement value)
    {
        var name = value.ValueKind == JsonValueKind.Number ? Enum.GetName(type, value.GetInt32()) : value.GetString();
        return name is not null && HistoryWords.Value(type, name, screen.T) is { } key ? screen.T[key] : name ?? "";
    }

    private string Number(string name, long n, string currency) =>
        name switch
        {
            _ when name.EndsWith("Minor", StringComparison.Ordinal) => Formats.Money(new Amount(n, currency), screen.T),
            _ when name.EndsWith("BasisPoints", StringComparison.Ordinal) => Formats.Quantity(n * 10, screen.T) + " %",
            _ when name.EndsWith("Milli", StringComparison.Ordinal) => Formats.Quantity(n, screen.T),
            "MonthIndex" or "RecordedMonth" or "Index" => Formats.MonthName(Month.FromIndex((int)n), screen.T),
            "Size" => Formats.Size(n, screen.T),
            "Year" or "Port" => $"{n}",
            _ => Formats.Number(n, screen.T),
        };

    private string Text(string name, string text)
    {
        var key = name switch
        {
            "Country" => "country." + text,
            "Language" => "lang." + text,
            "Unit" => "unit." + text,
            "RecordKind" => "record." + text,
            "Direction" => "bank.direction." + text,
            "Trigger" or "Condition" or "Fact" or "Code" => "fact." + text,
            _ => text,
        };
        return text.Length > 0 && screen.T.Has(key) ? screen.T[key]
            : text.Length > Longest ? text[..Longest] + "…"
            : text;
    }

    private Type? TypeOf(string record, string name)
    {
        var entity = db.Model.GetEntityTypes().FirstOrDefault(t => t.ClrType.Name == record);
        var dot = name.IndexOf('.');
        var type =
            dot < 0
                ? entity?.FindProperty(name)?.ClrType
                : entity?.FindComplexProperty(name[..dot])?.ComplexType.FindProperty(name[(dot + 1)..])?.ClrType;
        return type is null ? null : Nullable.GetUnderlyingType(type) ?? type;
    }

    // The currency stands beside its amount, or in the record, or is the firm's own.
    private string Currency(JournalEntry line, string name)
    {
        var raw = HistorySight.Raw(line);
        foreach (var key in (string[])[name.Split('.')[0] + ".Currency", "Total.Currency", "Sum.Currency", "Currency"])
            if (
                raw.TryGetValue(key, out var pair)
                && pair.FirstOrDefault(v => v.ValueKind == JsonValueKind.String) is { ValueKind: JsonValueKind.String } said
            )
                return said.GetString()!;
        return screen.Firm!.Currency;
    }
}

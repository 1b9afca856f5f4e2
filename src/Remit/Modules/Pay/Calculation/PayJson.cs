using System.Globalization;
using System.Text;
using System.Text.Json;
using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>A month's pay as JSON for payroll programs: every amount with its parts, every leaf with its entries.</summary>
public static class PayJson
{
    public static string Write(Month month, IEnumerable<PayResult> people)
    {
        using var stream = new MemoryStream();
        Write(stream, month, people);
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    public static void Write(Stream stream, Month month, IEnumerable<PayResult> people)
    {
        using var json = new Utf8JsonWriter(stream);
        json.WriteStartObject();
        json.WriteString("month", month.ToString());
        json.WriteStartArray("people");
        foreach (var person in people)
            Person(json, person);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Person(Utf8JsonWriter json, PayResult result)
    {
        json.WriteStartObject();
        json.WriteString("person", result.Person);
        Money(json, "total", result.Total.Amount);
        json.WriteStartObject("held");
        Sum(json, result.Held.Amount);
        Inside(json, result.Held);
        json.WritePropertyName("why");
        Node(json, result.Total);
        json.WriteEndObject();
    }

    private static void Node(Utf8JsonWriter json, Why why)
    {
        json.WriteStartObject();
        Inside(json, why);
    }

    private static void Inside(Utf8JsonWriter json, Why why)
    {
        json.WriteString("label", why.Label);
        Values(json, why.Values);
        Money(json, "amount", why.Amount);
        if (why.Note is not null)
            json.WriteString("note", why.Note);
        json.WriteStartArray("parts");
        foreach (var part in why.Parts)
            Node(json, part);
        json.WriteEndArray();
        json.WriteStartArray("entries");
        foreach (var id in why.Entries)
            json.WriteStringValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, IReadOnlyDictionary<string, object?> values)
    {
        if (values.Count == 0)
            return;
        json.WriteStartObject("values");
        foreach (var (name, value) in values)
            json.WriteString(name, Text(value));
        json.WriteEndObject();
    }

    private static void Money(Utf8JsonWriter json, string name, Amount amount)
    {
        json.WriteStartObject(name);
        Sum(json, amount);
        json.WriteEndObject();
    }

    private static void Sum(Utf8JsonWriter json, Amount amount)
    {
        json.WriteNumber("minor", amount.Minor);
        json.WriteString("currency", amount.Currency);
    }

    private static string? Text(object? value) =>
        value switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            // In whole units of the currency: 12.5 roubles a point.
            Rate rate => (rate.Milli / 100_000m).ToString("0.#####", CultureInfo.InvariantCulture),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => value?.ToString(),
        };
}

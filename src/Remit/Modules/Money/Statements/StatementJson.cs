using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Remit.Kernel;

namespace Remit.Modules.Money.Statements;

/// <summary>Writes a statement as JSON: amounts as strings with a dot, dates as ISO, Cyrillic as it is.</summary>
public static class StatementJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(Statement statement)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Options))
        {
            json.WriteStartObject();
            json.WriteString("format", statement.Format);
            json.WriteString("version", statement.Version);
            json.WriteString("encoding", statement.Encoding);
            json.WriteStartArray("accounts");
            foreach (var account in statement.Accounts)
                Write(json, account);
            json.WriteEndArray();
            json.WriteStartArray("documents");
            foreach (var document in statement.Documents)
                Write(json, document);
            json.WriteEndArray();
            json.WriteStartArray("warnings");
            foreach (var warning in statement.Warnings)
            {
                json.WriteStartObject();
                json.WriteNumber("line", warning.Line);
                json.WriteString("text", warning.Text);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, StatementAccount account)
    {
        json.WriteStartObject();
        json.WriteString("account", account.Account);
        json.WriteString("opening", Plain(account.Opening));
        json.WriteString("in", Plain(account.In));
        json.WriteString("out", Plain(account.Out));
        json.WriteString("closing", Plain(account.Closing));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Document document)
    {
        json.WriteStartObject();
        json.WriteString("type", document.Type);
        json.WriteString("number", document.Number);
        json.WriteString("date", (document.BookedOn ?? document.Date)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("amount", Plain(document.AmountMinor));
        json.WriteString("currency", document.Currency);
        json.WriteString(
            "direction",
            document.Direction switch
            {
                Direction.In => "in",
                Direction.Out => "out",
                Direction.Own => "own",
                _ => "unknown",
            }
        );
        Write(json, "payer", document.Payer);
        Write(json, "payee", document.Payee);
        json.WriteString("purpose", document.Purpose);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string side, Party party)
    {
        json.WriteStartObject(side);
        json.WriteString("name", party.Name);
        json.WriteString("inn", party.Inn);
        json.WriteString("account", party.Account);
        json.WriteString("bic", party.Bic);
        json.WriteEndObject();
    }

    private static string? Plain(long? minor) => minor is { } value ? new Amount(value, "").Plain() : null;
}

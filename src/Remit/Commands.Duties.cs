using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Remit.Modules.Duties.Reading;
using Remit.Web;

namespace Remit;

public static partial class Commands
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static Task<int> Duties(string[] args)
    {
        var file = FileOf(args, "duties", "read");
        var language = Language(args) ?? "en";
        var list = DutyReviewer.Review(DutyListReader.Read(TextFile.Read(file), file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)));
        Console.WriteLine(args.Contains("--json") ? Json(list, new T(language)) : Plain(list, new T(language)));
        return Task.FromResult(0);
    }

    private static string Json(DutyList list, T t)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Readable))
        {
            json.WriteStartObject();
            json.WriteStartArray("sections");
            foreach (var section in list.Sections)
                Write(json, section, t);
            json.WriteEndArray();
            json.WriteStartArray("unplaced");
            foreach (var one in list.Unplaced)
                Write(json, one.Line, one.Text, t[one.Reason]);
            json.WriteEndArray();
            json.WriteStartArray("findings");
            foreach (var finding in list.Findings)
                Write(json, finding.Line, null, Say(t, finding.Key, finding.Values));
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

    private static void Write(Utf8JsonWriter json, DutySection section, T t)
    {
        json.WriteStartObject();
        json.WriteNumber("list", section.ListIndex);
        json.WriteString("number", section.Number);
        json.WriteString("title", section.Title);
        json.WriteStartArray("items");
        foreach (var item in section.Items)
        {
            json.WriteStartObject();
            json.WriteString("number", item.Number);
            json.WriteString("text", item.Text);
            if (item.HasGluedWords)
                json.WriteString("parted", item.Repaired);
            if (item.Given != DutyGiven.Nothing)
                Write(json, item.Given);
            json.WriteStartArray("flags");
            foreach (var flag in item.Flags)
            {
                json.WriteStartObject();
                json.WriteString("code", flag.Code);
                json.WriteString("reason", Say(t, flag.ReasonKey, flag.Values));
                json.WriteString("suggestion", flag.Suggestion);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, DutyGiven given)
    {
        json.WriteStartObject("given");
        foreach (
            var (name, value) in new[]
            {
                ("unit", given.Unit),
                ("result", given.Result),
                ("proof", given.Proof),
                ("position", given.Position),
                ("frequency", $"{given.Frequency}"),
            }
        )
            if (value.Length > 0)
                json.WriteString(name, value);
        foreach (var (name, value) in new[] { ("minutes", given.Minutes), ("complexity", given.Complexity), ("points", given.Points) })
            if (value is { } number)
                json.WriteNumber(name, number);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, int line, string? text, string reason)
    {
        json.WriteStartObject();
        json.WriteNumber("line", line);
        if (text is not null)
            json.WriteString("text", text);
        json.WriteString("reason", reason);
        json.WriteEndObject();
    }

    private static string Plain(DutyList list, T t)
    {
        var lines = new List<string>();
        foreach (var section in list.Sections)
        {
            if (section.Number.Length + section.Title.Length > 0)
                lines.Add($"{section.Number} {section.Title}".Trim());
            foreach (var item in section.Items)
            {
                lines.Add($"  {item.Number} {item.Repaired}");
                if (item.Given != DutyGiven.Nothing)
                    lines.Add("      " + string.Join(" · ", Said(item.Given, t).Where(s => s.Length > 0)));
                foreach (var flag in item.Flags)
                {
                    lines.Add($"      ! {Say(t, flag.ReasonKey, flag.Values)}");
                    if (flag.Suggestion is not null)
                        lines.Add($"        → {flag.Suggestion}");
                }
            }
        }
        lines.AddRange(list.Findings.Select(f => $"{f.Line}: {Say(t, f.Key, f.Values)}"));
        lines.AddRange(list.Unplaced.Select(u => $"{u.Line}: {t[u.Reason]} {u.Text}"));
        return string.Join('\n', lines);
    }

    private static string[] Said(DutyGiven given, T t) =>
        [
            given.Position,
            given.Frequency is { } f ? t["frequency." + f] : "",
            given.Minutes is { } m ? t["duty.compare.minutes", ("n", m)] : "",
            given.Unit,
            given.Result,
            given.Proof,
        ];

    private static string Say(T t, string key, IReadOnlyDictionary<string, string> values) =>
        t[key, [.. values.Select(v => (v.Key, (object?)v.Value))]];
}

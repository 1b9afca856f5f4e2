using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Remit.Modules.Duties.Reading;
using Remit.Web;

namespace Remit;

public static partial class Commands
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions ListJson = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Converters = { new JsonStringEnumConverter() },
    };

    private static Task<int> Duties(string[] args)
    {
        var file = FileOf(args, "duties", "read");
        var language = Language(args) ?? "en";
        var list = DutyReviewer.Review(DutyListReader.Read(TextFile.Read(file), file.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)));
        Console.WriteLine(
            args.Contains("--json")
                ? JsonSerializer.Serialize(DutyListJson.Of(list, new T(language)), ListJson)
                : Plain(list, new T(language))
        );
        return Task.FromResult(0);
    }

    private static string Plain(DutyList list, T t)
    {
        var lines = new List<string>();
        foreach (var section in list.Sections)
        {
            if (section.Number.Length + section.Title.Length > 0)
                lines.Add($"{section.Number} {section.Repaired}".Trim());
            foreach (var item in section.Items)
            {
                lines.Add($"  {item.Number} {item.Repaired}");
                if (item.Given != DutyGiven.Nothing)
                    lines.Add("      " + string.Join(" · ", Said(item.Given, t).Where(s => s.Length > 0)));
                foreach (var flag in item.Flags)
                {
                    lines.Add($"      ! {t.Say(flag.ReasonKey, flag.Values)}");
                    if (flag.Suggestion is not null)
                        lines.Add($"        → {flag.Suggestion}");
                }
            }
        }
        lines.AddRange(list.Findings.Select(f => $"{f.Line}: {t.Say(f.Key, f.Values)}"));
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
}

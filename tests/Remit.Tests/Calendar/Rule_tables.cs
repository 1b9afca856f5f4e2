using System.Text.Json;
using System.Text.RegularExpressions;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Tests.Kernel;

namespace Remit.Tests.Calendar;

/// <summary>The tables of expected times that lie beside the project; skipped where they do not.</summary>
public sealed partial class Rule_tables
{
    [Theory]
    [InlineData("rrule/libical_icalrecur_half1.txt"), InlineData("rrule/icalrecur_test_rscale.txt")]
    public void The_tables_of_rules_come_out_as_written(string path)
    {
        if (Samples.Find(path) is not { } file)
            return;
        var wrong = new List<string>();
        var cases = 0;
        foreach (var block in File.ReadAllText(file).Replace("\r", "").Split("\n\n"))
        {
            var fields = block
                .Split('\n')
                .Select(l => l.Split(':', 2))
                .Where(p => p.Length == 2 && !p[0].StartsWith('#'))
                .ToLookup(p => p[0].Trim(), p => p[1].Trim());
            if (fields["RRULE"].FirstOrDefault() is not { } text || fields["INSTANCES"].FirstOrDefault() is not { } expected)
                continue;
            var rule = Rule.Parse(text);
            cases++;
            if (rule is null)
            {
                // Another calendar scale and skipping are RFC 7529, which is not reckoned here; the rest break the grammar.
                if (!text.Contains("RSCALE") && !expected.StartsWith("***", StringComparison.Ordinal))
                    wrong.Add($"{text}: not understood");
                continue;
            }
            if (expected.StartsWith("***", StringComparison.Ordinal))
            {
                wrong.Add($"{text}: should be refused: {expected}");
                continue;
            }
            var start = TimeValue.Parse(fields["DTSTART"].First(), null)!.Value;
            if (start.IsDate)
                rule = rule.OfDays();
            var want = expected.TrimEnd(',').Split(',');
            string[] Got(long from) =>
                [
                    .. rule.Walk(start.Local, Zone.Utc, from)
                        .Take(want.Length + (rule.Count is null && rule.Until is null ? 0 : 1))
                        .Select(l => (start with { Local = l }).Text),
                ];
            var got = Got(start.Local);
            // A walk that begins in the middle gives the rest, whatever it jumped over.
            var middle = TimeValue.Parse(want[want.Length / 2], null)!.Value.Local;
            if (!Got(middle).Take(want.Length - want.Length / 2).SequenceEqual(want.Skip(want.Length / 2)))
                wrong.Add($"{text} from its middle");
            if (!want.SequenceEqual(got))
                wrong.Add($"{text} from {start.Text}\n   want {string.Join(',', want)}\n   got  {string.Join(',', got)}");
        }
        Assert.True(cases > 0);
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {cases}\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void The_expected_times_of_whole_calendars_come_out()
    {
        if (Samples.Find("ics-recurrence/EXPECTED.json") is not { } file)
            return;
        var wrong = new List<string>();
        foreach (var calendar in JsonDocument.Parse(File.ReadAllText(file)).RootElement.EnumerateObject())
        {
            var path = Path.Combine(Path.GetDirectoryName(file)!, calendar.Name);
            if (!File.Exists(path))
                continue;
            var root = ContentReader.Read(File.ReadAllBytes(path)).Components[0];
            foreach (var test in calendar.Value.EnumerateArray())
            {
                var (from, to) = (
                    TimeValue.Parse(test.GetProperty("from").GetString(), null)!.Value.Local,
                    TimeValue.Parse(test.GetProperty("to").GetString(), null)!.Value.Local
                );
                var want = test.GetProperty("occurrences")
                    .EnumerateArray()
                    .Select(o => Start.Match(o.GetString()!).Value)
                    .Distinct()
                    .Order()
                    .ToList();
                var got = Series
                    .Of(root, Zone.Utc)
                    .SelectMany(s => s.Between(from - 2 * Civil.Day, to + 2 * Civil.Day))
                    .Where(o => o.Local.Local >= from && o.Local.Local < to)
                    .Select(o => Shape(o.Local))
                    .Distinct()
                    .Order()
                    .ToList();
                if (!want.SequenceEqual(got))
                    wrong.Add(
                        $"{calendar.Name} {test.GetProperty("test")} {from}-{to}\n  missing {string.Join(' ', want.Except(got).Take(12))}\n  extra {string.Join(' ', got.Except(want).Take(12))} ({want.Count}/{got.Count})"
                    );
            }
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static string Shape(TimeValue time) => time.Text.TrimEnd('Z');

    [GeneratedRegex(@"^\d{8}(T\d{6})?")]
    private static partial Regex Start { get; }
}

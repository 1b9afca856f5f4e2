using System.Text.Json.Serialization;
using Remit.Web;

namespace Remit.Modules.Duties.Reading;

/// <summary>A raw list as it was read, for other programs: the API and <c>duties read --json</c> say the same.</summary>
public sealed record DutyListJson(
    IReadOnlyList<DutySectionJson> Sections,
    IReadOnlyList<UnplacedJson> Unplaced,
    IReadOnlyList<FindingJson> Findings
)
{
    public static DutyListJson Of(DutyList list, T t) =>
        new(
            [.. list.Sections.Select(s => Section(s, t))],
            [.. list.Unplaced.Select(u => new UnplacedJson(u.Line, u.Text, t[u.Reason]))],
            [.. list.Findings.Select(f => new FindingJson(f.Line, t.Say(f.Key, f.Values)))]
        );

    private static DutySectionJson Section(DutySection section, T t) =>
        new(section.ListIndex, section.Number, section.Title, [.. section.Items.Select(i => Item(i, t))])
        {
            Parted = section.Repaired == section.Title ? null : section.Repaired,
        };

    private static DutyItemJson Item(DutyItem item, T t) =>
        new()
        {
            Number = item.Number,
            Text = item.Text,
            Parted = item.HasGluedWords ? item.Repaired : null,
            Given = item.Given == DutyGiven.Nothing ? null : DutyGivenJson.Of(item.Given),
            Flags = [.. item.Flags.Select(f => new DutyFlagJson(f.Code, t.Say(f.ReasonKey, f.Values), f.Suggestion))],
        };
}

/// <param name="List">Which list of the text, from 0: a new one begins where numbering starts again.</param>
public sealed record DutySectionJson(int List, string Number, string Title, IReadOnlyList<DutyItemJson> Items)
{
    /// <summary>The title with glued words parted, where some are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parted { get; init; }
}

public sealed record DutyItemJson
{
    public required string Number { get; init; }
    public required string Text { get; init; }

    /// <summary>The text with glued words parted, where some are.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Parted { get; init; }

    /// <summary>What other columns of a table say of it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DutyGivenJson? Given { get; init; }
    public required IReadOnlyList<DutyFlagJson> Flags { get; init; }
}

public sealed record DutyGivenJson
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Unit { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Result { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Proof { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Position { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Frequency? Frequency { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Minutes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Complexity { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Points { get; init; }

    public static DutyGivenJson Of(DutyGiven given)
    {
        static string? Said(string cell) => cell.Length > 0 ? cell : null;
        return new()
        {
            Unit = Said(given.Unit),
            Result = Said(given.Result),
            Proof = Said(given.Proof),
            Position = Said(given.Position),
            Frequency = given.Frequency,
            Minutes = given.Minutes,
            Complexity = given.Complexity,
            Points = given.Points,
        };
    }
}

public sealed record DutyFlagJson(string Code, string Reason, string? Suggestion);

public sealed record UnplacedJson(int Line, string Text, string Reason);

public sealed record FindingJson(int Line, string Reason);

internal static class SaidOfLists
{
    public static string Say(this T t, string key, IReadOnlyDictionary<string, string> values) =>
        t[key, [.. values.Select(v => (v.Key, (object?)v.Value))]];
}

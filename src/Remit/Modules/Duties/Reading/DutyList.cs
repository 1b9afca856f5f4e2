namespace Remit.Modules.Duties.Reading;

/// <summary>What a raw text turned out to hold: duties by section, what fits nowhere, and what seems lost.</summary>
public sealed record DutyList(IReadOnlyList<DutySection> Sections, IReadOnlyList<Unplaced> Unplaced, IReadOnlyList<Finding> Findings)
{
    /// <summary>Every duty of every list, in reading order of sections.</summary>
    public IEnumerable<DutyItem> Items => Sections.SelectMany(s => s.Items);

    /// <summary>How many separate lists the text holds; a new list begins where numbering starts again.</summary>
    public int ListCount => Sections.Count == 0 ? 0 : Sections.Max(s => s.ListIndex) + 1;

    /// <summary>The duties of one list.</summary>
    public IEnumerable<DutyItem> ItemsOf(int list) => Sections.Where(s => s.ListIndex == list).SelectMany(s => s.Items);
}

/// <summary>A numbered group of duties. Title is empty when the heading is lost or the list has no groups.</summary>
/// <param name="Marker">The number exactly as written ("1.", "2)"), empty when nobody wrote it.</param>
public sealed record DutySection(int ListIndex, string Number, string Title, string Marker, IReadOnlyList<DutyItem> Items)
{
    /// <summary>The title with glued words parted.</summary>
    public string Repaired { get; init; } = Title;
}

/// <summary>One duty as written. Text is verbatim but for white space; Repaired has glued words parted.</summary>
/// <param name="Marker">The number or bullet exactly as written, empty in a plain list.</param>
public sealed record DutyItem(string Number, string Text, string Repaired, string Marker, int Line)
{
    /// <summary>Words run together: a slip of copying, not a weakness of the duty, so it is no flag.</summary>
    public bool HasGluedWords => Repaired != Text;

    /// <summary>What else stood beside it in a table.</summary>
    public DutyGiven Given { get; init; } = DutyGiven.Nothing;

    /// <summary>What a careful reader would object to; filled by <see cref="DutyReviewer"/>.</summary>
    public IReadOnlyList<Flag> Flags { get; init; } = [];
}

/// <summary>What a table says of a duty in columns of their own; empty where it has no such column or cell.</summary>
public sealed record DutyGiven(
    string Unit,
    string Result,
    string Proof,
    string Position,
    Frequency? Frequency,
    int? Minutes,
    int? Complexity,
    int? Points
)
{
    public static readonly DutyGiven Nothing = new("", "", "", "", null, null, null, null);
}

/// <summary>Text that is neither a heading nor a duty, with the reason as a text key.</summary>
public sealed record Unplaced(int Line, string Text, string Reason);

/// <summary>Something wrong with the numbering: a lost heading, a missing or repeated number.</summary>
public sealed record Finding(string Key, int ListIndex, int Line, IReadOnlyDictionary<string, string> Values);

/// <summary>One objection to a duty, why, and the wording or step proposed instead.</summary>
public sealed record Flag(string Code, string ReasonKey, IReadOnlyDictionary<string, string> Values, string? Suggestion);

namespace Remit.Modules.Calendar;

/// <summary>Something that stands in a day's column.</summary>
/// <param name="At">The name of the time within its series; empty where it cannot be moved here.</param>
public sealed record Entry(
    string Title,
    string Note,
    string Link,
    string Colour,
    DateTime From,
    DateTime To,
    bool AllDay,
    string At,
    Guid? Item,
    bool Done,
    bool Movable
)
{
    /// <summary>The calendar it stands in; its column, where calendars stand side by side.</summary>
    public Guid? Book { get; init; }

    /// <summary>The same in every calendar that the event stands in; empty where it stands in one by nature.</summary>
    public string Uid { get; init; } = "";

    /// <summary>In how many more of the calendars shown it stands.</summary>
    public int Others { get; init; }

    /// <summary>How it is drawn: <c>busy</c>, <c>hold</c>, <c>confirmed</c>, <c>due</c>, <c>proposed</c>, or as any other.</summary>
    public string Look { get; init; } = "";

    /// <summary>The same moment on the clocks of the others, where they show another time.</summary>
    public string Elsewhere { get; init; } = "";

    /// <summary>The name of a proposal, which is not an event yet.</summary>
    public string? Slot { get; init; }
}

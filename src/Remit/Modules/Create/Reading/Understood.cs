namespace Remit.Modules.Create;

/// <summary>What can be made from one line.</summary>
public enum NewKind
{
    Task,
    Event,
    Visit,
    Client,
    Note,
}

/// <summary>What a line said: what is to be made, when, for how long; the rest of it is whom and what.</summary>
/// <param name="IsCall">Something to be said by telephone: with an hour it stands in the calendar, without one it is a task.</param>
/// <param name="Rest">The words that say no time and no kind, in their order and as they were typed.</param>
public sealed record Understood(
    NewKind Kind,
    bool IsCall,
    bool Remote,
    DateOnly? Day,
    TimeOnly? At,
    int? Minutes,
    string? Phone,
    IReadOnlyList<string> Rest
)
{
    /// <summary>Whether the line names its kind; else it was guessed from what it says.</summary>
    public bool KindSaid { get; init; }
}

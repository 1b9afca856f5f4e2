namespace Remit.Kernel;

/// <summary>Something that someone must do by a day: a task, a paper to chase, a visit to be confirmed.</summary>
/// <param name="Kind">Text key <c>due.{kind}</c>: what sort of thing it is.</param>
/// <param name="Text">What it is about, as people call it.</param>
/// <param name="PersonId">Whose it is; null where nobody has it.</param>
/// <param name="Path">The page where it is dealt with.</param>
/// <param name="DonePath">Where one tap posts to have it done; null where more must be said.</param>
public sealed record Due(
    string Kind,
    Guid Id,
    string Text,
    DateOnly On,
    Guid? PersonId,
    string Path,
    string? DonePath = null,
    bool Urgent = false
)
{
    /// <summary>What can be done to many of its kind at once; null for nothing.</summary>
    public DueActs? Many { get; init; }

    /// <summary>The record it hangs on, where its text need not name it.</summary>
    public (string Kind, Guid Id)? Record { get; init; }

    /// <summary>What people call that record; empty until somebody asked.</summary>
    public string About { get; init; } = "";
}

/// <summary>Acts on many that the list of these records has, in the order they are offered, each with the letter that does it.</summary>
public sealed record DueActs(string List, Permission Needs, params (string Act, string Letter)[] Acts);

/// <summary>Which dues are asked for: those of one person, or everybody's, that fall on a day up to <paramref name="Until"/>.</summary>
public sealed record DueAsk(DateOnly Today, DateOnly Until, Guid? PersonId, int Most = DueAsk.MostOfASort)
{
    public const int MostOfASort = 200;
}

using Remit.Kernel;
using Remit.Modules.Calendar;

namespace Remit.Modules.Planning.Weeks;

/// <summary>Somebody to meet this week, and why.</summary>
/// <param name="Word"><c>client:id</c> or <c>speaker:id</c>.</param>
/// <param name="Place">Where one goes; empty for a call.</param>
/// <param name="Party">When they can be reached.</param>
public sealed record Wish(
    string Word,
    string Name,
    string Place,
    bool Call,
    int Minutes,
    MeetingKind Kind,
    IReadOnlyList<Reason> Reasons,
    Party Party
)
{
    public int Score => Reasons.Sum(r => r.Weight);
    public Guid Id => Guid.Parse(Word.AsSpan(Word.IndexOf(':') + 1));
    public bool IsSpeaker => Word.StartsWith("speaker:", StringComparison.Ordinal);
}

/// <summary>A wish with a time, in UTC.</summary>
public sealed record Slot(Wish Wish, DateTime Start)
{
    public DateTime End => Start.AddMinutes(Wish.Minutes);

    /// <summary>Outside the planner's own hours, because the two have none in common: nobody accepts it unseen.</summary>
    public bool Late { get; init; }
}

/// <summary>The plan: what found a time, in the order of weight, and what did not.</summary>
public sealed record Plan(IReadOnlyList<Slot> Slots, IReadOnlyList<Wish> Left);

public static class Ranking
{
    /// <summary>The weightiest first; equal ones by name, so that the same reasons always give the same order.</summary>
    public static IReadOnlyList<Wish> Of(IEnumerable<Wish> wishes) =>
        [
            .. wishes
                .Where(w => w.Score > 0)
                .OrderByDescending(w => w.Score)
                .ThenBy(w => w.Name, StringComparer.Ordinal)
                .ThenBy(w => w.Word, StringComparer.Ordinal),
        ];
}

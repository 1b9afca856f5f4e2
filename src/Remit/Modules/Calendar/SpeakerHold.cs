using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

public enum HoldState
{
    Held,
    Confirmed,
    Released,
}

/// <summary>
/// A time of a speaker kept for somebody: held, then confirmed or released. It is never deleted, so that one can see
/// later who asked first. Of several for the same time the first wins; the others stand in a row behind it.
/// </summary>
public sealed class SpeakerHold : IVersioned, IGuardsUndo
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid SpeakerId { get; private init; }
    public string What { get; private init; } = "";
    public Guid? ClientId { get; private init; }
    public DateTime StartsAt { get; private init; }
    public DateTime EndsAt { get; private init; }
    public HoldState State { get; private set; }
    public DateTime PlacedAt { get; private init; }
    public Guid? PlacedBy { get; private init; }
    public DateTime? ConfirmedAt { get; private set; }
    public DateTime? ReleasedAt { get; private set; }
    public string Reason { get; private set; } = "";
    public int Version { get; set; }
    public string Title => What;
    public bool Stands => State != HoldState.Released;

    /// <param name="row">The other holds of this speaker.</param>
    public static SpeakerHold Place(
        Speaker speaker,
        string? what,
        (DateTime From, DateTime To) time,
        IEnumerable<SpeakerHold> row,
        (Guid? Client, Guid? By, DateTime Now) how
    )
    {
        Must(time.To > time.From && time.To - time.From <= TimeSpan.FromDays(62), "event.ends_before");
        var hold = new SpeakerHold
        {
            SpeakerId = speaker.Id,
            What = Filled(what, "hold.no_what", "subject"),
            StartsAt = time.From,
            EndsAt = time.To,
            ClientId = how.Client,
            PlacedBy = how.By,
            PlacedAt = how.Now,
        };
        Must(hold.What.Length <= 300, "hold.long");
        hold.MustNotMeetConfirmed(row);
        return hold;
    }

    /// <summary>The first in the row is confirmed; whoever stands behind waits until it is released.</summary>
    public void Confirm(IReadOnlyCollection<SpeakerHold> row, DateTime now)
    {
        Must(State == HoldState.Held, "hold.not_held", ("hold", What));
        MustNotMeetConfirmed(row);
        if (HoldQueue.Ahead(this, row).FirstOrDefault() is { } first)
            throw new Refusal("hold.not_first", ("hold", What), ("first", first.What));
        (State, ConfirmedAt) = (HoldState.Confirmed, now);
    }

    public void Release(string? reason, DateTime now)
    {
        Must(State != HoldState.Released, "hold.released_already", ("hold", What));
        (State, ReleasedAt, Reason) = (HoldState.Released, now, reason?.Trim() ?? "");
        Must(Reason.Length <= 500, "hold.long");
    }

    public bool Overlaps(SpeakerHold other) => SpeakerId == other.SpeakerId && StartsAt < other.EndsAt && other.StartsAt < EndsAt;

    /// <summary>Its place in the row and its history stay true: what was placed is released, not taken back.</summary>
    public Refusal? WhyNotUndo() => new("hold.no_undo", ("hold", What));

    private void MustNotMeetConfirmed(IEnumerable<SpeakerHold> row)
    {
        var taken = row.FirstOrDefault(h => h.Id != Id && h.State == HoldState.Confirmed && h.Overlaps(this));
        Must(taken is null, "hold.taken", ("hold", taken?.What), ("day", taken is null ? null : DateOnly.FromDateTime(taken.StartsAt)));
    }
}

/// <summary>Who stands where in the rows of a speaker's holds. Pure: the same holds give the same rows.</summary>
public static class HoldQueue
{
    /// <summary>The holds that were there before this one and want some of the same time, the first of them first.</summary>
    public static IEnumerable<SpeakerHold> Ahead(SpeakerHold hold, IEnumerable<SpeakerHold> all) =>
        all.Where(h => h.Id != hold.Id && h.Stands && h.Overlaps(hold) && Before(h, hold))
            .OrderBy(h => h.State == HoldState.Confirmed ? 0 : 1)
            .ThenBy(h => h.PlacedAt)
            .ThenBy(h => h.Id);

    /// <summary>1 for who is first; 0 for what was released and stands in no row.</summary>
    public static int Rank(SpeakerHold hold, IEnumerable<SpeakerHold> all) => hold.Stands ? 1 + Ahead(hold, all).Count() : 0;

    /// <summary>Those whose place becomes better when this one goes, with their new rank.</summary>
    public static IReadOnlyList<(SpeakerHold Hold, int Rank)> MovedUpBy(SpeakerHold gone, IReadOnlyCollection<SpeakerHold> all)
    {
        var rest = all.Where(h => h.Id != gone.Id).ToList();
        return [.. rest.Where(h => h.Stands && h.Overlaps(gone) && Before(gone, h)).Select(h => (h, Rank(h, rest)))];
    }

    // A confirmed one stands before every other, whenever it was placed.
    private static bool Before(SpeakerHold one, SpeakerHold other) =>
        one.State != other.State && (one.State == HoldState.Confirmed || other.State == HoldState.Confirmed)
            ? one.State == HoldState.Confirmed
            : (one.PlacedAt, one.Id).CompareTo((other.PlacedAt, other.Id)) < 0;
}

internal sealed class SpeakerHoldTable : IEntityTypeConfiguration<SpeakerHold>
{
    public void Configure(EntityTypeBuilder<SpeakerHold> t)
    {
        t.ToTable("speaker_holds").Ignore(h => h.Title).Ignore(h => h.Stands);
        t.HasIndex(h => new { h.SpeakerId, h.StartsAt });
        t.HasIndex(h => h.ClientId);
    }
}

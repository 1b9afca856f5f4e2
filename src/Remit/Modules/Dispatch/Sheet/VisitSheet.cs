using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>What a programmer notes at the client: when the work began and ended, what it was, who signed for it.</summary>
public sealed class VisitSheet : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid VisitId { get; private init; }
    public DateTime? StartedAt { get; private set; }
    public DateTime? StoppedAt { get; private set; }

    /// <summary>Works and minutes noted so far; empty and 0 until somebody does. They become the visit's when it is finished.</summary>
    public string Works { get; private set; } = "";
    public int NotedMinutes { get; private set; }
    public Guid? NotedBy { get; private set; }

    /// <summary>Who signed, as they gave their name; the signature itself is a file at the visit.</summary>
    public string SignedBy { get; private set; } = "";
    public int Version { get; set; }
    public string Title => SignedBy;

    /// <summary>What the clock says.</summary>
    public int Minutes => StartedAt is { } from && StoppedAt is { } to ? Math.Max(1, (int)Math.Round((to - from).TotalMinutes)) : 0;

    /// <summary>What the page proposes of this sheet, or of none yet.</summary>
    public Dictionary<string, string> Proposed(Visit visit) =>
        new()
        {
            ["works"] = Works.Length > 0 ? Works : visit.Subject,
            ["duration"] = $"{(NotedMinutes > 0 ? NotedMinutes : Minutes > 0 ? Minutes : visit.PlannedMinutes)}",
            ["signed_by"] = SignedBy,
        };

    public static VisitSheet For(Guid visit) => new() { VisitId = visit };

    public void Start(DateTime at)
    {
        Must(StartedAt is null, "sheet.started");
        StartedAt = at;
    }

    public void Stop(DateTime at)
    {
        Must(StartedAt is not null && StoppedAt is null, "sheet.not_running");
        StoppedAt = at < StartedAt ? StartedAt : at;
    }

    public void Note(string? works, int minutes, string? signedBy, Guid? by)
    {
        Must(minutes is >= 0 and <= 24 * 60, "visit.length");
        (Works, NotedMinutes, NotedBy, SignedBy) = (
            works?.Trim() ?? "",
            minutes,
            by,
            signedBy?.Trim() is { Length: <= 200 } given ? given : ""
        );
    }
}

internal static class Sheets
{
    /// <summary>The sheet of a visit, begun when it is first needed.</summary>
    public static async Task<VisitSheet> Sheet(this AppDb db, Guid visit)
    {
        // Asked twice before it is saved, it is one sheet.
        if (
            (
                db.Set<VisitSheet>().Local.FirstOrDefault(s => s.VisitId == visit)
                ?? await db.Set<VisitSheet>().SingleOrDefaultAsync(s => s.VisitId == visit)
            ) is
            { } sheet
        )
            return sheet;
        db.Add(sheet = VisitSheet.For(visit));
        return sheet;
    }
}

internal sealed class VisitSheetTable : IEntityTypeConfiguration<VisitSheet>
{
    public void Configure(EntityTypeBuilder<VisitSheet> t)
    {
        t.ToTable("visit_sheets").Ignore(s => s.Title).Ignore(s => s.Minutes);
        t.HasIndex(s => s.VisitId).IsUnique();
    }
}

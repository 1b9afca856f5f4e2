using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A new version of a product: noted once, told to those who know it and, one by one, to those who use it.</summary>
public sealed class Release : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ProductId { get; private init; }
    public string Number { get; private init; } = "";
    public string Notes { get; private init; } = "";
    public DateOnly On { get; private init; }
    public Guid? NotedBy { get; private init; }
    public string Title => Number;

    public static Release Of(Product product, string? number, string? notes, DateOnly on, Guid? by)
    {
        var release = new Release
        {
            ProductId = product.Id,
            Number = Filled(number, "release.no_number", "release_number"),
            Notes = notes?.Trim() ?? "",
            On = on,
            NotedBy = by,
        };
        Must(release.Number.Length <= 60, "release.long_number");
        return release;
    }
}

public enum CallState
{
    Waiting,
    Wants,
    Declined,
    Has,
}

/// <summary>One client of a release's call round: told or not, and whether they want it.</summary>
public sealed class ReleaseCall : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ReleaseId { get; private init; }
    public Guid ClientId { get; private init; }
    public Guid TaskId { get; private init; }
    public CallState State { get; private set; }
    public DateTime? ToldAt { get; private set; }
    public Guid? ToldBy { get; private set; }
    public int Version { get; set; }
    public string Title => State.ToString();

    public static ReleaseCall To(Release release, Guid client, Guid task) =>
        new()
        {
            ReleaseId = release.Id,
            ClientId = client,
            TaskId = task,
        };

    /// <summary>When the client wants it; null where they did not say.</summary>
    public DateOnly? WantedOn { get; private set; }

    /// <summary>What came of the call, in the caller's words.</summary>
    public string Said { get; private set; } = "";

    /// <summary>When the note for clients went to them by mail.</summary>
    public DateTime? LetterAt { get; private set; }

    public void Told(bool wants, DateOnly? on, string? said, Guid? by, DateTime now) =>
        (State, WantedOn, Said, ToldAt, ToldBy) = (
            wants ? CallState.Wants : CallState.Declined,
            wants ? on : null,
            said is { Length: > 300 } ? said[..300] : said ?? "",
            now,
            by
        );

    public void Has() => State = CallState.Has;

    public void Written(DateTime now) => LetterAt = now;
}

internal sealed class ReleaseTable : IEntityTypeConfiguration<Release>
{
    public void Configure(EntityTypeBuilder<Release> t)
    {
        t.ToTable("releases").Ignore(r => r.Title);
        t.HasIndex(r => new { r.ProductId, r.Number }).IsUnique();
    }
}

internal sealed class ReleaseCallTable : IEntityTypeConfiguration<ReleaseCall>
{
    public void Configure(EntityTypeBuilder<ReleaseCall> t)
    {
        t.ToTable("release_calls").Ignore(c => c.Title);
        t.HasIndex(c => new { c.ReleaseId, c.ClientId });
    }
}

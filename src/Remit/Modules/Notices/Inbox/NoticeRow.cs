using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Web;

namespace Remit.Modules.Notices;

/// <summary>A notice as it lies in a person's list until they are done with it. Not a record of the trade: no journal is kept.</summary>
public sealed class NoticeRow : Kernel.IIdentified
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public NoticeSort Sort { get; private init; }
    public string Key { get; private init; } = "";
    public string Values { get; private set; } = "";
    public string Path { get; private init; } = "";
    public DateTime At { get; private set; }
    public DateTime? DoneAt { get; private set; }

    /// <summary>Out of sight until then.</summary>
    public DateTime? SnoozedUntil { get; private set; }

    /// <summary>When it went in a digest.</summary>
    public DateTime? MailedAt { get; private set; }

    public static NoticeRow Of(Notice notice, DateTime at) =>
        new()
        {
            PersonId = notice.PersonId,
            Sort = notice.Sort,
            Key = notice.Key,
            Values = JsonSerializer.Serialize(notice.Values),
            Path = notice.Path,
            At = at,
        };

    /// <summary>The same happened again before anyone looked: one line, with the latest of it.</summary>
    public void Again(Notice notice, DateTime at) => (Values, At) = (JsonSerializer.Serialize(notice.Values), at);

    public void Done(DateTime now) => DoneAt ??= now;

    public void Reopen() => (DoneAt, SnoozedUntil) = (null, null);

    public void Snooze(DateTime until) => (SnoozedUntil, DoneAt) = (until, null);

    public void Mailed(DateTime now) => MailedAt = now;

    public string Says(T t) =>
        t[Key, [.. JsonSerializer.Deserialize<Dictionary<string, string>>(Values)!.Select(v => (v.Key, Value(v.Key, v.Value)))]];

    // Numbers, days and months travel as plain text under these names and are shown the reader's way.
    private static object? Value(string name, string text) =>
        name switch
        {
            "n" when int.TryParse(text, out var n) => n,
            "day" when DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) => day,
            "month" when Kernel.Month.Read(text) is { } month => month,
            _ => text,
        };
}

internal static class NoticeQueries
{
    /// <summary>Neither done with nor put off.</summary>
    public static IQueryable<NoticeRow> Fresh(this IQueryable<NoticeRow> notices, Guid person, DateTime now) =>
        notices.Where(n => n.PersonId == person && n.DoneAt == null && (n.SnoozedUntil == null || n.SnoozedUntil <= now));
}

internal sealed class NoticeTable : IEntityTypeConfiguration<NoticeRow>
{
    public void Configure(EntityTypeBuilder<NoticeRow> t)
    {
        t.ToTable("notices");
        t.HasIndex(n => new { n.PersonId, n.DoneAt });
        t.HasIndex(n => new { n.PersonId, n.At });
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.History;

/// <summary>One save as the list shows it: by its first line, which names what it was about.</summary>
public sealed record HistoryRow : IIdentified
{
    /// <summary>The change, of which one undo takes back all.</summary>
    public required Guid Id { get; init; }
    public required long Seq { get; init; }
    public required DateTime At { get; init; }
    public required Guid? ActorId { get; init; }
    public required string Actor { get; init; }
    public required JournalKind Kind { get; init; }
    public required string Record { get; init; }
    public required Guid RecordId { get; init; }
    public required string Title { get; init; }
    public required int Lines { get; init; }
    public required bool IsUndo { get; init; }
    public required bool Undone { get; init; }
}

/// <summary>The journal as a list of what people did, newest first.</summary>
public static class HistoryList
{
    public static readonly ListOf<HistoryRow> List = new()
    {
        Path = "history",
        Title = "menu.history",
        Needs = Permission.History,
        Sort = "-history_at",
        Empty = "history.none",
        Rows = Rows,
        Open = row => $"history/changes/{row.Id}",
        Search = (rows, db, words) =>
            rows.Where(r => r.Title.Contains(words) || db.Saying(words).Select(l => l.RecordId).Contains(r.RecordId)),
        Columns =
        [
            Column<HistoryRow>.Of("history_what", r => r.Title, show: What, marks: Marks),
            Column<HistoryRow>.Of(
                "history_record",
                r => r.Record,
                yields: 4,
                show: (r, t) => Titles.Entity(r.Record, t),
                link: r => $"history/{r.RecordId}"
            ),
            Column<HistoryRow>.Of("history_by", r => r.Actor),
            Column<HistoryRow>.Moment("history_at", r => r.At, r => r.Seq),
        ],
        Filters =
        [
            Filter<HistoryRow>.Person(
                "history_by",
                r => r.ActorId,
                async (db, _) =>
                    [
                        .. (await db.Set<Person>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                            $"{p.Id}",
                            p.Name
                        )),
                    ]
            ),
            Filter<HistoryRow>.OneOf("history_record", r => r.Record, Records),
            Filter<HistoryRow>.State("history_kind", r => r.Kind, "history.kind"),
            Filter<HistoryRow>.Moment("history_at", r => r.At),
            Filter<HistoryRow>.Flag("history_undone", r => r.Undone),
        ],
        Presets =
        [
            new("list.mine", "history_by=me"),
            new("list.period.today", "history_at=today"),
            new("history.only.deleted", "history_kind=Deleted"),
        ],
        Buttons = [new("trash.title", "trash", Permission.Home)],
    };

    private static IQueryable<HistoryRow> Rows(AppDb db, Screen screen)
    {
        var seen = db.Journal.SeenBy(screen.Person!, db);
        return from line in seen
            where !seen.Any(e => e.ChangeId == line.ChangeId && e.Seq < line.Seq)
            select new HistoryRow
            {
                Id = line.ChangeId,
                Seq = line.Seq,
                At = line.At,
                ActorId = line.ActorId,
                Actor = line.ActorName,
                Kind = line.Kind,
                Record = line.Record,
                RecordId = line.RecordId,
                Title = line.Title,
                IsUndo = line.Undoes != null,
                Lines = seen.Count(l => l.ChangeId == line.ChangeId),
                Undone = db.Journal.Any(l => l.Undoes == line.ChangeId),
            };
    }

    private static string What(HistoryRow row, T t) =>
        Titles.Named(row.Record, row.Title, t) + (row.Lines > 1 ? " · " + t["history.lines", ("n", row.Lines)] : "");

    private static IEnumerable<Mark> Marks(HistoryRow row)
    {
        yield return new("history.kind." + row.Kind, row.Kind == JournalKind.Deleted ? "bad" : "");
        if (row.IsUndo)
            yield return new("history.is_undo", "info");
        if (row.Undone)
            yield return new("history.undone");
    }

    private static Task<IReadOnlyList<Choice>> Records(AppDb db, Screen screen) =>
        Task.FromResult<IReadOnlyList<Choice>>([
            .. db
                .Model.GetEntityTypes()
                .Where(e => typeof(IRecord).IsAssignableFrom(e.ClrType))
                .Select(e => new Choice(e.ClrType.Name, Titles.Entity(e.ClrType.Name, screen.T)))
                .OrderBy(c => Alphabet.Key(c.Text), StringComparer.Ordinal),
        ]);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Work;

/// <summary>A row of the work ledger as the list shows it.</summary>
public sealed record EntryRow : IIdentified
{
    public required Guid Id { get; init; }
    public required DateOnly DoneOn { get; init; }
    public required Guid? PersonId { get; init; }
    public required string Person { get; init; }
    public required string PersonKey { get; init; }
    public required string Label { get; init; }
    public required string Duty { get; init; }
    public required Guid? ClientId { get; init; }
    public required int Points { get; init; }
    public required int Minutes { get; init; }
    public required long QuantityMilli { get; init; }
    public required string? Fact { get; init; }
    public required bool IsReversal { get; init; }
}

/// <summary>The whole work ledger, over all months; one month with its closing stands at <c>work</c>.</summary>
public static class EntryList
{
    public static readonly ListOf<EntryRow> List = new()
    {
        Path = "work/entries",
        Title = "work.all",
        Needs = Permission.Home,
        Sort = "-done_on",
        Empty = "work.none",
        Rows = Rows,
        Open = row => row.ClientId is { } client ? $"clients/{client}" : null,
        Search = (rows, db, words) =>
            rows.Where(r => r.ClientId != null && db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId.Value)),
        Columns =
        [
            Column<EntryRow>.Of("work_duty", r => r.Duty),
            Column<EntryRow>.Of("work_what", r => r.Label == r.Duty ? "" : r.Label, marks: Marks),
            Column<EntryRow>.Of("done_on", r => r.DoneOn),
            Column<EntryRow>.Of("work_person", r => r.Person, sort: r => r.PersonKey),
            Column<EntryRow>.Quantity("points", r => r.Points * r.QuantityMilli, r => r.Points * r.QuantityMilli),
            Column<EntryRow>.Of("norm_minutes", r => r.Minutes, hidden: true),
        ],
        Filters =
        [
            Filter<EntryRow>.Person(
                "work_person",
                r => r.PersonId,
                async (db, _) =>
                    [
                        .. (await db.Set<Person>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                            $"{p.Id}",
                            p.Name
                        )),
                    ]
            ),
            Filter<EntryRow>.Period("done_on", r => r.DoneOn),
            Filter<EntryRow>.OneOf(
                "work_fact",
                r => r.Fact ?? "",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([
                        .. FactCatalogue.All.Select(f => new Choice(f.Code, screen.T["fact." + f.Code])),
                    ])
            ),
            Filter<EntryRow>.Flag("work_reversal", r => r.IsReversal),
        ],
        Presets = [new("list.mine", "work_person=me"), new("list.period.week", "done_on=week")],
        Buttons = [new("work.by_month", "work", Permission.Home)],
    };

    private static IQueryable<EntryRow> Rows(AppDb db, Screen screen) =>
        from entry in db.Set<WorkEntry>().SeenBy(screen.Person!)
        select new EntryRow
        {
            Id = entry.Id,
            DoneOn = entry.DoneOn,
            PersonId = entry.PersonId,
            Label = entry.Label,
            ClientId = entry.ClientId,
            Points = entry.Points,
            Minutes = entry.Minutes,
            QuantityMilli = entry.QuantityMilli,
            Fact = entry.Fact,
            IsReversal = entry.Reverses != null,
            Person = db.Set<Person>().Where(p => p.Id == entry.PersonId).Select(p => p.Name).FirstOrDefault() ?? "",
            PersonKey = db.Set<Person>().Where(p => p.Id == entry.PersonId).Select(p => p.NameKey).FirstOrDefault() ?? "",
            Duty = db.Set<Duty>().Where(d => d.Id == entry.DutyId).Select(d => d.Text).FirstOrDefault() ?? "",
        };

    private static IEnumerable<Mark> Marks(EntryRow row)
    {
        if (row.Fact is { } fact)
            yield return new("fact." + fact, "info");
        else if (!row.IsReversal)
            yield return new("work.by_hand", "");
        if (row.IsReversal)
            yield return new("work.reversal", "bad");
    }
}

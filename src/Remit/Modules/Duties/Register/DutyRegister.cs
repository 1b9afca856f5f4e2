using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Duties;

/// <summary>A duty as the list shows it, with the norm and the people of today.</summary>
public sealed record DutyListRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Number { get; init; }
    public required string NumberKey { get; init; }
    public required string Text { get; init; }
    public required string Section { get; init; }
    public required Guid PositionId { get; init; }
    public required string Position { get; init; }
    public required string PositionKey { get; init; }
    public required string Result { get; init; }
    public required string Proof { get; init; }
    public required string Unit { get; init; }
    public required Frequency? Frequency { get; init; }
    public required int? Minutes { get; init; }
    public required int? Complexity { get; init; }
    public required int? Points { get; init; }
    public required string? Trigger { get; init; }
    public required string? Condition { get; init; }
    public required string Holder { get; init; }
    public required int Holders { get; init; }
    public required string StandIn { get; init; }
}

/// <summary>The register of all positions as one list: to find, to fill what is missing in place, to carry away as a file.</summary>
public static class DutyRegister
{
    public static readonly ListOf<DutyListRow> List = new()
    {
        Path = "duties/all",
        Title = "duty.all",
        Needs = Permission.DutiesSee,
        Sort = "position",
        Empty = "duty.none",
        Rows = Rows,
        Open = row => $"duties/{row.Id}/card",
        Columns =
        [
            Column<DutyListRow>.Of("duty_text", r => r.Text),
            Column<DutyListRow>.Of("duty_number", r => r.Number, yields: 4, sort: r => r.NumberKey),
            Column<DutyListRow>.Of("position", r => r.Position, sort: r => r.PositionKey + " " + r.NumberKey),
            Column<DutyListRow>.Of("duty_section", r => r.Section, hidden: true),
            Column<DutyListRow>.Of("duty_result", r => r.Result, edit: Edit((duty, result) => duty.Expect(duty.Unit, result, duty.Proof))),
            Column<DutyListRow>.Of(
                "duty_proof",
                r => r.Proof,
                yields: 3,
                edit: Edit((duty, proof) => duty.Expect(duty.Unit, duty.Result, proof))
            ),
            Column<DutyListRow>.Of("frequency", r => r.Frequency, show: (r, t) => r.Frequency is { } f ? t["frequency." + f] : ""),
            Column<DutyListRow>.Of("duty_unit", r => r.Unit, yields: 2),
            Column<DutyListRow>.Of("minutes", r => r.Minutes),
            Column<DutyListRow>.Of("complexity", r => r.Complexity, hidden: true),
            Column<DutyListRow>.Of("points", r => r.Points),
            Column<DutyListRow>.Of("accountable", r => r.Holder, show: (r, _) => r.Holders > 1 ? $"{r.Holder} +{r.Holders - 1}" : r.Holder),
            Column<DutyListRow>.Of("stand_in", r => r.StandIn, hidden: true),
            Column<DutyListRow>.Of("trigger", r => r.Trigger, hidden: true, show: (r, t) => r.Trigger is { } fact ? t["fact." + fact] : ""),
            Column<DutyListRow>.Of(
                "condition",
                r => r.Condition,
                hidden: true,
                show: (r, t) => r.Condition is { } fact ? t["fact." + fact] : ""
            ),
        ],
        Filters =
        [
            new(
                "position",
                async (db, _) =>
                    [
                        .. (await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync()).Select(p => new Choice(
                            $"{p.Id}",
                            p.Name
                        )),
                    ],
                (chosen, _, _) =>
                {
                    var positions = chosen.Where(c => Guid.TryParse(c, out _)).Select(Guid.Parse).ToList();
                    return r => positions.Contains(r.PositionId);
                }
            ),
            new(
                "frequency",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([
                        .. Enum.GetNames<Frequency>().Select(f => new Choice(f, screen.T["frequency." + f])),
                    ]),
                (chosen, _, _) =>
                {
                    var often = chosen.Select(c => Named.Of<Frequency>(c)).Where(f => f is not null).ToList();
                    return r => often.Contains(r.Frequency);
                }
            ),
            Filter<DutyListRow>.Flag("has_result", r => r.Result != ""),
            Filter<DutyListRow>.Flag("has_proof", r => r.Proof != "" || r.Trigger != null),
            Filter<DutyListRow>.Flag("has_norm", r => r.Minutes != null),
        ],
        Presets =
        [
            new("duty.without_result", "has_result=no"),
            new("duty.without_proof", "has_proof=no"),
            new("duty.without_norm", "has_norm=no"),
        ],
        Buttons =
        [
            new("menu.duties", "duties", Permission.DutiesSee),
            new("duty.list.new", "duties/new-list", Permission.DutiesEdit, Main: true),
        ],
    };

    private static IQueryable<DutyListRow> Rows(AppDb db, Screen screen)
    {
        var today = screen.Today;
        var holding =
            from tenure in db.Set<Tenure>().On(today)
            join person in db.Set<Person>() on tenure.PersonId equals person.Id
            select new
            {
                tenure.PositionId,
                tenure.StandIn,
                person.Name,
                person.NameKey,
            };
        var norms = db.Set<DutyNorm>().Where(n => n.From <= today);
        return from duty in db.Set<Duty>()
            where !duty.Retired
            select new DutyListRow
            {
                Id = duty.Id,
                Number = duty.Number,
                NumberKey = duty.NumberKey,
                Text = duty.Text,
                Section = duty.Section,
                PositionId = duty.PositionId,
                Result = duty.Result,
                Proof = duty.Proof,
                Frequency = duty.Frequency,
                Trigger = duty.Trigger,
                Condition = duty.Condition,
                Position = db.Set<Position>().Where(p => p.Id == duty.PositionId).Select(p => p.Name).FirstOrDefault() ?? "",
                PositionKey = db.Set<Position>().Where(p => p.Id == duty.PositionId).Select(p => p.NameKey).FirstOrDefault() ?? "",
                Unit =
                    norms
                        .Where(n => n.DutyId == duty.Id)
                        .OrderByDescending(n => n.From)
                        .ThenByDescending(n => n.Id)
                        .Select(n => n.Unit)
                        .FirstOrDefault()
                    ?? duty.Unit,
                Minutes = norms
                    .Where(n => n.DutyId == duty.Id)
                    .OrderByDescending(n => n.From)
                    .ThenByDescending(n => n.Id)
                    .Select(n => (int?)n.Minutes)
                    .FirstOrDefault(),
                Complexity = norms
                    .Where(n => n.DutyId == duty.Id)
                    .OrderByDescending(n => n.From)
                    .ThenByDescending(n => n.Id)
                    .Select(n => (int?)n.Complexity)
                    .FirstOrDefault(),
                Points = norms
                    .Where(n => n.DutyId == duty.Id)
                    .OrderByDescending(n => n.From)
                    .ThenByDescending(n => n.Id)
                    .Select(n => (int?)n.Points)
                    .FirstOrDefault(),
                Holder =
                    holding
                        .Where(h => h.PositionId == duty.PositionId && !h.StandIn)
                        .OrderBy(h => h.NameKey)
                        .Select(h => h.Name)
                        .FirstOrDefault()
                    ?? "",
                Holders = holding.Count(h => h.PositionId == duty.PositionId && !h.StandIn),
                StandIn =
                    holding
                        .Where(h => h.PositionId == duty.PositionId && h.StandIn)
                        .OrderBy(h => h.NameKey)
                        .Select(h => h.Name)
                        .FirstOrDefault()
                    ?? "",
            };
    }

    private static CellEdit Edit(Action<Duty, string> write) =>
        new(Permission.DutiesEdit, async (db, id, value) => write(await db.Set<Duty>().One(id), value));
}

using System.Text.Json;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.History;

/// <summary>Who may see and who may take back which line of the journal.</summary>
internal static class HistorySight
{
    private static readonly Dictionary<string, Permission> edits = new()
    {
        ["People"] = Permission.PeopleEdit,
        ["Duties"] = Permission.DutiesEdit,
        ["Clients"] = Permission.ClientsEdit,
        ["Dispatch"] = Permission.VisitsEdit,
        ["Papers"] = Permission.PapersEdit,
        ["Money"] = Permission.BankEdit,
        ["Pay"] = Permission.PayEdit,
        ["Work"] = Permission.PayApprove,
        ["Tasks"] = Permission.TeamSee,
        ["Meetings"] = Permission.TeamSee,
        ["Files"] = Permission.ClientsEdit,
    };

    /// <summary>
    /// Pay, and other people's work, are for those who see everyone's pay; meetings and goals for those who answer for the
    /// team; what stands in a calendar for those who see it there.
    /// </summary>
    public static IQueryable<JournalEntry> SeenBy(this IQueryable<JournalEntry> lines, Actor actor, AppDb db)
    {
        lines = lines.InCalendarsOf(actor, db);
        if (!actor.Can(Permission.TeamSee))
        {
            var meetings = db.Model.GetEntityTypes().Where(t => Module(t.ClrType) == "Meetings").Select(t => t.ClrType.Name).ToList();
            lines = lines.Where(j => !meetings.Contains(j.Record) || j.ActorId == actor.PersonId);
        }
        if (actor.Can(Permission.PaySeeAll))
            return lines;
        var pay = db.Model.GetEntityTypes().Where(t => Module(t.ClrType) == "Pay").Select(t => t.ClrType.Name).ToList();
        return lines.Where(j => !pay.Contains(j.Record) && (j.Record != nameof(WorkEntry) || j.ActorId == actor.PersonId));
    }

    // Of an event that is gone nobody can say any more whether it was private: who took it away sees it.
    private static IQueryable<JournalEntry> InCalendarsOf(this IQueryable<JournalEntry> lines, Actor actor, AppDb db)
    {
        var me = actor.PersonId;
        var books = db.Set<CalendarBook>().Where(b => b.OwnerId == me || b.Sharing == Sharing.See || b.Sharing == Sharing.Edit);
        var items = db.Set<CalendarItem>().Where(i => books.Any(b => b.Id == i.CalendarBookId && (!i.Private || b.OwnerId == me)));
        return lines.Where(j =>
            j.ActorId == me && me != null
            || j.Record != nameof(CalendarBook)
                && j.Record != nameof(CalendarItem)
                && j.Record != nameof(Invitation)
                && j.Record != nameof(DayAnswer)
            || j.Record == nameof(CalendarBook) && books.Any(b => b.Id == j.RecordId)
            || j.Record == nameof(CalendarItem) && items.Any(i => i.Id == j.RecordId)
            || j.Record == nameof(Invitation)
                && db.Set<Invitation>().Any(n => n.Id == j.RecordId && items.Any(i => i.Id == n.CalendarItemId))
            || j.Record == nameof(DayAnswer)
                && db.Set<DayAnswer>()
                    .Any(d =>
                        d.Id == j.RecordId
                        && db.Set<Invitation>().Any(n => n.Id == d.InvitationId && items.Any(i => i.Id == n.CalendarItemId))
                    )
        );
    }

    /// <summary>Undoing is editing: it needs the right to edit. Another's change of an account may carry a role, so it needs more.</summary>
    public static bool MayTouch(JournalEntry line, Actor actor, AppDb db)
    {
        var own = line.ActorId == actor.PersonId;
        var module = Module(db.Model.GetEntityTypes().First(t => t.ClrType.Name == line.Record).ClrType);
        if (own && (module is "Work" or "Tasks" or "Files" or "Meetings" or "Calendar" || line.Record == "ClientEvent"))
            return true;
        if (!own && line.Record == nameof(Person) && !actor.Can(Permission.PayApprove))
            return false;
        return actor.Can(edits.GetValueOrDefault(module, Permission.FirmEdit));
    }

    /// <summary>Values before and after, without secrets and, for those who do not see pay, without the pay level.</summary>
    public static IEnumerable<KeyValuePair<string, JsonElement[]>> Seen(JournalEntry line, Actor actor) =>
        from value in Raw(line)
        where HistoryWords.Shown(value.Key)
        where
            line.Record is not (nameof(Person) or nameof(FormerLevel))
            || value.Key != nameof(Person.Level)
            || actor.Can(Permission.PaySeeAll)
        select value;

    internal static Dictionary<string, JsonElement[]> Raw(JournalEntry line) =>
        JsonSerializer.Deserialize<Dictionary<string, JsonElement[]>>(line.Values)!;

    private static string Module(Type type) => type.Namespace!.Split('.') is [_, "Modules", var module, ..] ? module : "Web";
}

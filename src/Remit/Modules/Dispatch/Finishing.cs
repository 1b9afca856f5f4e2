using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A visit is finished with its hours and works, at the client's or in the office, and corrected as long as it is not billed.</summary>
public static class Finishing
{
    /// <summary>By a form of the office. What another said of the same visit meanwhile is put side by side with it. Saves.</summary>
    public static async Task<Client> Finish(this AppDb db, Guid id, Form form, Here here)
    {
        await db.StartWriting();
        var visit = await db.Set<Visit>().One(id);
        // The hours were worked whenever the visit was meant to be, so a move by another does not stand in the way.
        form = await form.Merged(db, visit, v => v.Proposed().Select(p => (p.Key, p.Value)));
        return await db.Finish(visit, form.Int("duration") ?? 0, form.Text("works"), form.Int("version") is not null, here);
    }

    /// <param name="seen">Whoever says it has seen how the visit stands. Only they say that it was otherwise than was said.</param>
    internal static async Task<Client> Finish(this AppDb db, Visit visit, int minutes, string? works, bool seen, Here here)
    {
        if (visit.State != VisitState.Done)
            return await db.Finished(visit, minutes, works, here);
        Must(seen, "visit.is_over", ("visit", visit.Subject));
        await db.Corrected(visit, minutes, works, here);
        await db.Noted(visit);
        await db.SaveChangesAsync();
        return await db.Set<Client>().One(visit.ClientId);
    }

    internal static async Task<Client> Finished(this AppDb db, Visit visit, int minutes, string? works, Here here)
    {
        var client = await db.Set<Client>().One(visit.ClientId);
        visit.MustHaveCome(here.Today);
        visit.Finish(minutes, works);
        await db.Noted(visit);
        db.State(Done(visit, client, here.Today));
        // What it was made for is answered by it.
        if (
            visit.QuestionId is { } asked
            && await db.Set<Question>().SingleOrDefaultAsync(q => q.Id == asked) is { State: QuestionState.Open } question
        )
            await db.Answer(question, client, visit.Works, visit.ProgrammerId, here);
        await db.SaveChangesAsync();
        return client;
    }

    /// <summary>Hours and works are others than was said when it was finished: what was stated of it is stated anew, and both who went and who answers for the client hear of it.</summary>
    internal static async Task Corrected(this AppDb db, Visit visit, int minutes, string? works, Here here)
    {
        var before = visit.WorkedMinutes;
        visit.Correct(minutes, works);
        if (visit.WorkedMinutes == before)
            return;
        var bill = await db.BillOf(visit);
        Must(bill is null, "visit.hours_billed", ("paper", bill), ("minutes", before));
        var client = await db.Set<Client>().One(visit.ClientId);
        db.Withdraw(
            new Withdrawal(
                visit.Id,
                here.Today,
                new T(here.Firm.Language)["visit.corrected_why", ("before", before), ("now", visit.WorkedMinutes)],
                "visit.done"
            )
        );
        db.State(Done(visit, client, here.Today));
        foreach (
            var person in new[] { visit.ProgrammerId, visit.PlannedBy, client.OwnerId }
                .OfType<Guid>()
                .Where(p => p != Guid.Empty)
                .Distinct()
        )
            db.Tell(
                person,
                "notice.visit_corrected",
                $"visits/{visit.Id}",
                ("client", client.Name),
                ("day", $"{visit.Day:yyyy-MM-dd}"),
                ("before", $"{before}"),
                ("now", $"{visit.WorkedMinutes}"),
                ("by", db.Actor.Name)
            );
    }

    /// <summary>The invoice on which its hours stand, if there is one.</summary>
    internal static Task<string?> BillOf(this AppDb db, Visit visit) =>
        db.Set<StatedFact>()
            .Where(f =>
                f.ChainId == visit.Id
                && f.Code == "invoice.issued"
                && f.Reverses == null
                && !db.Set<StatedFact>().Any(r => r.Reverses == f.Id)
            )
            .Select(f => f.Label)
            .FirstOrDefaultAsync();

    // On the sheet too, so that a phone which comes later finds there what was said meanwhile.
    private static async Task Noted(this AppDb db, Visit visit)
    {
        var sheet = await db.Sheet(visit.Id);
        sheet.Note(visit.Works, visit.WorkedMinutes, sheet.SignedBy, db.Actor.PersonId);
    }

    private static Fact Done(Visit visit, Client client, DateOnly today) =>
        new(
            "visit.done",
            visit.ProgrammerId,
            today,
            visit.Id,
            visit.Id,
            client.Id,
            DispatchModule.Label(visit, client),
            visit.WorkedMinutes * 1000L / 60
        );
}

/// <summary>What was billed was done: whoever takes back that a visit was finished, by an undo say, cancels its invoice first.</summary>
internal sealed class BilledStaysDone : IFactListener
{
    public async Task Heard(AppDb db, IReadOnlyList<Fact> facts)
    {
        var reopened = db
            .ChangeTracker.Entries<Visit>()
            .Where(e =>
                e.State == EntityState.Modified
                && e.Property(v => v.State).OriginalValue == VisitState.Done
                && e.Entity.State != VisitState.Done
            )
            .Select(e => e.Entity)
            .ToList();
        foreach (var visit in reopened)
        {
            var bill = await db.BillOf(visit);
            Must(bill is null, "visit.done_billed", ("visit", visit.Subject), ("paper", bill));
        }
    }
}

using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Calendar.Outside;

/// <summary>The job that keeps one calendar and its counterpart outside alike; it comes again by itself as long as there is the calendar.</summary>
public sealed record Refreshing(Guid Calendar)
{
    public const string Kind = "calendar.outside";

    /// <summary>There is one of it for a calendar.</summary>
    public Job Job(DateTime? due = null) => Storage.Job.Of(Kind, this, due, $"outside/{Calendar:N}");
}

internal sealed class OutsideJob(FirmStore firms, OutsideWeb web, IDataProtectionProvider keys) : IComesAgain
{
    private static readonly TimeSpan account = TimeSpan.FromMinutes(10),
        address = TimeSpan.FromHours(1),
        least = TimeSpan.FromMinutes(15),
        most = TimeSpan.FromDays(1);

    public string Kind => Refreshing.Kind;

    public async Task Run(JobWork work)
    {
        var id = work.Job.Read<Refreshing>().Calendar;
        await using var db = firms.Open(work.Slug);
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == id);
        if (book is null)
            return;
        var state = await db.FindAsync<OutsideState>(id);
        if (state is null)
            db.Add(state = new OutsideState { CalendarBookId = id });
        var person = await db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == book.OwnerId);
        var t = new T(person?.Language ?? work.Firm.Language);
        try
        {
            var wanted = await Talk(work, book, state, person, t);
            state.Went(work.Now, wanted.Notes);
            work.Next = state.Next(work.Now, wanted.Pause);
        }
        catch (Refusal refusal)
        {
            state.Failed(work.Now, t.Of(refusal));
            work.Next = state.Next(work.Now, address);
        }
        catch (AskedToWait wait)
        {
            state.Failed(work.Now, t["outside.asked_to_wait"]);
            work.Next = work.Now + (wait.Pause < most ? wait.Pause : most);
        }
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private async Task<(TimeSpan Pause, List<string> Notes)> Talk(JobWork work, CalendarBook book, OutsideState state, Person? person, T t)
    {
        var zone = CalendarQueries.ZoneOf(work.Firm);
        var actor = person is null ? Actor.Remit : new Actor(person.Id, $"{person.Name} · {book.Name}", person.Role);
        AppDb Open()
        {
            var db = firms.Open(work.Slug);
            db.Actor = actor;
            return db;
        }
        if (book.AccountId is not { } id)
        {
            var subscription = new Subscription(Open, web, book, zone, t, work.Cancel);
            await subscription.Run(state);
            var pause = subscription.Wanted ?? address;
            return (
                pause < least ? least
                : pause > most ? most
                : pause,
                subscription.Notes
            );
        }
        await using var db = Open();
        // Who has left the firm is not spoken for any more.
        if (
            person is { Active: false }
            || await db.Set<OutsideAccount>()
                .AsNoTracking()
                .SingleOrDefaultAsync(a => a.Id == id && db.Set<Person>().Any(p => p.Id == a.PersonId && p.Active))
                is not { } found
        )
            throw new Refusal("outside.no_account", ("calendar", book.Name));
        if (found.Kind == OutsideKind.AmoCrm)
        {
            var meetings = new AmoMeetings(Open, new AmoCrm(web, found.Login(keys), new Uri(found.Address)), book, zone, t, work.Cancel);
            await meetings.Run(work.Now);
            return (account, meetings.Notes);
        }
        var talk = new TwoWay(Open, new OutsideDav(web, found.Login(keys), book.OwnerId), book, zone, t, work.Cancel);
        await talk.Run(state);
        return (account, talk.Notes);
    }
}

using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Meetings;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Demo;

/// <summary>A 1C service firm to look around in: comes in one click, goes in one, the same every time.</summary>
public static class DemoFirm
{
    public const string Address = "demo";
    public const string Password = DemoCast.Password;

    /// <summary>The day it is at the demo firm.</summary>
    public static DateOnly Today(TimeProvider clock, string language) =>
        FirmAt(DemoPlace.Of(language), language).Day(clock.GetUtcNow().UtcDateTime);

    /// <summary>Makes the firm anew with three closed months before <paramref name="today"/>'s and the running one.</summary>
    /// <param name="said">Told how many of its parts are there.</param>
    public static async Task Make(FirmStore firms, DateOnly today, string language, Action<int, int>? said = null)
    {
        if (await firms.Exists(Address))
            await firms.Remove(Address);
        var start = Month.Of(today).First.AddMonths(-3);
        var cast = new DemoCast(start, language);
        cast.Hire();
        cast.Order();
        cast.Describe();
        cast.Serve();
        // In days of work: what comes before and after them takes as long as that many days do.
        const int Created = 100,
            Before = 115,
            After = 35;
        var days = today.DayNumber - start.DayNumber + 1;
        void Say(int done) => said?.Invoke(done, Before + days + After);
        Say(1);
        await using var db = await firms.Create(Address);
        Say(Created);
        // Saving looks for changes itself; looking at each of thousands of additions as well is half of the time.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.At = cast.Since(0).AddDays(-7);
        var firm = FirmAt(cast.Place, language);
        db.Add(firm);
        db.AddRange(cast.Records.Where(r => r is not (Client or Contact)));
        await db.SaveChangesAsync();
        await Clients(db, cast);
        Say(Before);
        var (talk, life) = (new DemoTalk(db, cast, language), new DemoLife(db, cast, language, today));
        life.Products();
        var contracts = new DemoContracts(db, cast, language, today);
        await contracts.Past(start);
        await new DemoWork(db, cast, WorkCalendar.For(cast.Place.Country), start, today, contracts).Run(
            talk,
            day => Say(Before + day.DayNumber - start.DayNumber + 1)
        );
        db.Actor = Actor.Remit;
        contracts.Desk();
        await new DemoDebts(db, cast, language, today).Fill();
        await new DemoBank(db, cast, language, today).Fill();
        Say(Before + days + After / 2);
        talk.Tasks(today);
        life.Questions();
        new DemoWeek(db, cast, firm, today).Fill();
        life.Meet(firm);
        life.NobodyGoes(WorkCalendar.For(cast.Place.Country));
        await life.Letters(firms.Files);
        DemoReleases.Fill(db, life.Supplied, today, language, cast.Clients, cast.Managers);
        await DemoBlanks.Fill(db, cast.Company, cast.Programmers, cast.Managers[0].Id, today, language);
        await DemoMeetings.Fill(db, cast.People, cast.Positions, today, language);
        for (var month = Month.Of(start); month.Index < Month.Of(today).Index; month = month.Next)
            db.Add(
                new ClosedMonth
                {
                    Index = month.Index,
                    ClosedAt = month.Next.First.AddDays(2).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc),
                    ClosedBy = cast.Owner.Id,
                }
            );
        await db.SaveChangesAsync();
        // The last closed month waits to be looked at and approved.
        for (var month = Month.Of(start); month.Next.Index < Month.Of(today).Index; month = month.Next)
            await PastPay.Add(db, month, firm, month.Next.First.AddDays(4).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc));
        await db.SaveChangesAsync();
    }

    // A month's clients in each save, so that each says of itself when it came and who brought it.
    private static async Task Clients(AppDb db, DemoCast cast)
    {
        var contacts = cast.Records.OfType<Contact>().ToLookup(c => c.ClientId);
        foreach (var month in cast.Clients.Chunk(5))
        {
            db.At = month[^1].CreatedAt;
            var manager = cast.Managers.First(m => m.Id == month[0].OwnerId);
            db.Actor = new Actor(manager.Id, manager.Name, manager.Role);
            foreach (var client in month)
                db.AddRange([client, .. contacts[client.Id]]);
            await db.SaveChangesAsync();
        }
    }

    private static Firm FirmAt(DemoPlace place, string language) =>
        new()
        {
            Name = place.Firm,
            Country = place.Country,
            Currency = place.Currency,
            Language = language,
            TimeZone = place.TimeZone,
            IsDemo = true,
        };
}

using Remit.Kernel;
using Remit.Modules.Meetings;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Demo;

/// <summary>A 1C service firm to look around in: comes in one click, goes in one, the same every time.</summary>
public static class DemoFirm
{
    public const string Address = "demo";
    public const string Password = DemoCast.Password;

    /// <summary>Makes the firm anew with three closed months before <paramref name="today"/>'s and the running one.</summary>
    public static async Task Make(FirmStore firms, DateOnly today, string language)
    {
        if (await firms.Exists(Address)) await firms.Remove(Address);
        var start = Month.Of(today).First.AddMonths(-3);
        var cast = new DemoCast(start, language);
        cast.Hire();
        cast.Describe();
        cast.Serve();
        await using var db = await firms.Create(Address);
        // Saving looks for changes itself; looking at each of thousands of additions as well is half of the time.
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var firm = new Firm { Name = cast.Place.Firm, Country = cast.Place.Country, Currency = cast.Place.Currency, Language = language, TimeZone = cast.Place.TimeZone, IsDemo = true };
        db.Add(firm);
        db.AddRange(cast.Records);
        await db.SaveChangesAsync();
        var talk = new DemoTalk(db, cast, language);
        await new DemoWork(db, cast, WorkCalendar.For(cast.Place.Country), start, today).Run(talk);
        talk.Tasks(today);
        new DemoWeek(db, cast, firm, today).Fill();
        await DemoMeetings.Fill(db, cast.People, cast.Positions, today, language);
        for (var month = Month.Of(start); month.Index < Month.Of(today).Index; month = month.Next)
            db.Add(new ClosedMonth { Index = month.Index, ClosedAt = DateTime.UtcNow, ClosedBy = cast.Owner.Id });
        await db.SaveChangesAsync();
    }
}

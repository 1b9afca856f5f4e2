using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>A meeting as another module plans it.</summary>
/// <param name="Start">On <paramref name="Clock"/>.</param>
/// <param name="Notes">For those who hold it; guests are told nothing of them.</param>
public sealed record MeetingPlan(string Subject, string Place, DateTime Start, int Minutes, Clock Clock, string Notes = "")
{
    public MeetingKind Kind { get; init; }
    public bool Online { get; init; }
    public Guid? ClientId { get; init; }
    public Guid? SpeakerId { get; init; }
}

/// <summary>What other modules may ask of the calendar: a meeting, a guest, a week to show.</summary>
public static class MeetingDoor
{
    /// <summary>The meeting as an event of a calendar; it is saved with whatever the caller saves.</summary>
    public static CalendarItem Meet(this AppDb db, CalendarBook book, MeetingPlan plan, Firm firm, DateTime now)
    {
        var start = new TimeValue(Civil.Seconds(plan.Start), TimeForm.Zoned, plan.Clock.Name);
        var draft = new EventDraft(
            plan.Subject,
            plan.Place,
            plan.Notes,
            start,
            start with
            {
                Local = start.Local + plan.Minutes * 60L,
            },
            null,
            false
        );
        var uid = Guid.NewGuid().ToString();
        var item = CalendarItem.In(book.Id, uid + ".ics", CalendarObject.Of(EventEdit.New(draft, uid, now)), CalendarQueries.ZoneOf(firm));
        item.Mean(plan.Kind, plan.ClientId);
        item.Meet(plan.Online, plan.SpeakerId);
        db.Add(item);
        return item;
    }

    /// <summary>Who is written to at each of these clients: who decides, before the others; those without an address are left out.</summary>
    public static async Task<IReadOnlyDictionary<Guid, Guest>> GuestsOf(this AppDb db, IReadOnlyCollection<Client> clients)
    {
        var ids = clients.Select(c => c.Id).ToList();
        var contacts = (await db.Set<Contact>().AsNoTracking().Where(c => ids.Contains(c.ClientId) && c.Email != "").ToListAsync())
            .Where(c => System.Net.Mail.MailAddress.TryCreate(c.Email, out _))
            .GroupBy(c => c.ClientId)
            .ToDictionary(g => g.Key, g => g.OrderByDescending(c => c.DecisionMaker).ThenBy(c => c.Id).First());
        return clients
            .Where(c => contacts.ContainsKey(c.Id))
            .ToDictionary(c => c.Id, c => c.Guest(contacts[c.Id].Name, contacts[c.Id].Email));
    }

    /// <summary>The seven days of a person's own calendars and visits, with more laid in.</summary>
    public static async Task<RenderFragment> Week(this AppDb db, Screen screen, DateOnly monday, DateTime now, IReadOnlyList<Entry> more)
    {
        var (clock, rhythm) = (await db.Clock(screen.Person, screen.Firm), await db.ClockOf(screen.Person!.PersonId));
        var looking = new Looking(monday, "week", new HashSet<Guid> { Looking.Dues });
        var books = (await db.Calendars(screen.Person)).FindAll(b => b.OwnerId == screen.Person.PersonId);
        var entries = await new WeekEntries(db, screen, clock, own: true).Of(looking, books, []);
        var home = rhythm.Country.Length > 0 ? rhythm.Country : screen.Firm!.Country;
        var tables = await db.WorkDays([.. WorkCalendar.Countries, home]);
        var me = new Party(screen.Person.Name, clock, rhythm, tables[home], []);
        var days = WeekView
            .Days([.. entries.Concat(more).OrderBy(e => e.From)], monday, 7)
            .Select(c => c with { Bands = WeekView.Bands(me, clock, c.Day) })
            .ToList();
        var marks = await CalendarEndpoints.Marks(db, tables, looking);
        return page =>
        {
            page.OpenComponent<WeekGrid>(0);
            page.AddComponentParameter(1, nameof(WeekGrid.Days), days);
            page.AddComponentParameter(2, nameof(WeekGrid.Looking), looking);
            page.AddComponentParameter(3, nameof(WeekGrid.Work), tables[home]);
            page.AddComponentParameter(4, nameof(WeekGrid.Marks), marks);
            page.AddComponentParameter(5, nameof(WeekGrid.Now), clock.At(now));
            page.CloseComponent();
        };
    }
}

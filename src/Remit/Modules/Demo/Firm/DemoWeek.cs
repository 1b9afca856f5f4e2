using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Demo;

/// <summary>What stands in the calendars about today: meetings of this week and the next, a room, two speakers with dates held for clients.</summary>
internal sealed class DemoWeek(AppDb db, DemoCast cast, Firm firm, DateOnly today)
{
    private readonly T t = new(firm.Language);
    private readonly DateOnly monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
    private readonly DateTime now = DateTime.UtcNow;

    // Days from this week's Monday, hour, minutes, client's number, kind; what is over by today is left out.
    private static readonly (int Day, int Hour, int Minutes, int Client, MeetingKind Kind)[] meetings =
    [
        (1, 11, 60, 15, MeetingKind.ClientUpkeep),
        (3, 10, 30, 31, MeetingKind.ClientUpkeep),
        (3, 15, 60, 45, MeetingKind.NewClient),
        (4, 12, 30, 20, MeetingKind.RemoteSession),
        (7, 10, 60, 60, MeetingKind.ClientUpkeep),
        (8, 14, 60, 23, MeetingKind.Visit),
        (10, 16, 30, 43, MeetingKind.ClientUpkeep),
    ];

    public void Fill()
    {
        var books = new List<CalendarBook>();
        foreach (var (person, n) in new[] { cast.Owner, cast.Managers[0], cast.Managers[1], cast.Programmers[0] }.Select((p, n) => (p, n)))
            books.Add(Book(person.Name, CalendarKind.Own, person.Id, n));
        Book(t["demo.room"], CalendarKind.Room, null, CalendarBook.Colours.Count - 1);
        foreach (var (m, n) in meetings.Select((m, n) => (m, n)).Where(x => monday.AddDays(x.m.Day) > today))
            Meet(books[n % 3 == 1 ? 1 : 0], m.Day, m.Hour, m.Minutes, m.Client, m.Kind);
        Speakers(books[0]);
    }

    private void Speakers(CalendarBook owners)
    {
        var near = Speaker(70, "America/New_York", 4);
        var far = Speaker(71, "Asia/Dubai", 6);
        var first = Hold(near, 9, 15, 2, 5, 9);
        Hold(near, 9, 16, 3, 22, 8, first);
        Hold(far, 10, 10, 6, 37, 7).Confirm([], now);
        var talk = new MeetingPlan(t["plan.subject_call", ("name", near.Name)], "", At(8, 17), 30, Clock.Of(firm.TimeZone, firm))
        {
            Kind = MeetingKind.Speaker,
            Online = true,
            SpeakerId = near.Id,
        };
        db.Meet(owners, talk, firm, now);
    }

    private void Meet(CalendarBook book, int day, int hour, int minutes, int client, MeetingKind kind)
    {
        var (online, who) = (minutes < 60, cast.Clients[client]);
        db.Meet(
            book,
            new MeetingPlan(
                t[online ? "plan.subject_call" : "plan.subject_meeting", ("name", who.Name)],
                online ? "" : who.Address,
                At(day, hour),
                minutes,
                Clock.Of(firm.TimeZone, firm)
            )
            {
                Kind = kind,
                Online = online,
                ClientId = who.Id,
            },
            firm,
            now
        );
    }

    private Speaker Speaker(int name, string zone, int colour)
    {
        var speaker = Calendar.Speaker.With(
            Book(cast.Place.Person(name), CalendarKind.Speaker, null, colour),
            cast.Owner.Id,
            now.AddDays(-200)
        );
        speaker.Describe(cast.Place.Person(name), $"speaker{name}@mail.example", null, t["demo.topics"]);
        speaker.Live("en", zone, null);
        db.Add(speaker);
        return speaker;
    }

    private SpeakerHold Hold(Speaker speaker, int day, int hour, int hours, int client, int daysAgo, params SpeakerHold[] row)
    {
        var from = firm.Moment(At(day, hour));
        var hold = SpeakerHold.Place(
            speaker,
            t["demo.talk", ("client", cast.Clients[client].Name)],
            (from, from.AddHours(hours)),
            row,
            (cast.Clients[client].Id, cast.Managers[daysAgo % 2].Id, now.AddDays(-daysAgo))
        );
        db.Add(hold);
        return hold;
    }

    private CalendarBook Book(string name, CalendarKind kind, Guid? owner, int colour)
    {
        var book = CalendarBook.New(name, kind, owner);
        book.Paint(CalendarBook.Colours[colour]);
        db.Add(book);
        return book;
    }

    private DateTime At(int day, int hour) => monday.AddDays(day).ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc);
}

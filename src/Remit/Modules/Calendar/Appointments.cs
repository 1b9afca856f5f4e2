using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>An appointment that another module keeps in people's calendars. All its times are of the firm's clock.</summary>
/// <param name="Key">The same as long as it lives: its UID and its file name come of it.</param>
/// <param name="Rule">How it repeats, as an RRULE; empty for once.</param>
public sealed record Appointment(string Key, string Subject, string Place, string Notes, DateTime Start, int Minutes, string Rule)
{
    /// <summary>The last day on which it has a time.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>Times of the rule that are left out.</summary>
    public IReadOnlyList<DateTime> Without { get; init; } = [];
    public IReadOnlyList<AppointmentMove> Moved { get; init; } = [];

    internal string Path => Key + ".ics";
}

/// <summary>One time of an appointment that is held at another.</summary>
public sealed record AppointmentMove(DateTime Was, DateTime Start, int Minutes, string Place);

/// <summary>Appointments of other modules in people's calendars, and the one control by which anything repeats.</summary>
public static class Appointments
{
    /// <summary>The rule that a form's repeat fields say; empty for once.</summary>
    public static string RepeatOf(this Form form, DateOnly start) => RepeatForm.Read(form, start)?.ToString() ?? "";

    /// <summary>Field by field what the form shows of a rule; and what a value of these fields is called.</summary>
    public static IEnumerable<(string Name, string Text)> Repeated(string rule, Firm firm) =>
        RepeatForm.Typed(Rule.Parse(rule), CalendarQueries.ZoneOf(firm));

    public static string? Called(string word, T t) => RepeatForm.Called(word, t);

    /// <summary>The repeat fields of a form.</summary>
    public static RenderFragment RepeatFields(string rule) =>
        page =>
        {
            page.OpenComponent<RepeatFields>(0);
            page.AddComponentParameter(1, nameof(Pages.RepeatFields.Rule), Rule.Parse(rule));
            page.CloseComponent();
        };

    /// <summary>The times that touch the window, by the firm's clock: when each was to be by the rule, and when it is.</summary>
    public static IReadOnlyList<(DateTime Was, DateTime Start)> Times(this Appointment what, DateTime from, DateTime to, Firm firm)
    {
        var zone = CalendarQueries.ZoneOf(firm);
        return
        [
            .. Series
                .Of(Tree(what, firm, DateTime.UnixEpoch), zone)
                .SelectMany(s => s.Between(zone.ToUtc(Civil.Seconds(from)), zone.ToUtc(Civil.Seconds(to))))
                .Select(o => (Utc(Civil.Moment(o.Id.Local)), Utc(Civil.Moment(zone.ToLocal(o.Start)))))
                .OrderBy(t => t.Item2),
        ];
    }

    /// <summary>The appointment as a file that goes along with a letter.</summary>
    public static string Text(this Appointment what, Firm firm, DateTime now) => ContentWriter.Write(Tree(what, firm, now));

    /// <summary>Sees to it that it stands in the own calendar of each of these people, and of nobody else; what is past stays with those who took part in it. The caller saves.</summary>
    public static async Task PutInCalendars(this AppDb db, Appointment what, IReadOnlyCollection<Guid> people, Firm firm, DateTime now)
    {
        await db.StartWriting();
        var books = await db.Set<CalendarBook>()
            .Where(c => c.Kind == CalendarKind.Own && c.OwnerId != null)
            .OrderBy(c => c.Id)
            .ToListAsync();
        var ids = books.ConvertAll(b => b.Id);
        var there = (
            await db.Set<CalendarItem>().Where(i => ids.Contains(i.CalendarBookId) && i.Path == what.Path).ToListAsync()
        ).ToDictionary(i => i.CalendarBookId);
        foreach (var person in people.Distinct())
        {
            var book = books.Find(b => b.OwnerId == person) ?? await Own(db, person);
            Put(db, what, there.GetValueOrDefault(book.Id), book, firm, now);
        }
        foreach (var (id, item) in there)
            if (!people.Contains(books.Find(b => b.Id == id)!.OwnerId!.Value))
                Leave(db, what, item, firm, now);
    }

    public static Task TakeOutOfCalendars(this AppDb db, Appointment what, Firm firm, DateTime now) =>
        db.PutInCalendars(what, [], firm, now);

    private static async Task<CalendarBook> Own(AppDb db, Guid person)
    {
        var book = CalendarBook.New((await db.Set<Person>().AsNoTracking().One(person)).Name, CalendarKind.Own, person);
        book.Paint(await db.FreeColour());
        db.Add(book);
        return book;
    }

    private static void Put(AppDb db, Appointment what, CalendarItem? item, CalendarBook book, Firm firm, DateTime now)
    {
        var text = CalendarObject.Of(Tree(what, firm, now));
        if (item is null)
            db.Add(CalendarItem.In(book.Id, what.Path, text, CalendarQueries.ZoneOf(firm)));
        // A phone is not sent again what has not changed.
        else if (Bare(item.Text) != Bare(text.Text))
            item.Write(text, CalendarQueries.ZoneOf(firm));
    }

    private static void Leave(AppDb db, Appointment what, CalendarItem item, Firm firm, DateTime now)
    {
        var yesterday = firm.Day(now).AddDays(-1);
        if (what.Rule.Length == 0 || DateOnly.FromDateTime(what.Start) > yesterday)
        {
            db.Remove(item);
            return;
        }
        var past = CalendarObject.Of(Tree(what with { Last = what.Last < yesterday ? what.Last : yesterday }, firm, now));
        if (Bare(item.Text) != Bare(past.Text))
            item.Write(past, CalendarQueries.ZoneOf(firm));
    }

    private static Component Tree(Appointment what, Firm firm, DateTime now)
    {
        var zone = CalendarQueries.ZoneOf(firm);
        TimeValue At(DateTime local) => new(Civil.Seconds(local), TimeForm.Zoned, firm.TimeZone);
        var rule = Rule.Parse(what.Rule) is { } r ? Until(r, what.Last, zone) : null;
        var draft = new EventDraft(
            what.Subject,
            what.Place,
            what.Notes,
            At(what.Start),
            At(what.Start.AddMinutes(what.Minutes)),
            rule,
            false
        );
        var root = EventEdit.New(draft, what.Key, now);
        var master = root.Inside("VEVENT").First();
        foreach (var move in what.Moved)
        {
            var own = master.Copy();
            own.Remove("RRULE");
            own.Set(At(move.Was).Line("RECURRENCE-ID"));
            own.Set(At(move.Start).Line("DTSTART"));
            own.Set(At(move.Start.AddMinutes(move.Minutes)).Line("DTEND"));
            own.SetText("LOCATION", move.Place);
            root.Components.Add(own);
        }
        foreach (var gone in what.Without)
            master.Lines.Add(At(gone).Line("EXDATE"));
        return root;
    }

    // A rule on a zone's clock ends at a moment of UTC, says the standard.
    private static Rule Until(Rule rule, DateOnly? last, Zone zone)
    {
        var day = rule.Until is { } until ? Civil.Date(Civil.DayOf(until.Local)) : (DateOnly?)null;
        if ((last < day ? last : day ?? last) is not { } end)
            return rule;
        return rule with
        {
            Count = null,
            Until = new TimeValue(zone.ToUtc(Civil.Seconds(end.Year, end.Month, end.Day) + Civil.Day - 1), TimeForm.Utc),
        };
    }

    private static string Bare(string text) =>
        string.Join(
            '\n',
            text.ReplaceLineEndings("\n")
                .Split('\n')
                .Where(l => !l.StartsWith("DTSTAMP", StringComparison.Ordinal) && !l.StartsWith("LAST-MODIFIED", StringComparison.Ordinal))
        );

    private static DateTime Utc(DateTime local) => DateTime.SpecifyKind(local, DateTimeKind.Utc);
}

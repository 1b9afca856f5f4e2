using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Two people, or one and a phone, write one event.</summary>
internal static class EventMerge
{
    /// <summary>The form of the event page with what was written since it was opened.</summary>
    /// <param name="books">Calendars it may stand in.</param>
    public static async Task<Form> Merged(
        this Form form,
        AppDb db,
        EventAt at,
        Clock mine,
        IReadOnlyList<CalendarBook> books,
        Screen screen
    )
    {
        var (item, t) = (at.Item, screen.T);
        if ((form.Int("version") ?? item.Version) == item.Version)
            return form;
        var past = await db.At(item, form.Int("version")!.Value);
        var before = EventAt.TimeOf(past, form.Text("at"), screen);
        // Of a series that was moved meanwhile, the one time that was meant cannot be told any more.
        if (at.Time.Id.Text != before.Time?.Id.Text && at.Series.Repeats && EventForm.ScopeOf(form, Scope.All) != Scope.All)
            throw new Refused(409, new Refusal("conflict.saved_by_other"));
        var clients = await db.Set<Client>()
            .Where(c => c.Id == item.ClientId || c.Id == past.ClientId)
            .ToDictionaryAsync(c => c.Id, c => c.Name);
        var speakers = await db.Set<Speaker>().ToDictionaryAsync(s => $"{s.Id}", s => s.Name);
        return await form.Merged(
            db,
            item,
            Typed(past, before.Time ?? at.Time, before.Series),
            Typed(item, at.Time, at.Series),
            called: Called
        );

        Dictionary<string, string> Typed(CalendarItem what, Occurrence time, Series series)
        {
            var clock = EventForm.ClockOf(time, mine, screen.Firm!);
            var entry = WeekView.Of(new Shown(at.Book, what, time, false), clock.Zone, "", false);
            return new(
                RepeatForm.Typed(EventForm.RuleOf(series), CalendarQueries.ZoneOf(screen.Firm)).ToDictionary(f => f.Name, f => f.Text)
            )
            {
                ["subject"] = time.Source.Text("SUMMARY"),
                ["starts_at"] = $"{entry.From:yyyy-MM-dd'T'HH:mm}",
                ["ends_at"] = $"{(time.AllDay ? entry.To.AddDays(-1) : entry.To):yyyy-MM-dd'T'HH:mm}",
                ["all_day"] = time.AllDay ? "on" : "",
                ["zone"] = clock.Name,
                ["calendar"] = $"{what.CalendarBookId}",
                ["meeting_kind"] = $"{what.Kind}",
                ["client_name"] = what.ClientId is { } client ? clients.GetValueOrDefault(client, "") : "",
                ["speaker"] = $"{what.SpeakerId}",
                ["where"] = what.Online ? "online" : "site",
                ["place"] = time.Source.Text("LOCATION"),
                ["link"] = time.Source.Text("URL"),
                ["notes"] = time.Source.Text("DESCRIPTION"),
                ["private"] = what.Private ? "on" : "",
            };
        }

        string? Called(string word) =>
            word is "where" or "site" or "online" ? t["event." + (word == "site" ? "on_site" : word)]
            : t.Has("meeting.kind." + word) ? t["meeting.kind." + word]
            : books.FirstOrDefault(b => $"{b.Id}" == word)?.Name
                ?? speakers.GetValueOrDefault(word)
                ?? (Zone.Named(word) is not null ? ZoneNames.Of(word, t) : RepeatForm.Called(word, t));
    }
}

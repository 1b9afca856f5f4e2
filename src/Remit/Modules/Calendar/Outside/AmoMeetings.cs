using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar.Outside;

/// <summary>The meetings of one user of amoCRM as a calendar: what stands there stands here, and what is no longer there goes.</summary>
internal sealed class AmoMeetings(Func<AppDb> open, AmoCrm amo, CalendarBook book, Zone zone, T t, CancellationToken cancel)
{
    private const int DaysBack = 60,
        Hour = 3600,
        LastMinute = Civil.Day - 60;
    private readonly Uri source = new(book.Source);

    /// <summary>Meetings that could not be understood.</summary>
    public List<string> Notes { get; } = [];

    public async Task Run(DateTime now)
    {
        var since = now.Date.AddDays(-DaysBack);
        var clock = (await amo.Account(cancel)).Zone ?? zone;
        var tasks = await amo.Meetings(source, since, cancel);
        var names = await amo.Names(tasks, cancel);
        var root = new Component("VCALENDAR");
        root.Components.AddRange(
            tasks.Select(task => Event(task, names.GetValueOrDefault((task.EntityType ?? "", task.EntityId ?? 0), ""), clock))
        );
        var left = new List<Note>();
        await using var db = open();
        await CalendarImport.Replace(db, book, new ReadFile([root], []), zone, left, since);
        Notes.AddRange(left.Select(n => t.Of(n.Reason)));
    }

    /// <summary>
    /// amoCRM asks for one moment and a length. The moment is taken for the meeting's start: it is what people type when they
    /// agree on a time, and what amoCRM reminds of. At 23:59 amoCRM itself shows no time but the whole day.
    /// </summary>
    private Component Event(AmoTask task, string with, Zone clock)
    {
        var local = clock.ToLocal(task.CompleteTill);
        var day = Civil.TimeOf(local) >= LastMinute;
        var start = day
            ? new TimeValue(Civil.DayOf(local) * (long)Civil.Day, TimeForm.Date)
            : new TimeValue(task.CompleteTill, TimeForm.Utc);
        var length =
            day ? Civil.Day
            : task.Duration is > 0 and <= Civil.Day ? task.Duration.Value
            : Hour;
        var one = new Component("VEVENT");
        one.Lines.AddRange([
            new("UID", $"task-{task.Id}@{source.Host}"),
            new TimeValue(task.UpdatedAt, TimeForm.Utc).Line("DTSTAMP"),
            start.Line("DTSTART"),
            (start with { Local = start.Local + length }).Line("DTEND"),
        ]);
        one.SetText(
            "SUMMARY",
            string.Join(" · ", new[] { task.Text?.Trim() is { Length: > 0 } text ? text : t["amo.meeting"], with }.Where(s => s.Length > 0))
        );
        if (task is { EntityId: > 0, EntityType: { } kind })
            one.SetText("DESCRIPTION", new Uri(source, $"/{kind}/detail/{task.EntityId}").AbsoluteUri);
        // A day without a time takes nobody's time, nor does what is over and done.
        if (day || task.IsCompleted)
            one.Set(new ContentLine("TRANSP", "TRANSPARENT"));
        return one;
    }
}

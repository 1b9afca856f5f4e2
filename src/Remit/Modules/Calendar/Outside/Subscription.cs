using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar.Outside;

/// <summary>A calendar that is read from an .ics address: what stands there stands here, and what is no longer there goes.</summary>
internal sealed class Subscription(Func<AppDb> open, OutsideWeb web, CalendarBook book, Zone zone, T t, CancellationToken cancel)
{
    /// <summary>Lines that could not be understood.</summary>
    public List<string> Notes { get; } = [];

    /// <summary>How often the address wants to be asked, if it says so.</summary>
    public TimeSpan? Wanted { get; private set; }

    public async Task Run(OutsideState state)
    {
        var since = new (string Name, string Value)[]
        {
            ("If-None-Match", state.Etag),
            ("If-Modified-Since", state.Modified),
            ("Accept", "text/calendar, */*;q=0.5"),
        };
        var answer = await web.Send(new("GET", new Uri(book.Source)) { Headers = [.. since.Where(h => h.Value.Length > 0)] }, cancel);
        if (answer.Status == 304)
        {
            Notes.AddRange(state.Notes.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            return;
        }
        if (!answer.Good)
            throw new Refusal("outside.status", ("address", answer.Address.GetLeftPart(UriPartial.Path)), ("status", answer.Status));
        await Take(answer.Body);
        (state.Etag, state.Modified) = (answer.Etag, answer.Modified);
    }

    private async Task Take(byte[] file)
    {
        ReadFile read;
        try
        {
            read = ContentReader.Read(file);
        }
        catch (NotReadable not)
        {
            throw new Refusal("calendar.broken", ("line", not.Line), ("reason", not.Reason));
        }
        if (!read.Components.Any(c => c.Is("VCALENDAR")))
            throw new Refusal("calendar.broken", ("line", 1), ("reason", new Refusal("ics.no_calendar")));
        Wanted = read
            .Components.Select(c => Length.Parse(c.Find("REFRESH-INTERVAL")?.Value ?? c.Find("X-PUBLISHED-TTL")?.Value))
            .FirstOrDefault(l => l is not null)
            is { } pause
            ? TimeSpan.FromSeconds(pause.Days * Civil.Day + pause.Seconds)
            : null;
        var left = read.Notes.ToList();
        await using var db = open();
        await CalendarImport.Replace(db, book, read, zone, left);
        Notes.AddRange(left.Select(n => $"{n.Line}: {t.Of(n.Reason)}"));
    }
}

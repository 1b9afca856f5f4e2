using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar.Format;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>A date of a speaker with its place in the row.</summary>
internal sealed record HeldDate(SpeakerHold Hold, Speaker Speaker, int Rank);

/// <summary>Dates of speakers as events that can be looked at: tentative until they are confirmed, gone when they are released.</summary>
internal static class HoldEvents
{
    /// <param name="book">Only of the speaker whose calendar this is.</param>
    public static async Task<IReadOnlyList<HeldDate>> Of(AppDb db, Guid? book, DateTime from, int most)
    {
        var speakers = await db.Set<Speaker>()
            .AsNoTracking()
            .Where(s => book == null || s.CalendarBookId == book)
            .ToDictionaryAsync(s => s.Id);
        var ids = speakers.Keys.ToList();
        var holds = await db.Set<SpeakerHold>()
            .AsNoTracking()
            .Where(h => ids.Contains(h.SpeakerId) && h.State != HoldState.Released && h.EndsAt > from)
            .OrderBy(h => h.StartsAt)
            .ThenBy(h => h.Id)
            .Take(most)
            .ToListAsync();
        var row = holds.ToLookup(h => h.SpeakerId);
        return [.. holds.Select(h => new HeldDate(h, speakers[h.SpeakerId], HoldQueue.Rank(h, row[h.SpeakerId])))];
    }

    public static Component Event(HeldDate date, T t, string link)
    {
        var (hold, one) = (date.Hold, new Component("VEVENT"));
        one.Lines.AddRange([
            new("UID", $"hold-{hold.Id:N}@remit"),
            Utc("DTSTAMP", hold.ConfirmedAt ?? hold.PlacedAt),
            Utc("DTSTART", hold.StartsAt),
            Utc("DTEND", hold.EndsAt),
        ]);
        one.SetText(
            "SUMMARY",
            $"{date.Speaker.Name}: {hold.What} · {t["hold.state." + hold.State]}{(date.Rank > 1 ? $" · {t["hold.rank", ("n", date.Rank)]}" : "")}"
        );
        one.Lines.Add(new("STATUS", hold.State == HoldState.Confirmed ? "CONFIRMED" : "TENTATIVE"));
        // The speaker is taken, not whoever looks.
        one.Lines.Add(new("TRANSP", "TRANSPARENT"));
        if (link.Length > 0)
            one.Lines.Add(new("URL", link));
        return one;
    }

    private static ContentLine Utc(string name, DateTime moment) => new TimeValue(Civil.Seconds(moment), TimeForm.Utc).Line(name);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>One time of an event, with the series and the calendar that it stands in.</summary>
internal sealed record EventAt(CalendarItem Item, CalendarBook Book, Occurrence Time, Series Series)
{
    /// <param name="at">The name of the time in its series; the first where it is left out.</param>
    public static async Task<EventAt> Find(Guid id, string? at, AppDb db, Actor actor, Screen screen)
    {
        var item = await db.Set<CalendarItem>().One(id);
        var book = await db.Set<CalendarBook>().AsNoTracking().SingleAsync(c => c.Id == item.CalendarBookId);
        if (!book.SeenWholeBy(actor) || item.Private && book.OwnerId != actor.PersonId || item.Component != "VEVENT")
            throw new Web.NotFound();
        var (time, series) = TimeOf(item, at, screen);
        return new(item, book, time ?? throw new Web.NotFound(), series);
    }

    /// <summary>The time of this name in the series that an event is; the first near it where there is none.</summary>
    public static (Occurrence? Time, Series Series) TimeOf(CalendarItem item, string? at, Screen screen)
    {
        var series = Series.Of(item.Root(), CalendarQueries.ZoneOf(screen.Firm))[0];
        var first = Civil.Seconds(item.StartsAt);
        var wanted = TimeValue.Parse(at ?? "", null);
        // The window is a few days around the named time: its zone is not in its name.
        var around = wanted?.Local ?? first;
        var near = series.Between(around - 400 * (long)Civil.Day, around + 400 * (long)Civil.Day);
        var time = wanted is { } w ? near.FirstOrDefault(o => o.Id.Text == w.Text) : null;
        return (time ?? near.FirstOrDefault(), series);
    }

    /// <summary>The same, for one who may write it.</summary>
    public static async Task<EventAt> ToWrite(Guid id, Form form, AppDb db, Actor actor, Screen screen)
    {
        var found = await Find(id, form.Text("at"), db, actor, screen);
        if (!found.Book.EditedBy(actor))
            throw new Web.NotFound();
        return found;
    }

    /// <summary>With the saving refused where somebody else wrote it since the form was made.</summary>
    public EventAt AsSeen(AppDb db, Form form)
    {
        db.Entry(Item).Property(i => i.Version).OriginalValue = form.Int("version") ?? Item.Version;
        return this;
    }

    /// <summary>Changes this time, the following or all.</summary>
    /// <returns>The event that holds the changed times: this one, or the series that goes on from it.</returns>
    public async Task<CalendarItem> Apply(AppDb db, EventDraft draft, Scope scope, Screen screen, DateTime now)
    {
        var (root, zone) = (Item.Root(), CalendarQueries.ZoneOf(screen.Firm));
        if (scope == Scope.This && Series.Repeats)
            EventEdit.This(root, Time, draft, now);
        else if (
            scope == Scope.Following
            && EventEdit.Following(root, Time, draft, Series.Zone, Guid.NewGuid().ToString(), now) is { } later
        )
        {
            var next = CalendarObject.Of(later);
            var rest = CalendarItem.In(Item.CalendarBookId, next.Uid + ".ics", next, zone);
            rest.Mean(Item.Kind, Item.ClientId);
            rest.Meet(Item.Online, Item.SpeakerId);
            db.Add(rest);
            await db.Carry(
                Item,
                rest,
                draft.Start == Time.Local
                    && draft.End.Local - draft.Start.Local == Time.End - Time.Start
                    && draft.Rule?.ToString() == Series.Master?.Find("RRULE")?.Value,
                now
            );
            Item.Write(CalendarObject.Of(root), zone);
            return rest;
        }
        else
            EventEdit.All(root, Time, draft, now, true);
        Item.Write(CalendarObject.Of(root), zone);
        return Item;
    }

    /// <summary>One time of a series that has an outcome of its own leaves the series and stands by itself.</summary>
    public CalendarItem Alone(AppDb db, Screen screen, DateTime now)
    {
        var (root, uid, zone) = (Item.Root(), Guid.NewGuid().ToString(), CalendarQueries.ZoneOf(screen.Firm));
        var start = Time.Local;
        var draft = new EventDraft(
            Time.Source.Text("SUMMARY"),
            Time.Source.Text("LOCATION"),
            Time.Source.Text("DESCRIPTION"),
            start,
            start with
            {
                Local = start.Local + Math.Max(0, Time.End - Time.Start),
            },
            null,
            Item.Private
        );
        var alone = CalendarItem.In(Book.Id, uid + ".ics", CalendarObject.Of(EventEdit.New(draft, uid, now)), zone);
        alone.Mean(Item.Kind, Item.ClientId);
        alone.Meet(Item.Online, Item.SpeakerId);
        db.Add(alone);
        EventEdit.Drop(root, Time, now);
        Item.Write(CalendarObject.Of(root), zone);
        return alone;
    }

    /// <summary>A moment that was typed on another clock, as the event writes its moments.</summary>
    public TimeValue OnItsClock(DateTime wanted, Zone mine)
    {
        var old = Time.Local;
        if (old.IsDate)
            return new TimeValue(Civil.Seconds(wanted.Date), TimeForm.Date);
        var utc = mine.ToUtc(Civil.Seconds(wanted));
        return old with
        {
            Local =
                old.Form == TimeForm.Utc ? utc
                : old.Form == TimeForm.Floating ? Civil.Seconds(wanted)
                : Series.Zone.ToLocal(utc),
        };
    }
}

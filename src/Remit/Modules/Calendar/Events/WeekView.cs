using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Modules.Dispatch;

namespace Remit.Modules.Calendar;

/// <summary>An entry laid out: quarter hours from midnight, and its part of the column's width in twelfths.</summary>
public sealed record Block(Entry Entry, int Row, int Rows, int Column, int Width);

/// <summary>Hours that are shaded: <c>night</c>, or <c>rest</c> outside working hours.</summary>
public sealed record Band(string Kind, int Row, int Rows);

/// <summary>One column of the view: a day, or one calendar's day.</summary>
/// <param name="Book">Null where the column holds all calendars.</param>
public sealed record DayColumn(DateOnly Day, IReadOnlyList<Entry> AllDay, IReadOnlyList<Block> Blocks, CalendarBook? Book = null)
{
    /// <summary>The clock of the one whose column it is, where it shows another time.</summary>
    public string Clock { get; init; } = "";
    public IReadOnlyList<Band> Bands { get; init; } = [];
}

/// <summary>Entries laid out in days, on the clock of the one who looks; no database and no clock is asked here.</summary>
public static class WeekView
{
    private const int Rows = 96,
        Twelve = 12;

    public static Entry Of(Shown shown, Zone zone, string busy, bool movable)
    {
        var time = shown.Time;
        var (from, to) = time.AllDay
            ? (
                Civil.Moment(time.Local.Local),
                Civil.Moment(time.Local.Local + Math.Max(1, (time.End - time.Start + Civil.Day / 2) / Civil.Day) * Civil.Day)
            )
            : (Civil.Moment(zone.ToLocal(time.Start)), Civil.Moment(zone.ToLocal(time.End)));
        var title =
            shown.Hidden ? busy
            : time.Source.Text("SUMMARY") is { Length: > 0 } s ? s
            : shown.Item.Title;
        return new Entry(
            title,
            shown.Hidden ? "" : time.Source.Text("LOCATION"),
            shown.Hidden ? "" : $"calendar/items/{shown.Item.Id}?at={time.Id.Text}",
            shown.Calendar.Colour,
            from,
            to,
            time.AllDay,
            time.Id.Text,
            shown.Item.Id,
            shown.Item.State == MeetingState.Held,
            movable && !shown.Hidden && !time.AllDay && shown.Item.State != MeetingState.Held
        )
        {
            Book = shown.Calendar.Id,
            Uid = shown.Hidden ? "" : shown.Item.Uid,
            Look = shown.Hidden ? "busy" : "",
        };
    }

    public static Entry Of(NamedVisit row) =>
        new(
            row.Visit.Subject,
            $"{row.Client} · {row.Programmer}",
            $"visits/{row.Visit.Id}",
            "#5d5951",
            row.Visit.StartsAt,
            row.Visit.EndsAt,
            false,
            "",
            null,
            row.Visit.State == VisitState.Done,
            false
        );

    /// <summary>A due as what it is in a calendar: something that fills no hours of its day.</summary>
    public static Entry Of(Due due, DateOnly on) =>
        new(due.Text, "", due.Path, "#8a5a00", Midnight(on), Midnight(on.AddDays(1)), true, "", null, false, false) { Look = "due" };

    public static IReadOnlyList<DayColumn> Days(IReadOnlyList<Entry> entries, DateOnly first, int count)
    {
        var shown = Together(entries);
        return [.. Enumerable.Range(0, count).Select(n => Column(shown, first.AddDays(n)))];
    }

    // A meeting of ten people is one block where their calendars share a column, not ten slivers of it.
    private static List<Entry> Together(IReadOnlyList<Entry> entries) =>
        [
            .. entries
                .GroupBy(e => e.Uid.Length > 0 ? (e.Uid, e.At, e.From, e.To) : new object())
                .Select(g => g.OrderByDescending(e => e.Movable).First() with { Others = g.Count() - 1 }),
        ];

    /// <summary>One day with a column for each calendar; what belongs to none stands in a last one.</summary>
    public static IReadOnlyList<DayColumn> SideBySide(IReadOnlyList<Entry> entries, DateOnly day, IEnumerable<CalendarBook> books)
    {
        var byBook = entries.ToLookup(e => e.Book);
        var columns = books.Select(b => Column([.. byBook[b.Id]], day) with { Book = b }).ToList();
        if (Column([.. byBook[null]], day) is { } rest && rest.AllDay.Count + rest.Blocks.Count > 0)
            columns.Add(rest);
        return columns;
    }

    /// <summary>The hours of a day that somebody does not work, their night apart from the rest, on the clock of the one who looks.</summary>
    public static IReadOnlyList<Band> Bands(Party whose, Clock mine, DateOnly day)
    {
        var bands = new List<Band>();
        // Hours begin on whole hours; on a clock half an hour off, they are looked at by quarters.
        var rows = whose.Clock.At(mine.Utc(Midnight(day))).Minute == 0 ? 4 : 1;
        for (var row = 0; row < Rows; row += rows)
        {
            var from = mine.Utc(Midnight(day).AddMinutes(row * 15));
            if (whose.Works(from, from.AddMinutes(rows * 15)))
                continue;
            var kind = whose.Clock.At(from).Hour is < 7 or >= 22 ? "night" : "rest";
            if (bands.Count > 0 && bands[^1] is var last && last.Kind == kind && last.Row + last.Rows == row + 1)
                bands[^1] = last with { Rows = last.Rows + rows };
            else
                bands.Add(new Band(kind, row + 1, rows));
        }
        return bands;
    }

    private static DateTime Midnight(DateOnly day) => day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc);

    private static DayColumn Column(IReadOnlyList<Entry> entries, DateOnly day)
    {
        var (from, to) = (Midnight(day), Midnight(day.AddDays(1)));
        var here = entries.Where(e => e.From < to && (e.To > from || e.From >= from && e.To == e.From)).ToList();
        // What covers the whole day stands above it, whether it was called a day or not.
        var whole = here.Where(e => e.AllDay || e.From <= from && e.To >= to).ToList();
        return new DayColumn(
            day,
            whole,
            Lay([.. here.Where(e => !(e.AllDay || e.From <= from && e.To >= to)).OrderBy(e => e.From).ThenByDescending(e => e.To)], from)
        );
    }

    // Those that overlap, one through another, share the width: each takes the first lane that is free.
    private static List<Block> Lay(List<Entry> entries, DateTime midnight)
    {
        var blocks = new List<Block>();
        var group = new List<(Entry Entry, int From, int To, int Lane)>();
        var (ends, until) = (new List<int>(), 0);
        foreach (var entry in entries)
        {
            var from = Math.Clamp((int)(entry.From - midnight).TotalMinutes / 15, 0, Rows - 2);
            var to = Math.Clamp(((int)(entry.To - midnight).TotalMinutes + 14) / 15, from + 2, Rows);
            if (from >= until)
                Flush();
            var lane = ends.FindIndex(e => e <= from);
            if (lane < 0)
            {
                lane = ends.Count;
                ends.Add(to);
            }
            else
                ends[lane] = to;
            group.Add((entry, from, to, lane));
            until = Math.Max(until, to);
        }
        Flush();
        return blocks;

        void Flush()
        {
            var width = ends.Count switch
            {
                <= 1 => Twelve,
                2 => 6,
                3 => 4,
                4 => 3,
                <= 6 => 2,
                _ => 1,
            };
            foreach (var (entry, from, to, lane) in group)
                blocks.Add(new Block(entry, from + 1, to - from, Math.Min(lane, Twelve / width - 1) * width + 1, width));
            group.Clear();
            ends.Clear();
        }
    }

    /// <summary>The class of the palette's colour nearest to this one; the exact colour is set by the script.</summary>
    public static int Palette(string colour) => nearest.GetOrAdd(colour, Nearest);

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, int> nearest = new();

    private static int Nearest(string colour)
    {
        var (r, g, b) = Parts(colour);
        return Enumerable
            .Range(0, CalendarBook.Colours.Count)
            .MinBy(n => Parts(CalendarBook.Colours[n]) is var (x, y, z) ? (r - x) * (r - x) + (g - y) * (g - y) + (b - z) * (b - z) : 0);
    }

    private static (int R, int G, int B) Parts(string colour) =>
        (Convert.ToInt32(colour[1..3], 16), Convert.ToInt32(colour[3..5], 16), Convert.ToInt32(colour[5..7], 16));
}

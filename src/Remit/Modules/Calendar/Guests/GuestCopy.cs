using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar;

/// <summary>Something that a guest has to hear.</summary>
/// <param name="What">Which words tell it.</param>
/// <param name="Events">What the file for their calendar holds.</param>
/// <param name="Times">Single times, as they were and as they are; null for one that does not take place.</param>
internal sealed record GuestNews(string What, IReadOnlyList<Component> Events, IReadOnlyList<(Occurrence? Was, Occurrence? Is)> Times)
{
    public bool CallsOff => What is "cancelled" or "cancelled_some";
}

/// <summary>
/// An event as its guests may know it: names, places and times, nothing of its notes. Two of them say what a guest has
/// to hear: of a series one time, its end, or all of it anew. Pure.
/// </summary>
internal sealed class GuestCopy
{
    /// <summary>So many times are told one by one; where more have changed the whole series is told anew.</summary>
    private const int MostTold = 20;
    private static readonly string[] times = ["DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE"];

    private readonly Component root;
    private readonly Series series;

    private GuestCopy(Component root, Zone floating) => (this.root, series) = (root, Series.Of(root, floating)[0]);

    public static GuestCopy Of(string text, Zone floating) => new(Read(text), floating);

    public static string TextOf(CalendarItem item)
    {
        var (own, copy) = (item.Root(), new Component("VCALENDAR"));
        copy.Components.AddRange(own.Inside("VTIMEZONE"));
        var parts = own.Components.Where(c => c.Is(item.Component)).ToList();
        var (master, off) = (parts.Find(c => c.Find("RECURRENCE-ID") is null), new List<ContentLine>());
        foreach (var part in parts)
            // A time that is called off by its own status is one that is taken out.
            if (part != master && master is not null && IsOff(part))
                off.Add(TimeValue.Of(part.Find("RECURRENCE-ID"))!.Value.Line("EXDATE"));
            else
                copy.Components.Add(Stripped(part));
        copy.Components.Find(c => c.Is("VEVENT") && c.Find("RECURRENCE-ID") is null)?.Lines.AddRange(off);
        return ContentWriter.Write(copy);
    }

    public static bool IsCalledOff(CalendarItem item) => item.Root().Components.Where(c => c.Is(item.Component)).All(IsOff);

    public static string PlaceOf(CalendarItem item) => PlaceOf(item.Root().Components.First(c => c.Is(item.Component)));

    /// <summary>Whether two copies say the same; how their zones are described does not count.</summary>
    public static bool Same(string one, string other) =>
        one == other
        || Read(one).Inside("VEVENT").ToList() is var a
            && Read(other).Inside("VEVENT").ToList() is var b
            && a.Count == b.Count
            && a.Zip(b).All(p => p.First.SameAs(p.Second));

    /// <summary>Whether the whole of it takes place at the same times, single ones set aside.</summary>
    public static bool SameTimes(string one, string other) =>
        one.Length > 0 && Times(Master(Read(one))).SequenceEqual(Times(Master(Read(other))));

    public bool Repeats => series.Repeats;
    public IReadOnlyList<Component> All => [.. root.Inside("VEVENT")];
    public IEnumerable<Component> Zones => root.Inside("VTIMEZONE");

    /// <summary>The first time that is not over.</summary>
    public Occurrence? Next(DateTime now)
    {
        var from = Civil.Seconds(now);
        return series.Between(from, from + 60L * Civil.Day).FirstOrDefault(o => o.End > from)
            ?? series.Between(from, from + 366L * 6 * Civil.Day).FirstOrDefault(o => o.End > from);
    }

    /// <summary>The first time that begins then or later.</summary>
    public Occurrence? Starting(DateTime from)
    {
        var at = Civil.Seconds(from);
        return series.Between(at, at + 60L * Civil.Day).FirstOrDefault(o => o.Start >= at)
            ?? series.Between(at, at + 366L * 6 * Civil.Day).FirstOrDefault(o => o.Start >= at);
    }

    public Occurrence? At(TimeValue id) => series.At(id);

    /// <summary>The moment that a time's name (RECURRENCE-ID) means.</summary>
    public DateTime MomentOf(TimeValue id) => Civil.Moment(series.MomentOf(id));

    /// <summary>What one who knows this copy has to hear of the other; nothing of what is over.</summary>
    public IReadOnlyList<GuestNews> News(GuestCopy now, DateTime at)
    {
        if (!Master(root).SameAs(Master(now.root), "EXDATE"))
            return Ended(now, at) is { } first ? [new("ended", now.All, [(first, null)])]
                : Next(at) is not null || now.Next(at) is not null ? [new("changed", now.All, [])]
                : [];
        var changed = Named()
            .Concat(now.Named())
            .DistinctBy(series.MomentOf)
            .Select(id => (Was: series.At(id), Is: now.series.At(id)))
            .Where(c => !Same(c.Was, c.Is) && Math.Max(c.Was?.Start ?? 0, c.Is?.Start ?? 0) > Civil.Seconds(at))
            .OrderBy(c => (c.Was ?? c.Is)!.Start)
            .ToList();
        if (changed.Count > MostTold)
            return [new("changed", now.All, [])];
        var (off, other) = (changed.FindAll(c => c.Is is null), changed.FindAll(c => c.Is is not null));
        var news = new List<GuestNews>();
        if (off.Count > 0)
            news.Add(new("cancelled_some", [.. off.Select(c => One(c.Was!))], off));
        if (other.Count > 0)
            news.Add(new("changed_some", [.. other.Select(c => One(c.Is!))], other));
        return news;
    }

    public static string PlaceOf(Component part) => part.Text("URL") is { Length: > 0 } link ? link : part.Text("LOCATION");

    // The first time that is no more, where the series only ends sooner than it did.
    private Occurrence? Ended(GuestCopy now, DateTime at)
    {
        var (mine, theirs) = (Master(root), Master(now.root));
        if (!mine.SameAs(theirs, "EXDATE", "RRULE") || Endless(mine) is not { } rule || rule != Endless(theirs))
            return null;
        var last = now.series.Extent().Last;
        if (last >= series.Extent().Last)
            return null;
        var from = Math.Max(now.series.Between(last - 366L * 5 * Civil.Day, last).LastOrDefault()?.Start ?? 0, Civil.Seconds(at));
        return series.Between(from, from + 366L * 5 * Civil.Day).FirstOrDefault(o => o.Start > from);
    }

    private static string? Endless(Component master) =>
        Rule.Parse(master.Find("RRULE")?.Value ?? "") is { } rule ? (rule with { Until = null, Count = null }).ToString() : null;

    // The times that something is said of one by one.
    private IEnumerable<TimeValue> Named() =>
        Master(root)
            .All("EXDATE")
            .SelectMany(TimeValue.List)
            .Concat(root.Inside("VEVENT").Select(c => TimeValue.Of(c.Find("RECURRENCE-ID"))).OfType<TimeValue>());

    private static bool Same(Occurrence? one, Occurrence? other) =>
        one is null || other is null
            ? one == other
            : one.Start == other.Start
                && one.End == other.End
                && one.AllDay == other.AllDay
                && one.Source.Text("SUMMARY") == other.Source.Text("SUMMARY")
                && one.Source.Text("LOCATION") == other.Source.Text("LOCATION");

    private static Component One(Occurrence time)
    {
        var one = time.Source.Copy();
        if (one.Find("RECURRENCE-ID") is not null)
            return one;
        foreach (var name in (string[])["RRULE", "RDATE", "EXDATE"])
            one.Remove(name);
        if ((TimeValue.Of(one.Find("DTSTART")), TimeValue.Of(one.Find("DTEND"))) is ({ } start, { } end))
            one.Set((end with { Local = time.Local.Local + end.Local - start.Local }).Line("DTEND"));
        one.Set(time.Local.Line("DTSTART"));
        one.Lines.Insert(0, time.Id.Line("RECURRENCE-ID"));
        return one;
    }

    private static Component Stripped(Component part)
    {
        var one = new Component("VEVENT");
        if (part.Find("RECURRENCE-ID") is { } id)
            one.Lines.Add(id);
        foreach (var name in times)
            one.Lines.AddRange(part.All(name));
        one.SetText("SUMMARY", part.Text("SUMMARY"));
        one.SetText("LOCATION", PlaceOf(part));
        return one;
    }

    private static bool IsOff(Component part) => part.Text("STATUS").Equals("CANCELLED", StringComparison.OrdinalIgnoreCase);

    private static Component Read(string text) => ContentReader.Read(text).Components[0];

    private static Component Master(Component root) =>
        root.Inside("VEVENT").FirstOrDefault(c => c.Find("RECURRENCE-ID") is null) ?? root.Inside("VEVENT").First();

    private static IEnumerable<string> Times(Component master) =>
        times.Where(n => n != "EXDATE").SelectMany(master.All).Select(l => $"{l.Name};{l.Of("TZID")}:{l.Value}");
}

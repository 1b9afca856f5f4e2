using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar;

/// <summary>Which times of a series a change is meant for.</summary>
public enum Scope
{
    This,
    Following,
    All,
}

/// <summary>What a person typed of an event.</summary>
/// <param name="Rule">How it repeats; null for once.</param>
public sealed record EventDraft(string Summary, string Place, string Notes, TimeValue Start, TimeValue End, Rule? Rule, bool Private)
{
    /// <summary>The address of an online meeting; null leaves what stands there, an empty text removes it.</summary>
    public string? Link { get; init; }
}

/// <summary>Changes to an event's tree. What the page has no field for stays as it is.</summary>
public static class EventEdit
{
    public static Component New(EventDraft draft, string uid, DateTime now)
    {
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN")]);
        var one = new Component("VEVENT");
        one.Lines.Add(new ContentLine("UID", uid));
        Write(one, draft, now);
        Repeat(one, draft.Rule);
        root.Components.Add(one);
        Zones(root, draft.Start);
        return root;
    }

    /// <summary>Every time: the series moves by as much as the time that was open on the page, and its exceptions move along.</summary>
    public static void All(Component root, Occurrence time, EventDraft draft, DateTime now, bool repeat)
    {
        var master = Master(root, time);
        var shift = draft.Start.Local - time.Local.Local;
        var first = TimeValue.Of(master.Find("DTSTART"))!.Value;
        // From a time to a whole day, or back: the days of the series stay, only their hours go or come.
        var start = draft.Start with
        {
            Local =
                draft.Start.IsDate == first.IsDate
                    ? first.Local + shift
                    : (Civil.DayOf(first.Local) + Civil.DayOf(draft.Start.Local) - Civil.DayOf(time.Local.Local)) * (long)Civil.Day
                        + Civil.TimeOf(draft.Start.Local),
        };
        var length = draft.End.Local - draft.Start.Local;
        Write(master, draft with { Start = start, End = draft.End with { Local = start.Local + length } }, now);
        if (repeat)
            Repeat(master, draft.Rule);
        if (shift != 0)
        {
            Shift(master, "EXDATE", shift);
            foreach (var other in Others(root, master))
                Shift(other, "RECURRENCE-ID", shift);
        }
        Zones(root, start);
    }

    /// <summary>One time only, which from now on is described by itself.</summary>
    public static void This(Component root, Occurrence time, EventDraft draft, DateTime now)
    {
        var master = Master(root, time);
        if (master.Find("RRULE") is null && master.Find("RDATE") is null && master.Find("RECURRENCE-ID") is null)
        {
            All(root, time, draft, now, false);
            return;
        }
        var own = Others(root, master).FirstOrDefault(c => TimeValue.Of(c.Find("RECURRENCE-ID")) == time.Id);
        if (own is null)
        {
            own = master.Copy();
            foreach (var name in (string[])["RRULE", "RDATE", "EXDATE", "EXRULE"])
                own.Remove(name);
            own.Set(time.Id.Line("RECURRENCE-ID"));
            root.Components.Add(own);
        }
        Write(own, draft, now);
        Zones(root, draft.Start);
    }

    /// <summary>From one time on: the old series ends before it, and a new one with the rest goes on. Null where it is the whole series.</summary>
    public static Component? Following(Component root, Occurrence time, EventDraft draft, Zone zone, string uid, DateTime now)
    {
        var master = Master(root, time);
        var start = TimeValue.Of(master.Find("DTSTART"))!.Value;
        if (time.Id.Local <= start.Local || master.Find("RRULE") is not { } line || Rule.Parse(line.Value) is not { } rule)
            return null;
        var later = root.Copy();
        var next = Master(later, time);
        var before = rule.Count is null ? 0 : rule.Walk(start.Local, zone, start.Local).TakeWhile(l => l < time.Id.Local).Count();
        foreach (var part in later.Components.Where(c => c.Is("VEVENT")))
            part.Set(new ContentLine("UID", uid));
        later.Components.RemoveAll(c =>
            c != next && c.Is("VEVENT") && TimeValue.Of(c.Find("RECURRENCE-ID")) is { } id && id.Local < time.Id.Local
        );
        next.Set(time.Id.Line("DTSTART"));
        next.Remove("DURATION");
        var moved = draft with
        {
            Rule =
                draft.Rule is { } d && d.ToString() == rule.ToString() && rule.Count is { } count
                    ? d with
                    {
                        Count = Math.Max(1, count - before),
                    }
                    : draft.Rule,
        };
        All(later, time with { Local = time.Id, Source = next }, moved, now, true);
        End(root, time, zone, now);
        return later;
    }

    /// <summary>Takes one time out.</summary>
    public static void Drop(Component root, Occurrence time, DateTime now)
    {
        var master = Master(root, time);
        root.Components.RemoveAll(c => c != master && c.Is("VEVENT") && TimeValue.Of(c.Find("RECURRENCE-ID")) == time.Id);
        master.Lines.Add(time.Id.Line("EXDATE"));
        Stamp(master, now);
    }

    /// <summary>Ends the series before this time.</summary>
    public static void End(Component root, Occurrence time, Zone zone, DateTime now)
    {
        var master = Master(root, time);
        root.Components.RemoveAll(c =>
            c != master && c.Is("VEVENT") && TimeValue.Of(c.Find("RECURRENCE-ID")) is { } id && id.Local >= time.Id.Local
        );
        if (Rule.Parse(master.Find("RRULE")?.Value ?? "") is { } rule)
        {
            // A rule on a zone's clock ends at a moment of UTC, says the standard; a rule of days on a day.
            var last =
                time.Id.IsDate ? new TimeValue(time.Id.Local - Civil.Day, TimeForm.Date)
                : time.Id.Form == TimeForm.Floating ? time.Id with { Local = time.Id.Local - 1 }
                : new TimeValue(zone.ToUtc(time.Id.Local) - 1, TimeForm.Utc);
            master.Set(new ContentLine("RRULE", (rule with { Count = null, Until = last }).ToString()));
        }
        Stamp(master, now);
    }

    private static Component Master(Component root, Occurrence time)
    {
        var uid = time.Source.Find("UID")?.Value;
        var parts = root.Components.Where(c => c.Is("VEVENT") && c.Find("UID")?.Value == uid).ToList();
        return parts.Find(c => c.Find("RECURRENCE-ID") is null) ?? parts[0];
    }

    private static IEnumerable<Component> Others(Component root, Component master) =>
        root.Components.Where(c => c != master && c.Is("VEVENT"));

    private static void Write(Component one, EventDraft draft, DateTime now)
    {
        one.SetText("SUMMARY", draft.Summary);
        one.SetText("LOCATION", draft.Place);
        one.SetText("DESCRIPTION", draft.Notes);
        if (draft.Link is { } link)
            if (link.Length > 0)
                one.Set(new ContentLine("URL", link));
            else
                one.Remove("URL");
        one.Set(draft.Start.Line("DTSTART"));
        one.Remove("DURATION");
        one.Set(draft.End.Line("DTEND"));
        if (draft.Private)
            one.SetText("CLASS", "PRIVATE");
        else
            one.Remove("CLASS");
        Stamp(one, now);
    }

    private static void Repeat(Component one, Rule? rule)
    {
        if (rule is null)
        {
            one.Remove("RRULE");
            one.Remove("EXDATE");
        }
        else
            one.Set(new ContentLine("RRULE", rule.ToString()));
    }

    private static void Shift(Component one, string name, long by)
    {
        for (var i = 0; i < one.Lines.Count; i++)
            if (one.Lines[i].Is(name))
                one.Lines[i] = one.Lines[i]
                    .With(string.Join(',', TimeValue.List(one.Lines[i]).Select(t => (t with { Local = t.Local + by }).Text)));
    }

    private static void Stamp(Component one, DateTime now)
    {
        var stamp = new TimeValue(Civil.Seconds(now), TimeForm.Utc).Text;
        one.Set(new ContentLine("DTSTAMP", stamp));
        one.Set(new ContentLine("LAST-MODIFIED", stamp));
        one.Set(new ContentLine("SEQUENCE", ((int.TryParse(one.Find("SEQUENCE")?.Value, out var n) ? n : -1) + 1).ToString()));
    }

    private static void Zones(Component root, TimeValue time)
    {
        if (time.Tzid is not { } tzid || root.Inside("VTIMEZONE").Any(z => z.Text("TZID") == tzid))
            return;
        if (ZoneText.Of(tzid, Civil.Moment(time.Local).Year) is { } zone)
            root.Components.Insert(0, zone);
    }
}

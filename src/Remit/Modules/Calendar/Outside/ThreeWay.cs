using Remit.Modules.Calendar.Format;

namespace Remit.Modules.Calendar.Outside;

/// <summary>
/// Two sides changed one event. What only one of them changed is put together, property by property and exception by
/// exception; where both changed the same thing otherwise, nobody is asked here and both versions are kept by the caller.
/// </summary>
public static class ThreeWay
{
    // Programs write these at every save; they decide nothing.
    private static readonly string[] stamps = ["DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "CREATED", "PRODID", "VERSION"];

    // Lists that both sides may lengthen.
    private static readonly string[] lists = ["EXDATE", "RDATE", "ATTENDEE", "ATTACH", "COMMENT", "CATEGORIES", "CONTACT", "RELATED-TO"];

    /// <summary>Null where both changed the same property to different values.</summary>
    /// <param name="agreed">The text both began from.</param>
    public static Component? Merge(Component agreed, Component mine, Component theirs)
    {
        var merged = new Component(theirs.Name);
        if (Lines(agreed, mine, theirs) is not { } lines)
            return null;
        merged.Lines.AddRange(lines);
        foreach (var key in theirs.Components.Concat(mine.Components).Select(Key).Distinct())
        {
            Component? Of(Component c) => c.Components.Find(x => Key(x) == key);
            if (Part(Of(agreed), Of(mine), Of(theirs), out var part) && part is not null)
                merged.Components.Add(part);
            else if (part is null && Of(mine) is not null && Of(theirs) is not null)
                return null;
        }
        return merged;
    }

    // False with nothing where both have it and cannot be put together.
    private static bool Part(Component? agreed, Component? mine, Component? theirs, out Component? part)
    {
        part = null;
        if (mine is null || theirs is null)
        {
            var left = (mine ?? theirs)!;
            // One took it out: it stays out, unless the other has changed it since.
            if (agreed is null || !Same(left, agreed))
                part = left;
            return true;
        }
        part =
            Same(mine, theirs) || agreed is not null && Same(mine, agreed) ? theirs
            : agreed is not null && Same(theirs, agreed) ? mine
            : Merge(agreed ?? new Component(mine.Name), mine, theirs);
        return part is not null;
    }

    private static List<ContentLine>? Lines(Component agreed, Component mine, Component theirs)
    {
        var lines = new List<ContentLine>();
        foreach (var name in theirs.Lines.Concat(mine.Lines).Select(l => l.Name.ToUpperInvariant()).Distinct())
        {
            var (a, m, t) = (Of(agreed, name), Of(mine, name), Of(theirs, name));
            if (name == "SEQUENCE")
                lines.Add(m.Concat(t).MaxBy(l => int.TryParse(l.Value, out var n) ? n : 0)!);
            else if (stamps.Contains(name) || Same(m, t) || Same(m, a))
                lines.AddRange(t.Count > 0 || !stamps.Contains(name) ? t : m);
            else if (Same(t, a))
                lines.AddRange(m);
            else if (lists.Contains(name))
                lines.AddRange(Both(a, m, t));
            else
                return null;
        }
        return lines;
    }

    private static List<ContentLine> Of(Component c, string name) => [.. c.All(name)];

    private static IEnumerable<ContentLine> Both(List<ContentLine> agreed, List<ContentLine> mine, List<ContentLine> theirs) =>
        theirs
            .Where(t => mine.Exists(t.SameAs) || !agreed.Exists(t.SameAs))
            .Concat(mine.Where(m => !theirs.Exists(m.SameAs) && !agreed.Exists(m.SameAs)));

    private static bool Same(List<ContentLine> a, List<ContentLine> b) => a.Count == b.Count && a.TrueForAll(l => b.Exists(l.SameAs));

    // Whether two say the same, whoever saved last.
    private static bool Same(Component a, Component b)
    {
        List<ContentLine> Kept(Component c) => c.Lines.FindAll(l => !stamps.Contains(l.Name.ToUpperInvariant()));
        return a.Name == b.Name
            && Same(Kept(a), Kept(b))
            && a.Components.Count == b.Components.Count
            && a.Components.Zip(b.Components).All(p => Same(p.First, p.Second));
    }

    private static string Key(Component c) =>
        c.Name switch
        {
            "VTIMEZONE" => "zone " + c.Text("TZID"),
            "VALARM" => "alarm " + (c.Find("UID")?.Value ?? c.Find("TRIGGER")?.Value + c.Find("ACTION")?.Value),
            _ => $"{c.Name} {c.Find("UID")?.Value} {c.Find("RECURRENCE-ID")?.Value}",
        };
}

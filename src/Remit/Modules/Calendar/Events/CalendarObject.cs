using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Modules.Calendar;

/// <summary>An iCalendar text that is one event: one UID, one kind of component, readable to its last line (RFC 4791, 4.1).</summary>
public sealed record CalendarObject(string Text, Component Root, string Uid, string Component)
{
    /// <summary>What a calendar file may hold.</summary>
    internal static readonly string[] Kinds = ["VEVENT", "VTODO", "VJOURNAL"];

    private IEnumerable<Component> Parts => Root.Components.Where(c => c.Is(Component));
    private Component Main => Parts.FirstOrDefault(c => c.Find("RECURRENCE-ID") is null) ?? Parts.First();
    public string Summary => Main.Text("SUMMARY").Trim() is var s && s.Length > 500 ? s[..500] : s;
    public bool Private => Main.Text("CLASS") is { Length: > 0 } c && !c.Equals("PUBLIC", StringComparison.OrdinalIgnoreCase);

    /// <summary>Refused, with the line and the reason, where the text is no such object.</summary>
    public static CalendarObject Read(byte[] bytes)
    {
        ReadFile read;
        try
        {
            read = ContentReader.Read(bytes);
        }
        catch (NotReadable not)
        {
            throw Broken(not.Line, not.Reason);
        }
        if (read.Notes.Count > 0)
            throw Broken(read.Notes[0].Line, read.Notes[0].Reason);
        if (read.Components is not [var root] || !root.Is("VCALENDAR"))
            throw Broken(1, new("ics.one_calendar"));
        return Of(root, System.Text.Encoding.UTF8.GetString(bytes));
    }

    public static CalendarObject Of(Component root, string? text = null)
    {
        var parts = root.Components.Where(c => Kinds.Contains(c.Name)).ToList();
        if (parts.Count == 0)
            throw Broken(root.At, new("ics.no_component"));
        var uid = parts[0].Find("UID")?.Value ?? "";
        foreach (var part in parts)
        {
            if (part.Find("UID")?.Value is not { Length: > 0 and <= 1000 } own)
                throw Broken(part.At, new("ics.no_uid"));
            if (own != uid || part.Name != parts[0].Name)
                throw Broken(part.At, new("ics.mixed"));
            foreach (var name in (string[])["DTSTART", "DTEND", "DUE", "RECURRENCE-ID"])
                if (part.Find(name) is { } line && TimeValue.Of(line) is null)
                    throw Broken(line.At, new("ics.no_date", ("name", name), ("value", line.Value)));
            if (part.Is("VEVENT") && part.Find("DTSTART") is null)
                throw Broken(part.At, new("ics.no_start"));
            foreach (var line in part.All("RRULE"))
                if (Rule.Parse(line.Value) is null)
                    throw Broken(line.At, new("ics.no_rule", ("value", line.Value)));
        }
        return new CalendarObject(text ?? ContentWriter.Write(root), root, uid, parts[0].Name);
    }

    private static Refusal Broken(int line, Refusal reason) => new("calendar.broken", ("line", line), ("reason", reason));
}

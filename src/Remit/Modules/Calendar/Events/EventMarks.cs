using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Remit.Modules.Calendar;

/// <summary>
/// The blocks of a column as HTML. A week over twenty calendars has eight hundred of them with fourteen attributes each:
/// written as text they cost a tenth of what they cost as parts of a component.
/// </summary>
internal static class EventMarks
{
    private static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static MarkupString Of(IReadOnlyList<Block> blocks)
    {
        var html = new StringBuilder();
        foreach (var block in blocks) Write(html, block, block.Entry);
        return new MarkupString(html.ToString());
    }

    private static void Write(StringBuilder html, Block block, Entry e)
    {
        var (from, to) = (Hour(e.From), Hour(e.To));
        html.Append(CultureInfo.InvariantCulture, $"<a class=\"ev {e.Look} r{block.Row} s{block.Rows} x{block.Column} w{block.Width} k{WeekView.Palette(e.Colour)}{(e.Done ? " held" : "")}\" data-colour=\"{e.Colour}\"");
        if (e.Link.Length > 0) Attribute(html, "href", e.Link); else if (e.Slot is null) html.Append(" tabindex=\"0\"");
        if (e.Slot is { } slot) Attribute(html, "data-slot", slot);
        if (e.Movable) html.Append(CultureInfo.InvariantCulture, $" data-item=\"{e.Item}\" data-at=\"{e.At}\"");
        html.Append(CultureInfo.InvariantCulture, $" data-start=\"{e.From:yyyy-MM-dd}T{from}\" data-minutes=\"{(int)(e.To - e.From).TotalMinutes}\"");
        Attribute(html, "title", $"{from}–{to} {e.Title} {e.Note} {e.Elsewhere}".TrimEnd());
        html.Append("><b>").Append(encoder.Encode(e.Title)).Append("</b> <span>").Append(from).Append(e.Done ? " ✓" : "").Append(e.Others > 0 ? $" +{e.Others}" : "").Append("</span>");
        foreach (var more in (string[])[e.Elsewhere, e.Note])
            if (more.Length > 0) html.Append("<small>").Append(encoder.Encode(more)).Append("</small>");
        html.Append("</a>");
    }

    private static void Attribute(StringBuilder html, string name, string value) =>
        html.Append(' ').Append(name).Append("=\"").Append(encoder.Encode(value)).Append('"');

    private static string Hour(DateTime at) => string.Create(5, at, static (text, t) =>
    {
        text[0] = (char)('0' + t.Hour / 10);
        text[1] = (char)('0' + t.Hour % 10);
        text[2] = ':';
        text[3] = (char)('0' + t.Minute / 10);
        text[4] = (char)('0' + t.Minute % 10);
    });
}

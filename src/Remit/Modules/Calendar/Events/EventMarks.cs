using Microsoft.AspNetCore.Components;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>The blocks of a column as HTML: a week over twenty calendars has eight hundred of them with fourteen attributes each.</summary>
internal static class EventMarks
{
    public static MarkupString Of(IReadOnlyList<Block> blocks)
    {
        var html = new Markup();
        foreach (var block in blocks)
            Write(html, block, block.Entry);
        return html.Done();
    }

    private static void Write(Markup html, Block block, Entry e)
    {
        var (from, to) = (Hour(e.From), Hour(e.To));
        html.Add(
            $"<a class=\"ev {e.Look} r{block.Row} s{block.Rows} x{block.Column} w{block.Width} k{WeekView.Palette(e.Colour)}{(e.Done ? " held" : "")}\" data-colour=\"{e.Colour}\""
        );
        if (e.Link.Length > 0)
            html.Attribute("href", e.Link);
        else if (e.Slot is null)
            html.Add($" tabindex=\"0\"");
        html.Attribute("data-slot", e.Slot);
        if (e.Movable)
            html.Add($" data-item=\"{e.Item}\" data-at=\"{e.At}\"");
        html.Add($" data-start=\"{e.From:yyyy-MM-dd}T{from}\" data-minutes=\"{(int)(e.To - e.From).TotalMinutes}\"");
        html.Attribute("title", $"{from}–{to} {e.Title} {e.Note} {e.Elsewhere}".TrimEnd());
        html.Add($"><b>{e.Title}</b> <span>{from}{(e.Done ? " ✓" : "")}{(e.Others > 0 ? $" +{e.Others}" : "")}</span>");
        foreach (var more in (string[])[e.Elsewhere, e.Note])
            if (more.Length > 0)
                html.Add($"<small>{more}</small>");
        html.Add($"</a>");
    }

    private static string Hour(DateTime at) =>
        string.Create(
            5,
            at,
            static (text, t) =>
            {
                text[0] = (char)('0' + t.Hour / 10);
                text[1] = (char)('0' + t.Hour % 10);
                text[2] = ':';
                text[3] = (char)('0' + t.Minute / 10);
                text[4] = (char)('0' + t.Minute % 10);
            }
        );
}

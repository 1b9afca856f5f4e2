using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>The minutes of a meeting as they are printed and sent, in any of the four languages.</summary>
internal sealed record Minutes(
    Meeting Meeting,
    MeetingSeries Series,
    Circle Circle,
    IReadOnlyList<AgendaPoint> Points,
    IReadOnlyList<DecisionLine> Decisions,
    AgendaContent? Content,
    Firm Firm,
    DateOnly Today
)
{
    public static async Task<Minutes> Of(AppDb db, Meeting meeting, MeetingSeries series, Screen screen)
    {
        var circle = await Circle.Of(db, series, meeting.Day);
        return new(
            meeting,
            series,
            circle,
            await MinutesEndpoints.Points(db, meeting.Id),
            await Agenda.Decisions(db, db.Set<Decision>().Where(d => d.MeetingId == meeting.Id), screen.Today),
            meeting.Open ? await Agenda.Of(db, meeting, circle, screen) : null,
            screen.Firm!,
            screen.Today
        );
    }

    public Letter Letter(string to, T t)
    {
        var text = new StringBuilder();
        foreach (var piece in Pieces(t))
            text.Append(piece.Before > 6 ? "\n" : "").Append(piece.Text).Append('\n');
        return new(to, t["letter.minutes_subject", ("meeting", Meeting.Name), ("day", Meeting.Day)], text.ToString())
        {
            About = Series.About($"meetings/{Meeting.Id}"),
        };
    }

    public byte[] Pdf(T t)
    {
        var lead = Circle.People.FirstOrDefault(p => p.Id == Circle.Lead)?.Name ?? "";
        return PlainPaper.Print(
            $"{Meeting.Name}, {Formats.Day(Meeting.Day, t)}",
            t.Language,
            Pieces(t),
            Meeting.Open ? [] : [$"{lead} ({t["meetings.lead_short"]})", t["meetings.kept_by"]]
        );
    }

    private IEnumerable<PaperText> Pieces(T t)
    {
        yield return new(t[Meeting.Open ? "meetings.agenda_of" : "meetings.minutes_of", ("meeting", Meeting.Name)], 15, true);
        var place = Meeting.Place.Length > 0 ? $" · {Meeting.Place}" : "";
        yield return new(
            $"{Firm.Name} · {Formats.Day(Meeting.Day, t)}, {Meeting.StartsAt:HH:mm}–{Meeting.StartsAt.AddMinutes(Meeting.Minutes):HH:mm}{place}",
            10,
            false,
            4
        );
        var present =
            Meeting.Present.Length > 0
                ? Meeting.Present
                : string.Join(", ", Circle.People.Select(p => p.Name).Concat(Circle.Guests.Select(g => g.Name)));
        yield return new($"{t[Meeting.Open ? "meetings.invited" : "meetings.present"]}: {present}", 9.5, false, 4);
        for (var n = 0; n < Points.Count; n++)
            foreach (var piece in Of(Points[n], n + 1, t))
                yield return piece;
        if (Decisions.Count == 0)
            yield break;
        yield return new(t["meetings.decisions"], 11, true, 14);
        foreach (var line in Decisions)
            yield return new($"• {line.Decision.Text} — {line.Whose}, {Formats.Day(line.Task.DueOn, t)}");
    }

    private IEnumerable<PaperText> Of(AgendaPoint point, int number, T t)
    {
        var shown = Meeting.Open ? Content!.Lines(point.Kind, t, Today) : point.Shown;
        if (point.Kind != PointKind.Own && shown.Length == 0 && point.Notes.Length == 0)
            yield break;
        yield return new($"{number}. {(point.Kind == PointKind.Own ? point.Text : t["meetings.point." + point.Kind])}", 11, true, 12);
        if (shown.Length > 0)
            yield return new(shown, 8.5);
        if (point.Notes.Length > 0)
            yield return new(point.Notes, 9.5, false, 5);
    }
}

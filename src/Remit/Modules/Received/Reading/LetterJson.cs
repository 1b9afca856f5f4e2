using System.Text.Json;
using Remit.Modules.Files;
using Remit.Storage;

namespace Remit.Modules.Received.Reading;

/// <summary>A letter that was read, as the command line writes it (docs/guide/api.md).</summary>
public static class LetterJson
{
    public static string Write(IEnumerable<(string File, ReadLetter Letter)> letters) =>
        JsonSerializer.Serialize(new { letters = letters.Select(l => Of(l.File, l.Letter)) }, JournalWriter.Json);

    private static object Of(string file, ReadLetter l) =>
        new
        {
            file,
            from = Of(l.From),
            to = l.To.Select(Of),
            copies = l.Copies.Select(Of),
            subject = l.Subject,
            sent_at = l.SentAt,
            message_id = l.MessageId,
            answers = l.Answers,
            sort = l.Sort.ToString().ToLowerInvariant(),
            text = l.Text,
            own = l.Own,
            files = l.Files.Select(f => new
            {
                name = f.Name,
                type = FileType.Of(f.Bytes),
                size = f.Bytes.Length,
            }),
            calendars = l.Calendars,
            bounce = l.Bounce is { } b
                ? new
                {
                    address = b.Address,
                    message_id = b.MessageId,
                    reason = b.Reason,
                }
                : null,
            notes = l.Notes.Select(n => new { code = n.Key, name = n.Name }),
        };

    private static object Of(Party party) => new { name = party.Name, address = party.Address };
}

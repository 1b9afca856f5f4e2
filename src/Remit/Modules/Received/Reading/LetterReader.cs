using System.Text;
using MimeKit;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Received.Reading;

/// <summary>
/// Reads a letter as mail servers keep it (RFC 5322, MIME). Everything in it was written by a stranger: sizes, depth and
/// number are bounded, pages become plain words, and of what was left out it says so.
/// </summary>
public static class LetterReader
{
    public const int MostBytes = 36 << 20,
        LongestText = 200_000,
        LongestSubject = 300;
    private const int Deepest = 20,
        MostParties = 50,
        MostAnswers = 20,
        LongestId = 250;

    /// <exception cref="Refusal">It is no letter, or is larger than is taken.</exception>
    public static ReadLetter Read(byte[] bytes)
    {
        Must(bytes.AsSpan().ContainsAnyExcept(" \r\n\t"u8), "received.empty");
        Must(bytes.Length <= MostBytes, "received.too_big", ("most", MostBytes >> 20));
        Must(!bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]), "received.outlook");
        var message = Parse(bytes) ?? throw new Refusal("received.not_letter");
        var parts = new LetterParts();
        parts.Take(message.Body);
        var bounce = BounceReader.Of(message);
        var from =
            Parties(message.From).FirstOrDefault()
            ?? Parties(message.ReplyTo).FirstOrDefault()
            ?? Party(message.Sender)
            ?? new Party("", "");
        return new ReadLetter
        {
            From = from,
            To = Parties(message.To),
            Copies = Parties(message.Cc),
            Subject = Line(message.Subject, LongestSubject),
            Text = parts.Text,
            SentAt = message.Date.Year is > 1990 and < 2200 ? message.Date.UtcDateTime : null,
            MessageId = Id(message.MessageId),
            Answers = Answered(message),
            Sort = bounce is not null ? LetterSort.Bounce : LetterSorts.Of(message),
            Bounce = bounce,
            Files = parts.Files,
            Calendars = parts.Calendars,
            Notes = parts.Notes,
        };
    }

    /// <summary>One line of what somebody wrote: nothing invisible, nothing that begins another line.</summary>
    internal static string Line(string? text, int most) =>
        Cut(string.Join(' ', Clean(text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), most);

    /// <summary>Without what no text holds: control characters, halves of letters, marks that turn the reading direction around.</summary>
    internal static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            if (
                rune.Value is '\n' or '\t'
                || !Rune.IsControl(rune)
                    && rune.Value is not (>= 0x202A and <= 0x202E or >= 0x2066 and <= 0x2069 or 0xFEFF or 0xFFFE or 0xFFFF or 0x200B)
            )
                clean.Append(rune);
        return clean.ToString();
    }

    /// <summary>At most so long, and no letter cut in two.</summary>
    internal static string Cut(string text, int most) =>
        text.Length <= most ? text : text[..(char.IsHighSurrogate(text[most - 1]) ? most - 1 : most)];

    internal static string Id(string? id) => Cut(Line(id, 1000).Trim('<', '>', ' '), LongestId);

    private static MimeMessage? Parse(byte[] bytes)
    {
        var options = ParserOptions.Default.Clone();
        options.MaxMimeDepth = Deepest;
        // Letters of the headers that no charset is named for.
        options.CharsetEncoding = TextFile.Cyrillic(bytes.AsSpan(0, Math.Min(bytes.Length, 1 << 16)));
        try
        {
            var message = MimeMessage.Load(options, new MemoryStream(bytes, writable: false));
            // A file of anything at all has a first line with a colon somewhere; a letter says who, what or when.
            return
                new[] { HeaderId.From, HeaderId.Date, HeaderId.MessageId, HeaderId.Subject, HeaderId.Received }.Count(
                    message.Headers.Contains
                ) >= 2
                ? message
                : null;
        }
        catch (Exception e)
            when (e is FormatException or ArgumentException or InvalidOperationException or NotSupportedException or IOException)
        {
            return null;
        }
    }

    private static List<Party> Parties(InternetAddressList list) => [.. list.Mailboxes.Take(MostParties).Select(Party).OfType<Party>()];

    private static Party? Party(MailboxAddress? mailbox)
    {
        if (mailbox is null)
            return null;
        var address = Line(mailbox.Address, 254).ToLowerInvariant();
        return System.Net.Mail.MailAddress.TryCreate(address, out var good) && good.Address == address
            ? new Party(Line(mailbox.Name, 200), address)
            : null;
    }

    private static List<string> Answered(MimeMessage message) =>
        [
            .. new[] { message.InReplyTo }
                .Concat(message.References.Reverse())
                .Select(Id)
                .Where(i => i.Length > 0)
                .Distinct()
                .Take(MostAnswers),
        ];
}

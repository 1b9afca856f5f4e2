using MimeKit;
using Remit.Modules.Files;

namespace Remit.Modules.Received.Reading;

/// <summary>The parts of a letter: its words, its files, and what mail programs say to each other about appointments.</summary>
internal sealed class LetterParts
{
    private const int MostFiles = 20,
        MostParts = 500,
        MostCalendars = 5,
        MostCalendarBytes = 1 << 20;

    /// <summary>Below this a picture inside the text is the logo of a signature, not a picture of the trouble.</summary>
    private const int LeastPicture = 8 << 10;
    private readonly List<string> texts = [];
    private int parts;

    public List<ReadFile> Files { get; } = [];
    public List<string> Calendars { get; } = [];
    public List<LetterNote> Notes { get; } = [];
    public string Text =>
        LetterReader.Cut(LetterReader.Clean(string.Join("\n\n", texts.Where(t => t.Length > 0))).Trim(), LetterReader.LongestText);

    public void Take(MimeEntity? body)
    {
        if (body is not null && Words(body) is { Length: > 0 } text)
            texts.Add(text);
    }

    /// <summary>The text of a part, read in the charset that fits it.</summary>
    public static string Words(MimePart part, int most) => LetterCharset.Decode(Bytes(part, most, out _), part.ContentType.Charset);

    // What a part says, and on the way all that hangs on it.
    private string Words(MimeEntity entity)
    {
        if (++parts > MostParts)
        {
            Note("many_parts", "");
            return "";
        }
        switch (entity)
        {
            case MultipartAlternative choice:
                // The plain form comes first; a form without a word is none.
                var forms = choice
                    .Select(form => (Plain: form is TextPart { IsPlain: true }, Text: Words(form).Trim()))
                    .Where(f => f.Text.Length > 0)
                    .ToList();
                return forms.OrderByDescending(f => f.Plain).Select(f => f.Text).FirstOrDefault() ?? "";
            case Multipart several:
                return string.Join("\n\n", several.Select(Words).Where(t => t.Trim().Length > 0));
            case MessagePart letter:
                File((letter.Message?.Subject is { Length: > 0 } subject ? subject : "letter") + ".eml", letter, letter);
                return "";
            case TextPart text when !text.IsAttachment && text.ContentType.IsMimeType("text", "calendar"):
                Calendar(text);
                return "";
            case TextPart text when !text.IsAttachment && string.IsNullOrEmpty(text.FileName):
                var words = Words(text, LetterReader.LongestText * 4);
                return text.IsHtml ? HtmlText.Of(words, LetterReader.LongestText) : words;
            case MimePart part:
                if (part.ContentType.IsMimeType("text", "calendar") || part.ContentType.IsMimeType("application", "ics"))
                    Calendar(part);
                else if (part is not MessageDeliveryStatus)
                    File(part.FileName ?? part.ContentType.Name ?? "", part, part);
                return "";
            default:
                return "";
        }
    }

    private void Calendar(MimePart part)
    {
        if (part.Content is null || Calendars.Count == MostCalendars)
            return;
        var text = Words(part, MostCalendarBytes).Replace("\0", "");
        // The same stands in a letter twice: as a form of the words and as a file.
        if (text.Length > 0 && !Calendars.Contains(text))
            Calendars.Add(text);
    }

    private void File(string name, MimeEntity entity, MimeEntity told)
    {
        name = Name(name);
        if (Files.Count == MostFiles)
        {
            Note("many_files", name);
            return;
        }
        var bytes = Bytes(entity, (int)FilesModule.Largest, out var whole);
        var inside = told is MimePart { ContentId.Length: > 0 } && !told.IsAttachment;
        if (!whole)
            Note("large_file", name);
        else if (bytes.Length > 0 && !(inside && bytes.Length < LeastPicture))
            Files.Add(new ReadFile(name, bytes));
    }

    private static string Name(string name)
    {
        var line = LetterReader.Line(name, 400);
        var bare = string.Concat(line.Split('/', '\\')[^1].Where(c => !"<>:\"|?*".Contains(c))).Trim(' ', '.');
        if (bare.Length == 0)
            return "file";
        if (bare.Length <= 140)
            return bare;
        // The ending tells what it is.
        var ending = Path.GetExtension(bare) is { Length: > 1 and <= 10 } e ? e : "";
        return LetterReader.Cut(bare, 140 - ending.Length) + ending;
    }

    private void Note(string key, string name)
    {
        if (Notes.Count < 20 && !(key == "many_parts" && Notes.Exists(n => n.Key == key)))
            Notes.Add(new LetterNote(key, name));
    }

    private static byte[] Bytes(MimeEntity entity, int most, out bool whole)
    {
        using var bounded = new BoundedStream(most);
        try
        {
            if (entity is MimePart part)
                part.Content?.DecodeTo(bounded);
            else if (entity is MessagePart { Message: { } message })
                message.WriteTo(bounded);
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or NotSupportedException) { }
        whole = !bounded.Full;
        return bounded.ToArray();
    }

    /// <summary>Keeps the first bytes and forgets the rest.</summary>
    private sealed class BoundedStream(int most) : MemoryStream
    {
        public bool Full { get; private set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Write(buffer.ToArray(), 0, buffer.Length);

        public override void Write(byte[] buffer, int offset, int count)
        {
            var room = (int)Math.Min(count, most - Length);
            if (room < count)
                Full = true;
            if (room > 0)
                base.Write(buffer, offset, room);
        }
    }
}

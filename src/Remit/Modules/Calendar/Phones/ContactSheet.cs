using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>A file of vCards as a table of clients and the people there.</summary>
internal sealed class ContactSheet : ISheetFormat
{
    private static readonly string[] head = ["Company", "Contact", "Position", "Phone", "E-mail", "Address"];

    public bool Knows(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
            start = start[3..];
        return start.TrimStart(" \r\n\t"u8) is var text
            && text.Length >= 11
            && System.Text.Encoding.ASCII.GetString(text[..11]).Equals("BEGIN:VCARD", StringComparison.OrdinalIgnoreCase);
    }

    public SheetFile Read(Stream file, string name)
    {
        try
        {
            using var bytes = new MemoryStream();
            file.CopyTo(bytes);
            var cards = ContentReader.Read(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)).Components.Where(r => r.Is("VCARD"));
            return SheetFile.Of(cards.Select(Row).Prepend(head), name);
        }
        catch (NotReadable e)
        {
            throw new Refusal("sheet.no_cards", ("file", name), ("line", e.Line));
        }
    }

    // A card without an organisation is a client who is a person.
    private static string[] Row(Component card)
    {
        var (person, firm) = (PersonOf(card), Parts(card, "ORG").FirstOrDefault() ?? "");
        return
        [
            firm.Length > 0 ? firm : person,
            person,
            First(card, "TITLE"),
            First(card, "TEL"),
            First(card, "EMAIL"),
            string.Join(", ", Parts(card, "ADR")),
        ];
    }

    private static string PersonOf(Component card) =>
        First(card, "FN") is { Length: > 0 } full ? full
        : Parts(card, "N") is [var family, var given, ..] ? $"{given} {family}"
        : string.Join(' ', Parts(card, "N"));

    private static string First(Component card, string name) =>
        card.Text(name).Trim().Replace("tel:", "", StringComparison.OrdinalIgnoreCase);

    private static List<string> Parts(Component card, string name) =>
        card.Find(name) is { } line ? [.. TextValue.Parts(line.Value, ';').Select(p => p.Trim()).Where(p => p.Length > 0)] : [];
}

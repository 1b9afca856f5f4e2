using System.Globalization;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;

namespace Remit.Modules.Calendar.Dav;

/// <summary>A client's contact as a vCard: Remit's own fields written into whatever else a phone keeps there.</summary>
internal static class CardText
{
    /// <param name="kept">The text a phone wrote last; its unknown properties stay.</param>
    public static Component Card(Contact contact, string client, string? kept)
    {
        var card = kept is null ? Blank(contact) : ContentReader.Read(kept).Components[0];
        if (card.Text("FN") != contact.Name)
        {
            card.Set(new ContentLine("FN", TextValue.Write(contact.Name)));
            card.Set(new ContentLine("N", Name(contact.Name)));
        }
        if (Organisation(card) != client)
            card.Set(new ContentLine("ORG", TextValue.Write(client)));
        Put(card, "TITLE", contact.Post);
        Put(card, "TEL", contact.Phone, ("TYPE", "WORK"));
        Put(card, "EMAIL", contact.Email, ("TYPE", "INTERNET"));
        if (Born(card) != contact.Birthday)
            card.Remove("BDAY");
        if (contact.Birthday is { } born && card.Find("BDAY") is null)
            card.Lines.Add(new ContentLine("BDAY", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)));
        return card;
    }

    /// <summary>The day of birth: 1985-04-12, 19850412, with an hour behind it, or --0412 where the year is not said.</summary>
    public static DateOnly? Born(Component card)
    {
        var text = card.Text("BDAY").Trim().Split('T')[0];
        if (text.StartsWith("--", StringComparison.Ordinal))
            text = "1904" + text[2..].Replace("-", "");
        return
            DateOnly.TryParseExact(text, ["yyyy-MM-dd", "yyyyMMdd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && day.IsPlausible()
            ? day
            : null;
    }

    public static string Organisation(Component card) =>
        card.Find("ORG") is { } line && TextValue.Parts(line.Value, ';') is [var first, ..] ? first.Trim() : "";

    public static string NameOf(Component card)
    {
        if (card.Text("FN").Trim() is { Length: > 0 } whole)
            return whole;
        var parts = card.Find("N") is { } line ? TextValue.Parts(line.Value, ';') : [];
        return string.Join(
            ' ',
            new[] { parts.ElementAtOrDefault(1), parts.ElementAtOrDefault(2), parts.ElementAtOrDefault(0) }.Where(p =>
                !string.IsNullOrWhiteSpace(p)
            )
        );
    }

    /// <summary>The number or address that is preferred, or the first.</summary>
    public static string First(Component card, string name) =>
        (card.All(name).FirstOrDefault(l => l.All("TYPE").Contains("pref", StringComparer.OrdinalIgnoreCase)) ?? card.Find(name))
            is { } line
            ? TextValue.Read(line.Value).Trim()
            : "";

    public static Component Read(byte[] bytes)
    {
        try
        {
            var read = ContentReader.Read(bytes);
            if (read.Notes.Count > 0)
                throw new NotReadable(read.Notes[0].Line, read.Notes[0].Reason);
            return read.Components is [var card] && card.Is("VCARD") ? card : throw new NotReadable(1, new("ics.one_card"));
        }
        catch (NotReadable not)
        {
            throw new Refusal("calendar.broken", ("line", not.Line), ("reason", not.Reason));
        }
    }

    private static void Put(Component card, string name, string value, params (string, string)[] parameters)
    {
        if (First(card, name) == value)
            return;
        card.Remove(name);
        if (value.Length > 0)
            card.Lines.Add(new ContentLine(name, TextValue.Write(value), parameters));
    }

    private static Component Blank(Contact contact)
    {
        var card = new Component("VCARD");
        card.Lines.AddRange([new("VERSION", "3.0"), new("UID", contact.Id.ToString())]);
        return card;
    }

    // «Иван Петров» → Петров;Иван;;; — the last word is the family name, as phones sort by it.
    private static string Name(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length < 2
            ? $"{TextValue.Write(name)};;;;"
            : $"{TextValue.Write(words[^1])};{TextValue.Write(string.Join(' ', words[..^1]))};;;";
    }
}

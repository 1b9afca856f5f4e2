using System.Globalization;

namespace Remit.Modules.Calendar.Dav;

internal enum DavPlace
{
    Root,
    Me,
    Inbox,
    Outbox,
    Calendars,
    Calendar,
    Item,
    Dated,
    DatedItem,
    AddressBooks,
    Contacts,
    Card,
    Unknown,
}

/// <summary>Which thing an address under <c>dav/</c> means, and the address of each thing.</summary>
internal sealed class DavPaths(string root)
{
    public string Contacts => $"{root}card/clients/";

    public string Of(DavPlace place) =>
        root
        + place switch
        {
            DavPlace.Me => "me/",
            DavPlace.Inbox => "inbox/",
            DavPlace.Outbox => "outbox/",
            DavPlace.Calendars => "cal/",
            DavPlace.AddressBooks => "card/",
            _ => "",
        };

    public string Of(CalendarBook book) => $"{root}cal/{Uri.EscapeDataString(book.Path)}/";

    public string Of(CalendarBook book, string item) => Of(book) + Uri.EscapeDataString(item);

    public string OfDated(string calendar, string item = "") => $"{root}cal/{calendar}/{Uri.EscapeDataString(item)}";

    public string OfCard(string path) => Contacts + Uri.EscapeDataString(path);

    /// <summary>The place, and the names in the address: of the calendar, of the file.</summary>
    public static (DavPlace Place, string Folder, string File) Read(string? path)
    {
        var parts = (path ?? "").Split('/', StringSplitOptions.RemoveEmptyEntries);
        return parts switch
        {
            [] => (DavPlace.Root, "", ""),
            ["me"] => (DavPlace.Me, "", ""),
            ["inbox"] => (DavPlace.Inbox, "", ""),
            ["outbox"] => (DavPlace.Outbox, "", ""),
            ["cal"] => (DavPlace.Calendars, "", ""),
            // No calendar of people's begins with this sign: what is made of visits and of dues lies beside theirs.
            ["cal", ['~', ..] folder] => (DavPlace.Dated, folder, ""),
            ["cal", ['~', ..] folder, var file] => (DavPlace.DatedItem, folder, file),
            ["cal", var folder] => (DavPlace.Calendar, folder, ""),
            ["cal", var folder, var file] => (DavPlace.Item, folder, file),
            ["card"] => (DavPlace.AddressBooks, "", ""),
            ["card", "clients"] => (DavPlace.Contacts, "clients", ""),
            ["card", "clients", var file] => (DavPlace.Card, "clients", file),
            _ => (DavPlace.Unknown, "", ""),
        };
    }

    /// <summary>The last part of an address that a client sent back to us, or null where it is not below the folder.</summary>
    public static string? FileOf(string href, string folder)
    {
        var path =
            Uri.TryCreate(href, UriKind.Absolute, out var whole) && whole.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? whole.AbsolutePath
                : href;
        path = Uri.UnescapeDataString(path.Trim());
        var parent = Uri.UnescapeDataString(folder);
        return path.StartsWith(parent, StringComparison.Ordinal) && path.Length > parent.Length && !path[parent.Length..].Contains('/')
            ? path[parent.Length..]
            : null;
    }
}

/// <summary>The number of the last change a phone has seen, as it is handed out.</summary>
internal static class SyncToken
{
    private const string Prefix = "urn:x-remit:sync:";

    public static string Write(long number) => Prefix + number.ToString(CultureInfo.InvariantCulture);

    /// <summary>0 for one who has seen nothing; null where it is no token of ours.</summary>
    public static long? Read(string? token) =>
        string.IsNullOrWhiteSpace(token) ? 0
        : token.Trim() is var t
        && t.StartsWith(Prefix, StringComparison.Ordinal)
        && long.TryParse(t.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var n)
            ? n
        : null;
}

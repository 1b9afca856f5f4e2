using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Remit.Modules.Dispatch;

/// <summary>What a supplier's page or feed says of the newest version.</summary>
public sealed record Seen(string Version, string Notes);

/// <summary>Reads a version out of a page, or out of the newest entry of an RSS or Atom feed.</summary>
public static partial class SupplierPage
{
    private const int MostText = 2 << 20,
        MostNotes = 2000,
        MostVersion = 60;

    /// <summary>Null where no version is found.</summary>
    /// <param name="pattern">See <see cref="ReleaseWatch.Pattern"/>.</param>
    public static Seen? Read(ReadOnlySpan<byte> body, string pattern)
    {
        var text = Encoding.UTF8.GetString(body[..Math.Min(body.Length, MostText)]);
        if (Entry(text) is not var (title, notes))
            return Version(pattern.Length > 0 ? text : Plain(text), pattern) is { } found ? new Seen(found, "") : null;
        return Version(title, pattern) is { } version ? new Seen(version, notes) : null;
    }

    private static string? Version(string text, string pattern)
    {
        var match = pattern.Length == 0 ? Dotted.Match(text) : Regex.Match(text, pattern, RegexOptions.NonBacktracking);
        if (!match.Success)
            return null;
        var version = (match.Groups.Count > 1 && match.Groups[1].Success ? match.Groups[1].Value : match.Value).Trim();
        return version.Length is > 0 and <= MostVersion ? version : null;
    }

    // Feeds put the newest first, or say when each was published.
    private static (string Title, string Notes)? Entry(string text)
    {
        try
        {
            using var reader = XmlReader.Create(
                new StringReader(text.TrimStart('\uFEFF', ' ', '\r', '\n', '\t')),
                new XmlReaderSettings
                {
                    DtdProcessing = DtdProcessing.Ignore,
                    XmlResolver = null,
                    MaxCharactersInDocument = MostText,
                }
            );
            var root = XDocument.Load(reader).Root!;
            if (root.Name.LocalName is not ("rss" or "feed" or "RDF"))
                return null;
            var newest = root.Descendants().Where(e => e.Name.LocalName is "item" or "entry").OrderByDescending(Published).FirstOrDefault();
            if (newest is null)
                return null;
            return (Part(newest, "title"), Cut(Plain(Part(newest, "description", "summary", "content", "encoded"))));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static DateTimeOffset Published(XElement entry) =>
        DateTimeOffset.TryParse(
            Part(entry, "pubDate", "updated", "published", "date"),
            System.Globalization.CultureInfo.InvariantCulture,
            out var at
        )
            ? at
            : DateTimeOffset.MinValue;

    private static string Part(XElement entry, params string[] names) =>
        entry.Elements().FirstOrDefault(e => names.Contains(e.Name.LocalName))?.Value.Trim() ?? "";

    private static string Plain(string html) => WebUtility.HtmlDecode(Spaces.Replace(Tags.Replace(html, " "), " ")).Trim();

    private static string Cut(string text) => text.Length > MostNotes ? text[..MostNotes] + "…" : text;

    [GeneratedRegex(@"\d+(?:\.\d+)+")]
    private static partial Regex Dotted { get; }

    [GeneratedRegex("<(script|style)[^>]*>[^<]*</(script|style)>|<[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tags { get; }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces { get; }
}

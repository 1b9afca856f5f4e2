using System.Text;
using MimeKit.Text;

namespace Remit.Modules.Received.Reading;

/// <summary>The words of a page, without anything that could run, load or hide: what a stranger sends is never shown as a page.</summary>
internal static class HtmlText
{
    private static readonly HashSet<HtmlTagId> hidden =
    [
        HtmlTagId.Script,
        HtmlTagId.Style,
        HtmlTagId.Head,
        HtmlTagId.Title,
        HtmlTagId.NoScript,
        HtmlTagId.Object,
        HtmlTagId.Select,
        HtmlTagId.TextArea,
    ];
    private static readonly HashSet<HtmlTagId> blocks =
    [
        HtmlTagId.P,
        HtmlTagId.Div,
        HtmlTagId.TR,
        HtmlTagId.Table,
        HtmlTagId.LI,
        HtmlTagId.UL,
        HtmlTagId.OL,
        HtmlTagId.H1,
        HtmlTagId.H2,
        HtmlTagId.H3,
        HtmlTagId.H4,
        HtmlTagId.H5,
        HtmlTagId.H6,
        HtmlTagId.BlockQuote,
        HtmlTagId.Pre,
        HtmlTagId.HR,
        HtmlTagId.Section,
        HtmlTagId.Article,
        HtmlTagId.Header,
        HtmlTagId.Footer,
    ];

    /// <param name="most">The text is cut there.</param>
    public static string Of(string html, int most)
    {
        var (text, inside, quotes, href) = (new StringBuilder(), default(HtmlTagId?), 0, "");
        var tokens = new HtmlTokenizer(new StringReader(html)) { DecodeCharacterReferences = true };
        while (text.Length < most && tokens.ReadNextToken(out var token))
        {
            if (token is HtmlTagToken tag)
            {
                if (inside is { } outer)
                {
                    if (tag.IsEndTag && tag.Id == outer)
                        inside = null;
                    continue;
                }
                if (hidden.Contains(tag.Id) && !tag.IsEndTag && !tag.IsEmptyElement)
                {
                    inside = tag.Id;
                    continue;
                }
                if (tag.Id == HtmlTagId.Br)
                    NewLine(text, quotes);
                else if (tag.Id == HtmlTagId.BlockQuote)
                {
                    quotes = Math.Clamp(quotes + (tag.IsEndTag ? -1 : 1), 0, 9);
                    NewLine(text, quotes);
                }
                else if (tag.Id == HtmlTagId.TD && !tag.IsEndTag)
                    text.Append(' ');
                else if (tag.Id == HtmlTagId.Image && Attribute(tag, HtmlAttributeId.Alt) is { Length: > 0 } alt)
                    text.Append('[').Append(alt).Append(']');
                else if (tag.Id == HtmlTagId.A)
                    href = Link(text, tag, href);
                else if (blocks.Contains(tag.Id) && !AtLineStart(text))
                    NewLine(text, quotes);
                if (tag.Id == HtmlTagId.LI && !tag.IsEndTag)
                    text.Append("– ");
            }
            else if (token is HtmlDataToken data && inside is null)
                Words(text, data.Data);
        }
        return text.Length > most ? text.ToString(0, most) : text.ToString();
    }

    // Where a link leads is said beside its words, so that nobody is led elsewhere than they read.
    private static string Link(StringBuilder text, HtmlTagToken tag, string href)
    {
        if (!tag.IsEndTag)
            return
                Attribute(tag, HtmlAttributeId.Href) is { } to
                && (
                    to.StartsWith("http:", StringComparison.OrdinalIgnoreCase)
                    || to.StartsWith("https:", StringComparison.OrdinalIgnoreCase)
                )
                && to.Length <= 500
                ? to
                : "";
        if (href.Length > 0 && !Ends(text, href.TrimEnd('/')))
            text.Append(" <").Append(href).Append('>');
        return "";
    }

    private static bool Ends(StringBuilder text, string with)
    {
        if (text.Length < with.Length)
            return false;
        return text.ToString(text.Length - with.Length, with.Length).Equals(with, StringComparison.OrdinalIgnoreCase);
    }

    private static string? Attribute(HtmlTagToken tag, HtmlAttributeId id)
    {
        foreach (var one in tag.Attributes)
            if (one.Id == id)
                return one.Value?.Trim();
        return null;
    }

    private static void Words(StringBuilder text, string data)
    {
        foreach (var c in data)
            if (!char.IsWhiteSpace(c))
                text.Append(c);
            else if (!AtLineStart(text) && text[^1] != ' ')
                text.Append(' ');
    }

    private static bool AtLineStart(StringBuilder text) => text.Length == 0 || text[^1] == '\n';

    private static void NewLine(StringBuilder text, int quotes)
    {
        if (text.Length == 0)
            return;
        text.Append('\n');
        if (quotes > 0)
            text.Append('>', quotes).Append(' ');
    }
}

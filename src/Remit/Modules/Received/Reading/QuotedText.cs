using System.Text.RegularExpressions;

namespace Remit.Modules.Received.Reading;

/// <summary>Tells what somebody wrote from the letters that stand below it as a quotation.</summary>
public static partial class QuotedText
{
    /// <summary>The text before the quotation; all of it where everything is quoted.</summary>
    public static string Own(string text) => Split(text) is { Own.Length: > 0 } split ? split.Own : text;

    public static (string Own, string Quoted) Split(string text)
    {
        var lines = text.Split('\n');
        var last = Array.FindLastIndex(lines, l => l.Trim().Length > 0 && !l.StartsWith('>'));
        for (var i = 0; i < lines.Length; i++)
            // A quotation to the letter's end, or the lines that mail programs put above one.
            if (
                lines[i].StartsWith('>') && i > last
                || Divider.IsMatch(lines[i])
                || From.IsMatch(lines[i]) && lines.Skip(i + 1).Take(3).Any(l => Sent.IsMatch(l))
            )
            {
                var from = lines[i].StartsWith('>') ? WithWhoWrote(lines, i) : i;
                return (Joined(lines[..from]), Joined(lines[from..]));
            }
        return (text.Trim(), "");
    }

    // «On Monday at 10:00 Anna wrote:» belongs to what follows it; mail programs break it over two lines.
    private static int WithWhoWrote(string[] lines, int quote)
    {
        var at = quote - 1;
        if (at >= 0 && lines[at].Trim().Length == 0)
            at--;
        if (at < 0 || !lines[at].TrimEnd().EndsWith(':'))
            return quote;
        if (Told.IsMatch(lines[at]) || at == 0)
            return at;
        return Told.IsMatch(lines[at - 1]) ? at - 1 : at;
    }

    private static string Joined(string[] lines) => string.Join('\n', lines).Trim();

    [GeneratedRegex(@"\d{1,2}[:.]\d{2}|@", RegexOptions.NonBacktracking)]
    private static partial Regex Told { get; }

    [GeneratedRegex(
        @"^\s*-{2,}\s*(Original Message|Forwarded message|Исходное сообщение|Пересылаемое сообщение|Пересланное сообщение|Оригинално съобщение|Препратено съобщение|Orijinal mesaj)\s*-*\s*$",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Divider { get; }

    [GeneratedRegex(@"^\s*\*?(From|От|От кого|Kimdən|Gönderen)\*?:", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking)]
    private static partial Regex From { get; }

    [GeneratedRegex(
        @"^\s*\*?(Sent|Date|To|Отправлено|Дата|Кому|Изпратено|До|Göndərilib|Tarix|Kimə)\*?:",
        RegexOptions.IgnoreCase | RegexOptions.NonBacktracking
    )]
    private static partial Regex Sent { get; }
}

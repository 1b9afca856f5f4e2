using System.Text.RegularExpressions;
using MimeKit;

namespace Remit.Modules.Received.Reading;

/// <summary>What a report says of a letter that did not arrive (RFC 3464).</summary>
internal static partial class BounceReader
{
    private const int MostText = 1 << 16;

    public static Bounce? Of(MimeMessage message)
    {
        if (
            message.Body is not Multipart report
            || !report.ContentType.IsMimeType("multipart", "report") && !report.OfType<MessageDeliveryStatus>().Any()
        )
            return null;
        if (report.OfType<MessageDeliveryStatus>().FirstOrDefault() is not { } status)
            return null;
        var failed = Groups(status).FirstOrDefault(g => g["Action"]?.Trim().Equals("failed", StringComparison.OrdinalIgnoreCase) == true);
        if (failed is null)
            return null;
        var address = (failed["Original-Recipient"] ?? failed["Final-Recipient"] ?? "").Split(';')[^1].Trim().Trim('<', '>');
        var reason = (failed["Diagnostic-Code"] ?? failed["Status"] ?? "").Split(';', 2)[^1];
        return new Bounce(
            LetterReader.Line(address, 254).ToLowerInvariant(),
            LetterReader.Id(Original(report)),
            LetterReader.Line(reason, 300)
        );
    }

    private static IEnumerable<HeaderList> Groups(MessageDeliveryStatus status)
    {
        // A report that is broken inside says nothing.
        try
        {
            return [.. status.StatusGroups];
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return [];
        }
    }

    private static string? Original(Multipart report)
    {
        if (report.OfType<MessagePart>().FirstOrDefault(p => p is not null)?.Message is { } back)
            return back.MessageId;
        foreach (
            var part in report.OfType<MimePart>().Where(p => p.ContentType.IsMimeType("text", "rfc822-headers") && p.Content is not null)
        )
            if (Header.Match(LetterParts.Words(part, MostText)) is { Success: true } found)
                return found.Groups[1].Value;
        return null;
    }

    [GeneratedRegex(@"^Message-ID:\s*(<[^>\r\n]{1,500}>)", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Header { get; }
}

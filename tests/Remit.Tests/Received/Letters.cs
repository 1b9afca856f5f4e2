using System.Text;

namespace Remit.Tests.Received;

/// <summary>Letters as mail programs write them.</summary>
internal static class Letters
{
    public static byte[] Plain(string from, string subject, string text, params string[] headers) =>
        Bytes(
            $"""
            From: {from}
            To: Firm <office@firm.example>
            Subject: {subject}
            Date: {DateTime.UtcNow:ddd, dd MMM yyyy HH:mm:ss} +0000
            Message-ID: <{Guid.NewGuid():N}@mail.example>
            {string.Concat(headers.Select(h => h + "\n"))}MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {text}
            """
        );

    public static byte[] WithFile(string from, string subject, string text, string name, byte[] file, string disposition = "attachment") =>
        Bytes(
            $"""
            From: {from}
            To: office@firm.example
            Subject: {subject}
            Date: Wed, 26 Nov 2025 09:00:00 +0400
            Message-ID: <{Guid.NewGuid():N}@mail.example>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 8bit

            {text}
            --b
            Content-Type: application/octet-stream; name="{name}"
            Content-Disposition: {disposition}; filename="{name}"
            Content-Transfer-Encoding: base64

            {Convert.ToBase64String(file, Base64FormattingOptions.InsertLineBreaks)}
            --b--
            """
        );

    /// <summary>What a server says when nobody is there.</summary>
    public static byte[] Returned(string address, string messageId) =>
        Bytes(
            $"""
            Return-Path: <>
            From: Mail Delivery System <MAILER-DAEMON@mx.example>
            To: office@firm.example
            Subject: Undelivered Mail Returned to Sender
            Date: Thu, 26 Nov 2026 09:00:00 +0000
            Message-ID: <{Guid.NewGuid():N}@mx.example>
            Auto-Submitted: auto-replied
            MIME-Version: 1.0
            Content-Type: multipart/report; report-type=delivery-status; boundary="b"

            --b
            Content-Type: text/plain

            I could not deliver your letter.
            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example

            Final-Recipient: rfc822; {address}
            Action: failed
            Status: 5.1.1
            Diagnostic-Code: smtp; 550 5.1.1 no such user

            --b
            Content-Type: text/rfc822-headers

            From: office@firm.example
            Message-ID: <{messageId}>

            --b--
            """
        );

    /// <summary>The answer of a guest's calendar program.</summary>
    public static byte[] Answer(string from, string method, string calendar) =>
        Bytes(
            $"""
            From: {from}
            To: office@firm.example
            Subject: Re: invitation
            Date: Thu, 26 Nov 2026 09:00:00 +0000
            Message-ID: <{Guid.NewGuid():N}@mail.example>
            MIME-Version: 1.0
            Content-Type: multipart/alternative; boundary="b"

            --b
            Content-Type: text/plain; charset=utf-8

            An answer.
            --b
            Content-Type: text/calendar; charset=utf-8; method={method}

            {calendar}
            --b--
            """
        );

    public static byte[] Bytes(string text, string charset = "utf-8") =>
        Encoding.GetEncoding(charset).GetBytes(text.ReplaceLineEndings("\r\n"));
}

namespace Remit.Modules.Money.Statements;

/// <summary>Reads 1CClientBankExchange (kl_to_1c.txt), the statement format of nearly every Russian bank.</summary>
public static class ClientBankExchange
{
    private const string FirstLine = "1CClientBankExchange";
    private const int HeadBytes = 4096;

    private static readonly Dictionary<string, string> noCurrencies = [];

    /// <summary>
    /// Reads a statement. Whatever is odd becomes a warning, so that one bad line does not cost the file.
    /// </summary>
    /// <param name="bytes">The file as it came; the encoding is detected.</param>
    /// <param name="ownAccounts">Own accounts known beforehand, added to those the file names as its own.</param>
    /// <param name="currencies">What own accounts are kept in, where the account does not tell by its digits.</param>
    /// <exception cref="NotAStatement">The bytes are something else.</exception>
    public static Statement Read(
        ReadOnlyMemory<byte> bytes,
        IReadOnlyCollection<string>? ownAccounts = null,
        IReadOnlyDictionary<string, string>? currencies = null
    )
    {
        if (bytes.IsEmpty)
            throw new NotAStatement("The file is empty.");
        // What is something else is told by its beginning, which is the same in every encoding: a film is not read to its end.
        var head = Lines(StatementEncoding.Decode(bytes.Span[..Math.Min(bytes.Length, HeadBytes)]).Text);
        if (head.Find(l => l.Length > 0)?.Equals(FirstLine, StringComparison.OrdinalIgnoreCase) != true)
            throw new NotAStatement("The file is not a bank statement: its first line is not 1CClientBankExchange.");
        var (text, encoding) = StatementEncoding.Decode(bytes.Span);
        var lines = Lines(text);
        var first = lines.FindIndex(l => l.Length > 0);

        var scan = new StatementScan();
        for (var i = first + 1; i < lines.Count; i++)
            scan.Line(i + 1, lines[i]);
        scan.End(lines.Count);

        var own = new HashSet<string>(scan.OwnAccounts, StringComparer.Ordinal);
        foreach (var account in ownAccounts ?? [])
            own.Add(account.Trim());
        own.Remove("");
        var warnings = scan.Warnings;
        var builder = new DocumentBuilder(own, scan.OwnAccounts.Any(a => a.Length > 0), currencies ?? noCurrencies, warnings);
        var documents = Fingerprints.Stamp(scan.Documents.Select(builder.Build).OfType<Document>());
        var accounts = scan.Accounts.Select(s => AccountBuilder.Build(s, scan.Header("РасчСчет"), warnings)).ToList();
        warnings.AddRange(new Turnovers(scan.OwnAccounts, own).Check(scan.Accounts.Zip(accounts), documents));
        return new Statement
        {
            Version = scan.Header("ВерсияФормата"),
            Encoding = encoding,
            Documents = documents,
            Accounts = accounts,
            Warnings = warnings.OrderBy(w => w.Line).ToList(),
        };
    }

    // CRLF, LF and a lone CR, and nothing else: NEL and U+2028 may be a letter or a part of a purpose.
    private static List<string> Lines(string text)
    {
        var lines = new List<string>();
        var from = 0;
        while (from <= text.Length)
        {
            var at = text.AsSpan(from).IndexOfAny('\r', '\n');
            if (at < 0)
            {
                if (from < text.Length)
                    lines.Add(text[from..].Trim());
                break;
            }
            lines.Add(text.Substring(from, at).Trim());
            from += at + 1;
            if (text[from - 1] == '\r' && from < text.Length && text[from] == '\n')
                from++;
        }
        return lines;
    }
}

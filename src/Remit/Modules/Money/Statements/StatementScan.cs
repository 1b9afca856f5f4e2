namespace Remit.Modules.Money.Statements;

/// <summary>A section as lines: its first line, the value of its opening line, and the fields with their lines.</summary>
internal sealed class RawSection(int line, string title)
{
    public int Line { get; } = line;
    public string Title { get; } = title;
    public Dictionary<string, (int Line, string Value)> Fields { get; } = new(StringComparer.OrdinalIgnoreCase);

    public string this[string key] => Fields.TryGetValue(key, out var field) ? field.Value : "";

    /// <summary>The first of these fields that says anything.</summary>
    public string First(params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
            if (this[key] is { Length: > 0 } value)
                return value;
        return "";
    }
}

/// <summary>Cuts the lines of a file into header, balances and documents; forgives sections nobody closed.</summary>
internal sealed class StatementScan
{
    private const int ShownLength = 60;
    private readonly RawSection _header = new(1, "");
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);
    private RawSection? _open;
    private bool _openIsDocument,
        _ended,
        _warnedAfterEnd;
    private string _lastKey = "";

    public List<RawSection> Accounts { get; } = [];
    public List<RawSection> Documents { get; } = [];
    public List<StatementWarning> Warnings { get; } = [];
    public HashSet<string> OwnAccounts { get; } = new(StringComparer.Ordinal);

    public string Header(string key) => _header[key];

    public void Line(int number, string line)
    {
        if (line.Length == 0)
            return;
        var at = line.IndexOf('=');
        var key = (at < 0 ? line : line[..at]).TrimEnd();
        var value = at < 0 ? "" : line[(at + 1)..].Trim();
        if (Is(key, StatementKeys.FileEnd))
        {
            Close(number);
            _ended = true;
            return;
        }
        if (_ended && !_warnedAfterEnd)
        {
            _warnedAfterEnd = true;
            Warn(number, "statement.warn.after_end", ("end", StatementKeys.FileEnd));
        }
        if (Is(key, StatementKeys.DocumentStart))
            Open(number, value, document: true);
        else if (Is(key, StatementKeys.AccountStart))
            Open(number, value, document: false);
        else if (Is(key, StatementKeys.DocumentEnd))
            End(number, document: true);
        else if (Is(key, StatementKeys.AccountEnd))
            End(number, document: false);
        else if (at < 0)
            Loose(number, line);
        else
            Field(number, key, value);
    }

    /// <summary>Closes what is still open when the lines are over.</summary>
    public void End(int lastLine)
    {
        Close(lastLine);
        if (!_ended)
            Warn(lastLine, "statement.warn.cut_off", ("end", StatementKeys.FileEnd));
    }

    private void Open(int number, string title, bool document)
    {
        Close(number);
        _open = new RawSection(number, title);
        _openIsDocument = document;
        _lastKey = "";
        (document ? Documents : Accounts).Add(_open);
    }

    private void End(int number, bool document)
    {
        var name = document ? StatementKeys.DocumentEnd : StatementKeys.AccountEnd;
        if (_open is null || _openIsDocument != document)
            Warn(number, "statement.warn.closes_nothing", ("name", name));
        else
            _open = null;
    }

    private void Close(int number)
    {
        if (_open is null)
            return;
        var name = _openIsDocument ? StatementKeys.DocumentEnd : StatementKeys.AccountEnd;
        Warn(number, "statement.warn.not_closed", ("name", name), ("begins", $"{_open.Line}"));
        _open = null;
    }

    private void Field(int number, string key, string value)
    {
        if (!StatementKeys.All.Contains(key))
        {
            Once(number, key, "statement.warn.unknown", ("field", Shown(key)));
            return;
        }
        _lastKey = key;
        if (Is(key, "РасчСчет") && !(_open is not null && _openIsDocument) && value.Length > 0)
            OwnAccounts.Add(value);
        var section = _open ?? _header;
        if (!section.Fields.TryGetValue(key, out var before) || before.Value.Length == 0)
            section.Fields[key] = (number, value);
        else if (_open is not null && value.Length > 0 && value != before.Value)
            Warn(number, "statement.warn.twice", ("field", key), ("kept", $"{before.Line}"));
    }

    // Some banks let a line break through into the purpose; its tail is a line without a key.
    private void Loose(int number, string line)
    {
        if (
            _open is not null
            && _openIsDocument
            && _lastKey.StartsWith("НазначениеПлатежа", StringComparison.OrdinalIgnoreCase)
            && _open.Fields.TryGetValue(_lastKey, out var field)
        )
        {
            _open.Fields[_lastKey] = (field.Line, $"{field.Value} {line}".Trim());
            Warn(number, "statement.warn.rest");
        }
        else
            Once(number, line, "statement.warn.not_understood", ("field", Shown(line)));
    }

    private void Once(int number, string what, string key, (string, object?) value)
    {
        if (_reported.Add(what))
            Warn(number, key, value);
    }

    private void Warn(int number, string key, params (string, object?)[] values) => Warnings.Add(new(number, key, values));

    private static bool Is(string key, string name) => key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static string Shown(string text) => text.Length <= ShownLength ? text : text[..ShownLength] + "…";
}

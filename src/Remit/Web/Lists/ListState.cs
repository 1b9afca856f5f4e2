namespace Remit.Web.Lists;

/// <summary>What the address of a list says: words, chips, order, columns, and where the page begins.</summary>
public sealed record ListState(
    string Path,
    string Words,
    string Sort,
    bool Down,
    string? Columns,
    string? After,
    IReadOnlyDictionary<string, IReadOnlyList<string>> Chosen
)
{
    public static ListState Read(string path, string sort, IQueryCollection query, IEnumerable<string> filters)
    {
        var asked = query["sort"].ToString() is { Length: > 0 } s ? s : sort;
        var chosen = filters
            .Where(f => query.ContainsKey(f))
            .ToDictionary(f => f, f => (IReadOnlyList<string>)[.. query[f].OfType<string>().Where(v => v.Length > 0).Distinct().Take(50)]);
        foreach (var empty in chosen.Where(c => c.Value.Count == 0).Select(c => c.Key).ToList())
            chosen.Remove(empty);
        return new ListState(
            path,
            query["q"].ToString().Trim(),
            asked.TrimStart('-'),
            asked.StartsWith('-'),
            query["cols"].ToString() is { Length: > 0 } columns ? columns : null,
            query["after"].ToString() is { Length: > 0 } after ? after : null,
            chosen
        )
        {
            DefaultSort = sort,
            Where = Where.Read(query["where"]),
        };
    }

    /// <summary>The order that needs no word in the address.</summary>
    public string DefaultSort { get; init; } = "";

    /// <summary>Conditions in groups, beside the chips.</summary>
    public Where Where { get; init; } = Where.Nothing;
    public bool IsBare => Words.Length == 0 && Chosen.Count == 0 && Where.Groups.Count == 0;

    /// <summary>The last row of the page before: its key and its value in the sorted column.</summary>
    public (Guid Id, string Value)? Cursor =>
        After is { Length: > 36 } after && after[36] == '.' && Guid.TryParse(after[..36], out var id) ? (id, after[37..]) : null;

    /// <summary>The question itself, without the place in it: what a saved view keeps.</summary>
    public string Query(string? next = null)
    {
        var parts = new List<(string, string)>();
        if (Words.Length > 0)
            parts.Add(("q", Words));
        foreach (var (key, values) in Chosen)
            parts.AddRange(values.Select(v => (key, v)));
        if (Where.Groups.Count > 0)
            parts.Add(("where", Where.ToString()));
        var sort = (Down ? "-" : "") + Sort;
        if (sort != DefaultSort)
            parts.Add(("sort", sort));
        if (Columns is not null)
            parts.Add(("cols", Columns));
        if (next is not null)
            parts.Add(("after", next));
        return string.Join('&', parts.Select(p => $"{p.Item1}={Escaped(p.Item2)}"));
    }

    // An address is read by people too: these signs need no escape behind the question mark.
    private static string Escaped(string value) =>
        Uri.EscapeDataString(value).Replace("%3A", ":").Replace("%2C", ",").Replace("%3B", ";").Replace("%21", "!");

    public string Link(string? next = null) => Query(next) is { Length: > 0 } query ? $"{Path}?{query}" : Path;

    /// <summary>The same question with one chip more or less.</summary>
    public ListState Toggle(string filter, string value)
    {
        var now = Chosen.GetValueOrDefault(filter) ?? [];
        return With(filter, now.Contains(value) ? [.. now.Where(v => v != value)] : [.. now, value]);
    }

    public ListState With(string filter, IReadOnlyList<string> values)
    {
        var chosen = Chosen.Where(c => c.Key != filter).ToDictionary(c => c.Key, c => c.Value);
        if (values.Count > 0)
            chosen[filter] = values;
        return this with { Chosen = chosen, After = null };
    }

    public ListState SortedBy(string column) => this with { Sort = column, Down = Sort == column && !Down, After = null };

    public bool Has(string filter, string value) => Chosen.GetValueOrDefault(filter)?.Contains(value) == true;
}

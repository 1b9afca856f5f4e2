namespace Remit.Modules.Calendar.Format;

/// <summary>One property of an iCalendar object or a vCard: <c>group.NAME;PARAM=a,b:value</c>. The value stays as it was written.</summary>
public sealed class ContentLine
{
    public ContentLine(string name, string value, params (string Name, string Value)[] parameters)
    {
        (Name, Value) = (name, value);
        Parameters = parameters.Length == 0 ? [] : [.. parameters.Select(p => new Parameter(p.Name, [p.Value]))];
    }

    internal ContentLine(string? group, string name, IReadOnlyList<Parameter> parameters, string value, int at) =>
        (Group, Name, Parameters, Value, At) = (group, name, parameters, value, at);

    /// <summary>vCard's <c>item1</c> before the name; null where there is none.</summary>
    public string? Group { get; }
    public string Name { get; }
    public IReadOnlyList<Parameter> Parameters { get; }
    public string Value { get; }

    /// <summary>The line of the file it began on; 0 where it was not read from one.</summary>
    public int At { get; }

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first value of a parameter, or null.</summary>
    public string? Of(string parameter)
    {
        foreach (var p in Parameters)
            if (p.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase))
                return p.Values.Count > 0 ? p.Values[0] : "";
        return null;
    }

    /// <summary>Every value of a parameter, however often it stands there; a bare word of vCard 2.1 is a TYPE.</summary>
    public IEnumerable<string> All(string parameter) =>
        Parameters.SelectMany(p =>
            p.Name.Equals(parameter, StringComparison.OrdinalIgnoreCase) ? p.Values
            : p.Values.Count == 0 && parameter.Equals("TYPE", StringComparison.OrdinalIgnoreCase) ? [p.Name]
            : (IEnumerable<string>)[]
        );

    public ContentLine With(string value) => new(Group, Name, Parameters, value, At);

    /// <summary>Whether both say the same, letter by letter.</summary>
    public bool SameAs(ContentLine other) =>
        Group == other.Group
        && Name == other.Name
        && Value == other.Value
        && Parameters.Count == other.Parameters.Count
        && Parameters.Zip(other.Parameters).All(p => p.First.Name == p.Second.Name && p.First.Values.SequenceEqual(p.Second.Values));
}

/// <summary>A parameter and its values, quotes and RFC 6868 signs already read; no values: a bare word of vCard 2.1.</summary>
public sealed record Parameter(string Name, IReadOnlyList<string> Values);

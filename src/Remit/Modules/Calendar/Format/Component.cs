namespace Remit.Modules.Calendar.Format;

/// <summary>What stands between BEGIN and END: properties in their order, known or not, and the components inside.</summary>
public sealed class Component(string name, int at = 0)
{
    public string Name { get; } = name;
    public int At { get; } = at;
    public List<ContentLine> Lines { get; } = [];
    public List<Component> Components { get; } = [];

    public bool Is(string name) => Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first property of this name.</summary>
    public ContentLine? Find(string name)
    {
        foreach (var line in Lines)
            if (line.Is(name))
                return line;
        return null;
    }

    public IEnumerable<ContentLine> All(string name) => Lines.Where(l => l.Is(name));

    public IEnumerable<Component> Inside(string name) => Components.Where(c => c.Is(name));

    /// <summary>The text of a property with its escapes read, or an empty one.</summary>
    public string Text(string name) => Find(name) is { } line ? TextValue.Read(line.Value) : "";

    /// <summary>Puts a property in the place of the first of its name, or at the end; an empty text removes it.</summary>
    public void Set(ContentLine line)
    {
        var at = Lines.FindIndex(l => l.Is(line.Name));
        if (at < 0)
            Lines.Add(line);
        else
            Lines[at] = line;
    }

    public void SetText(string name, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            Remove(name);
        else
            Set(new ContentLine(name, TextValue.Write(text.Trim())));
    }

    public void Remove(string name) => Lines.RemoveAll(l => l.Is(name));

    public Component Copy()
    {
        var copy = new Component(Name, At);
        copy.Lines.AddRange(Lines);
        copy.Components.AddRange(Components.Select(c => c.Copy()));
        return copy;
    }

    public bool SameAs(Component other) =>
        Name == other.Name
        && Lines.Count == other.Lines.Count
        && Components.Count == other.Components.Count
        && Lines.Zip(other.Lines).All(p => p.First.SameAs(p.Second))
        && Components.Zip(other.Components).All(p => p.First.SameAs(p.Second));

    /// <summary>Whether both have the same properties, those of these names set aside.</summary>
    public bool SameAs(Component other, params string[] but)
    {
        var (mine, theirs) = (
            Lines.FindAll(l => !but.Contains(l.Name.ToUpperInvariant())),
            other.Lines.FindAll(l => !but.Contains(l.Name.ToUpperInvariant()))
        );
        return mine.Count == theirs.Count && mine.Zip(theirs).All(p => p.First.SameAs(p.Second));
    }
}

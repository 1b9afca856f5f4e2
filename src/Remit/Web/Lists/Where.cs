namespace Remit.Web.Lists;

/// <summary>One condition of a question: this kind of chip has this value, or has it not.</summary>
public sealed record Condition(string Key, string Value, bool Not = false)
{
    /// <summary>As the address writes it: <c>segment:A</c>, <c>!segment:A</c>.</summary>
    public override string ToString() => $"{(Not ? "!" : "")}{Key}:{Escaped(Value)}";

    public static Condition? Read(string text)
    {
        var bare = text.TrimStart('!');
        var colon = bare.IndexOf(':');
        return colon <= 0 || colon == bare.Length - 1
            ? null
            : new(bare[..colon], Uri.UnescapeDataString(bare[(colon + 1)..]), text.StartsWith('!'));
    }

    private static string Escaped(string value) => value.Replace("%", "%25").Replace(",", "%2C").Replace(";", "%3B");
}

/// <summary>
/// Conditions in groups, for what chips alone cannot say. Either every group holds, and of a group any condition is
/// enough; or any group is enough, and in it every condition holds. One of the two says whatever can be said.
/// </summary>
/// <param name="AnyGroup">Whether one group is enough.</param>
public sealed record Where(bool AnyGroup, IReadOnlyList<IReadOnlyList<Condition>> Groups)
{
    /// <summary>More than a person can read, and than a database should be asked.</summary>
    public const int Most = 30;
    public static readonly Where Nothing = new(false, []);

    /// <summary>Reads <c>segment:A,manager:me;!key_account:yes</c>; what it does not understand it leaves out.</summary>
    public static Where Read(string? text)
    {
        var any = text?.StartsWith("any;", StringComparison.Ordinal) == true;
        var left = Most;
        var groups = new List<IReadOnlyList<Condition>>();
        foreach (var part in (any ? text![4..] : text ?? "").Split(';'))
        {
            List<Condition> group = [.. part.Split(',').Select(Condition.Read).OfType<Condition>().Distinct().Take(left)];
            left -= group.Count;
            if (group.Count > 0)
                groups.Add(group);
        }
        return new Where(any, groups);
    }

    public override string ToString() => (AnyGroup ? "any;" : "") + string.Join(';', Groups.Select(g => string.Join(',', g)));

    public Where Without(int group) => this with { Groups = [.. Groups.Where((_, n) => n != group)] };
}

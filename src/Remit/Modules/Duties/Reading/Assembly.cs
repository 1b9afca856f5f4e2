namespace Remit.Modules.Duties.Reading;

/// <summary>Puts the nodes read into sections, and says which headings and numbers are missing or repeated.</summary>
internal sealed class Assembly
{
    private readonly List<Draft> drafts = [];
    private readonly Dictionary<(int List, int Number), Draft> byNumber = [];
    private readonly Dictionary<int, int> lastSection = [];
    private readonly List<Finding> findings = [];

    private sealed record Draft(int List, int Number, Node? Head)
    {
        public List<Node> Items { get; } = [];
    }

    public static DutyList Of(List<Node> nodes, List<Unplaced> unplaced)
    {
        var assembly = new Assembly();
        // A list without a single sub-number is flat: its numbers are duties, not headings.
        var deep = nodes.Where(n => n.Path.Length > 1).Select(n => n.List).ToHashSet();
        foreach (var node in nodes)
            assembly.Place(node, deep.Contains(node.List));
        foreach (var draft in assembly.drafts)
            assembly.Check(draft);
        var known = GluedWords.Knowing(nodes.Select(n => n.Text));
        return new(assembly.drafts.ConvertAll(d => Section(d, known)), unplaced, assembly.findings);
    }

    private void Place(Node node, bool deep)
    {
        if (!deep)
            Section(node, 0).Items.Add(node);
        else if (node.Path.Length > 1)
            Section(node, node.Path[0]).Items.Add(node);
        else
            Head(node);
    }

    private void Head(Node node)
    {
        Skipped(node, node.Path[0]);
        if (byNumber.ContainsKey((node.List, node.Path[0])))
            Find("repeated", node, "number", node.Path[0].ToString(Plain));
        var draft = new Draft(node.List, node.Path[0], node);
        drafts.Add(draft);
        byNumber[(node.List, node.Path[0])] = draft;
    }

    private Draft Section(Node node, int number)
    {
        if (byNumber.TryGetValue((node.List, number), out var draft))
            return draft;
        Skipped(node, number);
        if (number > 0)
            Find("heading_lost", node, "section", number.ToString(Plain));
        drafts.Add(draft = new Draft(node.List, number, null));
        return byNumber[(node.List, number)] = draft;
    }

    private void Skipped(Node node, int number)
    {
        var last = lastSection.GetValueOrDefault(node.List, number > 0 ? 0 : number);
        for (var n = last + 1; n < number; n++)
            Find("section_missing", node, "section", n.ToString(Plain));
        lastSection[node.List] = Math.Max(last, number);
    }

    private void Check(Draft draft)
    {
        var last = 0;
        var depth = draft.Number == 0 && draft.Items.All(i => i.Path.Length == 1) ? 0 : 1;
        var seen = new HashSet<string>();
        foreach (var item in draft.Items)
        {
            var number = item.Path[Math.Min(depth, item.Path.Length - 1)];
            if (!seen.Add(Numbered(item)))
                Find("repeated", item, "number", Numbered(item));
            for (var n = last + 1; n < number; n++)
                Find("item_missing", item, "number", depth == 0 ? $"{n}" : $"{draft.Number}.{n}");
            last = Math.Max(last, number);
        }
        if (draft is { Head: { } head, Items.Count: 0 })
            Find("section_empty", head, "section", draft.Number.ToString(Plain));
    }

    private void Find(string what, Node node, string name, string value) =>
        findings.Add(new($"duty.list.{what}", node.List, node.Line, new Dictionary<string, string> { [name] = value }));

    private static DutySection Section(Draft draft, GluedWords known) =>
        new(
            draft.List,
            draft.Number == 0 ? "" : draft.Number.ToString(Plain),
            draft.Head?.Text ?? "",
            draft.Head?.Marker ?? "",
            draft.Items.ConvertAll(n => new DutyItem(Numbered(n), n.Text, known.Repair(n.Text), n.Marker, n.Line))
        )
        {
            Repaired = known.Repair(draft.Head?.Text ?? ""),
        };

    private static string Numbered(Node node) => string.Join('.', node.Path[0] == 0 ? node.Path[1..] : node.Path);

    private static System.Globalization.CultureInfo Plain => System.Globalization.CultureInfo.InvariantCulture;
}

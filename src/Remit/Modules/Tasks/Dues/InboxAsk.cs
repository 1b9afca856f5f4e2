using Remit.Kernel;

namespace Remit.Modules.Tasks;

/// <summary>What an address of the inbox asks for: whose dues, of which kinds, of one person, with which words.</summary>
/// <param name="Person">The key of a person, or <c>none</c> where nobody has it.</param>
public sealed record InboxAsk(string Who, IReadOnlyList<string> Kinds, string? Person, string Words)
{
    public bool IsBare => Kinds.Count == 0 && Person is null && Words.Length == 0;

    /// <summary>What of all that is due is asked for. Dues come from all modules, so they are chosen from here and not by a query.</summary>
    public IReadOnlyList<Due> Of(IReadOnlyList<Due> all)
    {
        var words = Folding.Plain(Words).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. all.Where(d =>
                (Kinds.Count == 0 || Kinds.Contains(d.Kind))
                && (Person is null || Whose(d) == Person)
                && words.All(Folding.Plain($"{d.Text} {d.About}").Contains)
            ),
        ];
    }

    /// <summary>How many there are of each kind, and of each person, by what else is asked.</summary>
    public IReadOnlyList<(string Key, int Count)> KindsOf(IReadOnlyList<Due> all) =>
        Counted((this with { Kinds = [] }).Of(all), d => d.Kind);

    public IReadOnlyList<(string Key, int Count)> PeopleOf(IReadOnlyList<Due> all) => Counted((this with { Person = null }).Of(all), Whose);

    public InboxAsk OfKind(string kind) => this with { Kinds = Kinds.Contains(kind) ? [.. Kinds.Where(k => k != kind)] : [.. Kinds, kind] };

    public InboxAsk OfPerson(string person) => this with { Person = Person == person ? null : person };

    public string Link() =>
        "inbox?who="
        + Who
        + string.Concat(Kinds.Select(k => "&kind=" + Uri.EscapeDataString(k)))
        + (Person is null ? "" : "&person=" + Uri.EscapeDataString(Person))
        + (Words.Length == 0 ? "" : "&q=" + Uri.EscapeDataString(Words));

    private static string Whose(Due due) => due.PersonId?.ToString() ?? "none";

    private static IReadOnlyList<(string, int)> Counted(IReadOnlyList<Due> dues, Func<Due, string> by) =>
        [.. dues.GroupBy(by).Select(g => (g.Key, g.Count())).OrderByDescending(g => g.Item2).ThenBy(g => g.Key, StringComparer.Ordinal)];
}

using System.Linq.Expressions;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.WebUtilities;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>A line of the editor of conditions; one that is not filled yet has no value.</summary>
public sealed record ConditionLine(bool Not, string Chosen);

/// <summary>One kind of condition the editor offers, with its values.</summary>
public sealed record ConditionKind(string Key, IReadOnlyList<Choice> Choices);

/// <summary>Conditions in groups: asked of the database, said in words, edited line by line.</summary>
internal static class ListConditions
{
    /// <summary>What a row must be to be in the list; null where nothing is asked.</summary>
    public static Expression<Func<TRow, bool>>? Whole<TRow>(this ListOf<TRow> list, Where where, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var (inside, between) = where.AnyGroup ? ((Joined<TRow>)Predicate.And, (Joined<TRow>)Predicate.Or) : (Predicate.Or, Predicate.And);
        return Together(where.Groups.Select(g => Together(g.Select(c => One(list, c, db, screen)), inside)), between);
    }

    /// <summary>Each group as a chip that can be taken off.</summary>
    public static async Task<IReadOnlyList<ListChip>> Chips<TRow>(ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        if (state.Where.Groups.Count == 0)
            return [];
        var kinds = (await Kinds(list, db, screen)).ToDictionary(k => k.Key);
        var between = $" {screen.T[state.Where.AnyGroup ? "list.and" : "list.or"]} ";
        return
        [
            .. state.Where.Groups.Select(
                (group, n) =>
                    new ListChip(
                        n > 0 && state.Where.AnyGroup ? screen.T["list.or"] : "",
                        string.Join(between, group.Select(c => Said(c, kinds, screen.T))),
                        (state with { Where = state.Where.Without(n), After = null }).Link()
                    )
            ),
        ];
    }

    /// <summary>
    /// The editor. Everything stands in the address, so it works without a script: <c>do</c> says which button was pressed,
    /// <c>in</c>, <c>is</c> and <c>what</c> come once for every line.
    /// </summary>
    public static async Task<IResult> Edit<TRow>(ListOf<TRow> list, HttpContext http, AppDb db, Screen screen, Go go)
        where TRow : class, IIdentified
    {
        var query = http.Request.Query;
        var state = query.ContainsKey("do")
            ? ListState.Read(
                list.Path,
                list.Sort,
                new QueryCollection(QueryHelpers.ParseQuery(query["question"])),
                list.Filters.Select(f => f.Key)
            )
            : ListEndpoints.State(list, http);
        var lines = query.ContainsKey("do") ? Lines(query) : Lines(state.Where);
        var any = query.ContainsKey("do") ? query["join"] == "any" : state.Where.AnyGroup;
        if (query["do"] == "show")
            return go.To((state with { Where = Made(any, lines), After = null }).Link());
        Press(lines, query["do"].ToString());
        return new RazorComponentResult<ListConditionsForm>(
            new
            {
                list.Path,
                Question = (state with { Where = Where.Nothing, After = null }).Query(),
                AnyGroup = any,
                Groups = lines,
                Kinds = await Kinds(list, db, screen),
            }
        );
    }

    private delegate Expression<Func<TRow, bool>> Joined<TRow>(Expression<Func<TRow, bool>> one, Expression<Func<TRow, bool>> other);

    private static Expression<Func<TRow, bool>>? Together<TRow>(IEnumerable<Expression<Func<TRow, bool>>?> all, Joined<TRow> how) =>
        all.OfType<Expression<Func<TRow, bool>>>().ToList() is { Count: > 0 } some ? some.Aggregate((one, other) => how(one, other)) : null;

    private static Expression<Func<TRow, bool>>? One<TRow>(ListOf<TRow> list, Condition condition, AppDb db, Screen screen)
        where TRow : class, IIdentified =>
        list.Filters.FirstOrDefault(f => f.Key == condition.Key) is not { } filter ? null
        : filter.Where([condition.Value], db, screen) is var holds && condition.Not ? Predicate.Not(holds)
        : holds;

    private static async Task<IReadOnlyList<ConditionKind>> Kinds<TRow>(ListOf<TRow> list, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var kinds = new List<ConditionKind>();
        foreach (var filter in list.Filters)
            kinds.Add(new(filter.Key, await filter.Choices(db, screen)));
        return kinds;
    }

    private static string Said(Condition condition, Dictionary<string, ConditionKind> kinds, T t)
    {
        var value =
            kinds.GetValueOrDefault(condition.Key)?.Choices.FirstOrDefault(c => c.Value == condition.Value)?.Text ?? condition.Value;
        return $"{t["field." + condition.Key]}{(condition.Not ? " " + t["list.is_not"] : ":")} {value}";
    }

    private static List<List<ConditionLine>> Lines(Where where) =>
        where.Groups.Count == 0
            ?
            [
                [new(false, "")],
            ]
            : [.. where.Groups.Select(g => g.Select(c => new ConditionLine(c.Not, $"{c.Key}:{c.Value}")).ToList())];

    private static List<List<ConditionLine>> Lines(IQueryCollection query)
    {
        var (groups, isNot, what) = (query["in"], query["is"], query["what"]);
        var lines = Enumerable
            .Range(0, Math.Min(Where.Most, Math.Min(groups.Count, Math.Min(isNot.Count, what.Count))))
            .GroupBy(n => groups[n])
            .Select(g => g.Select(n => new ConditionLine(isNot[n] == "not", what[n] ?? "")).ToList())
            .ToList();
        return lines.Count == 0
            ?
            [
                [new(false, "")],
            ]
            : lines;
    }

    private static void Press(List<List<ConditionLine>> lines, string button)
    {
        if (lines.Sum(g => g.Count) < Where.Most && button == "group")
            lines.Add([new(false, "")]);
        if (button.Split('-') is not [var act, var group, .. var rest] || !int.TryParse(group, out var g) || g < 0 || g >= lines.Count)
            return;
        if (act == "add" && lines.Sum(l => l.Count) < Where.Most)
            lines[g].Add(new(false, ""));
        if (act == "drop" && rest is [var at] && int.TryParse(at, out var n) && n >= 0 && n < lines[g].Count)
            lines[g].RemoveAt(n);
        if (lines[g].Count == 0)
            lines.RemoveAt(g);
        if (lines.Count == 0)
            lines.Add([new(false, "")]);
    }

    private static Where Made(bool any, List<List<ConditionLine>> lines) =>
        new(
            any,
            [
                .. lines
                    .Select(g =>
                        (IReadOnlyList<Condition>)
                            [
                                .. g.Where(l => l.Chosen.IndexOf(':') > 0)
                                    .Select(l => new Condition(
                                        l.Chosen[..l.Chosen.IndexOf(':')],
                                        l.Chosen[(l.Chosen.IndexOf(':') + 1)..],
                                        l.Not
                                    ))
                                    .Distinct(),
                            ]
                    )
                    .Where(g => g.Count > 0),
            ]
        );
}

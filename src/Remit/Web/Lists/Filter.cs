using System.Linq.Expressions;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>One thing a list can be narrowed by. Several values of one filter mean any of them; several filters mean all.</summary>
/// <param name="Key">Its name in the address; the text key <c>field.{Key}</c> names it.</param>
/// <param name="Choices">The values offered.</param>
/// <param name="Where">Narrows the rows to the values chosen. A value it does not know finds nothing.</param>
public sealed record Filter<TRow>(string Key, Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> Choices,
    Func<IQueryable<TRow>, IReadOnlyList<string>, Screen, IQueryable<TRow>> Where) where TRow : class
{
    /// <summary>Shown as day fields too, for a period of one's own.</summary>
    public bool IsPeriod { get; init; }

    public static Filter<TRow> Flag(string key, Expression<Func<TRow, bool>> holds) => new(key,
        (_, screen) => Task.FromResult<IReadOnlyList<Choice>>([new("yes", screen.T["list.yes"]), new("no", screen.T["list.no"])]),
        (rows, chosen, _) => (chosen.Contains("yes"), chosen.Contains("no")) switch
        {
            (true, false) => rows.Where(holds),
            (false, true) => rows.Where(Expression.Lambda<Func<TRow, bool>>(Expression.Not(holds.Body), holds.Parameters)),
            (true, true) => rows,
            _ => rows.Where(_ => false),
        });

    public static Filter<TRow> OneOf(string key, Expression<Func<TRow, string>> value, Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> choices) =>
        new(key, choices, (rows, chosen, _) => rows.Where(Among(value, chosen)));

    /// <summary>A state by its name; the text key is <c>{texts}.{name}</c>.</summary>
    public static Filter<TRow> State<TState>(string key, Expression<Func<TRow, TState>> value, string texts) where TState : struct, Enum => new(key,
        (_, screen) => Task.FromResult<IReadOnlyList<Choice>>([.. Enum.GetNames<TState>().Select(n => new Choice(n, screen.T[$"{texts}.{n}"]))]),
        (rows, chosen, _) => rows.Where(Among(value, [.. chosen.Where(c => Enum.TryParse<TState>(c, out var _)).Select(Enum.Parse<TState>)])));

    /// <summary>A person of the firm; <c>me</c> is whoever looks, <c>none</c> nobody.</summary>
    public static Filter<TRow> Person(string key, Expression<Func<TRow, Guid?>> value, Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> people) => new(key,
        async (db, screen) => [new("me", screen.T["list.me"]), new("none", screen.T["list.nobody"]), .. await people(db, screen)],
        (rows, chosen, screen) => rows.Where(Among(value, [.. chosen.Where(c => c is "me" or "none" || Guid.TryParse(c, out _))
            .Select(c => c == "none" ? null : c == "me" ? screen.Person?.PersonId ?? Guid.Empty : (Guid?)Guid.Parse(c))])));

    /// <summary>A day within a period: a named one (<c>week</c>, <c>last-month</c> …) or <c>2026-01-01..2026-03-31</c>, either end open.</summary>
    public static Filter<TRow> Period(string key, Expression<Func<TRow, DateOnly?>> day) => new(key,
        (_, screen) => Task.FromResult<IReadOnlyList<Choice>>([.. Periods.Names.Select(n => new Choice(n, screen.T["list.period." + n]))]),
        (rows, chosen, screen) => rows.Where(Within(day, [.. chosen.Select(c => Periods.Read(c, screen.Today)).OfType<(DateOnly, DateOnly)>()])))
        { IsPeriod = true };

    private static Expression<Func<TRow, bool>> Among<TValue>(Expression<Func<TRow, TValue>> value, IReadOnlyList<TValue> chosen)
    {
        var held = chosen.ToList();
        Expression<Func<List<TValue>>> captured = () => held;
        return Expression.Lambda<Func<TRow, bool>>(Expression.Call(captured.Body, nameof(List<int>.Contains), null, value.Body), value.Parameters);
    }

    private static Expression<Func<TRow, bool>> Within(Expression<Func<TRow, DateOnly?>> day, IReadOnlyList<(DateOnly From, DateOnly To)> periods)
    {
        Expression any = Expression.Constant(false);
        foreach (var (start, end) in periods)
        {
            DateOnly? from = start, to = end;
            Expression<Func<DateOnly?>> first = () => from, last = () => to;
            any = Expression.OrElse(any, Expression.AndAlso(Expression.GreaterThanOrEqual(day.Body, first.Body), Expression.LessThanOrEqual(day.Body, last.Body)));
        }
        return Expression.Lambda<Func<TRow, bool>>(any, day.Parameters);
    }
}

/// <summary>Named periods, counted from a day; weeks begin on Monday.</summary>
public static class Periods
{
    public static readonly IReadOnlyList<string> Names = ["today", "week", "last-week", "month", "last-month", "year", "ahead", "past"];

    public static (DateOnly From, DateOnly To)? Read(string name, DateOnly today)
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = new DateOnly(today.Year, today.Month, 1);
        return name switch
        {
            "today" => (today, today),
            "week" => (monday, monday.AddDays(6)),
            "last-week" => (monday.AddDays(-7), monday.AddDays(-1)),
            "month" => (first, first.AddMonths(1).AddDays(-1)),
            "last-month" => (first.AddMonths(-1), first.AddDays(-1)),
            "year" => (new(today.Year, 1, 1), new(today.Year, 12, 31)),
            "ahead" => (today, DateOnly.MaxValue),
            "past" => (DateOnly.MinValue.AddDays(1), today.AddDays(-1)),
            _ => Own(name),
        };
    }

    private static (DateOnly, DateOnly)? Own(string text)
    {
        if (text.Split("..") is not [var from, var to] || (from.Length == 0 && to.Length == 0)) return null;
        var (start, end) = (DateOnly.MinValue.AddDays(1), DateOnly.MaxValue);
        if (from.Length > 0 && !DateOnly.TryParseExact(from, "yyyy-MM-dd", out start)) return null;
        if (to.Length > 0 && !DateOnly.TryParseExact(to, "yyyy-MM-dd", out end)) return null;
        return (start, end);
    }
}

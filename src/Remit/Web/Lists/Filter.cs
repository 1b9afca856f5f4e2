using System.Linq.Expressions;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>One thing a list can be narrowed by. Several values of one filter mean any of them; several filters mean all.</summary>
/// <param name="Key">Its name in the address; the text key <c>field.{Key}</c> names it.</param>
/// <param name="Choices">The values offered.</param>
/// <param name="Where">Whether a row has one of the values chosen. A value it does not know finds nothing.</param>
public sealed record Filter<TRow>(
    string Key,
    Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> Choices,
    Func<IReadOnlyList<string>, AppDb, Screen, Expression<Func<TRow, bool>>> Where
)
    where TRow : class
{
    /// <summary>Shown as day fields too, for a period of one's own.</summary>
    public bool IsPeriod { get; init; }

    public static Filter<TRow> Flag(string key, Expression<Func<TRow, bool>> holds) =>
        new(
            key,
            (_, screen) => Task.FromResult<IReadOnlyList<Choice>>([new("yes", screen.T["list.yes"]), new("no", screen.T["list.no"])]),
            (chosen, _, _) =>
                (chosen.Contains("yes"), chosen.Contains("no")) switch
                {
                    (true, false) => holds,
                    (false, true) => Predicate.Not(holds),
                    (var both, _) => _ => both,
                }
        );

    public static Filter<TRow> OneOf(
        string key,
        Expression<Func<TRow, string>> value,
        Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> choices
    ) => new(key, choices, (chosen, _, _) => Among(value, chosen));

    /// <summary>A state by its name; the text key is <c>{texts}.{name}</c>.</summary>
    public static Filter<TRow> State<TState>(string key, Expression<Func<TRow, TState>> value, string texts)
        where TState : struct, Enum =>
        new(
            key,
            (_, screen) =>
                Task.FromResult<IReadOnlyList<Choice>>([.. Enum.GetNames<TState>().Select(n => new Choice(n, screen.T[$"{texts}.{n}"]))]),
            (chosen, _, _) => Among(value, [.. chosen.Select(c => Named.Of<TState>(c)).OfType<TState>()])
        );

    /// <summary>A person of the firm; <c>me</c> is whoever looks, <c>team</c> who holds or stands in on a position of theirs today, <c>none</c> nobody.</summary>
    public static Filter<TRow> Person(
        string key,
        Expression<Func<TRow, Guid?>> value,
        Func<AppDb, Screen, Task<IReadOnlyList<Choice>>> people
    ) =>
        new(
            key,
            async (db, screen) =>
                [
                    new("me", screen.T["list.me"]),
                    new("team", screen.T["list.team"]),
                    new("none", screen.T["list.nobody"]),
                    .. await people(db, screen),
                ],
            (chosen, db, screen) =>
            {
                var among = Among(
                    value,
                    [
                        .. chosen
                            .Where(c => c is "me" or "none" || Guid.TryParse(c, out _))
                            .Select(c =>
                                c == "none" ? null
                                : c == "me" ? screen.Person?.PersonId ?? Guid.Empty
                                : (Guid?)Guid.Parse(c)
                            ),
                    ]
                );
                return chosen.Contains("team") ? Predicate.Or(among, Among(value, Team(db, screen))) : among;
            }
        );

    /// <summary>A day within a period: a named one (<c>week</c>, <c>last-month</c> …) or <c>2026-01-01..2026-03-31</c>, either end open.</summary>
    public static Filter<TRow> Period(string key, Expression<Func<TRow, DateOnly?>> day) =>
        new(
            key,
            (_, screen) =>
                Task.FromResult<IReadOnlyList<Choice>>([.. Periods.Names.Select(n => new Choice(n, screen.T["list.period." + n]))]),
            (chosen, _, screen) => Within(day, [.. chosen.Select(c => Periods.Read(c, screen.Today)).OfType<(DateOnly, DateOnly)>()])
        )
        {
            IsPeriod = true,
        };

    /// <summary>The same of a moment kept in UTC: a day begins and ends by the firm's clock.</summary>
    public static Filter<TRow> Moment(string key, Expression<Func<TRow, DateTime>> at) =>
        new(
            key,
            (_, screen) =>
                Task.FromResult<IReadOnlyList<Choice>>([.. Periods.Names.Select(n => new Choice(n, screen.T["list.period." + n]))]),
            (chosen, _, screen) =>
            {
                Expression any = Expression.Constant(false);
                foreach (var (start, end) in chosen.Select(c => Periods.Read(c, screen.Today)).OfType<(DateOnly, DateOnly)>())
                {
                    var (from, to) = (
                        screen.Firm!.Moment(start),
                        end.Year > 9000 ? DateTime.SpecifyKind(DateTime.MaxValue, DateTimeKind.Utc) : screen.Firm!.Moment(end.AddDays(1))
                    );
                    Expression<Func<DateTime>> first = () => from,
                        after = () => to;
                    any = Expression.OrElse(
                        any,
                        Expression.AndAlso(Expression.GreaterThanOrEqual(at.Body, first.Body), Expression.LessThan(at.Body, after.Body))
                    );
                }
                return Expression.Lambda<Func<TRow, bool>>(any, at.Parameters);
            }
        )
        {
            IsPeriod = true,
        };

    private static Expression<Func<TRow, bool>> Among<TValue>(Expression<Func<TRow, TValue>> value, IReadOnlyList<TValue> chosen)
    {
        var held = chosen.ToList();
        Expression<Func<List<TValue>>> captured = () => held;
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.Call(captured.Body, nameof(List<int>.Contains), null, value.Body),
            value.Parameters
        );
    }

    private static Expression<Func<TRow, bool>> Among(Expression<Func<TRow, Guid?>> value, IQueryable<Guid?> chosen)
    {
        Expression<Func<IQueryable<Guid?>>> captured = () => chosen;
        return Expression.Lambda<Func<TRow, bool>>(
            Expression.Call(typeof(Queryable), nameof(Queryable.Contains), [typeof(Guid?)], captured.Body, value.Body),
            value.Parameters
        );
    }

    private static IQueryable<Guid?> Team(AppDb db, Screen screen)
    {
        var (me, today) = (screen.Person?.PersonId, screen.Today);
        var now = db.Set<Tenure>().Where(t => t.From <= today && (t.To == null || t.To >= today));
        return now.Where(t => now.Any(mine => mine.PersonId == me && mine.PositionId == t.PositionId)).Select(t => (Guid?)t.PersonId);
    }

    private static Expression<Func<TRow, bool>> Within(
        Expression<Func<TRow, DateOnly?>> day,
        IReadOnlyList<(DateOnly From, DateOnly To)> periods
    )
    {
        Expression any = Expression.Constant(false);
        foreach (var (start, end) in periods)
        {
            DateOnly? from = start,
                to = end;
            Expression<Func<DateOnly?>> first = () => from,
                last = () => to;
            any = Expression.OrElse(
                any,
                Expression.AndAlso(Expression.GreaterThanOrEqual(day.Body, first.Body), Expression.LessThanOrEqual(day.Body, last.Body))
            );
        }
        return Expression.Lambda<Func<TRow, bool>>(any, day.Parameters);
    }
}

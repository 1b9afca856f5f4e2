using System.Globalization;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;

namespace Remit.Web.Lists;

/// <summary>A word on a coloured ground in a cell; the colour repeats what the word says.</summary>
public sealed record Mark(string TextKey, string Look = "");

/// <summary>How a cell is changed in place.</summary>
/// <param name="Write">Finds the record and sets what was typed, by the record's own verbs; the list saves.</param>
/// <param name="Choices">Where only some values are possible.</param>
public sealed record CellEdit(
    Permission Needs,
    Func<Storage.AppDb, Guid, string, Task> Write,
    Func<Storage.AppDb, Screen, Task<IReadOnlyList<Choice>>>? Choices = null
);

/// <summary>One value to choose: what is sent and what is read.</summary>
public sealed record Choice(string Value, string Text);

/// <summary>One column of a list: what stands in it, how it is sorted, changed and exported.</summary>
public abstract class Column<TRow>
    where TRow : class, IIdentified
{
    /// <summary>Its name in the address; the text key <c>field.{Key}</c> is its heading.</summary>
    public required string Key { get; init; }
    public bool Hidden { get; init; }
    public Func<TRow, Screen, bool>? Seen { get; init; }
    public Func<TRow, T, string>? Show { get; init; }
    public Func<TRow, string?>? Link { get; init; }
    public Func<TRow, IEnumerable<Mark>>? Marks { get; init; }
    public CellEdit? Edit { get; init; }

    /// <summary>Where the list is too narrow for all its columns: those with 1 go first, and so on to 4. Zero stays.</summary>
    public int Yields { get; init; }
    public abstract bool Sorts { get; }
    public abstract bool IsNumber { get; }

    /// <summary>A day or a moment: too short to be broken in two.</summary>
    public abstract bool IsDay { get; }

    public abstract object? Value(TRow row);

    public string Text(TRow row, T t) =>
        Show is { } show ? show(row, t)
        : Value(row) is Guid id ? Formats.Day(Made(id), t)
        : Formats.Any(Value(row), t);

    /// <summary>The value as a form or a file holds it: days as 2026-11-21, numbers with a dot, texts as they are.</summary>
    public string Plain(TRow row) =>
        Value(row) switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Guid id => Made(id).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime moment => moment.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    internal string Text(TRow row, Screen screen) => At is { } at ? Formats.Moment(at(row), screen) : Text(row, screen.T);

    /// <summary>What a file holds: days and numbers as programs read them, words as they stand on the screen.</summary>
    internal string Filed(TRow row, Screen screen) =>
        At is { } at ? screen.Local(at(row)).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)
        : Show is not { } show || IsNumber || Value(row) is DateOnly or DateTime ? Plain(row)
        : Words(show(row, screen.T), row, screen.T);

    // A step that is still to come says so by its look alone, which a file has not.
    private string Words(string shown, TRow row, T t) =>
        string.Join(
            " · ",
            (Marks?.Invoke(row) ?? [])
                .Where(m => !m.Look.EndsWith("undone", StringComparison.Ordinal))
                .Select(m => t[m.TextKey])
                .Prepend(shown)
                .Where(w => w.Length > 0)
        );

    // Keys are UUIDv7 (RFC 9562): their first 48 bits are the milliseconds in which the record was made.
    private static DateOnly Made(Guid id) =>
        DateOnly.FromDateTime(
            DateTime.UnixEpoch.AddMilliseconds(
                long.Parse(id.ToString("N").AsSpan(0, 12), NumberStyles.HexNumber, CultureInfo.InvariantCulture)
            )
        );

    internal abstract IQueryable<TRow> Order(IQueryable<TRow> rows, bool down);
    internal abstract IQueryable<TRow> After(IQueryable<TRow> rows, string value, Guid id, bool down);
    internal abstract IQueryable<TRow> UpTo(IQueryable<TRow> rows, string value, bool down);
    internal abstract string Cursor(TRow row);

    /// <summary>Where the row after so many stands; null where there are no more.</summary>
    internal abstract Task<string?> CursorAfter(IQueryable<TRow> ordered, int rows);

    /// <summary>A column over an expression that the database can sort by.</summary>
    /// <param name="sort">What it is sorted by: for words the key of their alphabet, for codes the codes themselves. A text without it is not sorted.</param>
    public static Column<TRow> Of<TValue>(
        string key,
        Expression<Func<TRow, TValue>> value,
        bool hidden = false,
        int yields = 0,
        Func<TRow, T, string>? show = null,
        Func<TRow, string?>? link = null,
        Func<TRow, IEnumerable<Mark>>? marks = null,
        CellEdit? edit = null,
        Expression<Func<TRow, string>>? sort = null
    ) =>
        sort is null
            ? new ColumnOf<TRow, TValue, TValue>(value, value)
            {
                Key = key,
                Hidden = hidden,
                Yields = yields,
                Show = show,
                Link = link,
                Marks = marks,
                Edit = edit,
            }
            : new ColumnOf<TRow, TValue, string>(value, sort)
            {
                Key = key,
                Hidden = hidden,
                Yields = yields,
                Show = show,
                Link = link,
                Marks = marks,
                Edit = edit,
            };

    /// <summary>Money: sorted by its minor units, shown with its currency.</summary>
    /// <param name="blank">Nothing is shown as nothing.</param>
    public static Column<TRow> Money(
        string key,
        Expression<Func<TRow, long>> minor,
        Func<TRow, Amount> amount,
        bool hidden = false,
        bool blank = false,
        int yields = 0
    ) =>
        new ColumnOf<TRow, long, long>(minor, minor)
        {
            Key = key,
            Hidden = hidden,
            Yields = yields,
            Show = (row, t) => blank && amount(row).Minor == 0 ? "" : Formats.Money(amount(row), t),
            AsMoney = row => (decimal)amount(row).Minor / 100m,
        };

    /// <summary>Thousandths: sorted as they are, shown and written to files as whole ones with what is left of a fraction.</summary>
    public static Column<TRow> Quantity(string key, Expression<Func<TRow, long>> milli, Func<TRow, long> of) =>
        new ColumnOf<TRow, long, long>(milli, milli)
        {
            Key = key,
            Show = (row, t) => Formats.Quantity(of(row), t),
            AsMoney = row => of(row) / 1000m,
        };

    /// <summary>A moment, kept in UTC and shown by the reader's clock.</summary>
    /// <param name="sort">A number that grows with it and has an index, where it has none itself.</param>
    public static Column<TRow> Moment(string key, Expression<Func<TRow, DateTime>> at, Expression<Func<TRow, long>>? sort = null) =>
        sort is null
            ? new ColumnOf<TRow, DateTime, DateTime>(at, at) { Key = key, At = at.Compile() }
            : new ColumnOf<TRow, DateTime, long>(at, sort) { Key = key, At = at.Compile() };

    /// <summary>Set where it is shown by the reader's clock.</summary>
    internal Func<TRow, DateTime>? At { get; init; }

    /// <summary>Set where the plain number is in minor units and a file wants whole ones.</summary>
    internal Func<TRow, decimal>? AsMoney { get; init; }
}

internal sealed class ColumnOf<TRow, TValue, TSort>(Expression<Func<TRow, TValue>> value, Expression<Func<TRow, TSort>> sort) : Column<TRow>
    where TRow : class, IIdentified
{
    private static readonly Type plain = Nullable.GetUnderlyingType(typeof(TSort)) ?? typeof(TSort);
    private readonly Func<TRow, TValue> read = value.Compile();
    private readonly Func<TRow, TSort> readSort = sort.Compile();

    public override bool Sorts =>
        plain == typeof(string) && !ReferenceEquals(value, sort)
        || plain == typeof(int)
        || plain == typeof(long)
        || plain == typeof(DateOnly)
        || plain == typeof(DateTime)
        || plain == typeof(Guid);
    public override bool IsNumber =>
        (Show is null || AsMoney is not null)
        && (Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue)) is var type
        && (type == typeof(int) || type == typeof(long));
    public override bool IsDay =>
        Show is null
        && (Nullable.GetUnderlyingType(typeof(TValue)) ?? typeof(TValue)) is var type
        && (type == typeof(DateOnly) || type == typeof(DateTime) || type == typeof(Guid));

    public override object? Value(TRow row) => read(row);

    internal override string Cursor(TRow row) => Written(readSort(row));

    // The value alone: PostgreSQL would work out every column of every row it passes over.
    internal override async Task<string?> CursorAfter(IQueryable<TRow> ordered, int rows) =>
        await ordered.Skip(rows).Select(sort).Take(1).ToListAsync() is [var value] ? Written(value) : null;

    private static string Written(TSort value) =>
        value switch
        {
            DateTime moment => moment.Ticks.ToString(CultureInfo.InvariantCulture),
            DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? "",
        };

    internal override IQueryable<TRow> Order(IQueryable<TRow> rows, bool down)
    {
        var key = Expression.Lambda(Body, sort.Parameters);
        var first = Call(down ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy), rows, key);
        return plain == typeof(Guid) ? first : Call(down ? nameof(Queryable.ThenByDescending) : nameof(Queryable.ThenBy), first, Id);
    }

    // «value >= v AND (value > v OR id > i)» lets the index start where the last page ended; a plain OR would not.
    internal override IQueryable<TRow> After(IQueryable<TRow> rows, string text, Guid id, bool down)
    {
        var last = Parse(text);
        var beyondId = Beyond(Id.Body, Held(id), down, orEqual: false);
        var where =
            plain == typeof(Guid)
                ? beyondId
                : Expression.AndAlso(
                    Beyond(Body, last, down, orEqual: true),
                    Expression.OrElse(Beyond(Body, last, down, orEqual: false), beyondId)
                );
        return rows.Where(Expression.Lambda<Func<TRow, bool>>(where, sort.Parameters));
    }

    internal override IQueryable<TRow> UpTo(IQueryable<TRow> rows, string text, bool down) =>
        plain == typeof(Guid)
            ? rows
            : rows.Where(Expression.Lambda<Func<TRow, bool>>(Beyond(Body, Parse(text), !down, orEqual: true), sort.Parameters));

    private Expression Body =>
        Nullable.GetUnderlyingType(typeof(TSort)) is not null ? Expression.Coalesce(sort.Body, Expression.Default(plain))
        : plain == typeof(string) ? Expression.Coalesce(sort.Body, Expression.Constant(""))
        : sort.Body;

    private LambdaExpression Id => Expression.Lambda(Expression.Property(sort.Parameters[0], nameof(IIdentified.Id)), sort.Parameters);

    private static Expression Beyond(Expression body, Expression last, bool down, bool orEqual)
    {
        if (body.Type == typeof(string))
            (body, last) = (Expression.Call(typeof(string), nameof(string.Compare), null, body, last), Expression.Constant(0));
        else if (body.Type == typeof(Guid))
            (body, last) = (Expression.Call(body, nameof(Guid.CompareTo), null, last), Expression.Constant(0));
        return (down, orEqual) switch
        {
            (false, false) => Expression.GreaterThan(body, last),
            (false, true) => Expression.GreaterThanOrEqual(body, last),
            (true, false) => Expression.LessThan(body, last),
            (true, true) => Expression.LessThanOrEqual(body, last),
        };
    }

    private static Expression Parse(string text) =>
        plain == typeof(string) ? Held(text)
        : plain == typeof(int) ? Held(int.TryParse(text, CultureInfo.InvariantCulture, out var n) ? n : 0)
        : plain == typeof(long) ? Held(long.TryParse(text, CultureInfo.InvariantCulture, out var l) ? l : 0)
        : plain == typeof(DateOnly) ? Held(DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day : default)
        : plain == typeof(DateTime)
            ? Held(
                long.TryParse(text, CultureInfo.InvariantCulture, out var ticks)
                    ? new DateTime(Math.Clamp(ticks, 0, DateTime.MaxValue.Ticks), DateTimeKind.Utc)
                    : default
            )
        : Held(Guid.Empty);

    // A captured variable, not a constant: the query is translated once and not anew for every page.
    private static Expression Held<TValue2>(TValue2 value)
    {
        Expression<Func<TValue2>> captured = () => value;
        return captured.Body;
    }

    private static IQueryable<TRow> Call(string method, IQueryable<TRow> rows, LambdaExpression key) =>
        rows.Provider.CreateQuery<TRow>(
            Expression.Call(typeof(Queryable), method, [typeof(TRow), key.ReturnType], rows.Expression, Expression.Quote(key))
        );
}

using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web.Lists;

/// <summary>
/// A list as its module describes it: which rows, which columns, what it may be narrowed by, what can be done to many.
/// Paging, chips, saved views, choice of columns, changing in place, export and the side panel follow from that.
/// </summary>
public sealed class ListOf<TRow>
    where TRow : class, IIdentified
{
    /// <summary>Its address and its name: <c>clients</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Text key of the heading.</summary>
    public required string Title { get; init; }
    public required Permission Needs { get; init; }

    /// <summary>Everything this person may see.</summary>
    public required Func<AppDb, Screen, IQueryable<TRow>> Rows { get; init; }

    /// <summary>Rows that show as long as nothing is asked by this filter: what is put aside stays out of the way.</summary>
    public (string Filter, System.Linq.Expressions.Expression<Func<TRow, bool>> Rows)? Usually { get; init; }
    public required IReadOnlyList<Column<TRow>> Columns { get; init; }

    /// <summary>Where a row leads; null where it leads nowhere.</summary>
    public Func<TRow, string?> Open { get; init; } = _ => null;
    public IReadOnlyList<Filter<TRow>> Filters { get; init; } = [];

    /// <summary>Named questions that everyone has as tabs.</summary>
    public IReadOnlyList<Preset> Presets { get; init; } = [];
    public Func<IQueryable<TRow>, AppDb, string, IQueryable<TRow>>? Search { get; init; }

    /// <summary>The same for a list that is sorted at first by the names of what lines are found as: the rows that some lines find.</summary>
    public Func<IQueryable<TRow>, IQueryable<SearchLine>, IQueryable<TRow>>? Found { get; init; }

    /// <summary>The same answer as <see cref="Search"/> by looking at one row after the other, where the words are common and a page is soon full.</summary>
    public Func<IQueryable<TRow>, AppDb, string, IQueryable<TRow>>? Look { get; init; }
    public IReadOnlyList<BulkAct> Acts { get; init; } = [];

    /// <summary>Columns by which it is sorted at first, the key with a minus for downwards.</summary>
    public required string Sort { get; init; }

    /// <summary>What the page says and offers where the firm has no such record yet.</summary>
    public required string Empty { get; init; }
    public IReadOnlyList<PageButton> Buttons { get; init; } = [];

    /// <summary>What stands above the rows and sums them all up; null for nothing.</summary>
    public Func<AppDb, Screen, Task<RenderFragment?>>? Above { get; init; }

    internal Column<TRow> Column(string? key) =>
        Columns.FirstOrDefault(c => c.Key == key && c.Sorts) ?? Columns.First(c => c.Key == Sort.TrimStart('-'));
}

/// <summary>A named question: the text key of its tab and the chips it sets.</summary>
public sealed record Preset(string Key, string Query);

/// <summary>A button of the page's head.</summary>
public sealed record PageButton(string Key, string Path, Permission Needs, bool Main = false);

/// <summary>What can be done to many rows at once, in one change that one undo takes back.</summary>
/// <param name="Key">The text key is <c>bulk.{Key}</c>.</param>
/// <param name="Do">Does it to these records; what it is given as value is one of the choices, or empty.</param>
public sealed record BulkAct(
    string Key,
    Permission Needs,
    Func<AppDb, IReadOnlyList<Guid>, string, Screen, Task> Do,
    Func<AppDb, Screen, Task<IReadOnlyList<Choice>>>? Choices = null
)
{
    /// <summary>Where it leads instead of changing anything: a paper of all that was chosen.</summary>
    public Func<IReadOnlyList<Guid>, string>? To { get; private init; }

    /// <summary>Changes nothing, and leads to a page made of these records.</summary>
    public static BulkAct Leading(string key, Permission needs, Func<IReadOnlyList<Guid>, string> to) =>
        new(key, needs, (_, _, _, _) => Task.CompletedTask) { To = to };
}

/// <summary>Reading a list: the page of rows that a state of the address asks for.</summary>
public static class ListReading
{
    public const int PageSize = 50;

    /// <summary>Counting further costs more than knowing it is worth.</summary>
    public const int MostCounted = 10_000;
    private const int MostLooked = 1_500;

    /// <summary>All rows that the words and chips leave.</summary>
    public static IQueryable<TRow> Asked<TRow>(this ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var rows = list.Filtered(state, db, screen);
        return state.Words.Length == 0 ? rows
            : list.Found is { } found ? found(rows, db.Saying(state.Words))
            : list.Search is { } search ? search(rows, db, state.Words)
            : rows;
    }

    private static IQueryable<TRow> Filtered<TRow>(this ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        var rows = list.Rows(db, screen);
        if (
            list.Usually is { } usual
            && !state.Chosen.ContainsKey(usual.Filter)
            && !state.Where.Groups.Any(g => g.Any(c => c.Key == usual.Filter))
        )
            rows = rows.Where(usual.Rows);
        foreach (var filter in list.Filters)
            if (state.Chosen.TryGetValue(filter.Key, out var values))
                rows = rows.Where(filter.Where(values, db, screen));
        return list.Whole(state.Where, db, screen) is { } whole ? rows.Where(whole) : rows;
    }

    public static IQueryable<TRow> Ordered<TRow>(this ListOf<TRow> list, IQueryable<TRow> rows, ListState state)
        where TRow : class, IIdentified => list.Column(state.Sort).Order(rows, state.Down);

    /// <summary>One page, and the cursor of the next where there is one.</summary>
    public static async Task<(IReadOnlyList<TRow> Rows, string? Next)> PageOf<TRow>(
        this ListOf<TRow> list,
        ListState state,
        AppDb db,
        Screen screen
    )
        where TRow : class, IIdentified
    {
        var rows =
            await list.Soon(state, db, screen)
            ?? await list.First(state, db, screen)
            ?? await list.InOrder(list.Asked(state, db, screen), state).Take(PageSize + 1).ToListAsync();
        if (rows.Count <= PageSize)
            return (rows, null);
        rows.RemoveAt(PageSize);
        return (rows, $"{rows[^1].Id}.{list.Column(state.Sort).Cursor(rows[^1])}");
    }

    /// <summary>A page of what common words find among the next rows in order; null where that does not fill it.</summary>
    private static async Task<List<TRow>?> Soon<TRow>(this ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        if (
            state.Words.Length == 0
            || list.Look is not { } look
            || state.Sort != list.Sort.TrimStart('-')
            || !await db.AreCommon(state.Words)
        )
            return null;
        var next = list.Filtered(state, db, screen);
        // Up to a value, not the first so many: a row that fills the page ends the looking.
        if (await list.Column(state.Sort).CursorAfter(list.InOrder(next, state), MostLooked) is { } last)
            next = list.Column(state.Sort).UpTo(next, last, state.Down);
        var rows = await list.InOrder(look(next, db, state.Words), state).Take(PageSize + 1).ToListAsync();
        return rows.Count > PageSize ? rows : null;
    }

    /// <summary>A page of what words find where the search index stands in the list's own order; null where it does not.</summary>
    private static async Task<List<TRow>?> First<TRow>(this ListOf<TRow> list, ListState state, AppDb db, Screen screen)
        where TRow : class, IIdentified
    {
        if (state.Words.Length == 0 || list.Found is not { } found || state.Sort != list.Sort.TrimStart('-'))
            return null;
        var rows = list.Filtered(state, db, screen);
        return await db.FirstSaying(
            state.Words,
            PageSize + 1,
            lines => list.InOrder(found(rows, lines), state),
            state.Cursor?.Id,
            state.Down
        );
    }

    private static IQueryable<TRow> InOrder<TRow>(this ListOf<TRow> list, IQueryable<TRow> asked, ListState state)
        where TRow : class, IIdentified
    {
        var column = list.Column(state.Sort);
        if (state.Cursor is { } cursor)
            asked = column.After(asked, cursor.Value, cursor.Id, state.Down);
        return column.Order(asked.AsNoTracking(), state.Down);
    }
}

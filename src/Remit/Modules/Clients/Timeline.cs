using Microsoft.AspNetCore.Components;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>One line of a client's timeline.</summary>
/// <param name="Kind">Text key <c>timeline.{kind}</c>: note, call, visit, invoice …</param>
/// <param name="OnlyDay">The hour is not known and not shown.</param>
public sealed record TimelineItem(
    DateTime At,
    Guid Id,
    string Kind,
    string Title,
    string? Text = null,
    string? Path = null,
    Guid? ById = null,
    bool OnlyDay = false
)
{
    /// <summary>Files that came with it.</summary>
    public IReadOnlyList<(string Name, string Path)> Files { get; init; } = [];

    /// <summary>Its place in the order of all lines.</summary>
    public string Point => $"{At.Ticks}-{Id:N}";

    /// <summary>The place right behind it: a page from there begins with it.</summary>
    public string PointAfter => $"{At.Ticks}-{Guid.AllBitsSet:N}";
}

/// <summary>Lines strictly before a point of the one order that all sources share: moment, then id.</summary>
public sealed record TimelineAsk(Guid ClientId, DateTime Before, Guid BeforeId, Firm Firm, T T, int Most)
{
    /// <summary>The firm's day in which the point lies; for sources that know days only. Theirs stand at the day's beginning.</summary>
    public DateOnly Day => Firm.Day(Before);

    /// <summary>The point is the beginning of its day, so that among that day's lines the id decides.</summary>
    public bool AtStart => Firm.Moment(Day) == Before;
}

/// <summary>What a module has to tell on a client's timeline.</summary>
public interface ITimelineSource
{
    Permission Needs { get; }

    /// <summary>The latest first, at most <see cref="TimelineAsk.Most"/>.</summary>
    Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask);
}

/// <summary>What another module puts under lines of a timeline, by their ids.</summary>
public interface ITimelineFoot
{
    Task<IReadOnlyDictionary<Guid, RenderFragment>> Under(Guid client, IReadOnlyList<TimelineItem> lines, AppDb db, Screen screen);
}

/// <summary>A page of the timeline and the point where the earlier one begins.</summary>
public sealed record Timeline(IReadOnlyList<TimelineItem> Items, string? Earlier)
{
    private const int PageSize = 20;

    public static async Task<Timeline> Of(Guid client, string? before, AppDb db, Screen screen, IEnumerable<ITimelineSource> sources)
    {
        var page = await Before(client, Point(before), db, screen, sources);
        return page.Count <= PageSize ? new(page, null) : new(page[..PageSize], page[PageSize - 1].Point);
    }

    /// <summary>The line that stands at this point, as far as this person sees it.</summary>
    public static async Task<TimelineItem?> Line(Guid client, string? point, AppDb db, Screen screen, IEnumerable<ITimelineSource> sources)
    {
        var (at, id) = Point(point);
        return (await Before(client, (at, Guid.AllBitsSet), db, screen, sources)).Find(l => l.Id == id && l.At == at);
    }

    private static async Task<List<TimelineItem>> Before(
        Guid client,
        (DateTime At, Guid Id) point,
        AppDb db,
        Screen screen,
        IEnumerable<ITimelineSource> sources
    )
    {
        var ask = new TimelineAsk(client, point.At, point.Id, screen.Firm!, screen.T, PageSize + 1);
        var all = new List<TimelineItem>();
        foreach (var source in sources.Where(s => screen.Can(s.Needs)))
            all.AddRange(await source.Before(db, ask));
        return [.. all.OrderByDescending(i => i.At).ThenByDescending(i => i.Id).Take(PageSize + 1)];
    }

    // Nothing typed is trusted: what cannot be read is the beginning. The year leaves room for any time zone.
    private static (DateTime, Guid) Point(string? before) =>
        before?.Split('-') is [var ticks, var id]
        && long.TryParse(ticks, out var n)
        && n > TimeSpan.TicksPerDay * 366
        && n < new DateTime(9000, 1, 1).Ticks
        && Guid.TryParse(id, out var guid)
            ? (new DateTime(n, DateTimeKind.Utc), guid)
            : (new DateTime(9000, 1, 1, 0, 0, 0, DateTimeKind.Utc), Guid.Empty);
}

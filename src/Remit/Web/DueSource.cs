using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web;

/// <summary>What a module's records ask of people by a day. The inbox, the day, the reminders and the phone's calendar read it.</summary>
public interface IDueSource
{
    /// <summary>Who may see these at all.</summary>
    Permission Needs { get; }

    /// <summary>The earliest first, of each sort at most <see cref="DueAsk.Most"/>.</summary>
    Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask);
}

public static class Dues
{
    /// <summary>Everything that is due, overdue first, as far as this person may see it.</summary>
    public static async Task<IReadOnlyList<Due>> Open(this IEnumerable<IDueSource> sources, AppDb db, DueAsk ask, Actor actor)
    {
        var all = new List<Due>();
        foreach (var source in sources.Where(s => actor.Can(s.Needs)))
            all.AddRange(await source.Open(db, ask));
        // Each source stops by itself; cutting here would let two hundred old invoices hide the task of today.
        return [.. all.OrderBy(d => d.On).ThenByDescending(d => d.Urgent).ThenBy(d => d.Id)];
    }
}

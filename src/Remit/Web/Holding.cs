using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web;

/// <summary>One thing a person holds.</summary>
public sealed record Held(Guid Id, string Title, string? Path = null);

/// <summary>What a person can hold in one module. Hand-over, cover and the review of a leaver are built on it.</summary>
public interface IHolding
{
    /// <summary>Text key <c>holding.{name}</c>.</summary>
    string Name { get; }

    /// <summary>The right one needs to hand these to another; null where they go by themselves, with a position or with the person.</summary>
    Permission? HandsOver => null;
    Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today);

    /// <summary>Gives these to another person; the caller saves.</summary>
    Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today) => throw new NotSupportedException();
}

public static class Holdings
{
    /// <summary>What must find another holder before this one may leave; empty where nothing is left.</summary>
    public static async Task<IReadOnlyList<(string Name, int Count)>> StillHeld(
        this IEnumerable<IHolding> holdings,
        AppDb db,
        Guid person,
        DateOnly today
    )
    {
        var left = new List<(string, int)>();
        foreach (var holding in holdings.Where(h => h.HandsOver is not null))
            if ((await holding.Of(db, person, today)).Count is > 0 and var count)
                left.Add((holding.Name, count));
        return left;
    }
}

using Remit.Storage;

namespace Remit.Web;

/// <summary>A time at which a person is taken, by the firm's clock.</summary>
public sealed record Busy(DateTime From, DateTime To)
{
    /// <summary>Where the person is then; empty where nobody has to go anywhere.</summary>
    public string Place { get; init; } = "";
}

/// <summary>Where a module knows that a person is taken: visits, the calendar.</summary>
public interface IBusyTimes
{
    /// <summary>Times of these people that touch the window, which is of the firm's clock as well.</summary>
    Task<IReadOnlyList<(Guid Person, Busy Time)>> Of(AppDb db, IReadOnlyCollection<Guid> people, DateTime from, DateTime to, Firm firm);
}

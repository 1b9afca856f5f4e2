using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Where and when somebody's word reaches the firm: by a page, a button in Telegram, another program.</summary>
/// <param name="Root">This firm's address, for links in what is sent on.</param>
public sealed record Here(Firm Firm, string Root, DateTime Now)
{
    public DateTime Local => Firm.Local(Now);

    /// <summary>The address for letters about a visit; null for a time that is past: nobody is asked to come then.</summary>
    public string? RootOf(Visit visit) => visit.StartsAt > Local ? Root : null;

    public DateOnly Today => Firm.Day(Now);
    public Arrival Arrival => new(Firm, Root, Now);

    public static Here Of(Screen screen, TimeProvider clock) => new(screen.Firm!, screen.Root, clock.GetUtcNow().UtcDateTime);
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>When the firm goes out to clients, and how early it asks for their word; one row, or these values where there is none.</summary>
public sealed class DispatchSettings : IVersioned
{
    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000081");
    public Guid Id { get; private init; } = TheOne;
    public int Opens { get; private set; } = 9;
    public int Closes { get; private set; } = 18;

    /// <summary>Minutes on the way, left free before and after a visit on site.</summary>
    public int Travel { get; private set; } = 30;

    /// <summary>Hours before the visit at which each channel asks, as long as client or programmer have not confirmed.</summary>
    public int MailHours { get; private set; } = 24;
    public int TelegramHours { get; private set; } = 20;
    public int CallHours { get; private set; } = 17;

    /// <summary>Hours before the visit at which the one above hears that nobody gave their word.</summary>
    public int AboveHours { get; private set; } = 3;
    public int Version { get; set; }
    public string Title => $"{Opens}–{Closes}";

    public void Work(int opens, int closes, int travel)
    {
        Must(opens is >= 0 and < 24 && closes is > 0 and <= 24 && opens < closes, "dispatch.hours");
        Must(travel is >= 0 and <= 240, "dispatch.travel");
        (Opens, Closes, Travel) = (opens, closes, travel);
    }

    public void Remind(int mail, int telegram, int call, int above)
    {
        Must(mail <= 240 && mail > telegram && telegram > call && call > above && above > 0, "dispatch.order");
        (MailHours, TelegramHours, CallHours, AboveHours) = (mail, telegram, call, above);
    }

    public int HoursOf(Channel channel) =>
        channel switch
        {
            Channel.Mail => MailHours,
            Channel.Telegram => TelegramHours,
            Channel.Call => CallHours,
            _ => AboveHours,
        };

    public static async Task<DispatchSettings> Now(AppDb db) =>
        await db.Set<DispatchSettings>().AsNoTracking().SingleOrDefaultAsync() ?? new() { Version = -1 };
}

internal sealed class DispatchSettingsTable : IEntityTypeConfiguration<DispatchSettings>
{
    public void Configure(EntityTypeBuilder<DispatchSettings> t) => t.ToTable("dispatch_settings").Ignore(s => s.Title);
}

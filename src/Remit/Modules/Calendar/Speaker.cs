using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar.Recurrence;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>Somebody whose days the firm sells: has a calendar of their own, and dates held for clients in it.</summary>
public sealed class Speaker : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";
    public string Email { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public string Topics { get; private set; } = "";
    public string Language { get; private set; } = "en";

    /// <summary>A name of the tz database; empty for the firm's clock.</summary>
    public string TimeZone { get; private set; } = "";
    public DateOnly? Birthday { get; private set; }
    public Guid CalendarBookId { get; private init; }

    /// <summary>Who of the firm keeps in touch.</summary>
    public Guid? OwnerId { get; private set; }
    public DateTime CreatedAt { get; private init; }
    public int Version { get; set; }
    public string Title => Name;

    public static Speaker With(CalendarBook calendar, Guid? owner, DateTime now) =>
        new()
        {
            CalendarBookId = calendar.Id,
            OwnerId = owner,
            CreatedAt = now,
            Name = calendar.Name,
        };

    public void Describe(string? name, string? email, string? phone, string? topics)
    {
        Name = Filled(name, "speaker.no_name", "name");
        Must(Name.Length <= 200, "calendar.long_name");
        (Email, Phone, Topics) = (email?.Trim() ?? "", phone?.Trim() ?? "", topics?.Trim() ?? "");
        Must(Email.Length == 0 || System.Net.Mail.MailAddress.TryCreate(Email, out _), "speaker.email", ("email", Email));
    }

    public void Live(string language, string? zone, DateOnly? born)
    {
        (Language, TimeZone, Birthday) = (Texts.Languages.Contains(language) ? language : "en", zone?.Trim() ?? "", born);
        Must(TimeZone.Length == 0 || Zone.Named(TimeZone) is not null, "client.zone", ("zone", TimeZone));
    }

    public void GoTo(Guid? person) => OwnerId = person;
}

internal sealed class SpeakerTable : IEntityTypeConfiguration<Speaker>
{
    public void Configure(EntityTypeBuilder<Speaker> t)
    {
        t.ToTable("speakers").Ignore(s => s.Title);
        t.HasIndex(s => s.CalendarBookId).IsUnique();
    }
}

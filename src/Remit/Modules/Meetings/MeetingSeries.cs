using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Meetings;

/// <summary>A person, or whoever holds a position on the day one looks: exactly one of the two.</summary>
public readonly record struct Hand(Guid? PersonId, Guid? PositionId)
{
    /// <summary>As the choice of a form says it; null where it says nothing.</summary>
    public static Hand? Read(string? text)
    {
        var position = text?.StartsWith("position:", StringComparison.Ordinal) == true;
        if (!Guid.TryParse(position ? text!["position:".Length..] : text, out var id))
            return null;
        return position ? new(null, id) : new(id, null);
    }

    public override string ToString() => PositionId is { } position ? $"position:{position}" : $"{PersonId}";
}

/// <summary>A meeting inside the firm that comes again, such as the weekly brainstorm; or one that is held once.</summary>
public sealed class MeetingSeries : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";
    public string Purpose { get; private set; } = "";
    public string Place { get; private set; } = "";

    /// <summary>The first time, by the firm's clock.</summary>
    public DateTime StartsAt { get; private set; }
    public int Minutes { get; private set; }

    /// <summary>How it repeats, as an RRULE; empty for once.</summary>
    public string Rule { get; private set; } = "";
    public Guid? LeadPersonId { get; private set; }
    public Guid? LeadPositionId { get; private set; }

    /// <summary>The client it is about, where it is about one.</summary>
    public Guid? ClientId { get; private set; }
    public Guid? CreatedBy { get; private init; }

    /// <summary>The last day on which it is held, once it was ended.</summary>
    public DateOnly? EndsOn { get; private set; }
    public int Version { get; set; }
    public string Title => Name;
    public Hand Lead => new(LeadPersonId, LeadPositionId);

    /// <summary>Where an answer to a letter about it belongs.</summary>
    public LetterAbout About(string path) => new("meeting_series", Id, path, ClientId, LeadPersonId ?? CreatedBy);

    public static MeetingSeries Of(Hand lead, Guid? by)
    {
        var series = new MeetingSeries { CreatedBy = by };
        series.LedBy(lead);
        return series;
    }

    public void Describe(string? name, string? purpose, string? place, Guid? client)
    {
        Name = Filled(name, "meetings.no_name", "meeting_name");
        Must(Name.Length <= 200, "meetings.long_name");
        (Purpose, Place, ClientId) = (Short(purpose, 2000), Short(place, 300), client);
    }

    public void Set(DateTime startsAt, int minutes, string rule)
    {
        Must(minutes is >= 5 and <= 24 * 60, "meetings.length");
        Must(DateOnly.FromDateTime(startsAt).IsPlausible(), "meetings.when");
        (StartsAt, Minutes, Rule) = (DateTime.SpecifyKind(startsAt, DateTimeKind.Utc), minutes, rule);
    }

    public void LedBy(Hand lead)
    {
        Must(lead.PersonId is null != lead.PositionId is null, "meetings.no_lead");
        (LeadPersonId, LeadPositionId) = (lead.PersonId, lead.PositionId);
    }

    public void End(DateOnly last) => EndsOn = last;

    internal static string Short(string? text, int most)
    {
        var bare = text?.Trim() ?? "";
        Must(bare.Length <= most, "meetings.long_text", ("most", most));
        return bare;
    }
}

/// <summary>Who takes part in a series: a person, whoever holds a position, or a guest from outside by mail.</summary>
public sealed class MeetingMember : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MeetingSeriesId { get; private init; }
    public Guid? PersonId { get; private init; }
    public Guid? PositionId { get; private init; }
    public string Name { get; private init; } = "";
    public string Email { get; private init; } = "";
    public string Language { get; private init; } = "";
    public string Title => Name;

    public static MeetingMember Of(Guid series, Hand hand, string name) =>
        new()
        {
            MeetingSeriesId = series,
            PersonId = hand.PersonId,
            PositionId = hand.PositionId,
            Name = name,
        };

    public static MeetingMember Guest(Guid series, GuestLine guest) =>
        new()
        {
            MeetingSeriesId = series,
            Name = guest.Name,
            Email = guest.Email,
            Language = guest.Language,
        };
}

/// <summary>A guest as typed in a line: «Ivan Petrov ivan@example.com bg».</summary>
public sealed record GuestLine(string Name, string Email, string Language)
{
    private const int Most = 200;

    /// <summary>The lines of a field; the first that names no address is refused with what it says.</summary>
    public static IReadOnlyList<GuestLine> Read(string? text, string language)
    {
        var lines = (text ?? "")
            .ReplaceLineEndings("\n")
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        Must(lines.Length <= Most, "meetings.many_guests", ("most", Most));
        return [.. lines.Select(l => One(l, language)).DistinctBy(g => g.Email)];
    }

    public override string ToString() => $"{Name} {Email} {Language}".Trim();

    private static GuestLine One(string line, string language)
    {
        var words = line.Split([' ', '\t', ',', ';', '<', '>'], StringSplitOptions.RemoveEmptyEntries);
        var mail = words.FirstOrDefault(w => w.Contains('@'));
        if (mail is null || mail.Length > 200 || !System.Net.Mail.MailAddress.TryCreate(mail, out _))
            throw new Refusal("meetings.guest_mail", ("line", line.Length > 100 ? line[..100] : line)) { Field = "guests" };
        var spoken = words.FirstOrDefault(w => Web.Texts.Languages.Contains(w.ToLowerInvariant()))?.ToLowerInvariant();
        var name = string.Join(' ', words.Where(w => w != mail && !(spoken is not null && w.ToLowerInvariant() == spoken)));
        Must(name.Length <= 200, "meetings.long_name");
        return new(name.Length > 0 ? name : mail.Split('@')[0], mail.ToLowerInvariant(), spoken ?? language);
    }
}

internal sealed class MeetingSeriesTable : IEntityTypeConfiguration<MeetingSeries>
{
    public void Configure(EntityTypeBuilder<MeetingSeries> t) => t.ToTable("meeting_series").Ignore(s => s.Title).Ignore(s => s.Lead);
}

internal sealed class MeetingMemberTable : IEntityTypeConfiguration<MeetingMember>
{
    public void Configure(EntityTypeBuilder<MeetingMember> t)
    {
        t.ToTable("meeting_members").Ignore(m => m.Title);
        t.HasIndex(m => m.MeetingSeriesId);
        t.HasIndex(m => m.PersonId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Planning;

/// <summary>How the week is planned; one row, or these values where there is none.</summary>
public sealed class PlanSettings : IVersioned
{
    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000131");

    /// <summary>The kinds of reason, the weightiest first, as they are until somebody weighs them.</summary>
    public static readonly IReadOnlyList<(string Kind, int Weight)> Usual =
    [
        ("new_client", 70),
        ("promise", 65),
        ("question", 60),
        ("contract", 55),
        ("overdue", 50),
        ("not_seen", 40),
        ("speaker", 35),
        ("birthday", 25),
    ];

    public Guid Id { get; private init; } = TheOne;

    /// <summary>Days after which a client, a speaker, counts as not seen for long; how long a client is new.</summary>
    public int NotSeenDays { get; private set; } = 60;
    public int SpeakerDays { get; private set; } = 45;
    public int NewDays { get; private set; } = 30;
    public int CallMinutes { get; private set; } = 30;
    public int MeetingMinutes { get; private set; } = 60;

    /// <summary>Minutes on the way between two places.</summary>
    public int Travel { get; private set; } = 30;

    /// <summary>At most so many of a day, whatever room there is.</summary>
    public int MostCalls { get; private set; } = 14;
    public int MostMeetings { get; private set; } = 5;

    /// <summary>Days until somebody who was put off is proposed again.</summary>
    public int PutOffDays { get; private set; } = 14;

    /// <summary><c>kind=weight</c>, one to a line.</summary>
    public string Weights { get; private set; } = "";
    public int Version { get; set; }
    public string Title => "plan";

    public int WeightOf(string kind) =>
        Weights.Split('\n').Select(l => l.Split('=')).FirstOrDefault(p => p.Length == 2 && p[0] == kind) is [_, var text]
        && int.TryParse(text, out var own)
            ? own
            : Usual.FirstOrDefault(u => u.Kind == kind).Weight;

    public void Wait(int client, int speaker, int fresh, int putOff)
    {
        foreach (var days in (int[])[client, speaker, fresh, putOff])
            Must(days is >= 1 and <= 1000, "plan.days");
        (NotSeenDays, SpeakerDays, NewDays, PutOffDays) = (client, speaker, fresh, putOff);
    }

    public void Last(int call, int meeting, int travel)
    {
        Must(call is >= 10 and <= 240 && meeting is >= 15 and <= 480 && travel is >= 0 and <= 240, "plan.minutes");
        (CallMinutes, MeetingMinutes, Travel) = (call, meeting, travel);
    }

    public void Fill(int calls, int meetings)
    {
        Must(calls is >= 0 and <= 40 && meetings is >= 0 and <= 20, "plan.most");
        (MostCalls, MostMeetings) = (calls, meetings);
    }

    public void Weigh(IEnumerable<(string Kind, int Weight)> weights)
    {
        var all = weights.ToList();
        Must(all.TrueForAll(w => w.Weight is >= 0 and <= 1000), "plan.weight");
        Weights = string.Join('\n', all.Where(w => Usual.Any(u => u.Kind == w.Kind)).Select(w => $"{w.Kind}={w.Weight}"));
    }

    public static async Task<PlanSettings> Now(AppDb db) =>
        await db.Set<PlanSettings>().AsNoTracking().SingleOrDefaultAsync() ?? new() { Version = -1 };
}

/// <summary>How long a client of a segment may go unseen.</summary>
public sealed class SegmentRhythm : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Segment { get; private init; } = "";
    public int Days { get; private set; }
    public int Version { get; set; }
    public string Title => Segment;

    public static SegmentRhythm Of(string segment) => new() { Segment = segment };

    public void Every(int days)
    {
        Must(days is >= 1 and <= 1000, "plan.days");
        Days = days;
    }
}

/// <summary>Somebody whom a person put off: not proposed again before a day.</summary>
public sealed class PutOff : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public Guid PartyId { get; private init; }
    public string Name { get; private init; } = "";
    public DateOnly Until { get; private init; }
    public string Title => Name;

    public static PutOff Of(Guid person, Guid party, string name, DateOnly until) =>
        new()
        {
            PersonId = person,
            PartyId = party,
            Name = name,
            Until = until,
        };
}

internal sealed class PlanSettingsTable : IEntityTypeConfiguration<PlanSettings>
{
    public void Configure(EntityTypeBuilder<PlanSettings> t) => t.ToTable("plan_settings").Ignore(s => s.Title);
}

internal sealed class SegmentRhythmTable : IEntityTypeConfiguration<SegmentRhythm>
{
    public void Configure(EntityTypeBuilder<SegmentRhythm> t)
    {
        t.ToTable("segment_rhythms").Ignore(s => s.Title);
        t.HasIndex(s => s.Segment).IsUnique();
    }
}

internal sealed class PutOffTable : IEntityTypeConfiguration<PutOff>
{
    public void Configure(EntityTypeBuilder<PutOff> t)
    {
        t.ToTable("put_offs").Ignore(p => p.Title);
        t.HasIndex(p => new { p.PersonId, p.Until });
    }
}

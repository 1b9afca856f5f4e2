using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>The pay level and city that a person had before another month: what was paid by them stays so.</summary>
public sealed class FormerLevel : IRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }

    /// <summary>Index of the first month in which they no longer held.</summary>
    public required int UntilMonth { get; init; }
    public required int Level { get; init; }
    public required string City { get; init; }
    public string Title => $"{Level} · {City}";
}

public static class Levels
{
    /// <summary>Gives the person another level or city from a month on. Refused for a month that is closed. The caller saves.</summary>
    public static async Task ChangeLevel(this AppDb db, Person person, int level, string? city, Month from)
    {
        if ((level, city?.Trim() ?? "") == (person.Level, person.City))
            return;
        Must(Month.Of(await db.OpenDay(from.First)) == from, "person.level_closed", ("month", from));
        var later = await db.Set<FormerLevel>()
            .Where(f => f.PersonId == person.Id && f.UntilMonth >= from.Index)
            .OrderBy(f => f.UntilMonth)
            .ToListAsync();
        var before = later.Count > 0 ? (later[0].Level, later[0].City) : (person.Level, person.City);
        person.Place(level, city);
        db.RemoveRange(later);
        if (before != (person.Level, person.City))
            db.Add(
                new FormerLevel
                {
                    PersonId = person.Id,
                    UntilMonth = from.Index,
                    Level = before.Level,
                    City = before.City,
                }
            );
    }

    /// <summary>By person, what they had in the month where it was not what they have now.</summary>
    public static async Task<Dictionary<Guid, FormerLevel>> LevelsThen(this AppDb db, Month month) =>
        (await db.Set<FormerLevel>().AsNoTracking().Where(f => f.UntilMonth > month.Index).ToListAsync())
            .GroupBy(f => f.PersonId)
            .ToDictionary(g => g.Key, g => g.MinBy(f => f.UntilMonth)!);
}

internal sealed class FormerLevelTable : IEntityTypeConfiguration<FormerLevel>
{
    public void Configure(EntityTypeBuilder<FormerLevel> t)
    {
        t.ToTable("former_levels").Ignore(f => f.Title);
        t.HasIndex(f => new { f.PersonId, f.UntilMonth }).IsUnique();
    }
}

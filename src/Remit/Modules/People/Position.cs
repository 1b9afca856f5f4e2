using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>A place in the firm that duties, approvals and schemes hang on; who fills it changes, it does not.</summary>
public sealed class Position : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";

    /// <summary>The position it reports to; where none is named, the owner.</summary>
    public Guid? AboveId { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    public static Position Named(string? name) => new() { Name = Filled(name, "position.no_name", "name") };

    public bool IsCalled(string name) => string.Equals(Name, name.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <param name="all">All positions: two of one name could not be told apart where one is chosen.</param>
    public void Call(string? name, IEnumerable<Position> all)
    {
        var called = Filled(name, "position.no_name", "position_name");
        if (all.Any(p => p.Id != Id && p.IsCalled(called)))
            throw new Refusal("position.name_taken", ("name", called)) { Field = "position_name" };
        Name = called;
    }

    /// <param name="all">All positions, so that none is above itself by way of others.</param>
    public void ReportTo(Position? above, IReadOnlyCollection<Position> all)
    {
        for (var up = above; up is not null; up = all.FirstOrDefault(p => p.Id == up.AboveId))
            Must(up.Id != Id, "position.circle", ("position", Name), ("above", above!.Name));
        AboveId = above?.Id;
    }
}

/// <summary>Who holds a position, or stands in for its holder, from one day to another (both inclusive).</summary>
public sealed class Tenure : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PositionId { get; private init; }
    public Guid PersonId { get; private init; }
    public bool StandIn { get; private init; }
    public DateOnly From { get; private set; }
    public DateOnly? To { get; private set; }
    public int Version { get; set; }
    public string Title => said ?? From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
    private string? said;

    public static Tenure Of(Position position, Person person, DateOnly from, DateOnly? to = null, bool standIn = false)
    {
        Within(to is null || to >= from, "tenure.ends_before", "tenure_to");
        return new()
        {
            PositionId = position.Id,
            PersonId = person.Id,
            From = from,
            To = to,
            StandIn = standIn,
            said = $"{person.Name} · {position.Name}",
        };
    }

    public void End(DateOnly last) => Between(From, last);

    public void Between(DateOnly from, DateOnly? to)
    {
        Within(to is null || to >= from, "tenure.ends_before", "tenure_to");
        (From, To) = (from, to);
    }

    /// <param name="others">What the same person has or had: one is not twice in the same place on one day.</param>
    public void KeepApart(IEnumerable<Tenure> others, Person person)
    {
        var same = others.FirstOrDefault(t =>
            t.Id != Id
            && (t.PositionId, t.PersonId, t.StandIn) == (PositionId, PersonId, StandIn)
            && t.From <= (To ?? DateOnly.MaxValue)
            && From <= (t.To ?? DateOnly.MaxValue)
        );
        if (same is not null)
            throw new Refusal("tenure.held", ("person", person.Name), ("from", same.From)) { Field = "tenure_from" };
    }
}

internal sealed class PositionTable : IEntityTypeConfiguration<Position>
{
    public void Configure(EntityTypeBuilder<Position> t) => t.ToTable("positions").Ignore(p => p.Title);
}

internal sealed class TenureTable : IEntityTypeConfiguration<Tenure>
{
    public void Configure(EntityTypeBuilder<Tenure> t)
    {
        t.ToTable("tenures").Ignore(p => p.Title);
        t.HasIndex(p => new { p.PersonId, p.From });
        t.HasIndex(p => p.PositionId);
    }
}

public static class Tenures
{
    public static IQueryable<Tenure> On(this IQueryable<Tenure> tenures, DateOnly day) =>
        tenures.Where(t => t.From <= day && (t.To == null || t.To >= day));
}

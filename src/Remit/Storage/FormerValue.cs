using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>What a property was until a moment; what it is now, the record itself says.</summary>
public sealed class FormerValue
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>Kind and property: <c>Client.OwnerId</c>.</summary>
    public required string Of { get; init; }
    public required Guid RecordId { get; init; }

    /// <summary>UTC.</summary>
    public required DateTime Until { get; init; }
    public Guid? Value { get; init; }
}

internal static class FormerValues
{
    private static readonly ConcurrentDictionary<Type, string[]> known = [];

    /// <summary>Keeps what the save under way is about to write over.</summary>
    public static async Task Write(AppDb db)
    {
        var until = db.At ?? DateTime.UtcNow;
        var former = new List<FormerValue>();
        foreach (var entry in db.ChangeTracker.Entries<IRecord>().Where(e => e.State == EntityState.Modified))
        foreach (var name in Kept(entry.Metadata.ClrType))
            if (entry.Property(name) is var property && !Equals(property.OriginalValue, property.CurrentValue))
                former.Add(
                    new()
                    {
                        Of = $"{entry.Metadata.ClrType.Name}.{name}",
                        RecordId = entry.Entity.Id,
                        Until = until,
                        Value = (Guid?)property.OriginalValue,
                    }
                );
        await NewRows.Add(db, former);
    }

    private static string[] Kept(Type record) =>
        known.GetOrAdd(
            record,
            static r => [.. r.GetProperties().Where(p => p.GetCustomAttribute<KeepsFormerAttribute>() is not null).Select(p => p.Name)]
        );
}

internal sealed class FormerValueTable : IEntityTypeConfiguration<FormerValue>
{
    public void Configure(EntityTypeBuilder<FormerValue> t)
    {
        t.ToTable("former_values");
        t.HasIndex(f => new { f.Of, f.Until });
    }
}

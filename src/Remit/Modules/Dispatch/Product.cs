using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A program the firm looks after at its clients: who knows it, who uses it.</summary>
public sealed class Product : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";
    public int Version { get; set; }
    public string Title => Name;

    public static Product Named(string? name)
    {
        var product = new Product { Name = Filled(name, "product.no_name", "product_name") };
        Must(product.Name.Length <= 200, "product.long_name");
        return product;
    }
}

/// <summary>A person knows a product.</summary>
public sealed class Skill : IRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid PersonId { get; init; }
    public required Guid ProductId { get; init; }
    public string Title => "";
}

/// <summary>A client uses a product, of some version.</summary>
[PartOf(typeof(Client), nameof(ClientId))]
public sealed class ClientProduct : IRecord
{
    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required Guid ClientId { get; init; }
    public required Guid ProductId { get; init; }
    public string UsedVersion { get; private set; } = "";
    public string Title => UsedVersion;

    public void IsNow(string? version) => UsedVersion = version?.Trim() is { Length: <= 60 } v ? v : "";
}

public static class ProductQueries
{
    public static Task<List<Product>> Products(this AppDb db) =>
        db.Keep("products", [typeof(Product)], () => db.Set<Product>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync());

    /// <summary>What each person knows, by name.</summary>
    public static async Task<Dictionary<Guid, IReadOnlyList<string>>> SkillNames(this AppDb db) => (
            await db.Set<Skill>()
                .Join(
                    db.Set<Product>(),
                    s => s.ProductId,
                    p => p.Id,
                    (s, p) =>
                        new
                        {
                            s.PersonId,
                            p.Name,
                            p.NameKey,
                        }
                )
                .OrderBy(s => s.NameKey)
                .ToListAsync()
        ).GroupBy(s => s.PersonId).ToDictionary(g => g.Key, g => (IReadOnlyList<string>)[.. g.Select(s => s.Name)]);
}

internal sealed class ProductTable : IEntityTypeConfiguration<Product>
{
    public void Configure(EntityTypeBuilder<Product> t) => t.ToTable("dispatch_products").Ignore(p => p.Title);
}

internal sealed class SkillTable : IEntityTypeConfiguration<Skill>
{
    public void Configure(EntityTypeBuilder<Skill> t)
    {
        t.ToTable("dispatch_skills").Ignore(s => s.Title);
        t.HasIndex(s => new { s.PersonId, s.ProductId }).IsUnique();
    }
}

internal sealed class ClientProductTable : IEntityTypeConfiguration<ClientProduct>
{
    public void Configure(EntityTypeBuilder<ClientProduct> t)
    {
        t.ToTable("dispatch_uses").Ignore(u => u.Title);
        // Not unique: two clients that are made one may both have used it.
        t.HasIndex(u => new { u.ClientId, u.ProductId });
        t.HasIndex(u => u.ProductId);
    }
}

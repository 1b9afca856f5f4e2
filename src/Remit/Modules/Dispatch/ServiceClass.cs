using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Dispatch;

/// <summary>A class of service agreed in contracts: within how many working hours a question is answered.</summary>
public sealed class ServiceClass : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";

    [OrderOf(nameof(Name))]
    public string NameKey { get; set; } = "";
    public int Hours { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    public static ServiceClass Of(string? name, int hours)
    {
        var made = new ServiceClass();
        made.Agree(name, hours);
        return made;
    }

    public void Agree(string? name, int hours)
    {
        var called = Filled(name, "service.no_name", "service_name");
        Must(called.Length <= 100, "service.long_name");
        Must(hours is > 0 and <= 400, "question.term_hours");
        (Name, Hours) = (called, hours);
    }
}

/// <summary>A client's own class of service, where no contract in force says one.</summary>
[PartOf(typeof(Client), nameof(ClientId))]
public sealed class ClientService : IRecord
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public required Guid ClientId { get; init; }
    public required Guid ClassId { get; init; }
    public string Title => "";
}

internal sealed class ServiceClassTable : IEntityTypeConfiguration<ServiceClass>
{
    public void Configure(EntityTypeBuilder<ServiceClass> t)
    {
        t.ToTable("service_classes").Ignore(c => c.Title);
        t.HasIndex(c => c.Name).IsUnique();
    }
}

internal sealed class ClientServiceTable : IEntityTypeConfiguration<ClientService>
{
    public void Configure(EntityTypeBuilder<ClientService> t)
    {
        t.ToTable("client_services").Ignore(s => s.Title);
        // Not unique: two clients that are made one may each bring a class; the stricter one holds.
        t.HasIndex(s => s.ClientId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;

namespace Remit.Modules.Calendar;

/// <summary>The vCard of a client's contact as a phone last wrote it: what Remit has no field for is kept here.</summary>
public sealed class ContactCard : IVersioned
{
    /// <summary>The contact's own key.</summary>
    public Guid Id { get; private init; }
    public string Path { get; private init; } = "";
    public string Text { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Path;

    public static ContactCard Of(Guid contact, string path, string text) =>
        new()
        {
            Id = contact,
            Path = path,
            Text = text,
        };

    public void Write(string text) => Text = text;
}

internal sealed class ContactCardTable : IEntityTypeConfiguration<ContactCard>
{
    public void Configure(EntityTypeBuilder<ContactCard> t)
    {
        t.ToTable("contact_cards").Ignore(c => c.Title);
        t.HasIndex(c => c.Path).IsUnique();
    }
}

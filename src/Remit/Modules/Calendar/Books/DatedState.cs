using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Remit.Modules.Calendar;

/// <summary>One file of a calendar that Remit makes of records, as the person's phone last saw it. No journal is kept of it.</summary>
public sealed class DatedState
{
    public Guid PersonId { get; init; }
    public string Calendar { get; init; } = "";
    public string Path { get; init; } = "";
    public string Etag { get; set; } = "";
    public long Number { get; set; }
    public bool Gone { get; set; }
}

internal sealed class DatedStateTable : IEntityTypeConfiguration<DatedState>
{
    public void Configure(EntityTypeBuilder<DatedState> t) =>
        t.ToTable("dated_states")
            .HasKey(s => new
            {
                s.PersonId,
                s.Calendar,
                s.Path,
            });
}

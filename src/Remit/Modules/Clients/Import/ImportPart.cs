using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Storage;

namespace Remit.Modules.Clients.Import;

/// <summary>Some rows of an import, and what became of them.</summary>
public sealed class ImportPart
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ImportId { get; private init; }
    public int Number { get; private init; }
    public string Rows { get; private set; } = "[]";

    /// <summary>The rows that could not be taken, each behind the sentence that says why.</summary>
    public string Rejected { get; private set; } = "[]";

    /// <summary>The change that brought them in; none where nothing changed, or where it was taken back.</summary>
    public Guid? ChangeId { get; private set; }

    public static ImportPart Of(ClientImport import, int number, IReadOnlyList<string[]> rows) =>
        new()
        {
            ImportId = import.Id,
            Number = number,
            Rows = Json(rows),
        };

    public List<string[]> Table => JsonSerializer.Deserialize<List<string[]>>(Rows)!;
    public List<string[]> Refused => JsonSerializer.Deserialize<List<string[]>>(Rejected)!;

    public void Mend(IReadOnlyList<string[]> rows) => Rows = Json(rows);

    /// <summary>Taken: only what was refused is kept, so that a big table does not lie there twice.</summary>
    public void Took(Guid? change, IReadOnlyList<string[]> rejected) => (ChangeId, Rows, Rejected) = (change, "[]", Json(rejected));

    public void TookBack() => ChangeId = null;

    private static string Json(IReadOnlyList<string[]> rows) => JsonSerializer.Serialize(rows, JournalWriter.Json);
}

internal sealed class ImportPartTable : IEntityTypeConfiguration<ImportPart>
{
    public void Configure(EntityTypeBuilder<ImportPart> t)
    {
        t.ToTable("client_import_parts").Ignore(p => p.Table).Ignore(p => p.Refused);
        t.HasIndex(p => new { p.ImportId, p.Number }).IsUnique();
    }
}

using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Clients.Import;

/// <summary>
/// A table of clients that somebody brought, between the file and the clients: which column is what, what was mended by
/// hand, what became of it. A preparation, not a record: it has no history of its own.
/// </summary>
public sealed class ClientImport
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MadeBy { get; private init; }
    public DateTime MadeAt { get; private init; }
    public string FileName { get; private init; } = "";
    public string Head { get; private init; } = "[]";
    public string Rows { get; private set; } = "[]";
    /// <summary>For each column the field it fills, or nothing; with commas between.</summary>
    public string Fields { get; private set; } = "";
    /// <summary>Whether clients that are there already are brought up to date, or left as they are.</summary>
    public bool Updates { get; private set; } = true;
    /// <summary>The change that it made, which one undo takes back whole.</summary>
    public Guid? ChangeId { get; private set; }
    public int Created { get; private set; }
    public int Updated { get; private set; }

    public static ClientImport Of(Sheet sheet, string fileName, Guid by, DateTime now) => new()
    {
        MadeBy = by, MadeAt = now, FileName = fileName, Head = JsonSerializer.Serialize(sheet.Head), Rows = JsonSerializer.Serialize(sheet.Rows),
        Fields = string.Join(',', ImportFields.Guess(sheet)),
    };

    public Sheet Sheet => new(JsonSerializer.Deserialize<string[]>(Head)!, JsonSerializer.Deserialize<string[][]>(Rows)!);
    public string[] FieldOf => Fields.Split(',');

    public void Understand(IReadOnlyList<string> fields, bool updates)
    {
        var twice = fields.Where(f => f.Length > 0).GroupBy(f => f).FirstOrDefault(g => g.Count() > 1);
        Rules.Must(twice is null, "import.field_twice", ("field", "field." + twice?.Key));
        Rules.Must(fields.Contains("client_title"), "import.no_name");
        (Fields, Updates) = (string.Join(',', fields), updates);
    }

    public void Mend(IReadOnlyList<string[]> rows) => Rows = JsonSerializer.Serialize(rows);

    /// <summary>Keeps what could not be taken, so that it can be mended and sent again.</summary>
    public void Took(Guid? change, int created, int updated, IReadOnlyList<string[]> left) =>
        (ChangeId, Created, Updated, Rows) = (change, created, updated, JsonSerializer.Serialize(left));
}

internal sealed class ClientImportTable : IEntityTypeConfiguration<ClientImport>
{
    public void Configure(EntityTypeBuilder<ClientImport> t) => t.ToTable("client_imports").Ignore(i => i.Sheet).Ignore(i => i.FieldOf);
}

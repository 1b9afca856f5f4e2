using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients.Import;

public enum ImportState
{
    Ready,
    Running,
    Done,
    Reverting,
    Reverted,
}

/// <summary>
/// A table of clients that somebody brought, between the file and the clients: which column is what, by what a client is
/// known, how far it is. A preparation, not a record: it has no history of its own. Its rows lie in parts, and a part is
/// taken, and taken back, in one save.
/// </summary>
public sealed class ClientImport
{
    /// <summary>Rows of a part: what one save holds up the other writers for.</summary>
    public const int PartRows = 1000;

    /// <summary>By which a row may be said to be a client that is there; the first looks at the tax number, then at the name.</summary>
    public static readonly IReadOnlyList<string> Keys = ["auto", "tax_id", "email", "phone", "client_title"];

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid MadeBy { get; private init; }
    public DateTime MadeAt { get; private init; }
    public string FileName { get; private init; } = "";
    public string Head { get; private init; } = "[]";

    /// <summary>For each column the field it fills, or nothing; with commas between.</summary>
    public string Fields { get; private set; } = "";
    public string KnownBy { get; private set; } = "auto";

    /// <summary>Whether clients that are there already are brought up to date, or left as they are.</summary>
    public bool Updates { get; private set; } = true;

    /// <summary>Whether clients that are not there are made, or left out.</summary>
    public bool Creates { get; private set; } = true;
    public ImportState State { get; private set; }
    public int Total { get; private set; }
    public int Parts { get; private set; }

    /// <summary>Parts that are behind it: taken, or on the way back taken back.</summary>
    public int At { get; private set; }
    public int Created { get; private set; }
    public int Updated { get; private set; }
    public int Same { get; private set; }
    public int Wrong { get; private set; }

    /// <summary>Why the way back ended early, in the words of whoever went it.</summary>
    public string Stopped { get; private set; } = "";
    public int Version { get; private set; }

    public static ClientImport Of(IReadOnlyList<string> head, IReadOnlyList<string[]> sample, string fileName, Guid by, DateTime now) =>
        new()
        {
            MadeBy = by,
            MadeAt = now,
            FileName = fileName.Length > 200 ? fileName[..200] : fileName,
            Head = JsonSerializer.Serialize(head),
            Fields = string.Join(',', ImportFields.Guess(head, sample)),
        };

    public string[] Columns => JsonSerializer.Deserialize<string[]>(Head)!;
    public string[] FieldOf => Fields.Split(',');
    public bool Small => Parts <= 1;
    public bool Moving => State is ImportState.Running or ImportState.Reverting;
    public int PercentDone => Parts == 0 ? 100 : 100 * At / Parts;

    /// <summary>A further part of its rows.</summary>
    public ImportPart Hold(IReadOnlyList<string[]> rows)
    {
        (Total, Parts) = (Total + rows.Count, Parts + 1);
        return ImportPart.Of(this, Parts - 1, rows);
    }

    public void Understand(IReadOnlyList<string> fields, string knownBy, bool updates, bool creates)
    {
        MustBe(ImportState.Ready);
        var twice = fields.Where(f => f.Length > 0).GroupBy(f => f).FirstOrDefault(g => g.Count() > 1);
        Must(twice is null, "import.field_twice", ("field", "field." + twice?.Key));
        Must(fields.Contains("client_title"), "import.no_name");
        Must(knownBy == "auto" || (Keys.Contains(knownBy) && fields.Contains(knownBy)), "import.no_key", ("field", "field." + knownBy));
        Must(updates || creates, "import.nothing_to_do");
        (Fields, KnownBy, Updates, Creates) = (string.Join(',', fields), knownBy, updates, creates);
    }

    /// <summary>Rows went out of it by hand.</summary>
    public void Lose(int rows)
    {
        MustBe(ImportState.Ready);
        Total -= rows;
    }

    public void Start()
    {
        MustBe(ImportState.Ready);
        Must(FieldOf.Contains("client_title"), "import.no_name");
        (State, At) = (ImportState.Running, 0);
    }

    /// <summary>The next part was taken.</summary>
    public void Took(ImportPlan plan)
    {
        MustBe(ImportState.Running);
        (Created, Updated) = (Created + plan.Count(ImportKind.New), Updated + plan.Count(ImportKind.Update));
        (Same, Wrong) = (Same + plan.Count(ImportKind.Same), Wrong + plan.Count(ImportKind.Wrong));
        (At, Version) = (At + 1, Version + 1);
        if (At == Parts)
            State = ImportState.Done;
    }

    public void StartBack()
    {
        MustBe(ImportState.Done);
        (State, At, Stopped) = (ImportState.Reverting, 0, "");
    }

    /// <summary>One more part, from the last to the first, is as it was before.</summary>
    public void TookBack()
    {
        MustBe(ImportState.Reverting);
        (At, Version) = (At + 1, Version + 1);
        if (At == Parts)
            State = ImportState.Reverted;
    }

    /// <summary>Something stands in the way back; what was brought in and is not yet taken back stays.</summary>
    public void StopBack(string reason) =>
        (State, Stopped, Version) = (ImportState.Done, reason.Length > 1000 ? reason[..1000] : reason, Version + 1);

    private void MustBe(ImportState state) => Must(State == state, "import.elsewhere");
}

internal sealed class ClientImportTable : IEntityTypeConfiguration<ClientImport>
{
    public void Configure(EntityTypeBuilder<ClientImport> t)
    {
        t.ToTable("client_imports")
            .Ignore(i => i.Columns)
            .Ignore(i => i.FieldOf)
            .Ignore(i => i.Small)
            .Ignore(i => i.Moving)
            .Ignore(i => i.PercentDone);
        // Two nodes, or a job and a click, never take the same part.
        t.Property(i => i.Version).IsConcurrencyToken();
        t.HasIndex(i => i.MadeBy);
    }
}

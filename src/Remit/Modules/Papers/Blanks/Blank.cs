using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

public enum BlankKind
{
    Act,
    JobSheet,
}

public enum BlankState
{
    Out,
    Used,
    Spoiled,
    Returned,
}

/// <summary>
/// A printed empty act or job sheet. Its number was taken from the same gapless counter when it was printed, so each is
/// accounted for: still out with somebody, used for a paper, spoiled with a reason, or given back.
/// </summary>
public sealed class Blank : IVersioned, IGuardsUndo
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CompanyId { get; private init; }
    public BlankKind Kind { get; private init; }
    public int Year { get; private init; }
    public long Number { get; private init; }

    /// <summary>Those printed at once.</summary>
    public Guid Batch { get; private init; }
    public DateOnly PrintedOn { get; private init; }
    public Guid? GivenBy { get; private init; }
    public Guid HolderId { get; private set; }
    public BlankState State { get; private set; }

    /// <summary>Why it was spoiled, or what it was used for.</summary>
    public string Note { get; private set; } = "";
    public Guid? InvoiceId { get; private set; }
    public int Version { get; set; }
    public string Title => $"№ {Number}";

    public static Blank Print(OwnCompany company, BlankKind kind, long number, Guid batch, (Guid Holder, Guid? By, DateOnly On) given) =>
        new()
        {
            CompanyId = company.Id,
            Kind = kind,
            Year = given.On.Year,
            Number = number,
            Batch = batch,
            PrintedOn = given.On,
            GivenBy = given.By,
            HolderId = given.Holder,
        };

    /// <summary>An act was made on it; its number becomes the act's.</summary>
    public void Use(Invoice invoice)
    {
        MustBeOut();
        Must(Kind == BlankKind.Act, "blank.no_act", ("number", Title));
        (State, InvoiceId) = (BlankState.Used, invoice.Id);
    }

    /// <summary>It was used for what the note says: a job sheet, or an act of which there is no record here.</summary>
    public void Use(string? what)
    {
        MustBeOut();
        (State, Note) = (BlankState.Used, Said(what, "blank.no_use"));
    }

    public void Spoil(string? reason)
    {
        MustBeOut();
        (State, Note) = (BlankState.Spoiled, Said(reason, "blank.no_reason"));
    }

    /// <summary>Back in the office, empty.</summary>
    public void Return()
    {
        MustBeOut();
        State = BlankState.Returned;
    }

    /// <summary>To another person; one that was given back goes out again.</summary>
    public void Give(Guid holder)
    {
        Must(State is BlankState.Out or BlankState.Returned, "blank.is_over", ("number", Title));
        (HolderId, State) = (holder, BlankState.Out);
    }

    private static string Said(string? text, string missing)
    {
        var said = Filled(text, missing, "blank_note");
        Must(said.Length <= 300, "blank.long_note");
        return said;
    }

    private void MustBeOut() => Must(State == BlankState.Out, "blank.is_over", ("number", Title));

    // Its number is given out: taking the printing back would leave a gap.
    Refusal? IGuardsUndo.WhyNotUndo() =>
        State == BlankState.Out || InvoiceId is not null ? new Refusal("blank.number_given", ("number", Title)) : null;
}

internal sealed class BlankTable : IEntityTypeConfiguration<Blank>
{
    public void Configure(EntityTypeBuilder<Blank> t)
    {
        t.ToTable("blanks").Ignore(b => b.Title);
        t.HasIndex(b => new
            {
                b.CompanyId,
                b.Kind,
                b.Year,
                b.Number,
            })
            .IsUnique();
        t.HasIndex(b => new { b.State, b.HolderId });
        t.HasIndex(b => b.Batch);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Money;

/// <summary>What a debtor said: so much by such a day. Whether it was kept is worked out from the payments and never written.</summary>
public sealed class PaymentPromise : IVersioned
{
    private const int MostDays = 366,
        LongestName = 200,
        LongestNote = 500;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid ClientId { get; private init; }
    public Amount Sum { get; private init; }
    public DateOnly By { get; private init; }
    public DateOnly TakenOn { get; private init; }

    /// <summary>Who at the client promised.</summary>
    public string Promiser { get; private init; } = "";
    public string Note { get; private init; } = "";

    /// <summary>Who asks again when the day has passed.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>When another promise took its place.</summary>
    public DateOnly? ReplacedOn { get; private set; }
    public int Version { get; set; }
    public string Title => $"{Sum} · {By:yyyy-MM-dd}";

    public static PaymentPromise Of(
        Guid client,
        Amount sum,
        DateOnly by,
        DateOnly today,
        Guid person,
        string? promiser = null,
        string? note = null
    )
    {
        if (sum.Minor <= 0)
            throw new Refusal("promise.sum") { Field = "promise_sum" };
        if (by < today || by.DayNumber - today.DayNumber > MostDays)
            throw new Refusal("promise.day", ("day", by), ("most", MostDays)) { Field = "promise_by" };
        var (who, words) = (promiser?.Trim() ?? "", note?.Trim() ?? "");
        Must(who.Length <= LongestName && words.Length <= LongestNote, "promise.long");
        return new()
        {
            ClientId = client,
            Sum = sum,
            By = by,
            TakenOn = today,
            PersonId = person,
            Promiser = who,
            Note = words,
        };
    }

    public void Replace(DateOnly on) => ReplacedOn ??= on;

    /// <summary>Gives it to another person to ask about.</summary>
    public void GoTo(Guid person) => PersonId = person;
}

internal sealed class PaymentPromiseTable : IEntityTypeConfiguration<PaymentPromise>
{
    public void Configure(EntityTypeBuilder<PaymentPromise> t)
    {
        t.ToTable("payment_promises").Ignore(p => p.Title);
        t.ComplexProperty(p => p.Sum);
        t.HasIndex(p => p.ClientId);
        t.HasIndex(p => new { p.ReplacedOn, p.By });
        t.HasIndex(p => p.PersonId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

public enum ContractKind
{
    Licence,
    Supply,
    Service,
    Subscription,
}

public enum ContractState
{
    Draft,
    Signed,
    Extended,
    Ended,
}

/// <summary>For what time the sum of a contract is.</summary>
public enum ContractPay
{
    Whole,
    Month,
    Quarter,
    Year,
}

/// <summary>What a contract says beside who concludes it.</summary>
public sealed record ContractTerms(string? Subject, DateOnly From, DateOnly? Until)
{
    /// <summary>It goes on for as long again unless one side gives notice so many days before.</summary>
    public bool Renews { get; init; }
    public int NoticeDays { get; init; } = 30;
    public long SumMinor { get; init; }
    public ContractPay Per { get; init; }
    public Guid? ServiceClass { get; init; }

    /// <summary>Who sees to it that it is extended in time.</summary>
    public required Guid Person { get; init; }
}

/// <summary>
/// A client's contract, one period of it. An extension is the next period: a record of its own under the same number, by
/// which the one before is superseded.
/// </summary>
public sealed class Contract : IVersioned, ISearchable, IGuardsUndo
{
    private const int LongestSubject = 300,
        LongestNumber = 60,
        MostDays = 366;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid CompanyId { get; private init; }
    public Guid ClientId { get; private init; }
    public ContractKind Kind { get; private init; }
    public ContractState State { get; private set; }

    /// <summary>The year its number was given out in; each year begins at 1.</summary>
    public int? Year { get; private set; }
    public long? Number { get; private set; }

    /// <summary>The number by which the client keeps it; such a contract takes none of ours.</summary>
    public string ClientNumber { get; private set; } = "";

    /// <summary>Zero for the first period; an extension has the number of the contract it extends.</summary>
    public int Extension { get; private init; }
    public Guid? ExtendsId { get; private init; }

    /// <summary>When it was concluded; an extension keeps the day, because papers name the contract by it.</summary>
    public DateOnly? ConcludedOn { get; private set; }

    /// <summary>When this period was signed.</summary>
    public DateOnly? SignedOn { get; private set; }
    public DateOnly? EndedOn { get; private set; }
    public string Subject { get; private set; } = "";
    public DateOnly From { get; private set; }

    /// <summary>The last day; null where it is open-ended.</summary>
    public DateOnly? Until { get; private set; }
    public bool Renews { get; private set; }
    public int NoticeDays { get; private set; }

    /// <summary>The last day to give notice, or to agree on an extension; kept for what asks by a day.</summary>
    public DateOnly? NoticeOn { get; private set; }

    /// <summary>Zero where none is agreed.</summary>
    public Amount Sum { get; private set; }
    public ContractPay Per { get; private set; }
    public Guid? ServiceClassId { get; private set; }
    public Guid PersonId { get; private set; }
    public int Version { get; set; }

    /// <summary>As papers name it, whatever period it is in; empty for a draft that takes our number.</summary>
    public string Reference =>
        ClientNumber.Length > 0 ? $"№ {ClientNumber}"
        : Number is { } n ? $"№ {n}/{Year}"
        : "";
    public string Title =>
        Reference.Length > 0 ? Reference + (Extension > 0 ? $"-{Extension}" : "")
        : Subject.Length > 0 ? Subject
        : "—";
    public string SearchText => $"{Title} {Subject}";
    Guid ISearchable.FoundAs => ClientId;

    public static Contract Draft(OwnCompany company, Guid client, ContractKind kind, string? clientNumber, ContractTerms terms)
    {
        var number = clientNumber?.Trim() ?? "";
        Must(number.Length <= LongestNumber, "contract.long_number");
        var contract = new Contract
        {
            CompanyId = company.Id,
            ClientId = client,
            Kind = kind,
            ClientNumber = number,
            Sum = Amount.Zero(company.Currency),
        };
        contract.Agree(terms);
        return contract;
    }

    /// <summary>Sets what it says; one that is over stays as it was signed.</summary>
    public void Agree(ContractTerms terms)
    {
        Must(State is ContractState.Draft or ContractState.Signed, "contract.is_over", ("number", Title));
        var subject = terms.Subject?.Trim() ?? "";
        Must(subject.Length <= LongestSubject, "contract.long_subject");
        if (!terms.From.IsPlausible() || terms.Until?.IsPlausible() == false)
            throw new Refusal("contract.days") { Field = "contract_until" };
        if (terms.Until < terms.From)
            throw new Refusal("contract.ends_first", ("from", terms.From), ("until", terms.Until)) { Field = "contract_until" };
        if (terms.Renews && terms.Until is null)
            throw new Refusal("contract.renews_open") { Field = "contract_until" };
        if (terms.NoticeDays is < 0 or > MostDays)
            throw new Refusal("contract.notice", ("most", MostDays)) { Field = "notice_days" };
        if (terms.SumMinor < 0)
            throw new Refusal("contract.sum") { Field = "contract_sum" };
        (Subject, From, Until, Renews, NoticeDays) = (subject, terms.From, terms.Until, terms.Renews, terms.NoticeDays);
        (Sum, Per, ServiceClassId, PersonId) = (Sum with { Minor = terms.SumMinor }, terms.Per, terms.ServiceClass, terms.Person);
        NoticeOn = Until?.AddDays(-NoticeDays);
    }

    /// <param name="number">Ours, gapless; null where it goes by the client's.</param>
    public void Sign(DateOnly on, long? number, DateOnly today)
    {
        Must(State == ContractState.Draft, "contract.signed_already", ("number", Title));
        if (on > today)
            throw new Refusal("contract.signed_ahead", ("day", on)) { Field = "signed_on" };
        (State, SignedOn, ConcludedOn) = (ContractState.Signed, on, on);
        if (ClientNumber.Length == 0)
            (Year, Number) = (on.Year, number);
    }

    /// <summary>The next period, as long as this one unless another end is agreed.</summary>
    public Contract Extend(DateOnly on, DateOnly? until = null)
    {
        MustBeInForce();
        Must(Until is not null, "contract.open_ended", ("number", Title));
        var (from, to) = (Until!.Value.AddDays(1), until ?? NextUntil!.Value);
        if (to < from)
            throw new Refusal("contract.ends_first", ("from", from), ("until", to)) { Field = "contract_until" };
        var next = new Contract
        {
            CompanyId = CompanyId,
            ClientId = ClientId,
            Kind = Kind,
            State = ContractState.Signed,
            Year = Year,
            Number = Number,
            ClientNumber = ClientNumber,
            Extension = Extension + 1,
            ExtendsId = Id,
            ConcludedOn = ConcludedOn,
            SignedOn = on,
            Sum = Sum,
        };
        next.Agree(Terms with { From = from, Until = to });
        State = ContractState.Extended;
        return next;
    }

    /// <summary>It holds no longer from the day after.</summary>
    public void End(DateOnly on, DateOnly today)
    {
        MustBeInForce();
        if (on > today || on < From)
            throw new Refusal("contract.end_day", ("from", From), ("today", today)) { Field = "ended_on" };
        (State, EndedOn) = (ContractState.Ended, on);
    }

    /// <summary>Gives it to another person to see to.</summary>
    public void GoTo(Guid person) => PersonId = person;

    /// <summary>When an extension of the same length would end: whole months where this period has them.</summary>
    public DateOnly? NextUntil
    {
        get
        {
            if (Until is not { } end)
                return null;
            var next = end.AddDays(1);
            var months = (next.Year - From.Year) * 12 + next.Month - From.Month;
            return months > 0 && From.AddMonths(months) == next
                ? next.AddMonths(months).AddDays(-1)
                : end.AddDays(next.DayNumber - From.DayNumber);
        }
    }

    public ContractTerms Terms =>
        new(Subject, From, Until)
        {
            Renews = Renews,
            NoticeDays = NoticeDays,
            SumMinor = Sum.Minor,
            Per = Per,
            ServiceClass = ServiceClassId,
            Person = PersonId,
        };

    private void MustBeInForce() =>
        Must(State == ContractState.Signed, State == ContractState.Draft ? "contract.not_signed" : "contract.is_over", ("number", Title));

    // A number that was given out stays with its paper; everything else about a contract may be taken back.
    Refusal? IGuardsUndo.WhyNotUndo() => WhyNotUndo([nameof(Number)]);

    public Refusal? WhyNotUndo(IReadOnlyCollection<string> changed) =>
        Number is not null && Extension == 0 && changed.Contains(nameof(Number))
            ? new Refusal("contract.number_given", ("number", Title))
            : null;
}

internal sealed class ContractTable : IEntityTypeConfiguration<Contract>
{
    public void Configure(EntityTypeBuilder<Contract> t)
    {
        t.ToTable("contracts")
            .Ignore(c => c.Title)
            .Ignore(c => c.Reference)
            .Ignore(c => c.SearchText)
            .Ignore(c => c.Terms)
            .Ignore(c => c.NextUntil);
        t.ComplexProperty(c => c.Sum);
        t.HasIndex(c => new
            {
                c.CompanyId,
                c.Kind,
                c.Year,
                c.Number,
                c.Extension,
            })
            .IsUnique();
        t.HasIndex(c => c.ClientId);
        t.HasIndex(c => new { c.State, c.NoticeOn });
        t.HasIndex(c => c.PersonId);
        t.HasIndex(c => c.ExtendsId);
    }
}

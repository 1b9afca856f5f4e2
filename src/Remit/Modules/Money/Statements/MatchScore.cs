using Remit.Kernel;

namespace Remit.Modules.Money.Statements;

/// <summary>How a purpose names an invoice: by which number, wholly or by its digits alone, and in what context.</summary>
internal sealed record Naming(PurposeNumber Number, bool Exact)
{
    public NumberContext Context => Number.Context;
}

/// <summary>A payment, looked through once.</summary>
internal sealed class PaymentFacts
{
    public PaymentFacts(Document document, HashSet<Guid> clients)
    {
        Document = document;
        Clients = clients;
        (Numbers, Dates) = PurposeNumbers.Find(document.Purpose);
        PayerWords = Names.Words(document.Payer.Name);
    }

    public Document Document { get; }
    public HashSet<Guid> Clients { get; }
    public IReadOnlyList<PurposeNumber> Numbers { get; }
    public IReadOnlySet<DateOnly> Dates { get; }
    public IReadOnlyList<string> PayerWords { get; }
    public long Amount => Document.AmountMinor;
    public string Currency => Document.Currency;

    /// <summary>The best way in which the purpose names an invoice with this number; null when it does not.</summary>
    public Naming? Naming((string Key, string Digits) invoice)
    {
        Naming? best = null;
        foreach (var number in Numbers)
        {
            var exact = number.Key == invoice.Key;
            // «518» may mean СФ-00518, but АБ-518 does not.
            if (!exact && (number.Key != number.Digits || number.Digits != invoice.Digits))
                continue;
            if (best is null || (exact, -(int)number.Context).CompareTo((best.Exact, -(int)best.Context)) > 0)
                best = new Naming(number, exact);
        }
        return best;
    }
}

/// <summary>Turns evidence into points. The weights are such that two independent strong facts make a sure match.</summary>
internal static class MatchScore
{
    private const int Number = 45,
        PlainNumber = 32,
        OtherNumber = 10,
        DigitsOnly = -6,
        Date = 6;
    private const int Inn = 30,
        Account = 26,
        BothPayer = 34,
        OtherInn = -25,
        Name = 22;
    private const int AmountEqual = 28,
        OnlyOne = 14,
        Partial = 4,
        IssuedLater = -15,
        NamedTogether = -25;
    private const double Similar = 0.6;

    public static MatchCandidate Single(
        PaymentFacts payment,
        OpenInvoice invoice,
        Naming? naming,
        IReadOnlyList<string> words,
        bool alone,
        bool inGroup
    )
    {
        var reasons = new List<MatchReason>();
        var score = Payer(payment, invoice, words, reasons);
        if (naming is not null)
        {
            score += naming.Context switch
            {
                NumberContext.Invoice => Number,
                NumberContext.Plain => PlainNumber,
                _ => OtherNumber,
            };
            if (!naming.Exact)
                score += DigitsOnly;
            reasons.Add(Reason("match.number_in_purpose", ("number", invoice.Number)));
        }
        if (payment.Dates.Contains(invoice.IssuedOn))
        {
            score += Date;
            reasons.Add(Reason("match.date_in_purpose", ("date", invoice.IssuedOn)));
        }
        else if (payment.Document.BookedOn < invoice.IssuedOn)
            score += IssuedLater;
        if (invoice.OpenMinor == payment.Amount)
        {
            score += AmountEqual;
            reasons.Add(Reason("match.amount_equal", ("amount", new Amount(payment.Amount, invoice.Currency))));
        }
        else if (payment.Amount < invoice.OpenMinor)
            score += Partial;
        if (alone)
        {
            score += OnlyOne;
            reasons.Add(Reason("match.only_one"));
        }
        if (inGroup)
            score += NamedTogether;
        return Candidate(payment, [invoice], score, reasons);
    }

    public static MatchCandidate Several(
        PaymentFacts payment,
        IReadOnlyList<OpenInvoice> invoices,
        IReadOnlyList<string> words,
        bool byNumber
    )
    {
        var reasons = new List<MatchReason>();
        var score = Payer(payment, invoices[0], words, reasons);
        var numbers = string.Join(", ", invoices.Select(i => i.Number));
        if (byNumber)
        {
            score += Number;
            reasons.Add(Reason("match.number_in_purpose", ("number", numbers)));
        }
        if (invoices.Sum(i => (decimal)i.OpenMinor) == payment.Amount)
        {
            score += AmountEqual;
            reasons.Add(Reason("match.sum_of_several", ("count", invoices.Count), ("numbers", numbers)));
        }
        return Candidate(payment, invoices, score, reasons);
    }

    private static int Payer(PaymentFacts payment, OpenInvoice invoice, IReadOnlyList<string> words, List<MatchReason> reasons)
    {
        var payer = payment.Document.Payer;
        var sameInn = payer.Inn.Length > 0 && payer.Inn == invoice.ClientInn;
        var sameAccount = payer.Account.Length > 0 && invoice.ClientAccounts.Contains(payer.Account);
        if (sameInn)
            reasons.Add(Reason("match.payer_inn", ("inn", payer.Inn)));
        if (sameAccount)
            reasons.Add(Reason("match.payer_account", ("account", payer.Account)));
        var similar = Names.Similarity(payment.PayerWords, words) >= Similar;
        if (similar)
            reasons.Add(Reason("match.name_similar", ("name", invoice.ClientName)));
        if (sameInn || sameAccount)
            return sameInn && sameAccount ? BothPayer
                : sameInn ? Inn
                : Account;
        var otherInn = payer.Inn.Length > 0 && !string.IsNullOrEmpty(invoice.ClientInn);
        if (!otherInn)
            return similar ? Name : 0;
        reasons.Add(Reason("match.payer_other", ("inn", payer.Inn)));
        return OtherInn;
    }

    private static MatchCandidate Candidate(PaymentFacts payment, IReadOnlyList<OpenInvoice> invoices, int score, List<MatchReason> reasons)
    {
        var left = payment.Amount;
        var allocations = new List<Allocation>();
        foreach (var invoice in invoices)
        {
            var part = Math.Min(left, invoice.OpenMinor);
            if (part > 0)
                allocations.Add(new(invoice.Id, part));
            left -= part;
        }
        return new MatchCandidate
        {
            Allocations = allocations,
            Score = Math.Clamp(score, 0, 100),
            Reasons = reasons,
            RemainderMinor = left,
        };
    }

    private static MatchReason Reason(string key, params (string Name, object? Value)[] values) =>
        new(key, values.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal));
}

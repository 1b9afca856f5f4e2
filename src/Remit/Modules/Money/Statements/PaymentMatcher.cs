namespace Remit.Modules.Money.Statements;

/// <summary>
/// Proposes which open invoices a payment pays. Built once for a statement; each payment then looks only at invoices
/// found by number, payer or amount.
/// </summary>
public sealed class PaymentMatcher
{
    /// <summary>From this score on a candidate may be booked without asking.</summary>
    public const int SureScore = 70;

    /// <summary>…provided the runner-up is at least this far behind.</summary>
    public const int SureMargin = 15;
    private const int WideBucket = 40,
        Proposals = 10,
        OldestOfClient = 3,
        LongestChain = 24;
    private readonly InvoiceIndex _index;

    public PaymentMatcher(IEnumerable<OpenInvoice> invoices) => _index = new InvoiceIndex(invoices);

    /// <summary>Candidates, best first; none for money that went out or between own accounts.</summary>
    public IReadOnlyList<MatchCandidate> Candidates(Document document)
    {
        if (document.Direction is Direction.Out or Direction.Own || document.AmountMinor <= 0)
            return [];
        var payment = new PaymentFacts(document, _index.Clients(document.Payer));
        var found = Gather(payment);
        found.RemoveWhere(at => _index.Invoices[at].Currency != document.Currency);

        var namings = found.ToDictionary(at => at, at => payment.Naming(_index.Keys[at]));
        var named = found.Where(at => namings[at] is { Context: NumberContext.Invoice }).ToList();
        var together = Together(payment, named);
        var candidates = new List<MatchCandidate>();
        foreach (var at in found)
            candidates.Add(
                MatchScore.Single(
                    payment,
                    _index.Invoices[at],
                    namings[at],
                    _index.Words(at),
                    Alone(payment, at, named),
                    together?.Contains(at) == true
                )
            );
        if (together is not null)
            candidates.Add(Sum(payment, together, byNumber: true));
        else if (named.Count == 0 && Chain(payment) is { } chain)
            candidates.Add(Sum(payment, chain, byNumber: false));

        var ranked = candidates.Where(c => c.Score > 0).OrderByDescending(c => c.Score).Take(Proposals).ToList();
        if (ranked.Count > 0)
        {
            var margin = ranked[0].Score - (ranked.Count > 1 ? ranked[1].Score : 0);
            ranked[0] = ranked[0] with { Sure = ranked[0].Score >= SureScore && margin >= SureMargin };
        }
        return ranked;
    }

    private HashSet<int> Gather(PaymentFacts payment)
    {
        var found = new HashSet<int>();
        foreach (var number in payment.Numbers)
        {
            Narrow(_index.ByKey(number.Key));
            if (number.Digits.Length == 0)
                continue;
            Narrow(_index.ByDigits(number.Digits));
            foreach (var client in payment.Clients)
                found.UnionWith(_index.ByDigits(client, number.Digits).Take(WideBucket));
        }
        foreach (var client in payment.Clients)
        {
            found.UnionWith(_index.ByAmount(client, payment.Amount).Take(WideBucket));
            found.UnionWith(_index.ByClient(client).Take(OldestOfClient));
        }
        Narrow(_index.ByAmount(payment.Amount, payment.Currency));
        return found;

        // A number or sum that half the book has tells nothing without the payer.
        void Narrow(IEnumerable<int> bucket)
        {
            var few = bucket.Take(WideBucket + 1).ToList();
            if (few.Count <= WideBucket)
                found.UnionWith(few);
        }
    }

    /// <summary>
    /// Whether this is the payer's only open invoice over exactly this sum, and the purpose names no other one: an
    /// unknown number in it most likely belongs to an invoice that is not among the open ones.
    /// </summary>
    private bool Alone(PaymentFacts payment, int at, List<int> named)
    {
        var invoice = _index.Invoices[at];
        return invoice.OpenMinor == payment.Amount
            && payment.Clients.Contains(invoice.ClientId)
            && named.Count == 0
            && payment.Numbers.All(n => n.Context != NumberContext.Invoice)
            && payment.Clients.Sum(c => _index.ByAmount(c, payment.Amount).Count()) == 1;
    }

    /// <summary>The invoices of one client that the purpose names, when it names several.</summary>
    private List<int>? Together(PaymentFacts payment, List<int> named)
    {
        if (named.Count < 2)
            return null;
        var numbers = payment.Numbers.Count(n => n.Context == NumberContext.Invoice);
        if (numbers < 2)
            return null;
        // One number may be borne by invoices of several years or clients; the client with most of them is meant.
        var groups = named
            .GroupBy(at => _index.Invoices[at].ClientId)
            .Select(g => (Client: g.Key, Best: OnePerNumber(payment, g)))
            .OrderByDescending(g => payment.Clients.Contains(g.Client))
            .ThenByDescending(g => g.Best.Count)
            .ToList();
        return groups[0].Best.Count >= 2 ? groups[0].Best : null;
    }

    private List<int> OnePerNumber(PaymentFacts payment, IEnumerable<int> named) =>
        named
            .GroupBy(at => payment.Naming(_index.Keys[at])!.Number.Key)
            .Select(g =>
                g.OrderByDescending(at => payment.Dates.Contains(_index.Invoices[at].IssuedOn))
                    .ThenByDescending(at => payment.Naming(_index.Keys[at])!.Exact)
                    .ThenByDescending(at => at)
                    .First()
            )
            .Order()
            .ToList();

    /// <summary>The oldest invoices of the payer that sum up to the payment exactly.</summary>
    private List<int>? Chain(PaymentFacts payment)
    {
        foreach (var client in payment.Clients)
        {
            var chain = new List<int>();
            long sum = 0;
            foreach (var at in _index.ByClient(client).Where(a => _index.Invoices[a].Currency == payment.Currency).Take(LongestChain))
            {
                chain.Add(at);
                sum += _index.Invoices[at].OpenMinor;
                if (sum == payment.Amount && chain.Count > 1)
                    return chain;
                if (sum > payment.Amount)
                    break;
            }
        }
        return null;
    }

    private MatchCandidate Sum(PaymentFacts payment, List<int> positions, bool byNumber) =>
        MatchScore.Several(payment, positions.Select(at => _index.Invoices[at]).ToList(), _index.Words(positions[0]), byNumber);
}

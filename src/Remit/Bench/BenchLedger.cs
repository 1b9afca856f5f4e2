using Remit.Kernel;
using Remit.Modules.Papers;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit;

/// <summary>
/// The measured firm's papers and ledger: issued invoices of three lines, none paid yet, four acts of five back in a week,
/// the fifth in two months; entries
/// spread evenly over people and two years, a fifth of them waiting for the act of an invoice; all months but two closed.
/// </summary>
internal sealed class BenchLedger(AppDb db, BenchFirm firm, FirmSize size, DateOnly today)
{
    private readonly List<Invoice> invoices = [];
    private readonly List<InvoiceLine> lines = [];
    private readonly Dictionary<int, long> numbers = [];
    private readonly int days = today.DayNumber - firm.Start.DayNumber + 1;

    public async Task Write()
    {
        for (var n = 0; n < size.Invoices; n++)
            Issue(n);
        await NewRows.Insert(db, invoices);
        await NewRows.Insert(db, lines);
        await NewRows.Insert(
            db,
            numbers.SelectMany(year =>
                ((string[])["invoice", "act"]).Select(kind => new Counter
                {
                    Name = $"{kind}/{firm.Company.Id}/{year.Key}",
                    Last = year.Value,
                })
            )
        );
        await NewRows.Insert(db, invoices.SelectMany(Facts));
        await NewRows.Insert(db, Enumerable.Range(0, size.Entries).Select(Entry));
        await NewRows.Insert(
            db,
            Enumerable
                .Range(Month.Of(firm.Start).Index, Month.Of(today).Index - Month.Of(firm.Start).Index - 1)
                .Select(month => new ClosedMonth
                {
                    Index = month,
                    ClosedAt = DateTime.UtcNow,
                    ClosedBy = firm.People[0].Id,
                })
        );
    }

    private void Issue(int n)
    {
        var client = firm.Clients[firm.Chance.Next(firm.Clients.Count)];
        var invoice = Invoice.For(firm.Company, client.Id, null);
        for (var line = 1; line <= 3; line++)
            lines.Add(
                invoice.Add(
                    $"Сопровождение программы, этап {line}",
                    firm.Chance.Next(1, 20) * 1000,
                    "hour",
                    firm.Chance.Next(500, 20_000) * 100,
                    firm.Company.VatBasisPoints
                )
            );
        var on = firm.Start.AddDays((int)((long)n * days / size.Invoices));
        var number = numbers[on.Year] = numbers.GetValueOrDefault(on.Year) + 1;
        invoice.Issue(number, number, on, 10);
        var back = on.AddDays(n % 5 > 0 ? 7 : 60);
        if (back <= today)
            invoice.ReturnAct(back);
        invoices.Add(invoice);
    }

    private IEnumerable<StatedFact> Facts(Invoice invoice)
    {
        yield return Fact("invoice.issued", invoice, invoice.IssuedOn!.Value);
        yield return Fact("act.issued", invoice, invoice.IssuedOn!.Value);
        if (invoice.ActReturnedOn is { } back)
            yield return Fact("act.returned", invoice, back);
    }

    private StatedFact Fact(string code, Invoice invoice, DateOnly on) =>
        new()
        {
            Code = code,
            PersonId = firm.People[0].Id,
            On = on,
            RecordedMonth = Month.Of(on).Index,
            SubjectId = invoice.Id,
            ChainId = invoice.ChainId,
            ClientId = invoice.ClientId,
            Label = invoice.Title,
        };

    private WorkEntry Entry(int n)
    {
        var waits = n % 5 == 0 ? invoices[(int)((long)n * invoices.Count / size.Entries)] : null;
        var on = waits?.IssuedOn ?? firm.Start.AddDays((int)((long)n * days / size.Entries));
        var duty = firm.Register[waits is null ? 12 + n % 48 : n % 12];
        return new WorkEntry
        {
            PersonId = firm.People[n % firm.People.Count].Id,
            DutyId = duty.Id,
            DoneOn = on,
            RecordedMonth = Month.Of(on).Index,
            Points = n % 9 + 1,
            Minutes = 15,
            QuantityMilli = 1000,
            Fact = waits is null ? null : "invoice.issued",
            Condition = waits is null ? null : "act.returned",
            SubjectId = waits?.Id,
            ChainId = waits?.ChainId,
            ClientId = waits?.ClientId,
            Label = waits?.Title ?? duty.Text,
        };
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Modules.Demo;

/// <summary>What came in today and waits for a person's eye: no number named, two invoices in one sum, a fee held back, a payer nobody knows.</summary>
internal sealed class DemoBank(AppDb db, DemoCast cast, string language, DateOnly today)
{
    private int number = 700;

    public async Task Fill()
    {
        var owed = (await db.Set<Invoice>().AsNoTracking().Unpaid().OrderByDescending(i => i.Number).ToListAsync())
            .GroupBy(i => i.ClientId)
            .ToList();
        var single = owed.FindAll(o => o.Count() == 1);
        if (single.Count < 3 || owed.Find(o => o.Count() == 2) is not { } pair)
            return;
        Came(single[0].First(), single[0].First().OpenMinor, DemoWords.PaidNamingNothing);
        Came(pair.First(), pair.Sum(i => i.OpenMinor), DemoWords.PaidForTwo);
        Came(
            single[1].First(),
            single[1].First().OpenMinor - 5000,
            [.. DemoWords.PaidLessFee.Select(text => $"{text} № {single[1].First().Number}")]
        );
        Came(single[2].First(), single[2].First().OpenMinor, DemoWords.PaidNamingNothing, cast.Place.Person(90));
        await db.SaveChangesAsync();
    }

    private void Came(Invoice invoice, long minor, string[] purpose, string? stranger = null)
    {
        var client = cast.Clients.First(c => c.Id == invoice.ClientId);
        db.Add(
            new BankLine
            {
                Fingerprint = $"demo-{++number}",
                ImportId = cast.Company.Id,
                Direction = "In",
                Number = $"{number}",
                BookedOn = today,
                Sum = invoice.Total with { Minor = minor },
                PartyName = stranger ?? client.Name,
                PartyInn = stranger is null ? client.TaxId : "",
                PartyAccount = "",
                PartyBic = "",
                Purpose = DemoNames.In(purpose, language),
            }
        );
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Demo;

/// <summary>What debtors promised: kept, kept late, broken, moved and still ahead; every fourth has promised nothing.</summary>
internal sealed class DemoDebts(AppDb db, DemoCast cast, string language, DateOnly today)
{
    private readonly T words = new(language);

    public async Task Fill()
    {
        var owed = await db.Set<Invoice>().AsNoTracking().Unpaid().Where(i => i.DueOn < today).OrderBy(i => i.Number).ToListAsync();
        foreach (var (n, debt) in owed.GroupBy(i => i.ClientId).Index())
        {
            var sum = debt.First().Total with { Minor = debt.Sum(i => i.OpenMinor) };
            var client = cast.Clients.Find(c => c.Id == debt.Key)!;
            if (n % 4 == 0)
            {
                Promise(client, sum, today.AddDays(-12), today.AddDays(-4));
                db.Add(
                    WorkTask.Give(
                        DemoNames.In(DemoWords.AskAgain, language),
                        today.AddDays(n % 3),
                        client.OwnerId,
                        null,
                        client.OwnerId,
                        today.AddDays(-1).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc),
                        ("client", client.Id)
                    )
                );
            }
            else if (n % 4 == 1)
                Promise(client, sum, today.AddDays(-3), today.AddDays(5));
            else if (n % 4 == 2)
            {
                Promise(client, sum, today.AddDays(-20), today.AddDays(-10)).Replace(today.AddDays(-6));
                Promise(client, sum, today.AddDays(-6), today.AddDays(2));
            }
        }
        await Paid();
        await db.SaveChangesAsync();
    }

    // Of those who paid after their day, some had said when, and mostly kept to it.
    private async Task Paid()
    {
        var late = await (
            from entry in db.Set<MoneyEntry>()
            join line in db.Set<BankLine>() on entry.LineId equals line.Id
            join invoice in db.Set<Invoice>() on entry.InvoiceId equals invoice.Id
            where line.BookedOn > invoice.DueOn
            orderby invoice.Number
            select new
            {
                invoice.ClientId,
                entry.Sum,
                line.BookedOn,
            }
        )
            .Take(12)
            .ToListAsync();
        foreach (var (n, paid) in late.Index())
            Promise(
                cast.Clients.Find(c => c.Id == paid.ClientId)!,
                paid.Sum,
                paid.BookedOn.AddDays(-5),
                paid.BookedOn.AddDays(n % 4 == 3 ? -2 : 1)
            );
    }

    private PaymentPromise Promise(Client client, Amount sum, DateOnly on, DateOnly by)
    {
        var contact = cast.Records.OfType<Contact>().Last(c => c.ClientId == client.Id);
        var promise = PaymentPromise.Of(
            client.Id,
            sum,
            by,
            on,
            client.OwnerId!.Value,
            contact.Name,
            DemoNames.In(DemoWords.Promised, language)
        );
        db.Add(promise);
        db.State(
            new Fact(
                "payment.promised",
                client.OwnerId,
                on,
                promise.Id,
                promise.Id,
                client.Id,
                $"{client.Name} · {Formats.Money(sum, words)}"
            )
        );
        return promise;
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Money;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules.Demo;

/// <summary>Three closed months and a running one, day by day, through the same entities and facts as real work.</summary>
internal sealed class DemoWork(AppDb db, DemoCast cast, WorkCalendar calendar, DateOnly start, DateOnly today, DemoContracts contracts)
{
    private readonly List<(Invoice Invoice, Person Manager, DateOnly ActOn, DateOnly? PaidOn)> open = [];
    private readonly List<Client> visited = [];

    public async Task Run(DemoTalk talk, Action<DateOnly> said)
    {
        var book = await LedgerBook.Open(db);
        for (var day = start; day <= today; day = day.AddDays(1))
        {
            if (calendar.IsWorkday(day))
            {
                for (var n = 0; n < 5; n++)
                    await Visit(day, n, cast.Clients[cast.Chance.Next(cast.Clients.Count)], done: day < today);
                Return(day);
                Pay(day);
                ByHand(book, day);
                talk.Day(day);
            }
            await contracts.Day(day);
            if (day != today && day.DayOfWeek != DayOfWeek.Sunday)
                continue;
            // A week at once: each save reads the ledger's book and seals the journal.
            // What stands for today was written last evening: whoever looks in the morning finds nothing from the future.
            db.At = (day == today ? day.AddDays(-1) : day).ToDateTime(new TimeOnly(15, 40), DateTimeKind.Utc);
            var manager = cast.Managers[day.DayNumber / 7 % 2];
            db.Actor = new Actor(manager.Id, manager.Name, manager.Role);
            await db.SaveChangesAsync();
            Forget();
            said(day);
        }
        await Ahead();
    }

    // The days to come have visits too, fewer the further away, to finish what was begun; some clients have not answered yet.
    private async Task Ahead()
    {
        var days = Enumerable.Range(1, 14).Select(n => today.AddDays(n)).Where(calendar.IsWorkday).Take(6).ToList();
        var begun = new Queue<Client>(Enumerable.Reverse(visited).Distinct());
        foreach (var (n, day) in days.Index())
            for (var visit = 0; visit < 5 - n / 2; visit++)
                await Visit(day, visit, begun.Dequeue(), done: false);
        await db.SaveChangesAsync();
        Forget();
    }

    // Only what later days still change stays tracked; else every save would look through all that came before.
    private void Forget()
    {
        foreach (
            var entry in db
                .ChangeTracker.Entries()
                .Where(e =>
                    e.Entity is not Counter && !(e.Entity is Invoice invoice && (invoice.OpenMinor > 0 || invoice.ActReturnedOn is null))
                )
                .ToList()
        )
            entry.State = EntityState.Detached;
    }

    private async Task Visit(DateOnly day, int n, Client client, bool done)
    {
        if (done)
            visited.Add(client);
        var manager = cast.Managers.First(m => m.Id == client.OwnerId);
        var programmer = cast.Programmers[n % cast.Programmers.Length];
        var visit = Dispatch.Visit.Plan(
            client.Id,
            programmer.Id,
            day.ToDateTime(new TimeOnly(9 + n * 2, 30)),
            120,
            n % 3 == 0,
            cast.Place.Subjects[cast.Chance.Next(cast.Place.Subjects.Length)],
            manager.Id
        );
        db.Add(visit);
        var label = $"{visit.Subject} · {client.Name}";
        // What is agreed about a day to come is agreed today.
        var agreed = day < today ? day : today;
        State("visit.planned", manager, agreed, visit.Id, visit.Id, client.Id, label);
        if (cast.Chance.Next(10) > 0)
        {
            visit.Confirm();
            State("visit.confirmed", manager, agreed, visit.Id, visit.Id, client.Id, label);
        }
        // Of the visits to come a few still wait for the programmer.
        if (done || cast.Chance.Next(5) > 0)
            visit.Accept(agreed.AddDays(-1).ToDateTime(new TimeOnly(15, 0), DateTimeKind.Utc));
        if (!done)
            return;
        if (cast.Chance.Next(20) == 0)
        {
            // A few of the last days still wait for their hours; what was longer ago came to nothing.
            if (day < today.AddDays(-10))
                visit.Cancel();
            return;
        }
        visit.Finish(30 * cast.Chance.Next(1, 9), visit.Subject);
        State("visit.done", programmer, day, visit.Id, visit.Id, client.Id, label, visit.WorkedMinutes * 1000L / 60);
        await Bill(visit, client.Id, client.Name, manager, day);
    }

    private async Task Bill(Visit visit, Guid client, string name, Person manager, DateOnly day)
    {
        var invoice = Invoice.For(cast.Company, client, visit.Id);
        invoice.Under(contracts.Of(client, day));
        db.Add(invoice);
        db.Add(invoice.Add(visit.Works, visit.WorkedMinutes * 1000L / 60, "hour", cast.Company.HourMinor, cast.Company.VatBasisPoints));
        await db.Issue(invoice, day, 10);
        State("invoice.issued", manager, day, invoice.Id, invoice.ChainId, client, $"{invoice.Title} · {name}");
        State("act.issued", manager, day, invoice.Id, invoice.ChainId, client, $"№ {invoice.ActNumber} · {name}");
        var chance = cast.Chance.Next(100);
        open.Add((invoice, manager, day.AddDays(cast.Chance.Next(3, 40)), chance < 88 ? day.AddDays(cast.Chance.Next(2, 15)) : null));
    }

    private void Return(DateOnly day)
    {
        foreach (var (invoice, manager, _, _) in open.Where(o => o.ActOn <= day && o.Invoice.ActReturnedOn is null))
        {
            invoice.ReturnAct(day);
            State("act.returned", manager, day, invoice.Id, invoice.ChainId, invoice.ClientId, $"№ {invoice.ActNumber}");
        }
    }

    private void Pay(DateOnly day)
    {
        foreach (var (invoice, _, _, _) in open.Where(o => o.PaidOn <= day && o.Invoice.OpenMinor > 0))
        {
            var client = cast.Clients.First(c => c.Id == invoice.ClientId);
            var line = new BankLine
            {
                Fingerprint = $"demo-{invoice.Id:N}",
                ImportId = cast.Company.Id,
                Direction = "In",
                Number = $"{invoice.Number + 100}",
                BookedOn = day,
                Sum = invoice.Total,
                PartyName = client.Name,
                PartyInn = client.TaxId,
                PartyAccount = "",
                PartyBic = "",
                Purpose = new Web.T(cast.Place.Language)["invoice.purpose", ("number", invoice.Title), ("day", invoice.IssuedOn)],
            };
            line.Allocate(invoice.Total.Minor);
            invoice.Cover(invoice.Total.Minor);
            db.Add(line);
            db.Add(
                new MoneyEntry
                {
                    LineId = line.Id,
                    InvoiceId = invoice.Id,
                    ClientId = client.Id,
                    On = day,
                    Sum = invoice.Total,
                    Label = $"{invoice.Title} · {client.Name}",
                }
            );
            State("payment.matched", cast.Accountant, day, line.Id, invoice.ChainId, client.Id, $"{invoice.Title} · {client.Name}");
        }
    }

    private void ByHand(LedgerBook book, DateOnly day)
    {
        foreach (var person in cast.People)
        foreach (var duty in book.DutiesOf(person.Id, day).Where(d => d.Trigger is null).OrderBy(d => d.Number, StringComparer.Ordinal))
            if (Due(duty, day) && day < today && cast.Chance.Next(12) > 0)
                Ledger.Log(db, book, person.Id, duty, day, null);
    }

    private static bool Due(Duty duty, DateOnly day) =>
        duty.Frequency switch
        {
            Frequency.Daily => true,
            Frequency.Weekly => day.DayOfWeek == DayOfWeek.Wednesday,
            _ => false,
        };

    private void State(
        string code,
        Person person,
        DateOnly day,
        Guid subject,
        Guid chain,
        Guid client,
        string label,
        long quantity = 1000
    ) => db.State(new Fact(code, person.Id, day, subject, chain, client, label, quantity));
}

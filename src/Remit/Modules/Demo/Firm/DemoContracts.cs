using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Modules.Demo;

/// <summary>Contracts of every kind: begun when a client came, extended year by year, some about to end, one ended, two in draft.</summary>
internal sealed class DemoContracts
{
    /// <summary>A contract as it goes on: the period that holds and the one before it.</summary>
    private sealed record Line(Client Client, int Number, ContractKind Kind, DateOnly From)
    {
        public Contract? Now { get; set; }
        public Contract? Before { get; set; }

        public Contract? On(DateOnly day) =>
            Now?.From <= day
                ? Now.State == ContractState.Signed
                    ? Now
                    : null
                : Before;
    }

    private readonly AppDb db;
    private readonly DemoCast cast;
    private readonly string language;
    private readonly DateOnly today;
    private readonly ServiceClass[] classes;
    private readonly List<Line> lines = [];

    public DemoContracts(AppDb db, DemoCast cast, string language, DateOnly today)
    {
        (this.db, this.cast, this.language, this.today) = (db, cast, language, today);
        classes = [.. DemoWords.Classes.Select(c => ServiceClass.Of(DemoNames.In(c.Name, language), c.Hours))];
        foreach (var (n, client) in cast.Clients.Index())
        {
            var since = DateOnly.FromDateTime(client.CreatedAt).AddDays(25);
            if (n % 2 == 0)
                lines.Add(new(client, n, ContractKind.Service, since));
            if (n % 10 == 1)
                lines.Add(new(client, n, ContractKind.Licence, since.AddDays(4)));
            if (n % 15 == 4)
                lines.Add(new(client, n, ContractKind.Supply, since.AddDays(12)));
            if (n % 12 == 7)
                lines.Add(new(client, n, ContractKind.Subscription, since.AddDays(20)));
        }
    }

    /// <summary>Everything from before the months that are told day by day.</summary>
    public async Task Past(DateOnly start)
    {
        db.AddRange(classes);
        for (var day = lines.Min(l => l.From); day < start; day = day.AddDays(1))
            await Day(day);
        await db.SaveChangesAsync();
    }

    public async Task Day(DateOnly day)
    {
        foreach (var line in lines.Where(l => l.From == day))
        {
            line.Now = Contract.Draft(
                cast.Company,
                line.Client.Id,
                line.Kind,
                line.Number % 30 == 1 ? $"{line.Number + 200}-L" : null,
                Terms(line, day)
            );
            db.Add(line.Now);
            await db.Sign(line.Now, day, day);
        }
        foreach (var line in lines.Where(l => l.Now?.Until == day && Follows(l, day)))
        {
            if (db.Entry(line.Now!).State == Microsoft.EntityFrameworkCore.EntityState.Detached)
                db.Attach(line.Now!);
            (line.Before, line.Now) = (line.Now, await db.Extend(line.Now!, day));
        }
    }

    /// <summary>What lies on the desk today: drafts to be signed, and one contract that was ended.</summary>
    public void Desk()
    {
        foreach (var n in new[] { 5, 23 })
            db.Add(
                Contract.Draft(
                    cast.Company,
                    cast.Clients[n].Id,
                    ContractKind.Service,
                    null,
                    Terms(new(cast.Clients[n], n, ContractKind.Service, today), today.AddDays(14))
                )
            );
        var ended = lines.Find(l => l is { Number: 10, Now: not null })!.Now!;
        db.Attach(ended);
        ended.End(today.AddDays(-9) < ended.From ? ended.From : today.AddDays(-9), today);
    }

    /// <summary>The contract of service under which work of this day is billed.</summary>
    public Contract? Of(Guid client, DateOnly day) => lines.Find(l => l.Client.Id == client && l.Kind == ContractKind.Service)?.On(day);

    // With a few clients nobody has agreed on what follows: their term has run out lately.
    private bool Follows(Line line, DateOnly day) => line.Number % 4 != 2 || day < today.AddDays(-20);

    private ContractTerms Terms(Line line, DateOnly from) =>
        new(
            DemoNames.In(DemoWords.Subjects[(int)line.Kind], language),
            from,
            line.Kind == ContractKind.Licence ? null : from.AddYears(1).AddDays(-1)
        )
        {
            Renews = line.Kind == ContractKind.Subscription || line.Kind == ContractKind.Service && line.Number % 8 == 0,
            NoticeDays = 30,
            Person = line.Client.OwnerId!.Value,
            SumMinor = cast.Place.Minor(
                line.Kind switch
                {
                    ContractKind.Service => 1_500_000 + line.Number % 5 * 250_000,
                    ContractKind.Subscription => 900_000,
                    _ => 4_800_000,
                }
            ),
            Per = line.Kind switch
            {
                ContractKind.Service => ContractPay.Month,
                ContractKind.Subscription => ContractPay.Quarter,
                _ => ContractPay.Whole,
            },
            ServiceClass = line.Kind == ContractKind.Service ? classes[line.Client.Segment == "A" ? 0 : 1].Id : null,
        };
}

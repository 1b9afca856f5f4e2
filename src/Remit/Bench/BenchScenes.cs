using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit;

/// <summary>What was measured on one database.</summary>
internal sealed record BenchRun(string Database, IReadOnlyList<Load> Loads, IReadOnlyList<(string Name, string Value)> Facts)
{
    public Load? Find(string name, int clients) => Loads.FirstOrDefault(l => l.Name == name && l.Clients == clients);
}

/// <summary>A firm made, served and used over HTTP: what people do most, one at a time and many at once.</summary>
internal sealed class BenchScenes(BenchServer server, AppDb db, FirmSize size, double seconds, DateOnly today)
{
    private readonly List<Load> loads = [];
    private readonly List<(string, string)> facts = [];

    public static async Task<BenchRun> Run(FirmStore store, string data, string? postgres, FirmSize size, double seconds)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await using var db = await store.Create(BenchFirm.Address);
        var made = await Load.Once("made", () => TimeSpan.Zero, () => new BenchFirm(db, size, today).Make());
        db.ChangeTracker.Clear();
        await Console.Error.WriteLineAsync($"{store.Engine.Name}: firm made in {made.Median / 1000:0.0} s");
        await using var server = await BenchServer.Start(data, postgres);
        var scenes = new BenchScenes(server, db, size, seconds, today);
        scenes.facts.Add(("start-up to the first page, s", Number(server.StartUp.TotalSeconds)));
        await server.SignIn();
        scenes.facts.Add(("memory after signing in, MB", Number(server.Memory())));
        await scenes.Read();
        await scenes.Write();
        await scenes.Bank();
        scenes.facts.Add(("memory at the end, MB", Number(server.Memory())));
        return new(store.Engine.Name, scenes.loads, scenes.facts);
    }

    private async Task Read()
    {
        var clients = await db.Set<Client>().OrderBy(c => c.Id).Select(c => c.Id).Take(1000).ToListAsync();
        var papers = await db.Set<Invoice>().Where(i => i.Number != null).OrderBy(i => i.Id).Select(i => i.Id).Take(1000).ToListAsync();
        await Measure("list of clients, first page", [1, 16], _ => server.Get("clients"));
        await Measure("clients by a part of a word", [1, 16], n => server.Get("clients?q=" + Uri.EscapeDataString(BenchFirm.Fragment(n))));
        await Measure("open a client", [1, 16], n => server.Get($"clients/{clients[n * 31 % clients.Count]}"));
        await Measure("my day", [1, 16], _ => server.Get(""));
        await Measure("invoice as PDF", [1], n => server.Get($"papers/{papers[n * 31 % papers.Count]}/invoice.pdf"));
        await BenchWeek.Make(db, today);
        await Measure("week over 20 calendars of 200 events", [1, 16], n => server.Get($"calendar?day={today.AddDays(n % 8 * 7 - 28):yyyy-MM-dd}"));
        await Measure("plan of a week: whom to meet, laid out", [1], n => server.Get($"plan?day={today.AddDays(7):yyyy-MM-dd}&whose=mine"));
        await Measure("pay of a month, everybody", [1], _ => server.Get($"pay?month={Month.Of(today).Previous}"));
    }

    private async Task Write()
    {
        await Measure("create a client", [1, 8], n => server.Post("clients/new", ("client_title", $"ООО «Новый {n} {Guid.NewGuid():N}»"), ("country", "RU"), ("lang", "ru")));
        var client = await db.Set<Client>().OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        await Measure("create and issue an invoice of three lines", [1, 8], async n =>
        {
            var draft = await server.Post("papers/new", ("client", $"{client}"), ("text1", "Консультация"), ("count1", "2"), ("price1", "1500"), ("text2", "Настройка"),
                ("count2", "1"), ("price2", "2800"), ("text3", "Выезд"), ("count3", "3"), ("price3", "900"));
            await server.Post(draft + "/issue");
        });
        var years = await db.Set<Invoice>().Where(i => i.Number != null).GroupBy(i => i.Year).Select(g => new { Year = g.Key, Count = g.Count(), Last = g.Max(i => i.Number) }).ToListAsync();
        if (years.FirstOrDefault(y => y.Count != y.Last) is { } gap) throw new CannotRun($"{gap.Count} invoices of {gap.Year} were issued and the last has number {gap.Last}: there is a gap.");
        facts.Add(("gaps in invoice numbers, requests that failed", "0"));
    }

    private async Task Bank()
    {
        var rows = Math.Min(10_000, size.Invoices);
        var statement = await BenchStatement.For(db, rows);
        loads.Add(await Load.Once($"bank statement of {rows} rows taken in", server.Processor, () => server.Send("bank/import", statement.Bytes)));
        loads.Add(await Load.Once($"its payments laid against {size.Invoices} open invoices", server.Processor, () => server.Post("bank/sure")));
        var (matched, right) = await statement.Check(db);
        facts.Add(("payments of an invoice laid against one by itself, %", Number(matched * 100)));
        facts.Add(("of those, against the right one, %", Number(right * 100)));
    }

    private async Task Measure(string name, int[] clients, Func<int, Task> request)
    {
        foreach (var many in clients)
        {
            loads.Add(await Load.Of(name, many, seconds, server.Processor, request));
            await Console.Error.WriteLineAsync($"{name}, {many}: {loads[^1].Median:0.00} ms, {loads[^1].PerSecond:0}/s, p99 {loads[^1].P99:0.0} ms, processor {loads[^1].Processor:0.00} ms");
        }
    }

    private static string Number(double n) => n.ToString("0.##", CultureInfo.InvariantCulture);
}

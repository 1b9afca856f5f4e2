using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit;

/// <summary>A figure beside the loads: memory, start-up, how much was matched.</summary>
internal sealed record Figure(string Name, string Value);

/// <summary>What was measured on one database.</summary>
internal sealed record BenchRun(string Database, IReadOnlyList<Load> Loads, IReadOnlyList<Figure> Facts)
{
    public Load? Find(string name, int clients) => Loads.FirstOrDefault(l => l.Name == name && l.Clients == clients);
}

/// <summary>A firm made, served and used over HTTP: what people do most, one at a time and many at once.</summary>
internal sealed class BenchScenes(BenchServer server, AppDb db, BenchAsk ask, DateOnly today)
{
    private readonly List<Load> loads = [];
    private readonly List<Figure> facts = [];

    public static async Task<BenchRun> Run(FirmStore store, string data, string? postgres, BenchAsk ask)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        await using var db = await store.Create(BenchFirm.Address);
        if (!await db.Set<Firm>().AnyAsync())
        {
            var made = await Load.Once("made", () => TimeSpan.Zero, () => new BenchFirm(db, ask.Size, today).Make());
            db.ChangeTracker.Clear();
            await Console.Error.WriteLineAsync($"{store.Engine.Name}: firm made in {made.Median / 1000:0.0} s");
        }
        await using var server = await BenchServer.Start(data, postgres);
        var scenes = new BenchScenes(server, db, ask, today);
        scenes.Note("start-up to the first page, s", server.StartUp.TotalSeconds);
        scenes.Note("memory on the first page, MiB", server.Memory());
        await server.SignIn();
        scenes.Note("memory after signing in, MiB", server.Memory());
        await scenes.Read();
        await scenes.Write();
        await scenes.Bank();
        await scenes.Import();
        scenes.Note("memory at the end, MiB", server.Memory());
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
        await Measure("this week over 20 calendars of 200 events", [1, 16], _ => server.Get("calendar"));
        await Measure(
            "any week over 20 calendars of 200 events",
            [1],
            n => server.Get($"calendar?day={today.AddDays(n % 8 * 7 - 28):yyyy-MM-dd}")
        );
        await Measure("plan of a week: whom to meet, laid out", [1], n => server.Get($"plan?day={today.AddDays(7):yyyy-MM-dd}&whose=mine"));
        await Measure("pay of a month, everybody", [1], _ => server.Get($"pay?month={Month.Of(today).Previous}"));
    }

    private async Task Write()
    {
        await Measure(
            "create a client",
            [1, 8],
            n => server.Post("clients/new", ("client_title", $"ООО «Новый {n} {Guid.NewGuid():N}»"), ("country", "RU"), ("lang", "ru"))
        );
        var client = await db.Set<Client>().OrderBy(c => c.Id).Select(c => c.Id).FirstAsync();
        await Measure(
            "create and issue an invoice of three lines",
            [1, 8],
            async n =>
            {
                var draft = await server.Post(
                    "papers/new",
                    ("client", $"{client}"),
                    ("text1", "Консультация"),
                    ("count1", "2"),
                    ("price1", "1500"),
                    ("text2", "Настройка"),
                    ("count2", "1"),
                    ("price2", "2800"),
                    ("text3", "Выезд"),
                    ("count3", "3"),
                    ("price3", "900")
                );
                await server.Post(draft + "/issue");
            }
        );
        var years = await db.Set<Invoice>()
            .Where(i => i.Number != null)
            .GroupBy(i => i.Year)
            .Select(g => new
            {
                Year = g.Key,
                Count = g.Count(),
                Last = g.Max(i => i.Number),
            })
            .ToListAsync();
        if (years.FirstOrDefault(y => y.Count != y.Last) is { } gap)
            throw new CannotRun($"{gap.Count} invoices of {gap.Year} were issued and the last has number {gap.Last}: there is a gap.");
        Note("gaps in invoice numbers, requests that failed", 0);
    }

    private async Task Bank()
    {
        if (!ask.Wants("bank statement"))
            return;
        var rows = Math.Min(10_000, ask.Size.Invoices);
        var statement = await BenchStatement.For(db, rows);
        await Once($"bank statement of {rows} rows taken in", () => server.Send("bank/import", statement.Bytes, "statement.txt"));
        await Once($"its payments laid against {ask.Size.Invoices} open invoices", () => server.Post("bank/sure"));
        var (matched, right) = await statement.Check(db);
        Note("payments of an invoice laid against one by itself, %", matched * 100);
        Note("of those, against the right one, %", right * 100);
    }

    /// <summary>A table as other programs export it, brought, looked through by the rules, and taken.</summary>
    private async Task Import()
    {
        if (!ask.Wants("clients from CSV"))
            return;
        var rows = Math.Min(10_000, ask.Size.Clients);
        var (table, place) = (BenchTable.Of(rows), "");
        await Once($"{rows} clients from CSV brought", async () => place = await server.Send("clients/import", table, "clients.csv"));
        await Once($"{rows} clients from CSV shown with what the rules say", () => server.Get(place));
        await Once(
            $"{rows} clients from CSV taken",
            async () =>
            {
                await server.Post(place + "/run");
                // A job takes them; they are there when it says so.
                while (!Encoding.UTF8.GetString(await server.Get(place + "/progress")).Contains("\"done\":true", StringComparison.Ordinal))
                    await Task.Delay(20);
            }
        );
    }

    private async Task Measure(string name, int[] clients, Func<int, Task> request)
    {
        if (!ask.Wants(name))
            return;
        foreach (var many in clients)
            await Told(await Load.Of(name, many, ask.Seconds, server.Processor, request));
    }

    private async Task Once(string name, Func<Task> work) => await Told(await Load.Once(name, server.Processor, work));

    private async Task Told(Load load)
    {
        loads.Add(load);
        await Console.Error.WriteLineAsync(
            $"{load.Name}, {load.Clients}: {load.Median:0.00} ms, {load.PerSecond:0}/s, p99 {load.P99:0.0} ms, processor {load.Processor:0.00} ms"
        );
    }

    private void Note(string name, double n) => facts.Add(new(name, n.ToString("0.##", CultureInfo.InvariantCulture)));
}

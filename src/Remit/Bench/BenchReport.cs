using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Remit;

/// <summary>The measures as people read them: tables, and a picture of how they compare.</summary>
internal sealed record BenchReport(FirmSize Size, IReadOnlyList<BenchRun> Runs, IReadOnlyList<WorkCost> Works)
{
    /// <summary>The best of Tryton 6.0, Odoo 16 and Dolibarr 16 with the same amount of data on two cores; ms at one client, answers a second at many.</summary>
    private static readonly (string Name, string Short, double Median, double PerSecond)[] peers =
    [
        ("list of clients, first page", "list", 10.5, 219),
        ("clients by a part of a word", "search", 114, 17.5),
        ("open a client", "open", 56, 0),
        ("create a client", "create", 19, 124),
        ("create and issue an invoice of three lines", "invoice", 67, 3.9),
        ("invoice as PDF", "PDF", 44, 0),
        ("10000 clients from CSV taken", "import", 19_800, 0),
    ];

    /// <summary>Calendars beside two servers of others, as a table of its own.</summary>
    public string Calendars { get; init; } = "";

    public string Table()
    {
        var table = new StringBuilder();
        foreach (var run in Runs)
        {
            table.Append(
                CultureInfo.InvariantCulture,
                $"### {(run.Database == "sqlite" ? "SQLite" : "PostgreSQL")}\n\n| work | at once | median, ms | 99 of 100 within, ms | a second | processor, ms | best peer | times better |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n"
            );
            foreach (var load in run.Loads)
                table.Append(
                    CultureInfo.InvariantCulture,
                    $"| {load.Name} | {load.Clients} | {load.Median:0.0} | {load.P99:0.0} | {load.PerSecond:0.##} | {load.Processor:0.00} | {Peer(load)} | {Times(load)} |\n"
                );
            table.Append('\n');
            foreach (var (name, value) in run.Facts)
                table.Append(CultureInfo.InvariantCulture, $"- {name}: {value}\n");
            table.Append('\n');
        }
        if (Calendars.Length > 0)
            table.Append(Calendars).Append('\n');
        if (Works.Count == 0)
            return table.ToString();
        table.Append(
            "### Without a database\n\n| work | runs | best, ms | median, ms | worst, ms |\n| --- | ---: | ---: | ---: | ---: |\n"
        );
        foreach (var work in Works)
            table.Append(
                CultureInfo.InvariantCulture,
                $"| {work.Name} | {work.Runs} | {work.Best:0.0} | {work.Median:0.0} | {work.Worst:0.0} |\n"
            );
        return table.ToString();
    }

    public string Page() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            # What it costs

            Written by `bin/bench`: {Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSArchitecture}; the load
            generator and PostgreSQL run on the same cores; {Busy()}. The firm: {Size.Clients:N0} clients, {Size.Contacts:N0} contacts, {Size.Invoices:N0} issued invoices of
            three lines, {Size.Entries:N0} work entries of {Size.People} people over two years. Every figure but the last table is a whole request over HTTP to the
            program in a process of its own, signed in, with the page rendered, the journal sealed and the disk flushed (PostgreSQL: fsync on), after a warm-up as long as the measure.
            *Processor* is what the program itself used for one request, whatever else the machine did. The firm's own records are made in bulk and have no journal; all that is created while measuring has.

            *Best peer* is the best of Tryton 6.0, Odoo 16 and Dolibarr 16 with as much data, two cores and fsync, measured in another run on such a machine:
            read the ratio as an order of magnitude. Theirs is mostly the JSON behind the page, ours is the page.

            ![Compared with the best peer](pictures/bench.svg)

            {Table()}
            """
        );

    /// <summary>Bars of how many times better than the best peer, on a scale of tens.</summary>
    public string Picture()
    {
        var bars = (
            from run in Runs
            from peer in peers
            from load in run.Loads
            where load.Name == peer.Name && Better(load) > 0
            select (
                Label: $"{peer.Short}, {load.Clients} at once · {(run.Database == "sqlite" ? "SQLite" : "PostgreSQL")}",
                Times: Better(load)
            )
        ).ToList();
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 760 {bars.Count * 22 + 40}\" font-family=\"sans-serif\" font-size=\"12\"><rect width=\"100%\" height=\"100%\" fill=\"#fff\"/><text x=\"10\" y=\"20\" font-weight=\"600\">Times better than the best of Tryton, Odoo and Dolibarr</text>"
        );
        foreach (var (bar, at) in bars.Select((b, i) => (b, 32 + i * 22)))
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"10\" y=\"{at + 13}\">{bar.Label}</text><rect x=\"230\" y=\"{at + 2}\" width=\"{Math.Max(2, Math.Log10(Math.Max(1.05, bar.Times)) * 170):0}\" height=\"15\" rx=\"3\" fill=\"#0f6b62\"/><text x=\"{236 + Math.Log10(Math.Max(1.05, bar.Times)) * 170:0}\" y=\"{at + 14}\">{bar.Times:0.#} ×</text>"
            );
        return svg.Append("</svg>\n").ToString();
    }

    // A busy machine makes every figure but the processor's own worse, and the reader must know.
    private static string Busy() =>
        File.Exists("/proc/loadavg")
            ? $"mean number of running threads in the last quarter of an hour {File.ReadAllText("/proc/loadavg").Split(' ')[2]}"
            : "load unknown";

    private static string Peer(Load load) =>
        Of(load) is not { } peer ? ""
        : load.Clients == 1 ? $"{Plain(peer.Median)} ms"
        : peer.PerSecond > 0 ? $"{Plain(peer.PerSecond)}/s"
        : "";

    private static string Times(Load load) => Better(load) is > 0 and var times ? Plain(Math.Round(times, 1)) : "";

    private static double Better(Load load) =>
        Of(load) is not { } peer ? 0
        : load.Clients == 1 ? peer.Median / load.Median
        : peer.PerSecond > 0 ? load.PerSecond / peer.PerSecond
        : 0;

    private static (string Name, string Short, double Median, double PerSecond)? Of(Load load) =>
        peers.Where(p => p.Name == load.Name).Select(p => ((string, string, double, double)?)p).FirstOrDefault();

    private static string Plain(double n) => n.ToString("0.#", CultureInfo.InvariantCulture);
}

using System.Globalization;
using Remit.Modules.Money.Statements;

namespace Remit.Tests.Money;

/// <summary>A generated book of open invoices, and payments of which it is known what they pay.</summary>
internal static class MatchingBook
{
    private static readonly string[] Prefixes = ["", "СФ-", "А-", "2026/"];

    public static (List<OpenInvoice>, List<(Document, HashSet<Guid>)>) Generate(int invoices, int payments, int seed)
    {
        var random = new Random(seed);
        var book = new List<OpenInvoice>();
        // Numbers start anew for every series, so most of them are borne by several invoices.
        for (var i = 0; i < invoices; i++)
        {
            var client = random.Next(4000);
            // Every fifth sum is a usual price that many invoices have.
            var sum = random.Next(5) == 0 ? 100_000L * random.Next(1, 20) : random.Next(100_00, 500_000_00);
            var number = Prefixes[i % 4] + (i / 4 % 8000 + 1).ToString(i % 3 == 0 ? "00000" : "0", CultureInfo.InvariantCulture);
            book.Add(
                new OpenInvoice(
                    Id(i + 1),
                    number,
                    new DateOnly(2026, 1, 1).AddDays(i / 200),
                    sum,
                    "RUB",
                    Id(1_000_000 + client),
                    client % 10 == 0 ? null : $"77{client:00000000}",
                    $"ООО Клиент {client}",
                    [$"407028100{client:00000000000}"]
                )
            );
        }
        var byClient = book.GroupBy(i => i.ClientId).ToDictionary(g => g.Key, g => g.ToList());
        var made = new List<(Document, HashSet<Guid>)>();
        for (var i = 0; i < payments; i++)
        {
            var invoice = book[random.Next(book.Count)];
            var paid = new List<OpenInvoice> { invoice };
            var own = byClient[invoice.ClientId];
            if (random.Next(10) == 0 && own.Count > 1)
                paid = own.OrderBy(_ => random.Next()).Take(2).ToList();
            made.Add((Pay(i, paid, random), paid.Select(p => p.Id).ToHashSet()));
        }
        return (book, made);
    }

    private static Document Pay(int at, List<OpenInvoice> paid, Random random)
    {
        var first = paid[0];
        var sum = paid.Sum(p => p.OpenMinor);
        var kind = random.Next(100);
        var purpose = kind switch
        {
            < 40 => $"Оплата по счету № {string.Join(", ", paid.Select(p => p.Number))} от {first.IssuedOn:dd.MM.yyyy}. Без НДС",
            < 60 => $"сч.{string.Join(" и ", paid.Select(p => p.Number))} за услуги, в т.ч. НДС 20% - {sum / 600}.{sum % 100:00}",
            < 75 => $"По договору {random.Next(1, 900)} от 11.01.2026, счет {string.Join(",", paid.Select(p => p.Number.TrimStart('0')))}",
            < 88 => $"Оплата {string.Join(", ", paid.Select(p => p.Number))}",
            _ when paid.Count == 1 => "Оплата за услуги согласно договору",
            _ => $"Оплата счетов {string.Join(" ", paid.Select(p => p.Number))}",
        };
        // One in twenty pays a part, and then says for what.
        if (random.Next(20) == 0 && kind < 60 && paid.Count == 1)
            sum = Math.Max(1, sum / 2);
        var known = random.Next(20) != 0;
        return new Document
        {
            Line = at + 1,
            Number = $"{at}",
            AmountMinor = sum,
            Direction = Direction.In,
            Purpose = purpose,
            Date = new DateOnly(2026, 10, 1),
            BookedOn = new DateOnly(2026, 10, 1),
            Payer = new Party(
                first.ClientName,
                known ? first.ClientInn ?? "" : "",
                "",
                random.Next(3) == 0 ? first.ClientAccounts[0] : "40702810999999999999",
                "",
                ""
            ),
            Payee = new Party("", "", "", "", "", ""),
        };
    }

    private static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);
}

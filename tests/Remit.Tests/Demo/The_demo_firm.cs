using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Demo;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Demo;

/// <summary>The demo speaks the language it was opened in, down to its country's numbers, and its pay can be computed.</summary>
// On one server all have the same demo firm: nobody takes it away while another looks at it.
[Collection("The demo firm")]
public sealed class The_demo_firm(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("az", "AZ", "AZN")]
    [InlineData("bg", "BG", "EUR")]
    public async Task Has_people_clients_and_numbers_of_its_language_and_a_payroll_without_a_hole(
        string language,
        string country,
        string currency
    )
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        if (Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 })
            await firms.Remove(DemoFirm.Address);
        var today = new DateOnly(2026, 11, 20);
        await DemoFirm.Make(firms, today, language);
        await using (var db = firms.Open(DemoFirm.Address))
        {
            var firm = await db.Set<Firm>().SingleAsync();
            Assert.Equal((country, currency), (firm.Country, firm.Currency));
            var clients = await db.Set<Client>().ToListAsync();
            Assert.Equal(120, clients.Count);
            Assert.True(clients.Count(c => Identifiers.CheckTaxId(country, c.TaxId) == true) > 100);
            Assert.All(clients, c => Assert.Equal(language == "bg", c.Name.Any(letter => letter is >= 'А' and <= 'я')));
            var company = await db.Set<OwnCompany>().SingleAsync();
            Assert.True(Identifiers.IsIban(company.Account) && company.IsDefault);
            var years = await db.Set<Invoice>()
                .Where(i => i.Number != null)
                .OrderBy(i => i.Number)
                .Select(i => i.Number!.Value)
                .ToListAsync();
            Assert.Equal(Enumerable.Range(1, years.Count).Select(n => (long)n), years);
            Assert.Equal(3, await db.Set<ClosedMonth>().CountAsync());
            var paid = await db.Set<PayStatement>().Where(s => s.State == StatementState.Paid).ToListAsync();
            Assert.Equal(2 * await db.Set<Person>().CountAsync(), paid.Count);
            foreach (var slip in await PayRun.Load(db, new Month(2026, 10), firm))
            {
                Assert.Null(slip.Explain().Problem);
                Assert.True(slip.Explain().Result!.Total.Amount.Minor > 0, slip.Name);
            }
            Assert.Null((await db.Verify()).Broken);
            Assert.All(await db.Set<Person>().ToListAsync(), p => Assert.True(p.Knows(DemoFirm.Password)));
        }
        await firms.Remove(DemoFirm.Address);
    }

    [Fact]
    public async Task Is_one_for_two_who_press_its_button_at_once()
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        await firms.Remove(DemoFirm.Address);
        var visitors = new[] { world.NewVisitor(), world.NewVisitor() };
        var answers = await Task.WhenAll(visitors.Select(v => v.Post("/demo", ("lang", "en"))));
        Assert.All(answers, a => Assert.Equal($"/~{DemoFirm.Address}/", a.Headers.Location?.OriginalString));
        foreach (var visitor in visitors)
            Assert.Equal(HttpStatusCode.OK, (await visitor.Get($"/~{DemoFirm.Address}/clients")).StatusCode);
        await using (var db = firms.Open(DemoFirm.Address))
            Assert.Equal(120, await db.Set<Client>().CountAsync());
        await firms.Remove(DemoFirm.Address);
    }

    [Fact]
    public async Task Is_the_same_every_time_and_looks_lived_in()
    {
        var first = await Made("en");
        Assert.Equal(first.Told, (await Made("en")).Told);
        Assert.Equal(("ZZ", "GBP"), (first.Firm.Country, first.Firm.Currency));
        Assert.True(
            first.Open > 0
                && first.Answered > 10
                && first.Meetings > 5
                && first.Tasks > 5
                && first.Late > 0
                && first.Debts > 10
                && first.Away > 10,
            first.Told
        );
        Assert.True(first.Latest < new DateTime(2026, 8, 1, 0, 0, 0, DateTimeKind.Utc), "A client came yesterday.");
        Assert.All(first.Begins, b => Assert.True(b.Days < 40, "A client's timeline begins long after the client came."));
    }

    private sealed record Facts(
        Firm Firm,
        string Told,
        int Open,
        int Answered,
        int Meetings,
        int Tasks,
        int Late,
        int Debts,
        int Away,
        DateTime Latest,
        IReadOnlyList<TimeSpan> Begins
    );

    /// <summary>The firm told without its keys and secrets, which are new every time.</summary>
    private async Task<Facts> Made(string language)
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        if (Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 })
            await firms.Remove(DemoFirm.Address);
        await DemoFirm.Make(firms, new DateOnly(2026, 11, 20), language);
        await using var db = firms.Open(DemoFirm.Address);
        var firm = await db.Set<Firm>().SingleAsync();
        var clients = await db.Set<Client>().OrderBy(c => c.CreatedAt).ThenBy(c => c.NameKey).ToListAsync();
        var invoices = await db.Set<Invoice>().OrderBy(i => i.Number).ToListAsync();
        var questions = await db.Set<Question>().OrderBy(q => q.AskedAt).ThenBy(q => q.Text).ToListAsync();
        var slips = new List<string>();
        for (var month = 8; month <= 11; month++)
            slips.AddRange(
                (await PayRun.Load(db, new Month(2026, month), firm)).Select(s => $"{s.Name} {s.Explain().Result!.Total.Amount.Minor}")
            );
        var created = (await db.Journal.Where(j => j.Record == nameof(Client) && j.Kind == JournalKind.Created).ToListAsync()).ToDictionary(
            j => j.RecordId,
            j => j.At
        );
        var told = string.Join(
            '\n',
            [
                .. clients.Select(c => $"{c.Name} {c.TaxId} {c.CreatedAt:O}"),
                .. invoices.Select(i => $"{i.Number} {i.IssuedOn} {i.Total} {i.PaidMinor} {i.ActReturnedOn}"),
                .. questions.Select(q => $"{q.AskedAt:O} {q.Text} {q.Answer} {q.AnsweredAt:O}"),
                .. slips.Order(StringComparer.Ordinal),
            ]
        );
        var facts = new Facts(
            firm,
            told,
            questions.Count(q => q.State == QuestionState.Open),
            questions.Count(q => q.State == QuestionState.Answered),
            await db.Set<CalendarItem>().CountAsync(),
            await db.Set<WorkTask>().CountAsync(t => t.DoneAt == null),
            questions.Count(q => q.EscalatedAt != null),
            invoices.Count(i => i.OpenMinor > 0),
            invoices.Count(i => i.ActReturnedOn is null),
            clients.Max(c => c.CreatedAt),
            [.. clients.Select(c => created[c.Id] - c.CreatedAt)]
        );
        Assert.Null((await db.Verify()).Broken);
        await firms.Remove(DemoFirm.Address);
        return facts;
    }
}

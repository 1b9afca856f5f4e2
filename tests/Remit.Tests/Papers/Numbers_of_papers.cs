using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;

namespace Remit.Tests.Papers;

/// <summary>Invoices and acts are numbered per own company, per kind and per year, without gaps.</summary>
public sealed class Numbers_of_papers(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Begin_at_one_each_year_and_for_each_company()
    {
        await using var db = world.Db();
        var (one, other) = (OwnCompany.Of("One", "BG", "EUR", null), OwnCompany.Of("Other", "BG", "EUR", null));
        db.AddRange(one, other);
        await db.SaveChangesAsync();
        var given = new List<(int?, long?, long?)>();
        foreach (
            var (company, day) in new[]
            {
                (one, "2025-12-30"),
                (one, "2025-12-31"),
                (other, "2025-12-31"),
                (one, "2026-01-01"),
                (one, "2026-01-02"),
                (other, "2026-01-02"),
            }
        )
        {
            var invoice = await Draft(db, company);
            await db.Issue(invoice, DateOnly.Parse(day), 10);
            await db.SaveChangesAsync();
            given.Add((invoice.Year, invoice.Number, invoice.ActNumber));
        }
        Assert.Equal([(2025, 1, 1), (2025, 2, 2), (2025, 1, 1), (2026, 1, 1), (2026, 2, 2), (2026, 1, 1)], given);
    }

    [Fact]
    public async Task Of_an_act_are_given_once_even_behind_the_program()
    {
        await using var db = world.Db();
        var company = OwnCompany.Of("Twice", "BG", "EUR", null);
        db.Add(company);
        var (first, second) = (await Draft(db, company), await Draft(db, company));
        first.Issue(1, 7, new DateOnly(2026, 2, 1), 10);
        second.Issue(2, 7, new DateOnly(2026, 2, 1), 10);
        await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync());
    }

    [Fact]
    public async Task A_cancelled_invoice_keeps_its_number_and_the_next_one_goes_on()
    {
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post("papers/company", ("company_title", "Default"), ("hour_price", "60"), ("vat", "20"), ("version", "0"))
            ).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post("papers/companies/new", ("company_title", "Second"), ("country", "BG"), ("hour_price", "30"), ("vat", "0"))
            ).StatusCode
        );
        await using var db = world.Db();
        var second = await db.Set<OwnCompany>().SingleAsync(c => c.Name == "Second");
        Assert.False(second.IsDefault);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"papers/companies/{second.Id}/prefer")).StatusCode);
        var client = Client.New("Numbered", "BG", DateTime.UtcNow);
        db.Add(client);
        await db.SaveChangesAsync();
        var numbers = new List<long?>();
        for (var n = 0; n < 3; n++)
        {
            var to = (
                await world.Post(
                    "papers/new",
                    ("client", client.Id.ToString()),
                    ("company", second.Id.ToString()),
                    ("text1", "Work"),
                    ("count1", "1"),
                    ("unit1", "piece"),
                    ("price1", "10")
                )
            )
                .Headers
                .Location!
                .OriginalString;
            var id = Guid.Parse(to.Split('/')[^1]);
            Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"papers/{id}/issue")).StatusCode);
            if (n == 1)
                Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"papers/{id}/cancel")).StatusCode);
            numbers.Add(
                await db.Set<Invoice>()
                    .AsNoTracking()
                    .Where(i => i.Id == id && i.CompanyId == second.Id)
                    .Select(i => i.Number)
                    .SingleAsync()
            );
            if (n == 1)
                Assert.Contains("number kept", await world.Text($"papers/{id}"));
        }
        Assert.Equal([1, 2, 3], numbers);
    }

    [Fact]
    public async Task That_were_given_before_years_counted_stay_and_go_on()
    {
        var store = world.App.Services.GetRequiredService<FirmStore>();
        var slug = "old" + Guid.NewGuid().ToString("N")[..10];
        await store.Engine.Create(slug);
        await using var db = store.Open(slug);
        await MigrateBefore(db, "0060");
        var company = Guid.CreateVersion7();
        await db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO own_companies ("Id", "Name", "Country", "Currency", "TaxId", "Kpp", "Address", "Director", "Bank", "Bic", "Account", "CorrAccount", "VatBasisPoints", "HourMinor", "Version")
            VALUES ({0}, 'Old', 'BG', 'EUR', '', '', '', '', '', '', '', '', 0, 0, 0)
            """,
            company
        );
        foreach (
            var (number, day) in new[] { (1L, new DateOnly(2025, 12, 30)), (2L, new DateOnly(2026, 1, 5)), (3L, new DateOnly(2026, 2, 5)) }
        )
            await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO invoices ("Id", "CompanyId", "ClientId", "ChainId", "State", "Number", "ActNumber", "IssuedOn", "DueOn", "PaidMinor", "Version", "Total_Currency", "Total_Minor", "Vat_Currency", "Vat_Minor")
                VALUES ({0}, {1}, {0}, {0}, 'Issued', {2}, {2}, {3}, {3}, 0, 0, 'EUR', 100, 'EUR', 0)
                """,
                Guid.CreateVersion7(),
                company,
                number,
                day
            );
        await db.Database.MigrateAsync();
        Assert.True((await db.Set<OwnCompany>().SingleAsync()).IsDefault);
        Assert.Equal(
            [(2025, 1), (2026, 2), (2026, 3)],
            (await db.Set<Invoice>().OrderBy(i => i.Number).ToListAsync()).Select(i => (i.Year!.Value, (int)i.Number!))
        );
        Assert.Equal(4, await db.Next($"invoice/{company}/2026"));
        Assert.Equal(2, await db.Next($"act/{company}/2025"));
        await db.DisposeAsync();
        await store.Remove(slug);
    }

    // The migrator itself wants names of another shape, so the earlier ones are run one by one.
    private static async Task MigrateBefore(AppDb db, string id)
    {
        var (assembly, history) = (db.GetService<IMigrationsAssembly>(), db.GetService<IHistoryRepository>());
        await db.Database.ExecuteSqlRawAsync(history.GetCreateIfNotExistsScript());
        foreach (var (name, type) in assembly.Migrations.Where(m => string.CompareOrdinal(m.Key, id) < 0))
        {
            var migration = assembly.CreateMigration(type, db.Database.ProviderName!);
            foreach (var command in db.GetService<IMigrationsSqlGenerator>().Generate(migration.UpOperations))
                await db.Database.ExecuteSqlRawAsync(command.CommandText);
            await db.Database.ExecuteSqlRawAsync(history.GetInsertScript(new HistoryRow(name, "10.0.0")));
        }
    }

    private static async Task<Invoice> Draft(AppDb db, OwnCompany company)
    {
        var invoice = Invoice.For(company, Guid.CreateVersion7(), null);
        db.Add(invoice);
        db.Add(invoice.Add("Work", 667, "hour", 6000, 0));
        await db.SaveChangesAsync();
        return invoice;
    }
}

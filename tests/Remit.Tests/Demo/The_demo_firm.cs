using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Demo;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.Demo;

/// <summary>The demo speaks the language it was opened in, down to its country's numbers, and its pay can be computed.</summary>
public sealed class The_demo_firm(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData("az", "AZ", "AZN")]
    [InlineData("bg", "BG", "EUR")]
    public async Task Has_people_clients_and_numbers_of_its_language_and_a_payroll_without_a_hole(string language, string country, string currency)
    {
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        if (Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 }) await firms.Remove(DemoFirm.Address);
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
            var years = await db.Set<Invoice>().Where(i => i.Number != null).OrderBy(i => i.Number).Select(i => i.Number!.Value).ToListAsync();
            Assert.Equal(Enumerable.Range(1, years.Count).Select(n => (long)n), years);
            Assert.Equal(3, await db.Set<ClosedMonth>().CountAsync());
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
}

using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit.Tests.People;

/// <summary>The firm, then its requisites, then its bank account: each saved by itself, each to be skipped and taken up again.</summary>
public sealed class Setting_up_a_firm : IAsyncLifetime
{
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task Goes_on_to_requisites_and_bank_and_what_was_skipped_waits_on_my_day()
    {
        Assert.Contains("To issue invoices and be paid, still missing:", await world.Text(""));
        Assert.Contains("EIK", await world.Text("set-up/company"));
        Assert.Contains("not described yet", await world.Text("set-up/bank"));

        var wrong = await world.Post("set-up/company", ("company_title", "Meridian"), ("tax_id", "175074751"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post(
                    "set-up/company",
                    ("company_title", "Meridian"),
                    ("tax_id", "175074752"),
                    ("legal_address", "Sofia"),
                    ("hour_price", "60"),
                    ("vat", "20")
                )
            ).StatusCode
        );
        var day = await world.Text("");
        Assert.Contains("still missing: bank account", day);
        Assert.Contains("set-up/bank", day);

        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("set-up/bank", ("bank", "A bank"), ("bic", "STSABGSF"), ("account", "BG80BNBG96611020345679"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post("set-up/bank", ("bank", "A bank"), ("bic", "044525225"), ("account", "BG80BNBG96611020345678"))).StatusCode
        );
        Assert.Equal(
            HttpStatusCode.SeeOther,
            (
                await world.Post("set-up/bank", ("bank", "A bank"), ("bic", "BNBGBGSD"), ("account", "BG80 BNBG 9661 1020 3456 78"))
            ).StatusCode
        );
        Assert.DoesNotContain("To issue invoices and be paid, still missing:", await world.Text(""));
        await using var db = world.Db();
        var company = await db.Set<OwnCompany>().SingleAsync();
        Assert.Equal(("BG80BNBG96611020345678", true, 2000), (company.Account, company.IsDefault, company.VatBasisPoints));
    }

    [Fact]
    public async Task Elsewhere_the_firm_says_its_currency_itself()
    {
        var slug = "z" + Guid.NewGuid().ToString("N")[..12];
        (string, string)[] fields =
        [
            ("lang", "en"),
            ("firm", "Tbilisi Desk"),
            ("address", slug),
            ("country", "ZZ"),
            ("owner", "Nino"),
            ("email", "nino@example.com"),
            ("password", World.Password),
            ("time_zone", "Asia/Tbilisi"),
        ];
        var visitor = world.NewVisitor();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Post("/set-up", [.. fields, ("currency", "XYZ")])).StatusCode);
        var answer = await visitor.Post("/set-up", [.. fields, ("currency", "GEL")]);
        Assert.EndsWith("/set-up/company", answer.Headers.Location!.OriginalString);
        var firms = world.App.Services.GetRequiredService<FirmStore>();
        await using (var db = firms.Open(slug))
        {
            var firm = await db.Set<Firm>().SingleAsync();
            Assert.Equal(("GEL", "Asia/Tbilisi", "ZZ"), (firm.Currency, firm.TimeZone, firm.Country));
        }
        await firms.Remove(slug);
    }
}

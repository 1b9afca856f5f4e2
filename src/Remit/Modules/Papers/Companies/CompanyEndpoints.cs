using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Papers.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>The firm's own companies: asked for when the firm is set up, described and added later.</summary>
internal static class CompanyEndpoints
{
    public static void MapCompanies(this WebApplication app)
    {
        app.MapGet("/papers/company", (AppDb db) => Show(null, db)).Needs(Permission.FirmEdit);
        app.MapPost("/papers/company", (Form form, AppDb db, Screen screen, Go go) => Save(null, form, db, screen, go))
            .Needs(Permission.FirmEdit);
        app.MapGet(
                "/papers/companies/new",
                async (AppDb db) => Page<CompanyPage>(new { Companies = await db.OwnCompanies(), IsNew = true })
            )
            .Needs(Permission.FirmEdit);
        app.MapPost("/papers/companies/new", Create).Needs(Permission.FirmEdit);
        app.MapGet("/papers/companies/{id:guid}", (Guid id, AppDb db) => Show(id, db)).Needs(Permission.FirmEdit);
        app.MapPost("/papers/companies/{id:guid}", (Guid id, Form form, AppDb db, Screen screen, Go go) => Save(id, form, db, screen, go))
            .Needs(Permission.FirmEdit);
        app.MapPost("/papers/companies/{id:guid}/prefer", Prefer).Needs(Permission.FirmEdit);
        app.MapGet("/set-up/{step}", Step).Needs(Permission.FirmEdit);
        app.MapPost("/set-up/company", Requisites).Needs(Permission.FirmEdit);
        app.MapPost("/set-up/bank", Bank).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Show(Guid? id, AppDb db)
    {
        var companies = await db.OwnCompanies();
        var shown = id is null ? companies.FirstOrDefault() : companies.FirstOrDefault(c => c.Id == id) ?? throw new NotFound();
        return Page<CompanyPage>(new { Companies = companies, Company = shown });
    }

    private static async Task<IResult> Save(Guid? id, Form form, AppDb db, Screen screen, Go go)
    {
        var company = id is null ? await Known(form, db, screen) : await db.Set<OwnCompany>().One(id.Value);
        if (db.Entry(company).State != EntityState.Added)
            form = await form.Merged(db, company, c => Typed(c, screen.T));
        CompanyFields.Of(form).Fill(company);
        return await Saved(company, db, screen, go);
    }

    private static IEnumerable<(string, string)> Typed(OwnCompany c, T t) =>
        [
            ("company_title", c.Name),
            ("tax_id", c.TaxId),
            ("kpp", c.Kpp),
            ("legal_address", c.Address),
            ("director", c.Director),
            ("bank", c.Bank),
            ("bic", c.Bic),
            ("account", c.Account),
            ("corr_account", c.CorrAccount),
            ("hour_price", Formats.Typed(c.HourMinor, t)),
            ("vat", Formats.Typed(c.VatBasisPoints, t)),
        ];

    private static async Task<IResult> Create(Form form, AppDb db, Screen screen, Go go) =>
        await Saved(await Made(db, CompanyFields.Of(form), screen), db, screen, go);

    /// <summary>Added; the first one is preferred. The caller saves.</summary>
    internal static async Task<OwnCompany> Made(AppDb db, CompanyFields fields, Screen screen)
    {
        var country = Countries.Of(fields.Country ?? screen.Firm!.Country);
        var currency = country.Code == screen.Firm!.Country || country.Code == Countries.Other ? screen.Firm.Currency : country.Currency;
        var company = OwnCompany.Of(fields.Name, country.Code, currency, null);
        fields.Fill(company);
        company.Prefer(!await db.Set<OwnCompany>().AnyAsync());
        db.Add(company);
        return company;
    }

    private static async Task<IResult> Saved(OwnCompany company, AppDb db, Screen screen, Go go)
    {
        await db.SaveChangesAsync();
        return go.To($"papers/companies/{company.Id}", db, screen.T["company.saved", ("company", company.Name)]);
    }

    private static async Task<IResult> Prefer(Guid id, AppDb db, Screen screen, Go go)
    {
        var chosen = await Preferred(db, id);
        return go.To($"papers/companies/{id}", db, screen.T["company.preferred", ("company", chosen.Name)]);
    }

    /// <summary>The one that new invoices are from. Saves.</summary>
    internal static async Task<OwnCompany> Preferred(AppDb db, Guid id)
    {
        await db.StartWriting();
        var companies = await db.OwnCompanies();
        var chosen = companies.FirstOrDefault(c => c.Id == id) ?? throw new NotFound();
        foreach (var company in companies)
            company.Prefer(company == chosen);
        await db.SaveChangesAsync();
        return chosen;
    }

    // Each step is saved by itself: whoever stops here finds the rest on their day.
    private static async Task<IResult> Step(string step, AppDb db) =>
        step is "company" or "bank"
            ? Page<SetUpPage>(new { Company = (await db.OwnCompanies()).FirstOrDefault(), Step = step })
            : throw new NotFound();

    private static async Task<IResult> Requisites(Form form, AppDb db, Screen screen, Go go)
    {
        CompanyFields.Of(form).Fill(await Known(form, db, screen));
        await db.SaveChangesAsync();
        return go.To("set-up/bank");
    }

    private static async Task<IResult> Bank(Form form, AppDb db, Screen screen, Go go)
    {
        var company = await db.Seller();
        CompanyFields.Of(form).Fill(company);
        await db.SaveChangesAsync();
        return go.To("start", null, screen.T["company.saved", ("company", company.Name)]);
    }

    private static async Task<OwnCompany> Known(Form form, AppDb db, Screen screen) =>
        (await db.OwnCompanies()).FirstOrDefault() ?? await Made(db, CompanyFields.Of(form), screen);
}

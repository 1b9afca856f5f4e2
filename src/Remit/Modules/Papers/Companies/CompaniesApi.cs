using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>The firm's own companies, for other programs.</summary>
internal static class CompaniesApi
{
    public static void MapCompaniesApi(this RouteGroupBuilder api)
    {
        api.MapGet("/companies", List).Needs(Permission.PapersSee).WithSummary("The firm's own companies, the preferred one first");
        api.MapPost("/companies", Make)
            .Needs(Permission.FirmEdit)
            .WithSummary("A new own company; the first is the one that new invoices are from");
        api.MapPatch("/companies/{id:guid}", Change)
            .Needs(Permission.FirmEdit)
            .WithSummary("Change what is named, from the version that was read");
        api.MapPost("/companies/{id:guid}/prefer", Prefer)
            .Needs(Permission.FirmEdit)
            .WithSummary("New invoices are from this one unless another is named");
    }

    private static async Task<IReadOnlyList<CompanyJson>> List(AppDb db) => [.. (await db.OwnCompanies()).Select(CompanyJson.Of)];

    private static async Task<Created<CompanyJson>> Make(CompanyFields fields, AppDb db, Screen screen, HttpContext http)
    {
        var company = await CompanyEndpoints.Made(db, fields, screen);
        await db.SaveChangesAsync();
        return TypedResults.Created((string?)null, CompanyJson.Of(http.Tagged(company)));
    }

    private static async Task<CompanyJson> Change(Guid id, CompanyFields fields, AppDb db, HttpContext http)
    {
        var company = await db.Set<OwnCompany>().One(id);
        http.MustMatch(db, company, fields.Version);
        fields.Fill(company);
        await db.SaveChangesAsync();
        return CompanyJson.Of(http.Tagged(company));
    }

    private static async Task<CompanyJson> Prefer(Guid id, AppDb db, HttpContext http) =>
        CompanyJson.Of(http.Tagged(await CompanyEndpoints.Preferred(db, id)));
}

/// <summary>An own company as other programs see it.</summary>
/// <param name="Preferred">New invoices are from this one unless another is named.</param>
public sealed record CompanyJson(
    Guid Id,
    string Name,
    string Country,
    string Currency,
    string TaxId,
    string Kpp,
    string Address,
    string Director,
    string Bank,
    string Bic,
    string Account,
    string CorrAccount,
    long HourMinor,
    int VatBasisPoints,
    bool Preferred,
    int Version
)
{
    public static CompanyJson Of(OwnCompany c) =>
        new(
            c.Id,
            c.Name,
            c.Country,
            c.Currency,
            c.TaxId,
            c.Kpp,
            c.Address,
            c.Director,
            c.Bank,
            c.Bic,
            c.Account,
            c.CorrAccount,
            c.HourMinor,
            c.VatBasisPoints,
            c.IsDefault,
            c.Version
        );
}

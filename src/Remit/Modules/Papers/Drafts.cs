using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>Making a draft invoice: from a visit that is done, or line by line.</summary>
internal static class Drafts
{
    public const int Lines = 6;
    public static readonly IReadOnlyList<string> Units = ["hour", "piece", "month", "service"];

    public static void MapDrafts(this WebApplication app)
    {
        app.MapPost("/papers/from-visit/{visit:guid}", FromVisit).Needs(Permission.PapersEdit);
        app.MapGet("/papers/new", NewForm).Needs(Permission.PapersEdit);
        app.MapPost("/papers/new", Create).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> FromVisit(Guid visit, Form form, AppDb db, Screen screen, Go go)
    {
        await db.StartWriting();
        var done = await db.Set<Visit>().One(visit);
        Must(done.State == VisitState.Done, "invoice.visit_not_done", ("visit", done.Subject));
        var billed = await db.Set<Invoice>().OfVisit(visit).FirstOrDefaultAsync();
        Must(billed is null, "invoice.visit_billed", ("visit", done.Subject), ("number", billed?.Title));
        var company = await db.Seller(form.Id("company"));
        Must(company.HourMinor > 0, "invoice.no_hour_price", ("company", company.Name));
        var invoice = Invoice.For(company, done.ClientId, done.Id);
        db.Add(invoice);
        db.Add(invoice.Add(done.Works, Hours(done), "hour", company.HourMinor, company.VatBasisPoints));
        await db.SaveChangesAsync();
        return go.To($"papers/{invoice.Id}", db, screen.T["invoice.drafted"]);
    }

    private static async Task<IResult> NewForm(AppDb db, Guid? client, Guid? company, string? q)
    {
        if (client is { } id)
            return PapersModule.Page<NewInvoicePage>(new { Client = await db.Set<Client>().One(id), Company = await db.Seller(company), Companies = await db.OwnCompanies() });
        var found = await db.Set<Client>().AsNoTracking().Saying(db, q).OrderBy(c => c.Folded).Take(20).ToListAsync();
        return PapersModule.Page<NewInvoicePage>(new { Found = found, Words = q ?? "" });
    }

    private static async Task<IResult> Create(Form form, AppDb db, Screen screen, Go go)
    {
        var client = await db.Set<Client>().One(form.Id("client") ?? throw new NotFound());
        var company = await db.Seller(form.Id("company"));
        var invoice = Invoice.For(company, client.Id, null);
        db.Add(invoice);
        for (var n = 1; n <= Lines; n++)
            if (form.Text($"text{n}") is { } text)
                db.Add(invoice.Add(text, Hundredths(form, "count", n) * 10, Unit(form.Text($"unit{n}")), Hundredths(form, "price", n), company.VatBasisPoints));
        Must(invoice.Total.Minor > 0, "invoice.empty");
        await db.SaveChangesAsync();
        return go.To($"papers/{invoice.Id}", db, screen.T["invoice.drafted"]);
    }

    // 40 minutes are 0.667 hours; thousandths are what a line can hold.
    private static long Hours(Visit visit) => (long)Math.Round(visit.WorkedMinutes * 1000m / 60, MidpointRounding.AwayFromZero);

    private static long Hundredths(Form form, string name, int n) => Form.Hundredths(form.Text(name + n) ?? "", name);

    private static string Unit(string? unit) => unit is not null && Units.Contains(unit) ? unit : Units[0];
}

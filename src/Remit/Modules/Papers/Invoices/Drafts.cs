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
    /// <summary>Rows of an empty form, and the most a paper may have.</summary>
    public const int Lines = 6,
        Most = 200;
    private static readonly string[] Parts = ["count", "unit", "price"];
    public static readonly IReadOnlyList<string> Units = ["hour", "piece", "month", "service"];

    public static void MapDrafts(this WebApplication app)
    {
        app.MapPost("/papers/from-visit/{visit:guid}", FromVisit).Needs(Permission.PapersEdit);
        app.MapGet("/papers/new", NewForm).Needs(Permission.PapersEdit);
        app.MapPost("/papers/new", Create).Needs(Permission.PapersEdit);
        app.MapGet("/papers/{id:guid}/edit", EditForm).Needs(Permission.PapersEdit);
        app.MapPost("/papers/{id:guid}/edit", Edit).Needs(Permission.PapersEdit);
    }

    private static async Task<IResult> FromVisit(Guid visit, Form form, AppDb db, Screen screen, Go go)
    {
        var invoice = await ForVisit(db, visit, screen.Today, form.Id("company"));
        return go.To($"papers/{invoice.Id}", db, screen.T["invoice.drafted"]);
    }

    internal static async Task<Invoice> ForVisit(AppDb db, Guid visit, DateOnly today, Guid? companyId = null)
    {
        await db.StartWriting();
        var done = await db.Set<Visit>().One(visit);
        Must(done.State == VisitState.Done, "invoice.visit_not_done", ("visit", done.Subject));
        var billed = await db.Set<Invoice>().OfVisit(visit).FirstOrDefaultAsync();
        Must(billed is null, "invoice.visit_billed", ("visit", done.Subject), ("number", billed?.Title));
        var company = await db.Seller(companyId);
        Must(company.HourMinor > 0, "invoice.no_hour_price", ("company", company.Name));
        var invoice = Invoice.For(company, done.ClientId, done.Id);
        // A visit is service: where the client has one contract of service in force, it is under that one.
        if ((await db.ContractsOf(done.ClientId, company.Id, today)).Where(c => c.Kind == ContractKind.Service).ToList() is [var only])
            invoice.Under(only);
        db.Add(invoice);
        db.Add(invoice.Add(done.Works, Hours(done), "hour", company.HourMinor, company.VatBasisPoints));
        await db.SaveChangesAsync();
        return invoice;
    }

    private static async Task<IResult> NewForm(AppDb db, Screen screen, Guid? client, Guid? company, Guid? contract, string? q)
    {
        if (client is { } id)
        {
            var under = contract is { } asked ? await db.Set<Contract>().AsNoTracking().One(asked) : null;
            var seller = await db.Seller(under?.CompanyId ?? company);
            return Page<NewInvoicePage>(
                new
                {
                    Client = await db.Set<Client>().One(id),
                    Company = seller,
                    Companies = await db.OwnCompanies(),
                    Contracts = await db.ContractsOf(id, seller.Id, screen.Today),
                    Under = contract,
                }
            );
        }
        var found = await db.Set<Client>().AsNoTracking().Served().FirstSaying(db, q, 20);
        return Page<NewInvoicePage>(new { Found = found, Words = q ?? "" });
    }

    private static async Task<IResult> Create(Form form, AppDb db, Screen screen, Go go)
    {
        var invoice = await Make(db, form.Id("client") ?? throw new NotFound(), Typed(form), form.Id("company"), form.Id("contract"));
        return go.To($"papers/{invoice.Id}", db, screen.T["invoice.drafted"]);
    }

    internal static async Task<Invoice> Make(
        AppDb db,
        Guid clientId,
        IReadOnlyList<DraftLine> lines,
        Guid? companyId = null,
        Guid? contractId = null
    )
    {
        var client = await db.Set<Client>().One(clientId);
        var contract = contractId is { } id ? await db.Set<Contract>().One(id) : null;
        var company = await db.Seller(companyId ?? contract?.CompanyId);
        var invoice = Invoice.For(company, client.Id, null);
        invoice.Under(contract);
        db.Add(invoice);
        await Write(db, invoice, company, lines);
        return invoice;
    }

    private static async Task<IResult> EditForm(Guid id, AppDb db, Screen screen)
    {
        var invoice = await db.Set<Invoice>().AsNoTracking().One(id);
        Must(invoice.State == InvoiceState.Draft, "invoice.already_issued", ("number", invoice.Title));
        var lines = await db.Set<InvoiceLine>()
            .AsNoTracking()
            .Where(l => l.InvoiceId == id)
            .OrderBy(l => l.Position)
            .ThenBy(l => l.Id)
            .ToListAsync();
        return Page<NewInvoicePage>(
            new
            {
                Client = await db.Set<Client>().One(invoice.ClientId),
                Company = await db.Set<OwnCompany>().One(invoice.CompanyId),
                Invoice = invoice,
                Written = lines,
                Contracts = await db.ContractsOf(invoice.ClientId, invoice.CompanyId, screen.Today, invoice.ContractId),
                Under = invoice.ContractId,
            }
        );
    }

    private static async Task<IResult> Edit(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var invoice = await db.Set<Invoice>().One(id);
        var lines = await db.Set<InvoiceLine>().Where(l => l.InvoiceId == id).OrderBy(l => l.Position).ThenBy(l => l.Id).ToListAsync();
        if (invoice.State == InvoiceState.Draft)
        {
            var past = await db.PartsAt(invoice, form.Int("version") ?? 0, lines, nameof(InvoiceLine.InvoiceId));
            // An empty row says nothing, whatever unit stands in it.
            var typed = form;
            form = form.Without(f =>
                Parts.FirstOrDefault(p => f.StartsWith(p, StringComparison.Ordinal)) is { } part
                && typed.Text("text" + f[part.Length..]) is null
            );
            form = await form.Merged(db, invoice, Shown(past.OrderBy(l => l.Position).ThenBy(l => l.Id), screen.T), Shown(lines, screen.T));
        }
        await Redrawn(db, invoice, form.Sent("contract") is null ? null : form.Id("contract") ?? Guid.Empty, Typed(form));
        return go.To($"papers/{id}", db, screen.T["invoice.draft_saved"]);
    }

    /// <summary>A draft under this contract and with these lines; what is not named stays. Saves.</summary>
    /// <param name="contract">All zeros: none.</param>
    internal static async Task Redrawn(AppDb db, Invoice invoice, Guid? contract, IReadOnlyList<DraftLine>? lines)
    {
        if (contract is { } named)
            invoice.Under(named == Guid.Empty ? null : await db.Set<Contract>().One(named));
        if (lines is null)
        {
            await db.SaveChangesAsync();
            return;
        }
        invoice.Clear();
        db.RemoveRange(await db.Set<InvoiceLine>().Where(l => l.InvoiceId == invoice.Id).ToListAsync());
        await Write(db, invoice, await db.Set<OwnCompany>().One(invoice.CompanyId), lines);
    }

    private static async Task Write(AppDb db, Invoice invoice, OwnCompany company, IReadOnlyList<DraftLine> lines)
    {
        Must(lines.Count <= Most, "invoice.too_many_lines", ("most", Most));
        foreach (var line in lines)
            db.Add(invoice.Add(line.Text, line.QuantityMilli, Unit(line.Unit), line.PriceMinor, company.VatBasisPoints));
        Must(invoice.Total.Minor > 0, "invoice.empty");
        // Another who draws up the same draft must notice, even where the sum came out the same.
        if (db.Entry(invoice).State == EntityState.Unchanged)
            db.Entry(invoice).State = EntityState.Modified;
        await db.SaveChangesAsync();
    }

    private static List<DraftLine> Typed(Form form) =>
        [.. Enumerable.Range(1, Most).Where(n => form.Text($"text{n}") is not null).Select(n => Line(form, n))];

    private static DraftLine Line(Form form, int n)
    {
        try
        {
            var (count, price) = (Thousandths(form, n), Form.Hundredths(form.Text($"price{n}") ?? "", "price"));
            Within(count > 0, "invoice.line_amount", "count");
            Within(price >= 0, "invoice.line_amount", "price");
            return new(form.Text($"text{n}"), count, form.Text($"unit{n}"), price);
        }
        catch (Refusal wrong)
        {
            throw new Refusal("invoice.in_line", ("line", n), ("why", wrong)) { Field = wrong.Field + n };
        }
    }

    /// <summary>Lines as the form shows them, row by row.</summary>
    internal static Dictionary<string, string> Shown(IEnumerable<InvoiceLine> lines, T t) =>
        lines
            .SelectMany(
                (l, i) =>
                    new[]
                    {
                        ($"text{i + 1}", l.Text),
                        ($"count{i + 1}", Count(l, t)),
                        ($"unit{i + 1}", l.Unit),
                        ($"price{i + 1}", Formats.Typed(new Amount(l.PriceMinor, ""), t)),
                    }
            )
            .ToDictionary(f => f.Item1, f => f.Item2);

    internal static string Count(InvoiceLine line, T t) => Formats.Typed(line.QuantityMilli / 1000m, t);

    // 40 minutes are 0.667 hours; thousandths are what a line can hold.
    private static long Hours(Visit visit) => (long)Math.Round(visit.WorkedMinutes * 1000m / 60, MidpointRounding.AwayFromZero);

    private static long Thousandths(Form form, int n)
    {
        var text = form.Text($"count{n}") ?? "";
        if (Form.Number(text) is not { } count || count is < 0 or > 1_000_000 || count * 1000 != decimal.Truncate(count * 1000))
            throw new Refusal("form.amount", ("field", "field.count"), ("text", text)) { Field = "count" };
        return (long)(count * 1000);
    }

    private static string Unit(string? unit) => unit is not null && Units.Contains(unit) ? unit : Units[0];
}

/// <summary>A line as it is typed, or sent by another program.</summary>
public sealed record DraftLine(string? Text, long QuantityMilli, string? Unit, long PriceMinor);

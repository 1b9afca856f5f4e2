using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers.Printing;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Papers;

/// <summary>An invoice and its act as the list shows them.</summary>
public sealed record PaperRow : IIdentified
{
    public required Guid Id { get; init; }
    public required InvoiceState State { get; init; }
    public required long? Number { get; init; }
    public required long? ActNumber { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required DateOnly? IssuedOn { get; init; }
    public required DateOnly? DueOn { get; init; }
    public required DateOnly? ActReturnedOn { get; init; }
    public required long TotalMinor { get; init; }
    public required long OpenMinor { get; init; }
    public required string Currency { get; init; }
    public required bool FromVisit { get; init; }
    public required bool UnderContract { get; init; }
    public bool IsPaid => State == InvoiceState.Issued && OpenMinor == 0;
}

/// <summary>The list of invoices and acts.</summary>
public static class PaperList
{
    // Stands before the list, which reads it while it is made.
    private static readonly string[] states = ["draft", "unpaid", "overdue", "paid", "act", "cancelled"];

    public static readonly ListOf<PaperRow> List = new()
    {
        Path = "papers",
        Title = "menu.papers",
        Needs = Permission.PapersSee,
        Sort = "-created_on",
        Empty = "invoice.none",
        Rows = Rows,
        Open = row => $"papers/{row.Id}",
        Search = Search,
        Columns =
        [
            Column<PaperRow>.Of("invoice_number", r => r.Number, show: (r, t) => r.Number is { } n ? $"№ {n}" : t["invoice.draft"]),
            Column<PaperRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => $"clients/{r.ClientId}"),
            Column<PaperRow>.Of("issued_on", r => r.IssuedOn, yields: 4),
            Column<PaperRow>.Of("due_on", r => r.DueOn),
            Column<PaperRow>.Money("invoice_total", r => r.TotalMinor, r => new Amount(r.TotalMinor, r.Currency)),
            Column<PaperRow>.Money("invoice_open", r => r.OpenMinor, r => new Amount(r.OpenMinor, r.Currency), hidden: true),
            Column<PaperRow>.Of("paper_state", r => r.State, show: (_, _) => "", marks: r => [State(r)]),
            Column<PaperRow>.Of("chain", r => r.ActNumber != null, show: (_, _) => "", marks: Chain),
            Column<PaperRow>.Of("act_returned_on", r => r.ActReturnedOn, hidden: true),
            Column<PaperRow>.Of("created_on", r => r.Id, hidden: true),
        ],
        Filters =
        [
            new(
                "paper",
                (_, screen) =>
                    Task.FromResult<IReadOnlyList<Choice>>([.. states.Select(s => new Choice(s, screen.T["invoice.only." + s]))]),
                Only
            ),
            Filter<PaperRow>.Flag("under_contract", r => r.UnderContract),
            Filter<PaperRow>.Period("issued_on", r => r.IssuedOn),
            Filter<PaperRow>.Period("due_on", r => r.DueOn),
        ],
        Presets =
        [
            new("invoice.only.unpaid", "paper=unpaid"),
            new("invoice.only.overdue", "paper=overdue"),
            new("invoice.only.act", "paper=act"),
            new("invoice.only.draft", "paper=draft"),
        ],
        Acts =
        [
            new("act_returned", Permission.PapersEdit, ActsReturned),
            BulkAct.Leading("print_invoices", Permission.PapersSee, ids => PrintEndpoints.Path(ids, PaperKind.Invoice)),
            BulkAct.Leading("print_acts", Permission.PapersSee, ids => PrintEndpoints.Path(ids, PaperKind.Act)),
        ],
        Buttons =
        [
            new("invoice.new", "papers/new", Permission.PapersEdit, Main: true),
            new("blank.title", "papers/blanks", Permission.PapersSee),
            new("company.title", "papers/company", Permission.FirmEdit),
        ],
    };

    private static IQueryable<PaperRow> Rows(AppDb db, Screen screen) =>
        from invoice in db.Set<Invoice>()
        select new PaperRow
        {
            Id = invoice.Id,
            State = invoice.State,
            Number = invoice.Number,
            ActNumber = invoice.ActNumber,
            ClientId = invoice.ClientId,
            Client = db.Set<Client>().Where(c => c.Id == invoice.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == invoice.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
            IssuedOn = invoice.IssuedOn,
            DueOn = invoice.DueOn,
            ActReturnedOn = invoice.ActReturnedOn,
            TotalMinor = invoice.Total.Minor,
            OpenMinor = invoice.Total.Minor - invoice.PaidMinor,
            Currency = invoice.Total.Currency,
            FromVisit = invoice.VisitId != null,
            UnderContract = invoice.ContractId != null,
        };

    // A number is a paper's own, words are its client's.
    private static IQueryable<PaperRow> Search(IQueryable<PaperRow> rows, AppDb db, string words) =>
        long.TryParse(words.TrimStart('№', ' '), out var number)
            ? rows.Where(r => r.Number == number || r.ActNumber == number)
            : rows.Where(r => db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId));

    private static Expression<Func<PaperRow, bool>> Only(IReadOnlyList<string> chosen, AppDb db, Screen screen)
    {
        bool draft = chosen.Contains("draft"),
            unpaid = chosen.Contains("unpaid"),
            overdue = chosen.Contains("overdue"),
            paid = chosen.Contains("paid"),
            act = chosen.Contains("act"),
            cancelled = chosen.Contains("cancelled");
        var today = screen.Today;
        return r =>
            (draft && r.State == InvoiceState.Draft)
            || (cancelled && r.State == InvoiceState.Cancelled)
            || (
                r.State == InvoiceState.Issued
                && (
                    (unpaid && r.OpenMinor > 0)
                    || (paid && r.OpenMinor == 0)
                    || (act && r.ActReturnedOn == null)
                    || (overdue && r.OpenMinor > 0 && r.DueOn < today)
                )
            );
    }

    private static Mark State(PaperRow row) =>
        row.IsPaid
            ? new("invoice.state.Paid", "ok")
            : new(
                "invoice.state." + row.State,
                row.State switch
                {
                    InvoiceState.Draft => "wait",
                    InvoiceState.Issued => "info",
                    _ => "bad",
                }
            );

    private static IEnumerable<Mark> Chain(PaperRow row)
    {
        if (row.UnderContract)
            yield return new("chain.contract", "ok done");
        if (row.FromVisit)
            yield return new("chain.visit", "ok done");
        yield return Step("chain.invoice", row.Number is not null);
        yield return Step("chain.act", row.ActNumber is not null);
        yield return Step("chain.paid", row.IsPaid);
        yield return Step("chain.returned", row.ActReturnedOn is not null);
    }

    private static Mark Step(string key, bool done) => new(key, done ? "ok done" : "wait undone");

    private static async Task ActsReturned(AppDb db, IReadOnlyList<Guid> ids, string value, Screen screen)
    {
        foreach (var invoice in await db.Set<Invoice>().Where(i => ids.Contains(i.Id)).ToListAsync())
        {
            var client = await db.Set<Client>().One(invoice.ClientId);
            invoice.ReturnAct(screen.Today);
            db.State(
                new Fact(
                    "act.returned",
                    screen.Person?.PersonId,
                    screen.Today,
                    invoice.Id,
                    invoice.ChainId,
                    client.Id,
                    $"№ {invoice.ActNumber} · {client.Name}"
                )
            );
        }
    }
}

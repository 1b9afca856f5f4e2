using System.Globalization;
using Remit.Modules.Clients;
using Remit.Modules.Papers.Printing;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>What the printed paper says of an invoice: the same facts in the language of the client.</summary>
internal static class PaperOf
{
    public static PaperData Invoice(
        Invoice invoice,
        IEnumerable<InvoiceLine> lines,
        (OwnCompany Company, Client Client, Contract? Contract) sides,
        PaperKind kind,
        T t
    )
    {
        var (company, client, contract) = sides;
        var number = (kind == PaperKind.Invoice ? invoice.Number : invoice.ActNumber)!.Value.ToString(CultureInfo.InvariantCulture);
        var seller = new PaperParty(
            company.Name,
            company.TaxId,
            company.Kpp,
            company.Address,
            company.Bank,
            company.Bic,
            company.Account,
            company.CorrAccount,
            company.Director,
            company.Country
        );
        var buyer = new PaperParty(client.Name, client.TaxId, client.Kpp, client.Address, Country: client.Country);
        return new PaperData(
            kind,
            number,
            invoice.IssuedOn!.Value,
            seller,
            buyer,
            [.. lines.Select(l => Line(l, t))],
            invoice.Total.Minor,
            invoice.Vat.Minor == 0 ? null : invoice.Vat.Minor,
            $"{invoice.VatPercent}%",
            invoice.Total.Currency,
            kind == PaperKind.Invoice ? invoice.DueOn : null,
            kind == PaperKind.Invoice && invoice.State == InvoiceState.Issued ? Qr(invoice, company, t) : null,
            invoice.State == InvoiceState.Cancelled,
            Basis: contract is null
                ? ""
                : t[
                    "contract.basis",
                    ("kind", t["contract.called." + contract.Kind]),
                    ("number", contract.Reference),
                    ("day", contract.ConcludedOn)
                ]
        );
    }

    private static PaperLine Line(InvoiceLine line, T t) =>
        new(
            line.Text,
            (line.QuantityMilli / 1000m).ToString("0.###", CultureInfo.InvariantCulture),
            t["unit." + line.Unit],
            line.PriceMinor,
            line.SumMinor
        );

    // Only Russian banking apps read this code, and only rubles have kopecks in it.
    private static string? Qr(Invoice invoice, OwnCompany company, T t) =>
        company.Country != "RU" || company.Account.Length == 0 || invoice.Total.Currency != "RUB"
            ? null
            : PaymentQr.Payload(
                company.Name,
                company.Account,
                company.Bank,
                company.Bic,
                company.CorrAccount,
                invoice.Total.Minor,
                $"{t["invoice.purpose", ("number", invoice.Title), ("day", invoice.IssuedOn)]}, {Tax(invoice, t)}",
                company.TaxId,
                company.Kpp
            );

    // Banks want the tax named in what a payment is for.
    private static string Tax(Invoice invoice, T t) =>
        invoice.Vat.Minor == 0
            ? t["invoice.purpose.no_vat"]
            : t[
                "invoice.purpose.vat",
                ("rate", invoice.VatPercent),
                ("vat", (invoice.Vat.Minor / 100m).ToString("0.00", CultureInfo.InvariantCulture))
            ];
}

using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>What is said about an own company, by a form or by another program. What is absent stays as it was.</summary>
public sealed record CompanyFields
{
    public string? Name { get; init; }

    /// <summary>Of a new one; without it, the firm's.</summary>
    public string? Country { get; init; }
    public string? TaxId { get; init; }
    public string? Kpp { get; init; }
    public string? Address { get; init; }
    public string? Director { get; init; }
    public string? Bank { get; init; }
    public string? Bic { get; init; }
    public string? Account { get; init; }
    public string? CorrAccount { get; init; }

    /// <summary>The price of an hour of work.</summary>
    public long? HourMinor { get; init; }

    /// <summary>2000 is 20 %; zero where the company pays no VAT.</summary>
    public int? VatBasisPoints { get; init; }

    /// <summary>The version the change was made from; not needed beside If-Match.</summary>
    public int? Version { get; init; }

    public static CompanyFields Of(Form form) =>
        new()
        {
            Name = form.Sent("company_title"),
            Country = form.Text("country"),
            TaxId = form.Sent("tax_id"),
            Kpp = form.Sent("kpp"),
            Address = form.Sent("legal_address"),
            Director = form.Sent("director"),
            Bank = form.Sent("bank"),
            Bic = form.Sent("bic"),
            Account = form.Sent("account"),
            CorrAccount = form.Sent("corr_account"),
            HourMinor = form.Sent("hour_price") is null ? null : form.Minor("hour_price") ?? 0,
            VatBasisPoints = form.Sent("vat") is null ? null : (int)Math.Clamp(form.Minor("vat") ?? 0, -1, 10_001),
        };

    public void Fill(OwnCompany company)
    {
        company.Describe(
            Name ?? company.Name,
            TaxId ?? company.TaxId,
            Kpp ?? company.Kpp,
            Address ?? company.Address,
            Director ?? company.Director
        );
        company.Charge(HourMinor ?? company.HourMinor, VatBasisPoints ?? company.VatBasisPoints);
        if ((Bank ?? Bic ?? Account ?? CorrAccount) is not null)
            company.BankAt(Bank ?? company.Bank, Bic ?? company.Bic, Account ?? company.Account, CorrAccount ?? company.CorrAccount);
    }
}

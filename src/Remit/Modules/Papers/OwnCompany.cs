using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>One of the firm's own legal persons: the seller on papers, the owner of a bank account.</summary>
public sealed class OwnCompany : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Name { get; private set; } = "";
    public string Country { get; private set; } = "";
    public string Currency { get; private set; } = "";
    public string TaxId { get; private set; } = "";
    public string Kpp { get; private set; } = "";
    public string Address { get; private set; } = "";
    public string Director { get; private set; } = "";
    public string Bank { get; private set; } = "";
    public string Bic { get; private set; } = "";
    public string Account { get; private set; } = "";
    public string CorrAccount { get; private set; } = "";
    /// <summary>Zero where the company pays no VAT.</summary>
    public int VatBasisPoints { get; private set; }
    /// <summary>The price of an hour of work, in minor units of the currency.</summary>
    public long HourMinor { get; private set; }
    public int Version { get; set; }
    public string Title => Name;

    public static OwnCompany Of(string? name, string country, string currency, string? taxId)
    {
        var company = new OwnCompany { Country = country, Currency = currency };
        company.Describe(name, taxId, "", "", "");
        return company;
    }

    public void Describe(string? name, string? taxId, string? kpp, string? address, string? director)
    {
        var id = taxId?.Replace(" ", "") ?? "";
        if (id.Length > 0 && Identifiers.CheckTaxId(Country, id) == false) throw new Refusal("company.tax_id", ("id", id)) { Field = "tax_id" };
        (Name, TaxId, Kpp, Address, Director) = (Filled(name, "company.no_name", "name"), id, kpp?.Trim() ?? "", address?.Trim() ?? "", director?.Trim() ?? "");
    }

    public void BankAt(string? bank, string? bic, string? account, string? corrAccount)
    {
        var (number, code) = (account?.Replace(" ", "") ?? "", bic?.Trim() ?? "");
        if (Country == "RU" && number.Length > 0 && !Identifiers.IsRuAccount(number, code))
            throw new Refusal("company.account", ("account", number), ("bic", code)) { Field = "account" };
        if (Country is "BG" or "AZ" && number.Length > 0 && !Identifiers.IsIban(number)) throw new Refusal("company.iban", ("account", number)) { Field = "account" };
        (Bank, Bic, Account, CorrAccount) = (bank?.Trim() ?? "", code, number, corrAccount?.Trim() ?? "");
    }

    public void Charge(long hourMinor, int vatBasisPoints)
    {
        Must(hourMinor >= 0 && vatBasisPoints is >= 0 and <= 10_000, "company.price");
        (HourMinor, VatBasisPoints) = (hourMinor, vatBasisPoints);
    }
}

internal sealed class OwnCompanyTable : IEntityTypeConfiguration<OwnCompany>
{
    public void Configure(EntityTypeBuilder<OwnCompany> t) => t.ToTable("own_companies").Ignore(c => c.Title);
}

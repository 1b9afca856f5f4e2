using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Papers;

/// <summary>One of the firm's own legal persons: the seller on papers, the owner of a bank account.</summary>
public sealed partial class OwnCompany : IVersioned
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

    /// <summary>The one that a new invoice is from unless another is chosen.</summary>
    public bool IsDefault { get; private set; }

    /// <summary>Hashes of the pictures that may stand on its papers; empty for none.</summary>
    public string Stamp { get; private set; } = "";
    public string Signature { get; private set; } = "";
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
        var (id, branch) = (taxId?.Replace(" ", "") ?? "", kpp?.Replace(" ", "") ?? "");
        if (id.Length > 0 && Identifiers.CheckTaxId(Country, id) == false)
            throw new Refusal("company.tax_id", ("id", id)) { Field = "tax_id" };
        if (Country == "RU" && branch.Length > 0 && !Identifiers.IsKpp(branch))
            throw new Refusal("company.kpp", ("kpp", branch)) { Field = "kpp" };
        (Name, TaxId, Kpp, Address, Director) = (
            Filled(name, "company.no_name", "name"),
            id,
            branch,
            address?.Trim() ?? "",
            director?.Trim() ?? ""
        );
    }

    /// <summary>The bank account, checked by the rule of the company's country: BIC and key in Russia, IBAN where there is one.</summary>
    public void BankAt(string? bank, string? bic, string? account, string? corrAccount)
    {
        var (number, code, corr) = (Bare(account), Bare(bic), Bare(corrAccount));
        if (Country == "RU")
            MustFitRussia(number, code, corr);
        else
        {
            if (code.Length > 0 && !Swift.IsMatch(code))
                throw new Refusal("company.swift", ("bic", code)) { Field = "bic" };
            var iban =
                Country is "BY" or "BG" or "AZ" || number.Length > 4 && char.IsAsciiLetter(number[0]) && char.IsAsciiLetter(number[1]);
            if (iban && number.Length > 0 && !Identifiers.IsIban(number))
                throw new Refusal("company.iban", ("account", number)) { Field = "account" };
        }
        (Bank, Bic, Account, CorrAccount) = (bank?.Trim() ?? "", code, number, corr);
    }

    /// <summary>What is still missing before papers can be paid: text keys, empty when all is there.</summary>
    public IEnumerable<string> Missing()
    {
        if (TaxId.Length == 0)
            yield return "field.tax_id";
        if (Address.Length == 0)
            yield return "field.legal_address";
        if (Account.Length == 0)
            yield return "field.account";
        if (HourMinor == 0)
            yield return "field.hour_price";
    }

    public void Picture(string stamp, string signature) => (Stamp, Signature) = (stamp, signature);

    public void Prefer(bool preferred) => IsDefault = preferred;

    public void Charge(long hourMinor, int vatBasisPoints)
    {
        Must(hourMinor >= 0 && vatBasisPoints is >= 0 and <= 10_000, "company.price");
        (HourMinor, VatBasisPoints) = (hourMinor, vatBasisPoints);
    }

    private static void MustFitRussia(string account, string bic, string corrAccount)
    {
        if (bic.Length > 0 && !Identifiers.IsBic(bic))
            throw new Refusal("company.bic", ("bic", bic)) { Field = "bic" };
        if (account.Length > 0 && !Identifiers.IsRuAccount(account, bic))
            throw new Refusal("company.account", ("account", account), ("bic", bic)) { Field = "account" };
        if (corrAccount.Length > 0 && !Identifiers.IsRuAccount(corrAccount, bic))
            throw new Refusal("company.account", ("account", corrAccount), ("bic", bic)) { Field = "corr_account" };
    }

    private static string Bare(string? text) => string.Concat((text ?? "").Where(c => !char.IsWhiteSpace(c))).ToUpperInvariant();

    // ISO 9362: four letters of the bank, two of the country, two of the place, three of the branch or none.
    [System.Text.RegularExpressions.GeneratedRegex("^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$")]
    private static partial System.Text.RegularExpressions.Regex Swift { get; }
}

internal sealed class OwnCompanyTable : IEntityTypeConfiguration<OwnCompany>
{
    public void Configure(EntityTypeBuilder<OwnCompany> t) => t.ToTable("own_companies").Ignore(c => c.Title);
}

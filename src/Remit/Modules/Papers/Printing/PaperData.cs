namespace Remit.Modules.Papers.Printing;

public enum TextAlign
{
    Left,
    Center,
    Right,
}

public enum PaperKind
{
    Invoice,
    Act,
}

/// <summary>A side of a paper; the bank fields are the seller's. Empty fields are left out of the print.</summary>
public sealed record PaperParty(
    string Name,
    string TaxId = "",
    string Kpp = "",
    string Address = "",
    string Bank = "",
    string Bic = "",
    string Account = "",
    string CorrAccount = "",
    string Director = "",
    string Country = ""
);

/// <summary>A line as it is printed; the quantity is decimal text with a dot, the money in minor units.</summary>
public sealed record PaperLine(string Text, string Quantity, string Unit, long PriceMinor, long SumMinor);

/// <summary>All that a printed invoice or act says; the basis is the contract it is made under. A null VAT sum prints as «without VAT».</summary>
public sealed record PaperData(
    PaperKind Kind,
    string Number,
    DateOnly Date,
    PaperParty Seller,
    PaperParty Buyer,
    IReadOnlyList<PaperLine> Lines,
    long TotalMinor,
    long? VatMinor,
    string VatRate,
    string Currency,
    DateOnly? DueOn = null,
    string? QrPayload = null,
    bool Cancelled = false,
    PaperPictures? Pictures = null,
    string Basis = ""
);

using Remit.Kernel;

namespace Remit.Modules.People;

/// <summary>What follows from the country a firm works in.</summary>
/// <param name="VatBasisPoints">The general rate: 2200 is 22 %.</param>
public sealed record Country(string Code, string Currency, int VatBasisPoints, string TimeZone);

public static class Countries
{
    /// <summary>Any country without rules of its own here; the firm says its currency, VAT and time zone itself. ISO 3166 leaves ZZ to users.</summary>
    public const string Other = "ZZ";

    // Rates in force in 2026: RU 22 % (425-ФЗ of 28.11.2025), BY 20 %, BG 20 %, AZ 18 %.
    public static readonly IReadOnlyList<Country> All =
    [
        new("RU", "RUB", 2200, "Europe/Moscow"),
        new("BY", "BYN", 2000, "Europe/Minsk"),
        new("BG", "EUR", 2000, "Europe/Sofia"),
        new("AZ", "AZN", 1800, "Asia/Baku"),
        new("US", "USD", 0, "America/New_York"),
        new(Other, "EUR", 0, "UTC"),
    ];

    /// <summary>Where a firm can be at home: those with rules, and any other.</summary>
    public static readonly IReadOnlyList<Country> Homes = [.. All.Where(c => c.Code != "US")];

    /// <summary>Currencies of two digits, for firms elsewhere.</summary>
    public static readonly IReadOnlyList<string> Currencies =
    [
        "EUR",
        "USD",
        "AED",
        "AMD",
        "AZN",
        "BYN",
        "CHF",
        "CZK",
        "GBP",
        "GEL",
        "ILS",
        "KGS",
        "KZT",
        "MDL",
        "PLN",
        "RON",
        "RSD",
        "RUB",
        "TJS",
        "TRY",
        "UAH",
        "UZS",
    ];

    public static readonly IReadOnlyList<string> TimeZones =
    [
        "UTC",
        "Europe/London",
        "Europe/Berlin",
        "Europe/Athens",
        "Europe/Istanbul",
        "Asia/Jerusalem",
        "Asia/Dubai",
        "Asia/Tbilisi",
        "Asia/Yerevan",
        "Asia/Almaty",
        "Asia/Tashkent",
        "America/New_York",
        "America/Los_Angeles",
    ];

    /// <summary>The country a new firm is likely in, by the language its owner reads; anywhere in English.</summary>
    public static string Likely(string language) =>
        language switch
        {
            "ru" => "RU",
            "bg" => "BG",
            "az" => "AZ",
            _ => Other,
        };

    public static Country Of(string code) =>
        All.FirstOrDefault(c => c.Code == code) ?? throw new Refusal("firm.country", ("country", code));

    /// <summary>The country of a new firm; elsewhere the firm's own choice of currency and time zone counts.</summary>
    public static Country Home(string code, string? currency, string? timeZone)
    {
        var country = Of(code);
        if (code != Other)
            return country;
        if (currency is not null && !Currencies.Contains(currency))
            throw new Refusal("firm.currency", ("currency", currency)) { Field = "currency" };
        return country with
        {
            Currency = currency ?? country.Currency,
            TimeZone = timeZone is not null && TimeZones.Contains(timeZone) ? timeZone : country.TimeZone,
        };
    }
}

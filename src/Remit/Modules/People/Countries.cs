using Remit.Kernel;

namespace Remit.Modules.People;

/// <summary>What follows from the country a firm works in.</summary>
/// <param name="VatBasisPoints">The general rate: 2200 is 22 %.</param>
public sealed record Country(string Code, string Currency, int VatBasisPoints, string TimeZone);

public static class Countries
{
    // Rates in force in 2026: RU 22 % (425-ФЗ of 28.11.2025), BY 20 %, BG 20 %, AZ 18 %.
    public static readonly IReadOnlyList<Country> All =
    [
        new("RU", "RUB", 2200, "Europe/Moscow"), new("BY", "BYN", 2000, "Europe/Minsk"), new("BG", "EUR", 2000, "Europe/Sofia"),
        new("AZ", "AZN", 1800, "Asia/Baku"), new("US", "USD", 0, "America/New_York"),
    ];

    public static Country Of(string code) => All.FirstOrDefault(c => c.Code == code) ?? throw new Refusal("firm.country", ("country", code));
}

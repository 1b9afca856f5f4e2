using Remit.Kernel;

namespace Remit.Web;

/// <summary>Clocks of the tz database as people call them: by a city.</summary>
public static class ZoneNames
{
    /// <summary>Those that are offered to choose from; any other name of the database is kept where it stands.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        "Europe/Moscow",
        "Europe/Minsk",
        "Europe/Sofia",
        "Asia/Baku",
        "Europe/Kaliningrad",
        "Europe/Samara",
        "Asia/Yekaterinburg",
        "Asia/Novosibirsk",
        "Asia/Vladivostok",
        "Europe/London",
        "Europe/Berlin",
        "Europe/Istanbul",
        "Asia/Tbilisi",
        "Asia/Almaty",
        "Asia/Dubai",
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
        "UTC",
    ];

    private static readonly Dictionary<string, string> homes = new()
    {
        ["RU"] = "Europe/Moscow",
        ["BY"] = "Europe/Minsk",
        ["BG"] = "Europe/Sofia",
        ["AZ"] = "Asia/Baku",
        ["US"] = "America/New_York",
    };

    /// <summary>«Москва» where the program has a word for it, else the city's name as the database writes it.</summary>
    public static string Of(string zone, T t) => t.Has(Key(zone)) ? t[Key(zone)] : zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>The clock of a country's capital (of the USA: New York); null where it is not known.</summary>
    public static string? OfCountry(string country) => homes.GetValueOrDefault(country);

    public static IEnumerable<string> Offered(string? chosen) =>
        string.IsNullOrEmpty(chosen) || All.Contains(chosen) ? All : All.Prepend(chosen);

    private static string Key(string zone) => "zone." + zone[(zone.LastIndexOf('/') + 1)..].ToLowerInvariant();
}

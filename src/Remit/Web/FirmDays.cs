using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Kernel.Rules;

namespace Remit.Web;

/// <summary>A day that the firm's own table says otherwise than the one the program ships: a decree that came later, a holiday of the firm.</summary>
public sealed class FirmDay : IVersioned
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string Country { get; private init; } = "";
    public DateOnly Day { get; private init; }
    public DayKind Kind { get; private set; }

    /// <summary>The holiday's name, or the decree that moved the day.</summary>
    public string Name { get; private set; } = "";
    public int Version { get; set; }
    public string Title => $"{Country} {Day:yyyy-MM-dd}";

    public static FirmDay Of(string country, DateOnly day, DayKind kind, string? name)
    {
        Must(country.Length == 2 && country.All(char.IsAsciiLetterUpper), "workday.country", ("country", country));
        Must(day.Year is >= 2000 and <= 2100, "workday.far", ("day", day));
        var made = new FirmDay { Country = country, Day = day };
        made.Mean(kind, name);
        return made;
    }

    public void Mean(DayKind kind, string? name)
    {
        (Kind, Name) = (kind, name?.Trim() ?? "");
        Must(Name.Length <= 200, "workday.long_name");
    }
}

/// <summary>The working days of a country as this firm keeps them.</summary>
public static class FirmDays
{
    /// <summary>The shipped table with the firm's own days laid over it.</summary>
    public static async Task<WorkCalendar> WorkDays(this AppDb db, string country)
    {
        var own = await db.Set<FirmDay>().AsNoTracking().Where(d => d.Country == country).OrderBy(d => d.Id).ToListAsync();
        return own.Count == 0 ? WorkCalendar.For(country) : WorkCalendar.For(country).With(own.Select(d => (d.Day, d.Kind)));
    }

    /// <summary>The same for several countries in one question.</summary>
    public static async Task<IReadOnlyDictionary<string, WorkCalendar>> WorkDays(this AppDb db, IReadOnlyCollection<string> countries)
    {
        var own = (
            await db.Set<FirmDay>().AsNoTracking().Where(d => countries.Contains(d.Country)).OrderBy(d => d.Id).ToListAsync()
        ).ToLookup(d => d.Country);
        return countries.Distinct().ToDictionary(c => c, c => WorkCalendar.For(c).With(own[c].Select(d => (d.Day, d.Kind))));
    }
}

internal sealed class FirmDayTable : IEntityTypeConfiguration<FirmDay>
{
    public void Configure(EntityTypeBuilder<FirmDay> t)
    {
        t.ToTable("firm_days").Ignore(d => d.Title);
        t.HasIndex(d => new { d.Country, d.Day }).IsUnique();
    }
}

using System.Text.Json;

namespace Remit.Kernel;

/// <summary>What a table says of a day; <see cref="Plain"/> takes back what another table said.</summary>
public enum DayKind
{
    Off,
    Short,
    Work,
    Plain,
}

/// <summary>
/// Which days are worked in a country: Monday to Friday, less holidays and days moved off, plus Saturdays worked in
/// their place. The table (Modules/People/Data/workdays.json) names the law or decree each country's days are from;
/// outside the years it covers only the weekday counts, and <see cref="Covers"/> says so.
/// </summary>
public sealed class WorkCalendar
{
    private const string Resource = "Modules/People/Data/workdays.json";
    private static readonly Lazy<IReadOnlyDictionary<string, WorkCalendar>> Table = new(LoadOwn);
    private static readonly WorkCalendar Plain = new("", [], [], []);

    private readonly HashSet<DateOnly> _off,
        _short,
        _work;
    private readonly HashSet<int> _years;

    private WorkCalendar(string source, IEnumerable<DateOnly> off, IEnumerable<DateOnly> shorter, IEnumerable<DateOnly> work)
    {
        Source = source;
        (_off, _short, _work) = ([.. off], [.. shorter], [.. work]);
        _years = [.. _off.Select(day => day.Year)];
    }

    /// <summary>The official source of the days, as it is shown beside the calendar.</summary>
    public string Source { get; }

    /// <summary>The calendar of a country by its two letters; Monday to Friday where there is no table.</summary>
    public static WorkCalendar For(string country) => Table.Value.GetValueOrDefault(country.ToUpperInvariant(), Plain);

    /// <summary>The countries whose days the program ships.</summary>
    public static IReadOnlyList<string> Countries { get; } = [.. Table.Value.Keys];

    /// <summary>The same calendar with days changed by whoever keeps it; the later change of a day counts.</summary>
    public WorkCalendar With(IEnumerable<(DateOnly Day, DayKind Kind)> changes)
    {
        var changed = new WorkCalendar(Source, _off, _short, _work);
        foreach (var (day, kind) in changes)
        {
            foreach (var set in new[] { changed._off, changed._short, changed._work })
                set.Remove(day);
            if (kind != DayKind.Plain)
                (
                    kind switch
                    {
                        DayKind.Off => changed._off,
                        DayKind.Short => changed._short,
                        _ => changed._work,
                    }
                ).Add(day);
        }
        changed._years.UnionWith(_years);
        return changed;
    }

    /// <summary>What the table says of this day; null where only the weekday counts.</summary>
    public DayKind? KindOf(DateOnly day) =>
        _work.Contains(day) ? DayKind.Work
        : _off.Contains(day) ? DayKind.Off
        : _short.Contains(day) ? DayKind.Short
        : null;

    /// <summary>The days of a year that the table names, in order.</summary>
    public IReadOnlyList<DateOnly> Named(int year) => [.. _off.Concat(_short).Concat(_work).Where(d => d.Year == year).Distinct().Order()];

    /// <summary>Reads a table of the same shape as the embedded one: <c>{"RU":{"source","off","short","work"}}</c>.</summary>
    public static IReadOnlyDictionary<string, WorkCalendar> Load(Stream json)
    {
        using var document = JsonDocument.Parse(json);
        return document
            .RootElement.EnumerateObject()
            .ToDictionary(
                country => country.Name,
                country => new WorkCalendar(
                    country.Value.GetProperty("source").GetString() ?? "",
                    Days(country.Value, "off"),
                    Days(country.Value, "short"),
                    Days(country.Value, "work")
                )
            );
    }

    /// <summary>Whether the table knows this year's holidays.</summary>
    public bool Covers(int year) => _years.Contains(year);

    public bool IsWorkday(DateOnly day) =>
        _work.Contains(day) || day.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && !_off.Contains(day);

    /// <summary>The eve of a holiday, one hour shorter (RU art. 95, BY art. 116, AZ mad. 108).</summary>
    public bool IsShort(DateOnly day) => _short.Contains(day) && IsWorkday(day);

    public int WorkdaysIn(Month month) => Days(month).Count(IsWorkday);

    /// <summary>The norm of hours of a month for a 40-hour week: eight a workday, seven on the eve of a holiday.</summary>
    public int HoursIn(Month month) => WorkdaysIn(month) * 8 - Days(month).Count(IsShort);

    private static IEnumerable<DateOnly> Days(Month month)
    {
        for (var day = month.First; day <= month.Last; day = day.AddDays(1))
            yield return day;
    }

    private static IEnumerable<DateOnly> Days(JsonElement country, string name) =>
        country.TryGetProperty(name, out var list)
            ? list.EnumerateArray().Select(day => DateOnly.ParseExact(day.GetString()!, "yyyy-MM-dd"))
            : [];

    private static IReadOnlyDictionary<string, WorkCalendar> LoadOwn()
    {
        using var json =
            typeof(WorkCalendar).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly carries no {Resource}.");
        return Load(json);
    }
}

using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>The one control by which anything is made to repeat: its fields, and the rule they mean.</summary>
public static class RepeatForm
{
    public static readonly IReadOnlyList<string> Ways = ["", "DAILY", "WEEKLY", "MONTHLY", "MONTHLY_DAY", "YEARLY"];
    private const int MostTimes = 5_000;
    public static readonly IReadOnlyList<string> Days = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    /// <summary>What the fields say; a rule that they cannot say is kept as it stands when nothing else is chosen.</summary>
    public static Rule? Read(Form form, DateOnly start)
    {
        var way = form.Text("repeat") ?? "";
        if (way == "KEEP")
            return Rule.Parse(form.Text("rule") ?? "");
        if (way.Length == 0 || !Ways.Contains(way))
            return null;
        var (until, times) = (form.Day("until"), form.Int("times"));
        Must(until is null || times is null, "repeat.both_ends");
        Must(times is null or >= 1 and <= MostTimes, "repeat.times", ("n", MostTimes));
        var rule = new Rule
        {
            Frequency = way switch
            {
                "DAILY" => Frequency.Daily,
                "WEEKLY" => Frequency.Weekly,
                "YEARLY" => Frequency.Yearly,
                _ => Frequency.Monthly,
            },
            Interval = Math.Clamp(form.Int("every") ?? 1, 1, 999),
            Count = times,
            Until = until is { } day ? new TimeValue(Civil.Seconds(day.Year, day.Month, day.Day), TimeForm.Date) : null,
        };
        if (way == "WEEKLY")
            rule = rule with
            {
                Weekdays =
                [
                    .. form.All("weekday")
                        .SelectMany(d => d.Split(','))
                        .Where(Days.Contains)
                        .Distinct()
                        .Select(d => new Weekday(0, Days.ToList().IndexOf(d)))
                        .OrderBy(d => d.Day),
                ],
            };
        if (way == "MONTHLY_DAY")
            rule = rule with
            {
                Weekdays = [new Weekday((start.Day - 1) / 7 is var n && n == 4 ? -1 : n + 1, ((int)start.DayOfWeek + 6) % 7)],
            };
        return rule;
    }

    /// <summary>Field by field what the form shows of a rule.</summary>
    public static IEnumerable<(string Name, string Text)> Typed(Rule? rule, Zone firm) =>
        [
            ("repeat", WayOf(rule)),
            ("every", $"{rule?.Interval ?? 1}"),
            ("until", UntilOf(rule, firm)),
            ("times", $"{rule?.Count}"),
            ("weekday", WayOf(rule) == "WEEKLY" ? string.Join(',', rule!.Weekdays.Select(w => w.Day).Order().Select(d => Days[d])) : ""),
            ("rule", WayOf(rule) == "KEEP" ? $"{rule}" : ""),
        ];

    /// <summary>What a value of these fields is called; null where it speaks for itself.</summary>
    public static string? Called(string word, T t) =>
        Ways.Append("KEEP").Contains(word) ? t["repeat.way." + (word.Length == 0 ? "once" : word.ToLowerInvariant())]
        : word.Split(',').All(Days.Contains)
            ? string.Join(", ", word.Split(',').Select(d => t["weekday." + (Days.ToList().IndexOf(d) + 1) % 7]))
        : null;

    /// <summary>The last day it may fall on.</summary>
    public static string UntilOf(Rule? rule, Zone firm) =>
        rule?.Until is { } until
            ? $"{Civil.Date(Civil.DayOf(until.Form == TimeForm.Utc ? firm.ToLocal(until.Local) : until.Local)):yyyy-MM-dd}"
            : "";

    /// <summary>The way that says this rule, or KEEP where none does.</summary>
    public static string WayOf(Rule? rule)
    {
        if (rule is null)
            return "";
        if (
            rule.Hours.Count
                + rule.Minutes.Count
                + rule.Seconds.Count
                + rule.MonthDays.Count
                + rule.YearDays.Count
                + rule.Weeks.Count
                + rule.Months.Count
                + rule.Positions.Count
            > 0
        )
            return "KEEP";
        return (rule.Frequency, rule.Weekdays.Count, rule.Weekdays.Any(d => d.Number != 0)) switch
        {
            (Frequency.Daily, 0, _) => "DAILY",
            (Frequency.Weekly, _, false) => "WEEKLY",
            (Frequency.Monthly, 0, _) => "MONTHLY",
            (Frequency.Monthly, 1, true) => "MONTHLY_DAY",
            (Frequency.Yearly, 0, _) => "YEARLY",
            _ => "KEEP",
        };
    }
}

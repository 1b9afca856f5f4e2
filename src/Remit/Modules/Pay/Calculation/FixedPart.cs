using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>The salary of the level and city, in proportion to the days worked.</summary>
internal static class FixedPart
{
    public const string Key = "pay.fixed",
        Group = "pay.fixed_part";

    /// <summary>The fixed part: the salary, and beside it what a mentor gets.</summary>
    public static Why WithMentoring(PayInput input, SchemeRules scheme) =>
        input.Mentoring.Count == 0 ? Of(input, scheme) : Why.Sum(Group, input.Currency, [Of(input, scheme), LinePart.Mentor(input)]);

    public static Why Of(PayInput input, SchemeRules scheme)
    {
        Rules.Must(
            input.TotalDays > 0 && input.WorkedDays >= 0 && input.WorkedDays <= input.TotalDays,
            "pay.days",
            ("worked", input.WorkedDays),
            ("total", input.TotalDays)
        );
        var full = new Amount(Cell(input, scheme).Minor, input.Currency);
        return Why.Leaf(
            Key,
            full.Times(input.WorkedDays, input.TotalDays),
            new Dictionary<string, object?>
            {
                ["level"] = input.Level,
                ["city"] = input.City,
                ["full"] = full,
                ["worked"] = input.WorkedDays,
                ["total"] = input.TotalDays,
            },
            note: input.WorkedDays < input.TotalDays ? "pay.note.pro_rata" : null
        );
    }

    private static FixedRate Cell(PayInput input, SchemeRules scheme) =>
        scheme.Fixed.FirstOrDefault(rate => rate.Level == input.Level && SameCity(rate.City, input.City))
        ?? throw (
            input.City.Trim().Length == 0
                ? new Refusal("pay.no_city")
                : new Refusal("pay.no_fixed_rate", ("level", input.Level), ("city", input.City))
        );

    // People type cities themselves, so case and blanks around them must not decide over a salary.
    private static bool SameCity(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);
}

using Remit.Kernel;

namespace Remit.Modules.Pay.Calculation;

/// <summary>The salary of the level and city, in proportion to the days worked.</summary>
internal static class FixedPart
{
    public const string Key = "pay.fixed";

    public static Why Of(PayInput input, SchemeRules scheme)
    {
        Rules.Must(input.TotalDays > 0 && input.WorkedDays >= 0 && input.WorkedDays <= input.TotalDays, "pay.days",
            ("worked", input.WorkedDays), ("total", input.TotalDays));
        var full = new Amount(Cell(input, scheme).Minor, input.Currency);
        return Why.Leaf(Key, full.Times(input.WorkedDays, input.TotalDays), new Dictionary<string, object?>
        {
            ["level"] = input.Level, ["city"] = input.City, ["full"] = full,
            ["worked"] = input.WorkedDays, ["total"] = input.TotalDays,
        }, note: input.WorkedDays < input.TotalDays ? "pay.note.pro_rata" : null);
    }

    private static FixedRate Cell(PayInput input, SchemeRules scheme) =>
        scheme.Fixed.FirstOrDefault(rate => rate.Level == input.Level && rate.City == input.City)
        ?? throw new Refusal("pay.no_fixed_rate", ("level", input.Level), ("city", input.City));
}

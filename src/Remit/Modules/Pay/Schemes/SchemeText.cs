using System.Globalization;
using System.Text.Json;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Pay;

/// <summary>A scheme's rules as JSON in its row, and as the fields a person types.</summary>
internal static class SchemeText
{
    public static readonly IReadOnlyList<int> Levels = [1, 2, 3, 4];

    /// <summary>How many duties can be counted, and how many indicators entered by hand, in one scheme.</summary>
    public const int Rows = 3;

    public static SchemeRules Read(Scheme scheme) =>
        JsonSerializer.Deserialize<SchemeRules>(scheme.Rules)! with
        {
            EffectiveFrom = scheme.From,
        };

    public static string Write(SchemeRules rules) => JsonSerializer.Serialize(rules);

    /// <summary>The version typed; a number of samples left out goes on as it was.</summary>
    public static SchemeRules From(Form form, SchemeRules? before, DateOnly from) =>
        (
            (before ?? new SchemeRules()) with
            {
                EffectiveFrom = from,
                Fixed = Table(form),
                RateMilli = (form.Minor("rate") ?? 0) * 1000,
                BonusBaseMinor = form.Minor("bonus") ?? 0,
                ShareBasisPoints = (int)(form.Minor("share") ?? 0),
                Indicators = [.. Measured(form)],
                Samples = form.Int("samples") ?? before?.Samples ?? 0,
            }
        ).Checked();

    /// <summary>«0:0; 0.8:0.5; 1:1; 1.2:1.3»: ratio of fact to target, and what it pays.</summary>
    public static IReadOnlyList<CurvePoint> Curve(string text) =>
        [
            .. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(point =>
                    point.Split(':') is [var ratio, var payout]
                        ? new CurvePoint(Number(ratio, "curve"), Number(payout, "curve"))
                        : throw new Refusal("pay.scheme.curve_text", ("text", point))
                ),
        ];

    public static string Text(IReadOnlyList<CurvePoint> curve) =>
        string.Join("; ", curve.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Ratio:0.####}:{p.Payout:0.####}")));

    private static List<FixedRate> Table(Form form)
    {
        var cities = form.All("city").Select(c => c.Trim()).ToList();
        var rates = new List<FixedRate>();
        for (var column = 0; column < cities.Count; column++)
            foreach (var level in Levels)
                if (cities[column].Length > 0 && form.Minor($"fixed_{level}_{column}") is { } minor)
                    rates.Add(new(level, cities[column], minor));
        return rates;
    }

    private static IEnumerable<Indicator> Measured(Form form)
    {
        foreach (var code in Indicators.Codes)
            if (Indicator(form, code, code, "pay.fact." + code) is { } known)
                yield return known;
        for (var n = 1; n <= Rows; n++)
        {
            if (
                form.Id($"duty_{n}") is { } duty
                && Indicator(form, $"duty_{n}", Indicators.DutyPrefix + duty, "pay.fact.duty") is { } counted
            )
                yield return counted;
            if (form.Text($"hand_{n}") is { } name && Indicator(form, $"hand_{n}", Indicators.HandPrefix + name, name) is { } typed)
                yield return typed;
        }
    }

    private static Indicator? Indicator(Form form, string field, string code, string label) =>
        form.Int("weight_" + field) is not { } weight || weight == 0
            ? null
            : new()
            {
                Code = code,
                Label = label,
                Weight = weight,
                Target = Number(form.Text("target_" + field) ?? "", "target"),
                LowerIsBetter = Indicators.LowerIsBetter(code),
                Curve = form.Text("curve_" + field) is { } curve ? Curve(curve) : [new(0, 0), new(1, 1)],
            };

    private static decimal Number(string text, string what)
    {
        Must(
            decimal.TryParse(text.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
                && value < 1_000_000,
            "pay.scheme." + what + "_text",
            ("text", text)
        );
        return value;
    }
}

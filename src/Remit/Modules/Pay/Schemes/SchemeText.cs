using System.Text.Json;
using Remit.Kernel;
using Remit.Modules.Pay.Calculation;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>A scheme's rules as JSON in its row, and as the fields a person types.</summary>
internal static class SchemeText
{
    public static readonly IReadOnlyList<int> Levels = [1, 2, 3, 4];

    /// <summary>How many duties, and how many indicators entered by hand, the form asks for in one scheme.</summary>
    public const int Rows = 3;

    /// <summary>How many points one curve can have.</summary>
    public const int Points = 12;

    /// <summary>What is proposed for an indicator that has none yet.</summary>
    public static readonly IReadOnlyList<CurvePoint> SampleCurve = [new(0, 0), new(0.8m, 0.5m), new(1, 1), new(1.2m, 1.3m)];

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
                RateMilli = form.Rate("rate") ?? 0,
                BonusBaseMinor = form.Minor("bonus") ?? 0,
                ShareBasisPoints = (int)(form.Minor("share") ?? 0),
                Indicators = [.. Measured(form)],
                Samples = form.Int("samples") ?? before?.Samples ?? 0,
            }
        ).Checked();

    /// <summary>Rows of percents: so much of the target pays so much of the bonus. A row left empty is none.</summary>
    private static IReadOnlyList<CurvePoint> Curve(Form form, string field)
    {
        var points = new List<CurvePoint>();
        for (var n = 0; n < Points; n++)
        {
            var (ratio, payout) = ($"ratio_{field}_{n}", $"payout_{field}_{n}");
            if (form.Text(ratio) is null && form.Text(payout) is null)
                continue;
            if (form.Text(ratio) is null || form.Text(payout) is null)
                throw new Refusal("pay.scheme.curve_half") { Field = form.Text(ratio) is null ? ratio : payout };
            var point = new CurvePoint(Number(form, ratio, "curve") / 100, Number(form, payout, "curve") / 100);
            if (points.Exists(p => p.Ratio == point.Ratio))
                throw new Refusal("pay.scheme.curve_twice", ("percent", point.Ratio * 100)) { Field = ratio };
            points.Add(point);
        }
        return points.Count > 0 ? [.. points.OrderBy(p => p.Ratio)] : [new(0, 0), new(1, 1)];
    }

    private static List<FixedRate> Table(Form form)
    {
        var rates = new List<FixedRate>();
        for (var column = 0; form.Sent($"city_{column}") is { } city; column++)
            foreach (var level in Levels)
                if (city.Length > 0 && form.Minor($"fixed_{level}_{column}", "fixed") is { } minor)
                    rates.Add(new(level, city, minor));
        return rates;
    }

    private static IEnumerable<Indicator> Measured(Form form)
    {
        foreach (var code in Indicators.Codes)
            if (Indicator(form, code, code) is { } known)
                yield return known;
        for (var n = 0; form.Sent($"duty_{n}") is not null || form.Sent($"hand_{n}") is not null; n++)
        {
            if (form.Id($"duty_{n}") is { } duty && Indicator(form, $"duty_{n}", Indicators.DutyPrefix + duty) is { } counted)
                yield return counted;
            if (form.Text($"hand_{n}") is { } name && Indicator(form, $"hand_{n}", Indicators.HandPrefix + name) is { } typed)
                yield return typed;
        }
    }

    private static Indicator? Indicator(Form form, string field, string code)
    {
        try
        {
            return form.Int("weight_" + field, "weight") is not { } weight || weight == 0
                ? null
                : Indicators.By(code, weight, Number(form, "target_" + field, "target"), Curve(form, field));
        }
        catch (Refusal wrong)
        {
            throw new Refusal("pay.scheme.in_indicator", ("name", Indicators.LabelOf(code)), ("why", wrong)) { Field = wrong.Field };
        }
    }

    private static decimal Number(Form form, string name, string what)
    {
        var text = form.Text(name) ?? "";
        return Form.Number(text.TrimEnd('%')) is >= 0 and < 1_000_000 and var value
            ? value
            : throw new Refusal($"pay.scheme.{what}_text", ("text", text)) { Field = name };
    }
}

using System.Globalization;
using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>
/// A scheme's rules as the fields of its form. Cities, counted duties and what is entered by hand stand in columns and
/// rows with a number; which number has which is kept here.
/// </summary>
internal sealed record SchemeFields(IReadOnlyList<string> Cities, IReadOnlyList<string> Duties, IReadOnlyList<string> Hand)
{
    public static SchemeFields Of(SchemeRules rules) =>
        new(
            [.. rules.Fixed.Select(rate => rate.City).Distinct()],
            Named(rules, Indicators.DutyPrefix),
            Named(rules, Indicators.HandPrefix)
        );

    /// <summary>Where the same stands in other rules: in its own place, or where somebody has typed it; the rest follows behind.</summary>
    public SchemeFields For(SchemeRules other, Form typed)
    {
        var there = Of(other);
        return new(
            Placed(Cities, n => typed.Text($"city_{n}"), there.Cities),
            Placed(Duties, n => typed.Text($"duty_{n}"), there.Duties),
            Placed(Hand, n => typed.Text($"hand_{n}"), there.Hand)
        );
    }

    /// <summary>Field by field what the form shows; an empty column and an empty row of each kind are for the next.</summary>
    public Dictionary<string, string> Typed(SchemeRules rules, T t)
    {
        var fields = new Dictionary<string, string>
        {
            ["from"] = rules.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ["rate"] = Formats.Typed(new Rate(rules.RateMilli, ""), t),
            ["bonus"] = Formats.Typed(rules.BonusBaseMinor, t),
            ["samples"] = rules.Samples.ToString(CultureInfo.InvariantCulture),
            ["share"] = Formats.Typed(rules.ShareBasisPoints, t),
        };
        foreach (var (n, city) in Cities.Append("").Index())
        {
            fields[$"city_{n}"] = city;
            foreach (var level in SchemeText.Levels)
                fields[$"fixed_{level}_{n}"] = rules.Fixed.FirstOrDefault(rate => rate.Level == level && rate.City == city) is { } rate
                    ? Formats.Typed(rate.Minor, t)
                    : "";
        }
        foreach (var code in Indicators.Codes)
            Put(code, code, Indicators.LowerIsBetter(code) ? 1000 : 90);
        foreach (var (kind, prefix, names) in new[] { ("duty", Indicators.DutyPrefix, Duties), ("hand", Indicators.HandPrefix, Hand) })
        foreach (var (n, name) in names.Append("").Take(Math.Max(SchemeText.Rows, names.Count)).Index())
        {
            fields[$"{kind}_{n}"] = name;
            Put($"{kind}_{n}", prefix + name, 10);
        }
        return fields;

        void Put(string field, string code, decimal target)
        {
            var now = rules.Indicators.FirstOrDefault(i => i.Code == code);
            fields["weight_" + field] = (now?.Weight ?? 0).ToString(CultureInfo.InvariantCulture);
            fields["target_" + field] = Formats.Typed(now?.Target ?? target, t);
            foreach (var (n, point) in (now?.Curve ?? SchemeText.SampleCurve).Index())
            {
                fields[$"ratio_{field}_{n}"] = Formats.Typed(point.Ratio * 100, t);
                fields[$"payout_{field}_{n}"] = Formats.Typed(point.Payout * 100, t);
            }
        }
    }

    /// <summary>What a field, or a duty that stands in one, is called to people.</summary>
    public static string? Called(string name, Form typed, IReadOnlyDictionary<string, string> duties, T t)
    {
        if (duties.TryGetValue(name, out var duty))
            return duty;
        var parts = name.Split('_');
        return parts[0] switch
        {
            "city" => t["pay.scheme.city", ("n", Number(^1))],
            "fixed" => $"{t["pay.scheme.level"]} {parts[1]} · {typed.Text($"city_{parts[2]}")}",
            "duty" or "hand" => t["pay.fact." + parts[0]],
            "weight" => $"{Measure(name["weight_".Length..])} · {t["pay.scheme.weight_of"]}",
            "target" => $"{Measure(name["target_".Length..])} · {t["pay.scheme.target_of"]}",
            "ratio" => $"{Measure(Inner())} · {t["pay.scheme.curve_ratio", ("n", Number(^1))]}",
            "payout" => $"{Measure(Inner())} · {t["pay.scheme.curve_payout", ("n", Number(^1))]}",
            _ => null,
        };

        int Number(Index at) => int.TryParse(parts[at], CultureInfo.InvariantCulture, out var n) ? n + 1 : 0;
        string Inner() => string.Join('_', parts[1..^1]);
        string Measure(string field) =>
            Indicators.Codes.Contains(field) ? t["pay.fact." + field]
            : typed.Text(field) is not { } said ? t["pay.fact." + field.Split('_')[0]]
            : duties.GetValueOrDefault(said, said);
    }

    private static List<string> Named(SchemeRules rules, string prefix) =>
        [.. rules.Indicators.Where(i => i.Code.StartsWith(prefix, StringComparison.Ordinal)).Select(i => i.Code[prefix.Length..])];

    private static List<string> Placed(IReadOnlyList<string> was, Func<int, string?> typed, IReadOnlyList<string> now)
    {
        var places = new List<string>();
        for (var n = 0; n < was.Count || typed(n) is not null; n++)
            places.Add(
                n < was.Count && now.Contains(was[n]) ? was[n]
                : typed(n) is { } mine && now.Contains(mine) && !was.Contains(mine) ? mine
                : ""
            );
        return [.. places, .. now.Except(places)];
    }
}

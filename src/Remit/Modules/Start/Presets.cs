using System.Globalization;
using Remit.Kernel;
using Remit.Modules.Duties;

namespace Remit.Modules.Start;

/// <summary>What a trade starts from: positions with duties that have norms and triggers, and a sample of pay. Read once from the program's own file.</summary>
public sealed record TradePreset(string Code, IReadOnlyList<PresetPosition> Positions)
{
    private static readonly Lazy<IReadOnlyList<TradePreset>> read = new(Read);

    public static IReadOnlyList<TradePreset> All => read.Value;

    private static IReadOnlyList<TradePreset> Read()
    {
        using var stream = typeof(TradePreset).Assembly.GetManifestResourceStream("Modules/Start/Data/presets.txt")!;
        using var text = new StreamReader(stream);
        var presets = new List<(string Code, List<(string[] Head, List<PresetDuty> Duties)> Positions)>();
        var (words, section) = (new Dictionary<string, string[]>(), Array.Empty<string>());
        while (text.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line.StartsWith("unit ", StringComparison.Ordinal) || line.StartsWith("proof ", StringComparison.Ordinal))
                words.Add(line[..line.IndexOf('|')], line.Split('|')[1..]);
            else if (line.StartsWith("preset ", StringComparison.Ordinal))
                presets.Add((line["preset ".Length..], []));
            else if (line.StartsWith("position ", StringComparison.Ordinal))
                presets[^1].Positions.Add((line["position ".Length..].Split('|'), []));
            else if (line[0] == '§')
                section = line[1..].Split('|');
            else
                presets[^1].Positions[^1].Duties.Add(PresetDuty.Of(line.Split('|'), section, words));
        }
        return [.. presets.Select(p => new TradePreset(p.Code, [.. p.Positions.Select(x => PresetPosition.Of(x.Head, x.Duties))]))];
    }
}

/// <param name="RateRubles">Hundredths of a rouble for a point, where roubles are the sample's currency.</param>
/// <param name="Code">Its name within the preset.</param>
/// <param name="Above">The code of the position it reports to; empty for the owner.</param>
public sealed record PresetPosition(
    string Code,
    string[] Name,
    long RateRubles,
    long BonusRubles,
    string Above,
    IReadOnlyList<PresetDuty> Duties
)
{
    internal static PresetPosition Of(string[] head, IReadOnlyList<PresetDuty> duties) =>
        new(head[0], head[1..5], Whole(head[5]), Whole(head[6]), head.Length > 7 ? head[7] : "", duties);

    private static long Whole(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}

public sealed record PresetDuty(
    string[] Section,
    string[] Text,
    string[] Result,
    string[] Proof,
    string[] Unit,
    Frequency Frequency,
    int Minutes,
    int Complexity,
    int Points,
    string? Trigger,
    string? Condition
)
{
    internal static PresetDuty Of(string[] line, string[] section, IReadOnlyDictionary<string, string[]> words)
    {
        var facts = line[0].Split(';');
        int Number(int at) => int.Parse(facts[at], CultureInfo.InvariantCulture);
        return new(
            section,
            line[1..5],
            line[5..9],
            words["proof " + facts[7]],
            words["unit " + facts[6]],
            Enum.Parse<Frequency>(facts[0]),
            Number(1),
            Number(2),
            Number(3),
            facts[4] is { Length: > 0 } t ? t : null,
            facts[5] is { Length: > 0 } c ? c : null
        );
    }
}

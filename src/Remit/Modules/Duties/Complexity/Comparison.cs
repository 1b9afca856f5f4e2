namespace Remit.Modules.Duties.Complexity;

/// <summary>Two duties to be weighed against each other, and what was said of them already.</summary>
public sealed record Pair(DutyLine Left, DutyLine Right, DutyJudgment? Said)
{
    /// <summary>The strength as seen from the left.</summary>
    public int? Strength =>
        Said is null ? null
        : Said.OneId == Left.Duty.Id ? Said.Strength
        : -Said.Strength;
}

/// <summary>What the judgments make of a duty.</summary>
/// <param name="Factor">How complex beside the average of the compared: 1.5 is half as much again.</param>
/// <param name="Points">Null where no norm time is set yet.</param>
public sealed record Weighed(DutyLine Line, double Factor, int Grade, int? Points);

/// <summary>
/// The pairwise comparison of one position's duties as it stands: what to judge next, whether the judgments agree,
/// which one contradicts the others most, and what grades follow.
/// </summary>
public sealed class Comparison
{
    public const int MostDuties = 200;

    private readonly IReadOnlyList<DutyLine> duties;
    private readonly Dictionary<(Guid, Guid), DutyJudgment> said;
    private readonly List<DutyLine> compared;
    private readonly IReadOnlyList<double> weights;

    public Comparison(IReadOnlyList<DutyLine> duties, IEnumerable<DutyJudgment> judgments)
    {
        this.duties = duties;
        var known = duties.Select(d => d.Duty.Id).ToHashSet();
        said = judgments.Where(j => known.Contains(j.OneId) && known.Contains(j.OtherId)).ToDictionary(j => (j.OneId, j.OtherId));
        var touched = said.Keys.SelectMany(k => new[] { k.Item1, k.Item2 }).ToHashSet();
        compared = [.. duties.Where(d => touched.Contains(d.Duty.Id))];
        if (compared.Count == 0)
        {
            weights = [];
            return;
        }
        var matrix = new PairwiseComparison(compared.Count);
        for (var i = 0; i < compared.Count; i++)
        for (var j = i + 1; j < compared.Count; j++)
            if (Of(compared[i], compared[j]).Strength is { } strength)
                matrix.Judge(i, j, Times(strength));
        weights = matrix.Weights();
        Ratio = matrix.ConsistencyRatio();
    }

    public int Judged => said.Count;

    /// <summary>Every duty beside its neighbour and the one after: enough for a grade, and for contradictions to show.</summary>
    public int Enough => duties.Count < 2 ? 0 : Math.Min(All, 2 * duties.Count - 3);

    public int All => duties.Count * (duties.Count - 1) / 2;

    /// <summary>0 when all judgments agree; above 0.10 they contradict each other.</summary>
    public double Ratio { get; }

    public bool Agrees => Ratio <= PairwiseComparison.TolerableInconsistency;

    /// <summary>The next pair nobody has judged: neighbours first, so that few judgments tie all duties together.</summary>
    public Pair? Next
    {
        get
        {
            for (var apart = 1; apart < duties.Count; apart++)
            for (var i = 0; i + apart < duties.Count; i++)
                if (Of(duties[i], duties[i + apart]) is { Said: null } pair)
                    return pair;
            return null;
        }
    }

    /// <summary>The judged pair farthest from what all judgments together say, with what they say of it.</summary>
    public (Pair Pair, double Implied)? MostContradictory
    {
        get
        {
            (Pair, double)? worst = null;
            var farthest = 0.0;
            for (var i = 0; i < compared.Count; i++)
            for (var j = i + 1; j < compared.Count; j++)
                if (
                    Of(compared[i], compared[j]) is { Strength: { } strength } pair
                    && Math.Abs(Math.Log(Times(strength) * weights[j] / weights[i])) is var far
                    && far > farthest + 1e-9
                )
                    (worst, farthest) = ((pair, weights[i] / weights[j]), far);
            return worst;
        }
    }

    /// <summary>The most complex first.</summary>
    public IReadOnlyList<Weighed> Result => [.. compared.Select((line, i) => Weigh(line, weights[i])).OrderByDescending(w => w.Factor)];

    public IReadOnlyList<Pair> Said => [.. said.Values.OrderByDescending(j => j.Id).Select(j => Of(Find(j.OneId), Find(j.OtherId)))];

    public Pair? Between(Guid left, Guid right) =>
        duties.FirstOrDefault(d => d.Duty.Id == left) is { } one
        && duties.FirstOrDefault(d => d.Duty.Id == right) is { } other
        && one != other
            ? Of(one, other)
            : null;

    /// <summary>2 is «three times as hard», −2 «a third».</summary>
    public static double Times(int strength) => strength >= 0 ? strength + 1 : 1.0 / (1 - strength);

    private Weighed Weigh(DutyLine line, double weight)
    {
        var factor = weight * compared.Count;
        var grade = Math.Clamp((int)Math.Round(1 + 4 * (Math.Clamp(factor, 1, 2) - 1), MidpointRounding.AwayFromZero), 1, 5);
        return new(line, factor, grade, line.Norm is { } norm ? Points.From(weight, compared.Count, norm.Minutes) : null);
    }

    private Pair Of(DutyLine left, DutyLine right) =>
        new(left, right, said.GetValueOrDefault(DutyJudgment.InOrder(left.Duty.Id, right.Duty.Id)));

    private DutyLine Find(Guid id) => duties.First(d => d.Duty.Id == id);
}

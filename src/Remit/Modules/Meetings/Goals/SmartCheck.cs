using Remit.Kernel;
using Remit.Modules.Duties;

namespace Remit.Modules.Meetings.Goals;

/// <summary>One of the five questions to a goal. A text key <c>smart.{Reason}</c> says what is wrong, <c>smart.{Reason}.how</c> how to mend it.</summary>
/// <param name="Letter">s, m, a, r or t.</param>
/// <param name="Reason">Empty where it is well.</param>
public sealed record SmartAnswer(string Letter, string Reason = "", params (string Name, object? Value)[] Values)
{
    public bool Well => Reason.Length == 0;
}

/// <summary>Reads a goal as a strict colleague would: is it specific, measurable, achievable, relevant, and by when.</summary>
public static class SmartCheck
{
    private const int FewWords = 3,
        LongestDays = 400;

    /// <param name="now">What the measure says today, where it says anything.</param>
    public static IReadOnlyList<SmartAnswer> Of(GoalDraft goal, decimal? now, DateOnly today) =>
        [Specific(goal), Measurable(goal), Achievable(goal, now), Relevant(goal), Timed(goal, today)];

    private static SmartAnswer Specific(GoalDraft goal)
    {
        var text = goal.Text ?? "";
        var vague = Wording.Vague(text).Concat(SmartWords.In(text)).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (vague.Count > 0)
            return new("s", "vague", ("words", string.Join(", ", vague.Select(w => $"«{w}»"))));
        return Words(text) < FewWords ? new("s", "short") : new("s");
    }

    private static SmartAnswer Measurable(GoalDraft goal)
    {
        if (goal.Measure.Kind == Measure.Hand && string.IsNullOrWhiteSpace(goal.Unit))
            return new("m", "unit");
        return goal.Measure.Kind == Measure.Hand ? new("m", "by_hand") : new("m");
    }

    private static SmartAnswer Achievable(GoalDraft goal, decimal? now)
    {
        var target = goal.Target / 1000m;
        if (IsShare(goal.Measure) && target is (> 100 or < 0))
            return new("a", "over_hundred", ("target", target));
        if (now is { } value && (goal.Target > goal.Start ? value >= target : value <= target))
            return new("a", "there_already", ("now", value));
        // More than three times what is done today is a wish until somebody says how.
        if (string.IsNullOrWhiteSpace(goal.Way) && goal.Start > 0 && goal.Target > 3 * goal.Start)
            return new("a", "far", ("start", goal.Start / 1000m), ("target", target));
        return string.IsNullOrWhiteSpace(goal.Way) ? new("a", "no_way") : new("a");
    }

    private static SmartAnswer Relevant(GoalDraft goal) => Words(goal.Reason ?? "") < 2 ? new("r", "no_reason") : new("r");

    private static SmartAnswer Timed(GoalDraft goal, DateOnly today) =>
        goal.By.DayNumber - today.DayNumber > LongestDays ? new("t", "far_day", ("day", goal.By)) : new("t");

    private static bool IsShare(Measure measure) => measure is { Kind: "indicator", Of: not "own_overdue" };

    private static int Words(string text) =>
        text.Split([' ', '\t', '\n', ','], StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetter));
}

/// <summary>Words that wish and do not say how much, in four languages; beginnings of words, lower case.</summary>
internal static class SmartWords
{
    private static readonly string[] all =
    [
        "улучш",
        "повыс",
        "повыш",
        "увелич",
        "сниз",
        "снижен",
        "усил",
        "оптимиз",
        "развива",
        "наладить",
        "стараться",
        "постара",
        "по возможности",
        "как можно",
        "максимально",
        "эффективн",
        "качественн",
        "своевремен",
        "активн",
        "подобр",
        "повиш",
        "увелича",
        "намал",
        "засил",
        "постара",
        "доколкото",
        "възможно най",
        "ефективн",
        "качествен",
        "своевремен",
        "yaxşılaş",
        "artır",
        "azalt",
        "gücləndir",
        "optimallaş",
        "inkişaf etdir",
        "mümkün qədər",
        "çalış",
        "səmərəli",
        "keyfiyyətli",
        "vaxtında",
        "improve",
        "increase",
        "reduce",
        "strengthen",
        "optimi",
        "enhance",
        "better",
        "as possible",
        "as much",
        "try to",
        "efficient",
        "effective",
        "timely",
    ];

    // «Повысить до 90 %» says how much, so its verb wishes no longer.
    public static IEnumerable<string> In(string text) =>
        text.Any(char.IsDigit) ? [] : all.Where(w => Begins(text.ToLowerInvariant(), w)).Select(w => Wording.Whole(text, w)).Distinct();

    private static bool Begins(string lower, string word)
    {
        for (var at = lower.IndexOf(word, StringComparison.Ordinal); at >= 0; at = lower.IndexOf(word, at + 1, StringComparison.Ordinal))
            if (at == 0 || !char.IsLetter(lower[at - 1]))
                return true;
        return false;
    }
}

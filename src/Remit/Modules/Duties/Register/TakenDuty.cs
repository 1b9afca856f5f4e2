using System.Text.RegularExpressions;
using Remit.Kernel;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties;

/// <summary>One ticked row of a reviewed list, as it came back from the form.</summary>
internal sealed partial record TakenDuty(string Number, string Section, string Text, DutyGiven Given)
{
    public string Position => Given.Position;

    public static IReadOnlyList<TakenDuty> Of(Form form)
    {
        var numbers = form.All("number").ToList();
        var columns = new Dictionary<string, List<string>>();
        var taken = new List<(int At, string Join, TakenDuty Duty)>();
        for (var i = 0; i < numbers.Count; i++)
        {
            if (!form.Flag($"take_{i}"))
                continue;
            try
            {
                taken.Add((i, Cell("join", i).Trim(), Row(i)));
            }
            catch (Refusal wrong)
            {
                throw wrong.InRow(numbers[i], i);
            }
        }
        return Joined(taken);

        TakenDuty Row(int i) =>
            Of(
                numbers[i],
                Cell("section", i),
                form.Text($"use_{i}") ?? Cell("duty_text", i),
                new(
                    Cell("duty_unit", i),
                    Cell("duty_result", i),
                    Cell("duty_proof", i),
                    Cell("row_position", i).Trim(),
                    Named.Of<Frequency>(Cell("frequency", i)),
                    Read(Cell("minutes", i), "minutes", 10_000),
                    Read(Cell("complexity", i), "complexity", 5),
                    Read(Cell("points", i), "points", 10_000)
                )
            );

        // What a plain list cannot say has no column there.
        string Cell(string name, int i)
        {
            if (!columns.TryGetValue(name, out var column))
                columns[name] = column = [.. form.All(name)];
            Must(column.Count == 0 || column.Count == numbers.Count, "duty.grid_torn");
            return column.Count == 0 ? "" : column[i];
        }
    }

    // A row that names another one's number goes into it: what it says is added, what the other lacks is taken over.
    private static List<TakenDuty> Joined(List<(int At, string Join, TakenDuty Duty)> taken)
    {
        var kept = taken.Where(t => t.Join.Length == 0).Select(t => t.Duty).ToList();
        foreach (var (at, join, duty) in taken.Where(t => t.Join.Length > 0))
        {
            var into = kept.FindIndex(k => k.Number.TrimEnd('.') == join.TrimEnd('.'));
            if (into < 0)
            {
                var chained = taken.Any(t => t.At != at && t.Duty.Number.TrimEnd('.') == join.TrimEnd('.'));
                var why = new Refusal(chained ? "duty.list.join_chain" : "duty.list.join_unknown", ("number", join)) { Field = "join" };
                throw why.InRow(duty.Number, at);
            }
            kept[into] = kept[into].With(duty);
        }
        return kept;
    }

    private TakenDuty With(TakenDuty other)
    {
        var apart = Text.Contains('\n', StringComparison.Ordinal) || other.Text.Contains('\n', StringComparison.Ordinal);
        return this with
        {
            Text = Text.TrimEnd(' ', '.', ';') + (apart ? "\n" : "; ") + other.Text,
            Given = Given with
            {
                Unit = Given.Unit.Length > 0 ? Given.Unit : other.Given.Unit,
                Result = Given.Result.Length > 0 ? Given.Result : other.Given.Result,
                Proof = Given.Proof.Length > 0 ? Given.Proof : other.Given.Proof,
                Frequency = Given.Frequency ?? other.Given.Frequency,
                Complexity = Given.Complexity ?? other.Given.Complexity,
                // Both are done now: what they take and are worth adds up.
                Minutes = Sum(Given.Minutes, other.Given.Minutes),
                Points = Sum(Given.Points, other.Given.Points),
            },
        };
    }

    private static int? Sum(int? one, int? other) => one + other ?? one ?? other;

    // «<what to do>» of a proposal, where nothing was written in its place.
    [GeneratedRegex("<[^<>\n]{2,60}>")]
    private static partial Regex Blank();

    /// <param name="chosen">Its own text, or a proposal, that may name the result by itself.</param>
    public static TakenDuty Of(string number, string section, string chosen, DutyGiven given)
    {
        var (text, result) = NamedResult.Part(chosen);
        Within(text.Trim().Length > 0, "duty.no_text", "text");
        if (Blank().Match(chosen) is { Success: true } blank)
            throw new Refusal("duty.list.unfilled", ("text", blank.Value)) { Field = "text" };
        return new(number, section, text, given.Result.Length > 0 ? given : given with { Result = result });
    }

    /// <summary>Adds its duties with their norms to the position that its row names, else to the one chosen.</summary>
    public async Task<IReadOnlyList<Duty>> Take(AppDb db, Position chosen, DateOnly from)
    {
        var taken = new List<Duty>();
        foreach (var (duty, norm) in Duties(Position.Length > 0 ? await db.PositionNamed(Position) : chosen, from))
        {
            db.Add(duty);
            if (norm is not null)
                db.Add(norm);
            taken.Add(duty);
        }
        return taken;
    }

    /// <summary>A duty that was too big comes apart into numbered lines: each becomes a duty of its own, to be measured by itself.</summary>
    private IEnumerable<(Duty Duty, DutyNorm? Norm)> Duties(Position position, DateOnly from)
    {
        var parts = Text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
            throw new Refusal("duty.no_text");
        if (parts.Length == 1)
        {
            var whole = Duty.Of(position.Id, Section, Number, Text);
            whole.Expect(Given.Unit, Given.Result, Given.Proof);
            whole.Plan(Given.Frequency);
            return [(whole, Norm(whole, from))];
        }
        return parts.Select(
            (part, n) =>
                (
                    Duty.Of(
                        position.Id,
                        Section,
                        $"{Number.TrimEnd('.')}.{n + 1}",
                        part[(part.IndexOf(") ", StringComparison.Ordinal) is > 0 and < 4 and var at ? at + 2 : 0)..]
                    ),
                    (DutyNorm?)null
                )
        );
    }

    private DutyNorm? Norm(Duty duty, DateOnly from) =>
        Given.Minutes is not { } minutes ? null : DutyNorm.Of(duty, from, minutes, Given.Complexity ?? 0, Given.Points);

    private static int? Read(string text, string field, int most) =>
        text.Trim().Length == 0
            ? null
            : DutyColumns.Whole(text.Trim(), 0, most)
                ?? throw new Refusal("form.number", ("field", "field." + field), ("text", text)) { Field = field };
}

internal static class DutyRows
{
    /// <summary>Said of one row of a form.</summary>
    public static Refusal InRow(this Refusal wrong, string number, int at) =>
        new("duty.in_row", ("row", number), ("why", wrong)) { Field = wrong.Field, Row = at };
}

using Remit.Kernel;
using Remit.Modules.Duties.Reading;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Duties;

/// <summary>One ticked row of a reviewed list, as it came back from the form.</summary>
internal sealed record TakenDuty(string Number, string Section, string Text, DutyGiven Given)
{
    public string Position => Given.Position;

    public static IReadOnlyList<TakenDuty> Of(Form form)
    {
        var numbers = form.All("number").ToList();
        // What a plain list cannot say has no column there.
        List<string> All(string name) => form.All(name).ToList() is { Count: > 0 } said ? said : [.. Enumerable.Repeat("", numbers.Count)];
        var (sections, texts, results, proofs, units) = (
            All("section"),
            All("duty_text"),
            All("duty_result"),
            All("duty_proof"),
            All("duty_unit")
        );
        var (positions, frequencies, minutes, complexities, points) = (
            All("row_position"),
            All("frequency"),
            All("minutes"),
            All("complexity"),
            All("points")
        );
        List<string>[] columns = [sections, texts, results, proofs, units, positions, frequencies, minutes, complexities, points];
        Must(columns.All(c => c.Count == numbers.Count), "duty.grid_torn");
        return
        [
            .. Enumerable
                .Range(0, numbers.Count)
                .Where(i => form.Flag($"take_{i}"))
                .Select(i =>
                    Of(
                        numbers[i],
                        sections[i],
                        form.Text($"use_{i}") ?? texts[i],
                        new(
                            units[i],
                            results[i],
                            proofs[i],
                            positions[i].Trim(),
                            Named.Of<Frequency>(frequencies[i]),
                            Read(minutes[i], "minutes", 10_000),
                            Read(complexities[i], "complexity", 5),
                            Read(points[i], "points", 10_000)
                        )
                    )
                ),
        ];
    }

    /// <param name="chosen">Its own text, or a proposal, that may name the result by itself.</param>
    public static TakenDuty Of(string number, string section, string chosen, DutyGiven given)
    {
        var (text, result) = NamedResult.Part(chosen);
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

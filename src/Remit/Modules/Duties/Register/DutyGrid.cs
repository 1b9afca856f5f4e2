using System.Globalization;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Duties;

/// <summary>The grid as it came back from the form. On the page a row's fields have no number; here each says its row.</summary>
internal sealed record DutyGrid(Form Form, IReadOnlyList<Guid> Duties)
{
    private static readonly string[] norm = ["minutes", "complexity", "points"];
    private static readonly string[] fields =
    [
        "duty_text",
        "duty_result",
        "duty_proof",
        "duty_unit",
        "frequency",
        "trigger",
        "condition",
        .. norm,
    ];

    public static DutyGrid Of(Form form)
    {
        var duties = form.All("id").Select(id => Guid.TryParse(id, out var duty) ? duty : throw new NotFound()).ToList();
        Must(form.All("version").Count() == duties.Count, "duty.grid_torn");
        // As it comes back from the question which of two edits shall stand.
        if (form.Sent(In(0, fields[0])) is not null)
            return new(form, duties);
        Must(fields.All(f => form.All(f).Count() == duties.Count), "duty.grid_torn");
        return new(
            form.Without(fields.Contains).With([.. fields.SelectMany(f => form.All(f).Select((value, at) => (In(at, f), value)))]),
            duties
        );
    }

    public DutyRow Row(int at)
    {
        string Typed(string field) => Form.Sent(In(at, field)) ?? throw new Refusal("duty.grid_torn");
        return new(
            Typed("duty_text"),
            Typed("duty_result"),
            Typed("duty_proof"),
            Typed("duty_unit"),
            Typed("frequency"),
            Typed("minutes"),
            Typed("complexity"),
            Typed("points"),
            Typed("trigger"),
            Typed("condition")
        );
    }

    /// <summary>With what somebody else changed since in duties and norms; where both did, it is asked.</summary>
    /// <param name="now">As the page would show it now.</param>
    public async Task<DutyGrid> Merged(AppDb db, IReadOnlyDictionary<Guid, DutyLine> now, Position position, T t)
    {
        var (versions, norms) = (Form.All("version").ToList(), Form.All("had_norm").ToList());
        var (before, after) = (new Dictionary<string, string>(), new Dictionary<string, string>());
        IRecord? changed = null;
        foreach (var (at, line) in Duties.Select(id => now[id]).Index())
        {
            var (duty, seen) = (line.Duty, int.TryParse(versions[at], CultureInfo.InvariantCulture, out var n) ? n : line.Duty.Version);
            var (has, had) = (Said(line.Norm), norms.ElementAtOrDefault(at) ?? Said(line.Norm));
            if (seen >= duty.Version && had == has)
                continue;
            changed ??= seen < duty.Version ? duty : line.Norm;
            Put(before, at, await db.At(duty, seen), had);
            Put(after, at, duty, has);
        }
        if (changed is null)
            return this;
        var by = (await db.LastChange(changed))?.ActorName ?? "";
        return this with
        {
            Form = await Form.Combined(
                db,
                new()
                {
                    ["version"] = new([.. Duties.Select(id => $"{now[id].Duty.Version}")]),
                    ["had_norm"] = new([.. Duties.Select(id => Said(now[id].Norm))]),
                },
                before,
                after,
                (changed, position.Name, by),
                word => Called(word, now, t)
            ),
        };
    }

    /// <summary>A norm as the form keeps it, to know whether another has come since.</summary>
    internal static string Said(DutyNorm? norm) =>
        norm is null ? "||" : $"{norm.Minutes}|{(norm.Complexity > 0 ? norm.Complexity : "")}|{norm.Points}";

    private static void Put(Dictionary<string, string> texts, int at, Duty duty, string worth)
    {
        string?[] said =
        [
            duty.Text,
            duty.Result,
            duty.Proof,
            duty.Unit,
            $"{duty.Frequency}",
            duty.Trigger,
            duty.Condition,
            .. worth.Split('|'),
        ];
        foreach (var (field, text) in fields.Zip(said))
            texts[In(at, field)] = text ?? "";
    }

    private static string In(int row, string field) => $"{field}.{row}";

    private string? Called(string word, IReadOnlyDictionary<Guid, DutyLine> now, T t)
    {
        if (
            word.Split('.') is [var field, var row]
            && fields.Contains(field)
            && int.TryParse(row, CultureInfo.InvariantCulture, out var at)
        )
            return $"{now[Duties[at]].Duty.Number} · {t["field." + field]}".Trim(' ', '·');
        return t.Has("frequency." + word) ? t["frequency." + word]
            : t.Has("fact." + word) ? t["fact." + word]
            : null;
    }
}

/// <summary>One line of the grid as it came back from the form.</summary>
internal sealed record DutyRow(
    string Text,
    string Result,
    string Proof,
    string Unit,
    string Frequency,
    string Minutes,
    string Complexity,
    string Points,
    string Trigger,
    string Condition
)
{
    public void Apply(Duty duty)
    {
        duty.Describe(duty.Section, duty.Number, Text);
        duty.Expect(Unit, Result, Proof);
        duty.Plan(Named.Of<Frequency>(Frequency));
        duty.Bind(Trigger.Length > 0 ? Trigger : null, Condition.Length > 0 ? Condition : null);
    }

    /// <summary>The new norm, where the row says another than the one in force. Points left as they were follow time and complexity.</summary>
    public DutyNorm? Norm(DutyLine line, DateOnly from)
    {
        if (Number(Minutes, "minutes") is not { } minutes)
            return null;
        var complexity = Number(Complexity, "complexity") ?? 0;
        var typed = Number(Points, "points");
        Within(complexity is >= 0 and <= 5, "duty.complexity", "complexity");
        Within(minutes is > 0 and <= 10_000, "duty.minutes", "minutes");
        var old = line.Norm;
        var measured = old?.Minutes == minutes && old.Complexity == complexity;
        var points = typed is null || (!measured && typed == old?.Points) ? DutyNorm.PointsOf(complexity, minutes) : typed.Value;
        return measured && old!.Points == points && old.Unit == line.Duty.Unit
            ? null
            : DutyNorm.Of(line.Duty, from, minutes, complexity, points);
    }

    private static int? Number(string text, string field) =>
        text.Trim().Length == 0 ? null
        : int.TryParse(text.Trim(), System.Globalization.CultureInfo.InvariantCulture, out var n) ? n
        : throw new Refusal("form.number", ("field", "field." + field), ("text", text)) { Field = field };
}

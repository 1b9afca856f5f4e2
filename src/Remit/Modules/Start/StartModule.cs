using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Duties;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Modules.Start.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Start;

/// <summary>A young firm's first steps: a preset of its trade, requisites, clients, people, the first list of duties. Each may wait, and none is done twice.</summary>
public static class StartModule
{
    private const int MostAtOnce = 10;

    public static void MapStart(this WebApplication app)
    {
        app.MapGet("/start", Show).Needs(Permission.FirmEdit);
        app.MapPost("/start/preset", Take).Needs(Permission.FirmEdit);
        app.MapPost("/start/people", Invite).Needs(Permission.FirmEdit);
        app.MapPost("/start/skip", Skip).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Show(string? step, AppDb db, Screen screen, IPostOffice post)
    {
        var progress = await Progress.Of(db);
        var duties = await db.Set<Duty>()
            .Where(d => !d.Retired)
            .GroupBy(d => d.PositionId)
            .Select(g => new { g.Key, Count = g.Count() })
            .ToDictionaryAsync(g => g.Key, g => g.Count);
        return new RazorComponentResult<StartPage>(
            new
            {
                Progress = progress,
                Step = step is not null && Progress.Steps.Contains(step) ? step : progress.Next ?? "duties",
                Positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync(),
                Duties = duties,
                Mail = await post.IsOpen(db),
                City = screen.T.Has("start.city." + screen.Firm!.Country) ? screen.T["start.city." + screen.Firm.Country] : "",
            }
        );
    }

    private static async Task<IResult> Take(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        await db.StartWriting();
        var preset = TradePreset.All.FirstOrDefault(p => p.Code == form.Text("preset")) ?? throw new Refusal("start.no_preset");
        var city = form.Text("city") ?? "";
        var (made, places) = (0, new Dictionary<string, (Position Position, bool New)>());
        foreach (var wanted in preset.Positions)
        {
            var position = await Position(db, wanted.Name[At(screen)]);
            // What a position has already is its own; a preset only fills what is empty.
            var filled = await db.Set<Duty>().AnyAsync(d => d.PositionId == position.Id && !d.Retired);
            places[wanted.Code] = (position, !filled);
            if (filled)
                continue;
            made += wanted.Duties.Count;
            Fill(db, position, wanted, city, screen);
        }
        var all = places.Values.Select(p => p.Position).ToList();
        foreach (var wanted in preset.Positions)
            if (places[wanted.Code] is { New: true, Position: { AboveId: null } place } && places.TryGetValue(wanted.Above, out var above))
                place.ReportTo(above.Position, all);
        var owner = await db.Set<Person>().One(actor.PersonId!.Value);
        if (city.Length > 0 && owner.City.Length == 0)
            owner.Place(owner.Level, city);
        Must(made > 0, "start.preset_there");
        await db.SaveChangesAsync();
        return go.To("start", db, screen.T["start.preset_taken", ("n", made)]);
    }

    private static async Task<Position> Position(AppDb db, string name)
    {
        if (await db.Set<Position>().FirstOrDefaultAsync(p => p.Name == name) is { } known)
            return known;
        var position = People.Position.Named(name);
        db.Add(position);
        return position;
    }

    private static void Fill(AppDb db, Position position, PresetPosition wanted, string city, Screen screen)
    {
        var from = screen.Month.First;
        var sections = wanted.Duties.Select(d => d.Section[0]).Distinct().ToList();
        foreach (var (duty, n) in wanted.Duties.Select((d, n) => (d, n)))
        {
            var section = sections.IndexOf(duty.Section[0]) + 1;
            var number = wanted.Duties.Take(n + 1).Count(d => d.Section[0] == duty.Section[0]);
            var made = Duty.Of(position.Id, $"{section} {duty.Section[At(screen)]}", $"{section}.{number}", duty.Text[At(screen)]);
            made.Expect(duty.Unit[At(screen)], duty.Result[At(screen)], duty.Proof[At(screen)]);
            made.Plan(duty.Frequency);
            made.Bind(duty.Trigger, duty.Condition);
            db.Add(made);
            db.Add(DutyNorm.Of(made, from, duty.Minutes, duty.Complexity, duty.Points));
        }
        db.Add(
            new Scheme
            {
                PositionId = position.Id,
                From = from,
                Rules = JsonSerializer.Serialize(Rules(wanted, from, city, screen.Firm!.Currency)),
            }
        );
    }

    private static SchemeRules Rules(PresetPosition wanted, DateOnly from, string city, string currency)
    {
        var sample = SampleScheme
            .Fixed.Where(rate => rate.City == SampleScheme.StPetersburg)
            .Select(rate => rate with { City = city, Minor = SampleScheme.In(currency, rate.Minor) });
        return new SchemeRules
        {
            EffectiveFrom = from,
            Fixed = [.. sample],
            RateMilli = SampleScheme.In(currency, wanted.RateRubles * 1000),
            BonusBaseMinor = SampleScheme.In(currency, wanted.BonusRubles * 100),
            Samples = 5,
            Indicators =
            [
                new()
                {
                    Code = "own_paid_on_time",
                    Label = "pay.fact.own_paid_on_time",
                    Weight = 2,
                    Target = 90,
                    Curve = [new(0.6m, 0), new(1, 1), new(1.1m, 1.3m)],
                },
                new()
                {
                    Code = "acts_returned_14d",
                    Label = "pay.fact.acts_returned_14d",
                    Weight = 1,
                    Target = 80,
                    Curve = [new(0.5m, 0), new(1, 1), new(1.2m, 1.4m)],
                },
            ],
        }.Checked();
    }

    // A sample keeps its proportions in another currency: so many roubles to a unit, in whole units.

    private static async Task<IResult> Invite(Form form, AppDb db, Actor actor, Screen screen, IPostOffice post, TimeProvider clock)
    {
        await db.StartWriting();
        var (names, mails, roles, positions) = (
            form.All("name").ToList(),
            form.All("email").ToList(),
            form.All("role").ToList(),
            form.All("position").ToList()
        );
        Must(
            names.Count == mails.Count && mails.Count == roles.Count && roles.Count == positions.Count && names.Count <= MostAtOnce,
            "duty.grid_torn"
        );
        var (links, byMail) = (new List<(Person, string, bool)>(), form.Flag("by_mail") && await post.IsOpen(db));
        for (var n = 0; n < names.Count; n++)
        {
            if (string.IsNullOrWhiteSpace(names[n]) && string.IsNullOrWhiteSpace(mails[n]))
                continue;
            if (Named.Of<Role>(roles[n]) is not { } role || !Rights.Of(role).IsSubsetOf(Rights.Of(actor.Role)))
                throw new NotFound();
            var person = Person.Join(names[n], mails[n], role, screen.T.Language);
            if (form.Text("city") is { } city)
                person.Place(1, city);
            await db.MustBeFree(person);
            Must(links.All(l => l.Item1.Email != person.Email), "person.email_taken", ("email", person.Email));
            db.Add(person);
            if (Guid.TryParse(positions[n], out var held))
                db.Add(Tenure.Of(await db.Set<Position>().One(held), person, screen.Today));
            links.Add((person, await db.Invite(person, screen, clock.GetUtcNow().UtcDateTime, byMail), byMail));
        }
        Must(links.Count > 0, "start.nobody");
        await db.SaveChangesAsync();
        return new RazorComponentResult<InvitedPage>(new { Links = (IReadOnlyList<(Person, string, bool)>)links, To = "start" });
    }

    /// <summary>One step, or all that are left.</summary>
    private static async Task<IResult> Skip(Form form, AppDb db, Go go)
    {
        await db.StartWriting();
        var progress = await Progress.Of(db);
        var steps = form.Text("step") is { } one ? [one] : Progress.Steps.Where(s => !progress.Done.Contains(s));
        foreach (var step in steps.Where(s => Progress.Steps.Contains(s) && !progress.Skipped.Contains(s)))
            db.Add(SkippedStep.Of(step));
        await db.SaveChangesAsync();
        return go.To(form.Text("step") is null ? "" : "start");
    }

    private static int At(Screen screen) => Texts.Languages.ToList().IndexOf(screen.T.Language);
}

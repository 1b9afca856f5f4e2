using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.People;

/// <summary>The people of the firm, positions, and who holds them when.</summary>
internal static class PeopleEndpoints
{
    public static void MapPeopleAndPositions(this WebApplication app)
    {
        app.MapList(PersonList.List);
        app.MapGet("/people", All).Needs(Permission.PeopleSee);
        app.MapGet(
                "/people/new",
                async Task<IResult> (AppDb db, IPostOffice post) =>
                    new RazorComponentResult<PersonPage>(
                        new { Positions = await db.Set<Position>().OrderBy(p => p.NameKey).ToListAsync(), Mail = await post.IsOpen(db) }
                    )
            )
            .Needs(Permission.PeopleEdit);
        app.MapGet(
                "/people/names",
                async (AppDb db) => await db.Set<Person>().Where(p => p.Active).OrderBy(p => p.NameKey).Select(p => p.Name).ToListAsync()
            )
            .Needs(Permission.PeopleSee);
        app.MapPost("/people", Create).Needs(Permission.PeopleEdit);
        app.MapGet(
                "/people/{id:guid}",
                async Task<IResult> (Guid id, AppDb db, IPostOffice post) =>
                    new RazorComponentResult<PersonPage>(
                        new
                        {
                            Person = await db.Set<Person>().One(id),
                            Mail = await post.IsOpen(db),
                            Second = await db.AsksSecond(id),
                        }
                    )
            )
            .Needs(Permission.PeopleEdit);
        app.MapPost("/people/{id:guid}", Save).Needs(Permission.PeopleEdit);
        app.MapPost("/people/{id:guid}/leave", Leave).Needs(Permission.PeopleEdit);
        app.MapPost("/people/positions", CreatePosition).Needs(Permission.PeopleEdit);
        app.MapPost("/people/positions/{id:guid}/name", Rename).Needs(Permission.PeopleEdit);
        app.MapPost("/people/positions/{id:guid}/assign", Assign).Needs(Permission.PeopleEdit);
        app.MapPost("/people/positions/{id:guid}/above", Reports).Needs(Permission.PeopleEdit);
        app.MapPost("/people/tenures/{id:guid}", Days).Needs(Permission.PeopleEdit);
    }

    private static async Task<IResult> All(AppDb db, Screen screen)
    {
        var tenures = (await db.Set<Tenure>().OrderBy(t => t.StandIn).ThenBy(t => t.From).ToListAsync()).ToLookup(t => t.To < screen.Today);
        return new RazorComponentResult<PeoplePage>(
            new
            {
                People = await db.Set<Person>().OrderBy(p => p.NameKey).ToListAsync(),
                Positions = await db.Set<Position>().OrderBy(p => p.NameKey).ToListAsync(),
                Tenures = tenures[false].ToList(),
                Former = tenures[true].OrderByDescending(t => t.To).ToList(),
            }
        );
    }

    private static async Task<IResult> Create(Form form, AppDb db, Actor actor, Screen screen, IPostOffice post, TimeProvider clock, Go go)
    {
        var person = await Joined(
            db,
            new(
                form.Must("name"),
                form.Must("email"),
                RoleOf(form),
                form.Text("lang"),
                form.Int("level"),
                form.Text("city"),
                form.Id("position"),
                form.Day("tenure_from")
            ),
            actor,
            screen
        );
        if (form.Text("password") is not { } password)
            return await Invited(form, db, person, screen, post, clock);
        person.SetPassword(password);
        await db.SaveChangesAsync();
        return go.To("people", db, screen.T["people.saved", ("name", person.Name)]);
    }

    /// <summary>Added, with a position from today on where one is named. The caller gives a password or a link, and saves.</summary>
    internal static async Task<Person> Joined(AppDb db, NewPerson wanted, Actor actor, Screen screen)
    {
        MayGive(wanted.Role, actor, screen);
        var person = Person.Join(wanted.Name, wanted.Email, wanted.Role, wanted.Lang ?? screen.T.Language);
        person.Place(LevelOf(wanted.Level, actor, 1), wanted.City);
        await db.MustBeFree(person);
        db.Add(person);
        if (wanted.Position is { } position)
            db.Add(Tenure.Of(await db.Set<Position>().One(position), person, wanted.PositionFrom ?? screen.Today));
        return person;
    }

    // Without a password typed for them they choose their own, by a link shown in this answer only.
    private static async Task<IResult> Invited(Form form, AppDb db, Person person, Screen screen, IPostOffice post, TimeProvider clock)
    {
        var byMail = form.Flag("by_mail") && await post.IsOpen(db);
        var link = await db.Invite(person, screen, clock.GetUtcNow().UtcDateTime, byMail);
        await db.SaveChangesAsync();
        return new RazorComponentResult<InvitedPage>(new { Links = (IReadOnlyList<(Person, string, bool)>)[(person, link, byMail)] });
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var person = await db.Set<Person>().One(id);
        form = await form.Merged(db, person, p => Typed(p, actor));
        await Changed(
            db,
            person,
            (form.Must("name"), form.Must("email"), RoleOf(form)),
            (form.Int("level"), form.Text("city"), Month.Read(form.Text("level_from")) ?? screen.Month),
            actor,
            screen
        );
        if (form.Text("new_password") is { } password)
            person.SetPassword(password);
        await db.SaveChangesAsync();
        return go.To("people", db, screen.T["people.saved", ("name", person.Name)]);
    }

    /// <summary>Who they are, and what they are paid by from a month on. The caller saves.</summary>
    internal static async Task Changed(
        AppDb db,
        Person person,
        (string Name, string Email, Role Role) who,
        (int? Level, string? City, Month From) place,
        Actor actor,
        Screen screen
    )
    {
        MayGive(person.Role, actor, screen);
        MayGive(who.Role, actor, screen);
        person.Describe(who.Name, who.Email, who.Role);
        await db.ChangeLevel(person, LevelOf(place.Level, actor, person.Level), place.City, place.From);
        await db.MustBeFree(person);
    }

    private static IEnumerable<(string, string)> Typed(Person p, Actor actor)
    {
        yield return ("name", p.Name);
        yield return ("email", p.Email);
        yield return ("role", p.Role.ToString());
        yield return ("city", p.City);
        if (actor.Can(Permission.PaySeeAll))
            yield return ("level", $"{p.Level}");
    }

    private static async Task<IResult> Leave(Guid id, AppDb db, Actor actor, Screen screen, IEnumerable<IHolding> holdings, Go go)
    {
        var person = await Left(db, id, actor, screen, holdings);
        return go.To("people", db, screen.T["people.left", ("name", person.Name)]);
    }

    internal static async Task<Person> Left(AppDb db, Guid id, Actor actor, Screen screen, IEnumerable<IHolding> holdings)
    {
        var person = await db.Set<Person>().One(id);
        MayGive(person.Role, actor, screen);
        Must(person.Id != actor.PersonId, "person.not_self_leave");
        var held = await holdings.StillHeld(db, id, screen.Today);
        Must(
            held.Count == 0,
            "person.still_holds",
            ("name", person.Name),
            ("what", string.Join(", ", held.Select(h => $"{screen.T["holding." + h.Name]} — {h.Count}")))
        );
        person.Leave();
        await db.SaveChangesAsync();
        return person;
    }

    private static async Task<IResult> CreatePosition(Form form, AppDb db, Screen screen, Go go)
    {
        var position = await Made(db, form.Must("position_name"));
        return go.To("people", db, screen.T["people.saved", ("name", position.Name)]);
    }

    internal static async Task<Position> Made(AppDb db, string? name)
    {
        await db.StartWriting();
        var position = Position.Named(name);
        position.Call(position.Name, await db.Set<Position>().ToListAsync());
        db.Add(position);
        await db.SaveChangesAsync();
        return position;
    }

    private static async Task<IResult> Rename(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        form = await form.Merged(db, await db.Set<Position>().One(id), p => [("position_name", p.Name)]);
        var (position, _) = await Changed(db, id, new(form.Must("position_name"), Above: null, Version: null));
        return go.To("people", db, screen.T["position.renamed", ("name", position.Name)]);
    }

    private static async Task<IResult> Reports(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        form = await form.Merged(db, await db.Set<Position>().One(id), p => [("above", $"{p.AboveId}")]);
        var (position, above) = await Changed(db, id, new(Name: null, form.Id("above") ?? Guid.Empty, Version: null));
        return go.To(
            "people",
            db,
            screen.T["position.reports", ("position", position.Name), ("above", above?.Name ?? screen.T["position.above_owner"])]
        );
    }

    /// <summary>Its name and whom it reports to; what is not named stays. Saves.</summary>
    internal static async Task<(Position Position, Position? Above)> Changed(AppDb db, Guid id, PositionChange wanted)
    {
        await db.StartWriting();
        var all = await db.Set<Position>().ToListAsync();
        var position = all.Find(p => p.Id == id) ?? throw new NotFound();
        if (wanted.Name is { } name)
            position.Call(name, all);
        var to = wanted.Above ?? position.AboveId ?? Guid.Empty;
        var above = to == Guid.Empty ? null : all.Find(p => p.Id == to) ?? throw new NotFound();
        position.ReportTo(above, all);
        await db.SaveChangesAsync();
        return (position, above);
    }

    private static async Task<IResult> Assign(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        var person = form.Id("tenure_person") ?? throw new NotFound();
        var tenure = await Given(db, id, new(person, form.Day("tenure_from"), form.Day("tenure_to"), form.Flag("stand_in")), screen);
        return go.To("people", db, tenure.Title);
    }

    internal static async Task<Tenure> Given(AppDb db, Guid position, NewHolder wanted, Screen screen)
    {
        await db.StartWriting();
        var person = await db.Set<Person>().One(wanted.Person);
        var tenure = Tenure.Of(await db.Set<Position>().One(position), person, wanted.From ?? screen.Today, wanted.To, wanted.StandIn);
        await KeepApart(db, tenure, person);
        db.Add(tenure);
        await db.SaveChangesAsync();
        return tenure;
    }

    private static async Task KeepApart(AppDb db, Tenure tenure, Person person) =>
        tenure.KeepApart(await db.Set<Tenure>().Where(t => t.PersonId == person.Id).ToListAsync(), person);

    private static async Task<IResult> Days(Guid id, Form form, AppDb db, Screen screen, Go go)
    {
        form = await form.Merged(
            db,
            await db.Set<Tenure>().One(id),
            t => [("tenure_from", $"{t.From:yyyy-MM-dd}"), ("tenure_to", $"{t.To:yyyy-MM-dd}")]
        );
        await Lasting(db, id, form.Day("tenure_from"), form.Day("tenure_to"));
        return go.To("people", db, screen.T["people.days_saved"]);
    }

    /// <summary>From its first day, or another, to a last day or without end. Saves.</summary>
    internal static async Task<Tenure> Lasting(AppDb db, Guid id, DateOnly? from, DateOnly? to)
    {
        await db.StartWriting();
        var tenure = await db.Set<Tenure>().One(id);
        tenure.Between(from ?? tenure.From, to);
        await KeepApart(db, tenure, await db.Set<Person>().One(tenure.PersonId));
        await db.SaveChangesAsync();
        return tenure;
    }

    private static Role RoleOf(Form form) => Named.Of<Role>(form.Must("role")) ?? throw new NotFound();

    // Nobody lifts anyone above themselves: not by a role, nor by the password of one who stands higher.
    private static void MayGive(Role role, Actor actor, Screen screen) =>
        Must(MayGive(role, actor), "person.role_too_high", ("role", screen.T["role." + role]));

    internal static bool MayGive(Role role, Actor actor) =>
        !Rights.Of(role).Contains(Permission.PaySeeAll) || Rights.Of(role).IsSubsetOf(Rights.Of(actor.Role));

    // The pay level is not HR's to see; a form without it leaves it as it was.
    private static int LevelOf(int? typed, Actor actor, int otherwise) => actor.Can(Permission.PaySeeAll) ? typed ?? otherwise : otherwise;
}

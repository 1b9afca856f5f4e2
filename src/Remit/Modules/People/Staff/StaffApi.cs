using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>People join, change and leave, and hold positions by date, for other programs.</summary>
internal static class StaffApi
{
    public static void MapStaffApi(this RouteGroupBuilder api)
    {
        api.MapPost("/people", Join)
            .Needs(Permission.PeopleEdit)
            .WithSummary("A new person; they choose their password by the link, which stands in this answer only");
        api.MapPatch("/people/{id:guid}", Change)
            .Needs(Permission.PeopleEdit)
            .WithSummary(
                "Change what is named, from the version that was read; level and city hold from a month on, without one from this month"
            );
        api.MapPost("/people/{id:guid}/leave", Leave)
            .Needs(Permission.PeopleEdit)
            .WithSummary("They leave the firm; refused while they hold what must be handed over");
        api.MapPost("/positions", Create).Needs(Permission.PeopleEdit).WithSummary("A new position");
        api.MapPatch("/positions/{id:guid}", Place)
            .Needs(Permission.PeopleEdit)
            .WithSummary("Its name and the position it reports to, all zeros for the owner, from the version that was read");
        api.MapGet("/positions/{id:guid}/holders", Holders)
            .Needs(Permission.PeopleSee)
            .WithSummary("Who holds, held or will hold a position or stands in, the first first");
        api.MapPost("/positions/{id:guid}/holders", Assign)
            .Needs(Permission.PeopleEdit)
            .WithSummary("Who holds a position or stands in, from a day, without one from today, to a day or without end");
        api.MapPost("/holders/{id:guid}/days", Days)
            .Needs(Permission.PeopleEdit)
            .WithSummary("The first day and the last; without a first it stays, without a last there is no end");
        api.MapPost("/holders/{id:guid}/end", End)
            .Needs(Permission.PeopleEdit)
            .WithSummary("The last day somebody holds a position or stands in; without one, today");
    }

    private static async Task<Created<JoinedJson>> Join(
        NewPerson wanted,
        AppDb db,
        Actor actor,
        Screen screen,
        IPostOffice post,
        TimeProvider clock
    )
    {
        var person = await PeopleEndpoints.Joined(db, wanted, actor, screen);
        var byMail = wanted.ByMail && await post.IsOpen(db);
        var link = await db.Invite(person, screen, clock.GetUtcNow().UtcDateTime, byMail);
        await db.SaveChangesAsync();
        return TypedResults.Created((string?)null, new JoinedJson(await Shown(db, person, actor, screen), link, byMail));
    }

    private static async Task<PersonJson> Change(Guid id, PersonChange wanted, AppDb db, Actor actor, Screen screen, HttpContext http)
    {
        var person = await db.Set<Person>().One(id);
        http.MustMatch(db, person, wanted.Version);
        await PeopleEndpoints.Changed(
            db,
            person,
            (wanted.Name ?? person.Name, wanted.Email ?? person.Email, wanted.Role ?? person.Role),
            (wanted.Level, wanted.City ?? person.City, wanted.LevelFrom is { } from ? Api.MonthOf(from) : screen.Month),
            actor,
            screen
        );
        await db.SaveChangesAsync();
        return await Shown(db, http.Tagged(person), actor, screen);
    }

    private static async Task<PersonJson> Leave(
        Guid id,
        AppDb db,
        Actor actor,
        Screen screen,
        IEnumerable<IHolding> holdings,
        HttpContext http
    ) => await Shown(db, http.Tagged(await PeopleEndpoints.Left(db, id, actor, screen, holdings)), actor, screen);

    private static async Task<Created<PositionJson>> Create(NewPosition wanted, AppDb db, HttpContext http)
    {
        var position = await PeopleEndpoints.Made(db, wanted.Name);
        return TypedResults.Created((string?)null, PositionJson.Of(http.Tagged(position), []));
    }

    private static async Task<PositionJson> Place(Guid id, PositionChange wanted, AppDb db, Screen screen, HttpContext http)
    {
        http.MustMatch(db, await db.Set<Position>().One(id), wanted.Version);
        var (position, _) = await PeopleEndpoints.Changed(db, id, wanted);
        var held = await db.Set<Tenure>().AsNoTracking().On(screen.Today).Where(t => t.PositionId == id).ToListAsync();
        return PositionJson.Of(http.Tagged(position), held);
    }

    private static async Task<Created<HolderJson>> Assign(Guid id, NewHolder wanted, AppDb db, Screen screen) =>
        TypedResults.Created((string?)null, HolderJson.Of(await PeopleEndpoints.Given(db, id, wanted, screen)));

    private static async Task<IReadOnlyList<HolderJson>> Holders(Guid id, AppDb db)
    {
        var position = await db.Set<Position>().AsNoTracking().One(id);
        return
        [
            .. (
                await db.Set<Tenure>()
                    .AsNoTracking()
                    .Where(t => t.PositionId == position.Id)
                    .OrderBy(t => t.From)
                    .ThenBy(t => t.Id)
                    .ToListAsync()
            ).Select(HolderJson.Of),
        ];
    }

    private static async Task<HolderJson> Days(Guid id, HolderDays days, AppDb db) =>
        HolderJson.Of(await PeopleEndpoints.Lasting(db, id, days.From, days.To));

    private static async Task<HolderJson> End(Guid id, LastDay last, AppDb db, Screen screen) =>
        HolderJson.Of(await PeopleEndpoints.Lasting(db, id, from: null, last.On ?? screen.Today));

    private static async Task<PersonJson> Shown(AppDb db, Person person, Actor actor, Screen screen) =>
        PersonJson.Of(
            person,
            await db.Set<Tenure>().AsNoTracking().On(screen.Today).Where(t => t.PersonId == person.Id).ToListAsync(),
            actor
        );
}

/// <summary>A person who joins, in a form or by another program.</summary>
/// <param name="Level">Kept only from those who see everybody's pay.</param>
/// <param name="Position">Held from the day named, without one from today.</param>
/// <param name="ByMail">Send them the link, where the firm has a mail server.</param>
public sealed record NewPerson(
    string? Name,
    string? Email,
    Role Role,
    string? Lang,
    int? Level,
    string? City,
    Guid? Position,
    DateOnly? PositionFrom = null,
    bool ByMail = false
);

/// <summary>What of a person changes; what is not named stays.</summary>
/// <param name="LevelFrom">The month from which level and city hold, such as 2026-10.</param>
public sealed record PersonChange(string? Name, string? Email, Role? Role, int? Level, string? City, string? LevelFrom, int? Version);

/// <param name="JoinLink">By which they choose their password.</param>
public sealed record JoinedJson(PersonJson Person, string JoinLink, bool Mailed);

public sealed record NewPosition(string? Name);

/// <summary>What of a position changes; what is not named stays.</summary>
/// <param name="Above">All zeros: the owner.</param>
public sealed record PositionChange(string? Name, Guid? Above, int? Version);

public sealed record NewHolder(Guid Person, DateOnly? From, DateOnly? To, bool StandIn = false);

public sealed record HolderDays(DateOnly? From, DateOnly? To);

public sealed record LastDay(DateOnly? On);

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>People and positions, for other programs; and who the caller is.</summary>
public static class PeopleApi
{
    public static void MapPeopleApi(this RouteGroupBuilder api)
    {
        api.MapGet("/me", Me).Needs(Permission.Home).WithSummary("Who the token speaks for, in which firm, and what they may do");
        api.MapGet("/people", All).Needs(Permission.PeopleSee).WithSummary("The people of the firm and the positions they hold today");
        api.MapStaffApi();
        api.MapGet("/positions", Positions).Needs(Permission.PeopleSee).WithSummary("Positions, and who holds or stands in for them today");
    }

    private static MeJson Me(Actor actor, Screen screen) =>
        new(
            actor.PersonId!.Value,
            actor.Name,
            actor.Role,
            screen.Firm!.Name,
            screen.Firm.Currency,
            screen.Today,
            screen.Bearer?.ReadOnly ?? false,
            [.. Rights.Of(actor.Role).Order()]
        );

    private static async Task<IReadOnlyList<PersonJson>> All(AppDb db, Actor actor, Screen screen)
    {
        var held = (await db.Set<Tenure>().AsNoTracking().On(screen.Today).ToListAsync()).ToLookup(t => t.PersonId);
        var people = await db.Set<Person>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        return [.. people.Select(p => PersonJson.Of(p, held[p.Id], actor))];
    }

    private static async Task<IReadOnlyList<PositionJson>> Positions(AppDb db, Screen screen)
    {
        var held = (await db.Set<Tenure>().AsNoTracking().On(screen.Today).OrderBy(t => t.From).ToListAsync()).ToLookup(t => t.PositionId);
        var positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync();
        return [.. positions.Select(p => PositionJson.Of(p, held[p.Id]))];
    }
}

public sealed record MeJson(
    Guid Person,
    string Name,
    Role Role,
    string Firm,
    string Currency,
    DateOnly Today,
    bool ReadOnly,
    IReadOnlyList<Permission> Permissions
);

/// <param name="Level">The pay level; null for those who do not see others' pay.</param>
public sealed record PersonJson(
    Guid Id,
    string Name,
    string Email,
    Role Role,
    string Lang,
    string City,
    int? Level,
    bool Active,
    IReadOnlyList<Guid> Positions,
    int Version
)
{
    public static PersonJson Of(Person p, IEnumerable<Tenure> held, Actor actor) =>
        new(
            p.Id,
            p.Name,
            p.Email,
            p.Role,
            p.Language,
            p.City,
            actor.Can(Permission.PaySeeAll) || p.Id == actor.PersonId ? p.Level : null,
            p.Active,
            [.. held.Select(t => t.PositionId)],
            p.Version
        );
}

/// <param name="Above">The position it reports to; null for the owner.</param>
public sealed record PositionJson(Guid Id, string Name, Guid? Above, IReadOnlyList<HolderJson> Holders, int Version)
{
    public static PositionJson Of(Position p, IEnumerable<Tenure> held) =>
        new(p.Id, p.Name, p.AboveId, [.. held.Select(HolderJson.Of)], p.Version);
}

/// <param name="To">The last day; null where none is agreed.</param>
public sealed record HolderJson(Guid Id, Guid Person, bool StandIn, DateOnly From, DateOnly? To)
{
    public static HolderJson Of(Tenure t) => new(t.Id, t.PersonId, t.StandIn, t.From, t.To);
}

using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Pages;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>
/// A client leaves in one of two ways: deleted, with contacts and notes, where nothing else hangs on it; or archived, where
/// papers, money, visits or counted work do.
/// </summary>
internal static class ClientTrash
{
    private const int MostNamed = 5;

    public static void MapClientTrash(this WebApplication app)
    {
        app.MapPost("/clients/{id:guid}/delete", Delete).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/{id:guid}/archive", Archive).Needs(Permission.ClientsEdit);
        app.MapPost("/clients/{id:guid}/unarchive", Unarchive).Needs(Permission.ClientsEdit);
    }

    /// <summary>All of them or none: what holds the first ones is said by name.</summary>
    public static async Task DeleteMany(AppDb db, IReadOnlyList<Guid> ids, Screen screen)
    {
        // What hangs on them is looked for when nobody else writes.
        await db.StartWriting();
        var clients = await db.Set<Client>().Where(c => ids.Contains(c.Id)).ToListAsync();
        var held = (await Take(db, clients)).Select(h => h.On).ToHashSet();
        var named = clients.Where(c => held.Contains(c.Id)).Select(c => c.Name).ToList();
        Must(
            named.Count == 0,
            "client.many_held",
            ("n", named.Count),
            ("clients", string.Join(", ", named.Take(MostNamed)) + (named.Count > MostNamed ? " …" : ""))
        );
    }

    private static async Task<IResult> Delete(Guid id, AppDb db, Screen screen, Go go)
    {
        await db.StartWriting();
        var client = await db.Set<Client>().One(id);
        var holders = await Deleted(db, client);
        if (holders.Count > 0)
            return new RazorComponentResult<ClientHeld>(new { Client = client, Holders = holders }) { StatusCode = 422 };
        return go.To("clients", db, screen.T["trash.deleted", ("title", client.Name)]);
    }

    /// <summary>Into the trash, unless something holds it; that is what is answered then. Saves, in the writing that was started.</summary>
    internal static async Task<IReadOnlyList<Holder>> Deleted(AppDb db, Client client)
    {
        var holders = await Take(db, [client]);
        if (holders.Count == 0)
            await db.SaveChangesAsync();
        return holders;
    }

    // Those that were merged into one go with it: they are only signposts to it.
    private static async Task<IReadOnlyList<Holder>> Take(AppDb db, IReadOnlyList<Client> clients)
    {
        await db.TakeAway(clients);
        var ids = clients.Select(c => (Guid?)c.Id).ToList();
        var signposts = await db.Set<Client>().Where(c => ids.Contains(c.MergedInto)).ToListAsync();
        if (signposts.Count > 0)
            await Take(db, signposts);
        var leads = signposts.ToDictionary(s => s.Id, s => s.MergedInto!.Value);
        return [.. (await db.Holders()).Select(h => h with { On = leads.GetValueOrDefault(h.On, h.On) })];
    }

    private static async Task<IResult> Archive(Guid id, AppDb db, Screen screen, Go go)
    {
        var client = await Archived(db, await db.Set<Client>().One(id), screen.Today);
        return go.To($"clients/{id}", db, screen.T["client.archived", ("client", client.Name)]);
    }

    private static async Task<IResult> Unarchive(Guid id, AppDb db, Screen screen, Go go)
    {
        var client = await Archived(db, await db.Set<Client>().One(id), null);
        return go.To($"clients/{id}", db, screen.T["client.unarchived", ("client", client.Name)]);
    }

    /// <param name="on">Since when they are served no more; null where they are again. Saves.</param>
    internal static async Task<Client> Archived(AppDb db, Client client, DateOnly? on)
    {
        if (on is { } day)
            client.Archive(day);
        else
            client.Unarchive();
        await db.SaveChangesAsync();
        return client;
    }
}

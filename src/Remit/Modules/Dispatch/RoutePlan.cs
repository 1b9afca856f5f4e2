using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>A picture of how to get to a client: a map, a photo of the door.</summary>
public sealed record RoutePicture(Guid Id, string Name, string Type, string Sha256);

/// <summary>Where the pictures of routes lie; the module that keeps files tells.</summary>
public interface IRoutePictures
{
    Task<IReadOnlyList<RoutePicture>> Of(AppDb db, Guid client);
}

/// <summary>The route plan of a client: what others hang on it are its pictures.</summary>
internal sealed class RouteRecord : IRecordKind
{
    public const string Of = "route";
    public string Name => Of;
    public Permission See => Permission.VisitsSee;
    public Permission Edit => Permission.VisitsEdit;

    public string Path(Guid id) => $"clients/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<Client>().Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
}

internal static class Routes
{
    public static async Task<IReadOnlyList<RoutePicture>> Of(this IEnumerable<IRoutePictures> routes, AppDb db, Guid client)
    {
        var all = new List<RoutePicture>();
        foreach (var source in routes)
            all.AddRange(await source.Of(db, client));
        return all;
    }

    /// <summary>Whether this programmer has been at this client; who has not gets the route plan with the appointment.</summary>
    public static Task<bool> HasBeenAt(this AppDb db, Visit visit) =>
        db.Set<Visit>()
            .AnyAsync(v =>
                v.ClientId == visit.ClientId && v.ProgrammerId == visit.ProgrammerId && v.Id != visit.Id && v.State == VisitState.Done
            );
}

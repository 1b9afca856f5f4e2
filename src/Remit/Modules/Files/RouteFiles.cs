using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Files;

/// <summary>Pictures of the way to a client: shown on their page, sent along with the first appointment.</summary>
public sealed class RouteFiles(RecordFiles files) : IClientSection, IRoutePictures
{
    private const string Route = "route";

    public Task<RenderFragment?> For(Client client, AppDb db, Screen screen) => files.For(Route, client.Id, db, screen, "file.route");

    public async Task<IReadOnlyList<RoutePicture>> Of(AppDb db, Guid client) =>
        await db.Set<Attachment>()
            .AsNoTracking()
            .Where(a => a.RecordKind == Route && a.RecordId == client)
            .OrderBy(a => a.Id)
            .Take(5)
            .Select(a => new RoutePicture(a.Id, a.Name, a.Type, a.Sha256))
            .ToListAsync();
}

using Microsoft.AspNetCore.Components;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>A part of the client's page that another module brings: its visits, its papers.</summary>
public interface IClientSection
{
    /// <summary>Null where this person may not see it.</summary>
    Task<RenderFragment?> For(Client client, AppDb db, Screen screen);
}

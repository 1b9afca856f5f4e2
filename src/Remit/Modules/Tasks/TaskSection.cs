using Microsoft.AspNetCore.Components;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>A part of a task's page that another module brings: what is said about it, its files.</summary>
public interface ITaskSection
{
    /// <summary>Null where this person may not see it.</summary>
    Task<RenderFragment?> For(WorkTask task, AppDb db, Screen screen);
}

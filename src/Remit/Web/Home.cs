using Microsoft.AspNetCore.Components;
using Remit.Storage;

namespace Remit.Web;

/// <summary>What stands at the firm's own address: the module that has it says so once.</summary>
public static class Home
{
    public static Func<HttpContext, Task<IResult>> Show { get; set; } =
        http => Task.FromResult<IResult>(Results.Redirect(http.Request.PathBase + "/clients"));
}

/// <summary>A part of a person's day that a module brings: the running pay, the visits, the papers to chase.</summary>
public interface IDaySection
{
    /// <summary>Wide ones stand under the duties, narrow ones beside them.</summary>
    bool Wide { get; }

    /// <summary>Null where there is nothing to show, or this person may not see it.</summary>
    Task<RenderFragment?> For(AppDb db, Screen screen);
}

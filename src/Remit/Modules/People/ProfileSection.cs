using Microsoft.AspNetCore.Components;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>A part of one's own profile that a module brings.</summary>
public interface IProfileSection
{
    Task<RenderFragment> For(Person person, AppDb db, Screen screen);
}

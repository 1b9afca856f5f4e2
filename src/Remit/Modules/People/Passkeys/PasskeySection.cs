using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.People.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.People;

/// <summary>In the profile: the keys one has, and a new one.</summary>
internal sealed class PasskeySection : IProfileSection
{
    public async Task<RenderFragment> For(Person person, AppDb db, Screen screen)
    {
        var keys = await db.Set<Passkey>().AsNoTracking().Where(p => p.PersonId == person.Id).OrderBy(p => p.CreatedAt).ToListAsync();
        return page =>
        {
            page.OpenComponent<PasskeysBox>(0);
            page.AddComponentParameter(1, nameof(PasskeysBox.Keys), keys);
            page.CloseComponent();
        };
    }
}

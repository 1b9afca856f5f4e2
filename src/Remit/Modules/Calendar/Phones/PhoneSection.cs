using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>In the profile, where a person looks for it: the calendar on one's phone.</summary>
internal sealed class PhoneSection : IProfileSection
{
    public async Task<RenderFragment> For(Person person, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.CalendarEdit))
            return _ => { };
        var phones = await db.Set<AppPassword>().AsNoTracking().Where(p => p.PersonId == person.Id).OrderBy(p => p.MadeAt).ToListAsync();
        return page =>
        {
            page.OpenComponent<PhonesBox>(0);
            page.AddComponentParameter(1, nameof(PhonesBox.Phones), phones);
            page.CloseComponent();
        };
    }
}

using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Notices.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Notices.Inbox;

/// <summary>In the profile: what rings, quiet hours, the digest.</summary>
internal sealed class NoticeChoices : IProfileSection
{
    public async Task<RenderFragment> For(Person person, AppDb db, Screen screen)
    {
        var settings =
            await db.Set<NoticeSettings>().AsNoTracking().SingleOrDefaultAsync(s => s.PersonId == person.Id)
            ?? NoticeSettings.Of(person.Id);
        return page =>
        {
            page.OpenComponent<NoticeChoicesBox>(0);
            page.AddComponentParameter(1, nameof(NoticeChoicesBox.Settings), settings);
            page.CloseComponent();
        };
    }
}

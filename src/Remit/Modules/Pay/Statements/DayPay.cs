using Microsoft.AspNetCore.Components;
using Remit.Modules.Pay.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Pay;

/// <summary>On one's day: the running month, and what is held back.</summary>
internal sealed class DayPay : IDaySection
{
    public bool Wide => false;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (screen.Person?.PersonId is not { } person || screen.Firm is not { } firm) return null;
        var slip = (await PayRun.Load(db, screen.Month, firm, person)).SingleOrDefault(s => s.Input.Person == person);
        if (slip?.Explain().Result is not { } pay) return null;
        return page =>
        {
            page.OpenComponent<DayPayBox>(0);
            page.AddComponentParameter(1, nameof(DayPayBox.Pay), pay);
            page.CloseComponent();
        };
    }
}

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
        if (screen.Person?.PersonId is not { } person || screen.Firm is not { } firm)
            return null;
        var month = screen.Month;
        var sums = await db.Keep(
            $"pay {person} {month}",
            [],
            async () => (await PayRun.Load(db, month, firm, person)).SingleOrDefault(s => s.Input.Person == person)?.Sum().Sums
        );
        if (sums is not { } pay)
            return null;
        return page =>
        {
            page.OpenComponent<DayPayBox>(0);
            page.AddComponentParameter(1, nameof(DayPayBox.Person), person);
            page.AddComponentParameter(2, nameof(DayPayBox.Month), month);
            page.AddComponentParameter(3, nameof(DayPayBox.Total), pay.Total);
            page.AddComponentParameter(4, nameof(DayPayBox.Held), pay.Held);
            page.CloseComponent();
        };
    }
}

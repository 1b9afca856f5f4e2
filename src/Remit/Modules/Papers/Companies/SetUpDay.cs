using Microsoft.AspNetCore.Components;
using Remit.Kernel;
using Remit.Modules.Papers.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Papers;

/// <summary>On the owner's day, until the own company can issue papers and be paid: what is missing, and where to go on.</summary>
internal sealed class SetUpDay : IDaySection
{
    public bool Wide => false;

    public async Task<RenderFragment?> For(AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.FirmEdit)) return null;
        var company = (await db.OwnCompanies()).FirstOrDefault();
        List<string> missing = company is null ? ["setup.company", "setup.bank"] : [.. company.Missing()];
        if (missing.Count == 0) return null;
        var to = missing is ["field.account"] ? "set-up/bank" : "set-up/company";
        return page =>
        {
            page.OpenComponent<SetUpBox>(0);
            page.AddComponentParameter(1, nameof(SetUpBox.Missing), missing);
            page.AddComponentParameter(2, nameof(SetUpBox.To), to);
            page.CloseComponent();
        };
    }
}

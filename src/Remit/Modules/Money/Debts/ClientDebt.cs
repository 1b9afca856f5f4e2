using Microsoft.AspNetCore.Components;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Money.Pages;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Money.Debts;

/// <summary>On the client's page: what they owe and what they promised.</summary>
internal sealed class ClientDebt : IClientSection
{
    public async Task<RenderFragment?> For(Client client, AppDb db, Screen screen)
    {
        if (!screen.Can(Permission.PapersSee))
            return null;
        var debt = await Debt.Of(db, client.Id, screen.Today);
        if (debt.Unpaid.Count == 0 && debt.Promises.Count == 0)
            return null;
        return page =>
        {
            page.OpenComponent<ClientDebtBox>(0);
            page.AddComponentParameter(1, nameof(ClientDebtBox.Client), client);
            page.AddComponentParameter(2, nameof(ClientDebtBox.Debt), debt);
            page.CloseComponent();
        };
    }
}

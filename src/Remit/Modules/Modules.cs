using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;

namespace Remit.Modules;

/// <summary>The list of modules: what each adds to the program.</summary>
public static class AllModules
{
    public static void AddModules(this IServiceCollection services)
    {
        services.AddSingleton<IFactListener, Ledger>();
        services.AddSingleton<IClientSection, ClientVisits>();
        services.AddSingleton<IClientSection, ClientPapers>();
        services.AddSingleton<IVisitSection, VisitPapers>();
    }

    public static void MapModules(this WebApplication app)
    {
        app.MapPeople();
        app.MapClients();
        app.MapDispatch();
        app.MapPapers();
    }
}

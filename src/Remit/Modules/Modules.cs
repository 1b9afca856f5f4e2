using Remit.Modules.Demo;
using Remit.Modules.Search;
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
    }

    public static void MapModules(this WebApplication app)
    {
        app.MapPeople();
        app.MapDemo();
        app.MapSearch();
    }
}

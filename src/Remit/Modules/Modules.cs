using Remit.Modules.Calendar;
using Remit.Modules.Demo;
using Remit.Modules.Search;
using Remit.Modules.Duties;
using Remit.Modules.History;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Money;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules;

/// <summary>The list of modules: what each adds to the program.</summary>
public static class AllModules
{
    public static void AddModules(this IServiceCollection services)
    {
        services.AddSingleton<IFactListener, Ledger>();
        services.AddCalendar();
        // A review of a long list sends a few fields for each of hundreds of duties.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(f => f.ValueCountLimit = 8192);
        services.AddSingleton<IDaySection, DayVisits>();
        services.AddSingleton<IDaySection, DayPay>();
        services.AddSingleton<IClientSection, ClientVisits>();
        services.AddSingleton<IClientSection, ClientPapers>();
        services.AddSingleton<IVisitSection, VisitPapers>();
    }

    public static void MapModules(this WebApplication app)
    {
        app.MapPeople();
        app.MapDemo();
        app.MapSearch();
        app.MapDuties();
        app.MapWork();
        app.MapHistory();
        app.MapClients();
        app.MapDispatch();
        app.MapCalendar();
        app.MapPapers();
        app.MapMoney();
        app.MapPay();
    }
}

using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Clients.Import;
using Remit.Modules.Create;
using Remit.Modules.Demo;
using Remit.Modules.Dispatch;
using Remit.Modules.Duties;
using Remit.Modules.Files;
using Remit.Modules.History;
using Remit.Modules.Jobs;
using Remit.Modules.Mail;
using Remit.Modules.Meetings;
using Remit.Modules.Money;
using Remit.Modules.Notices;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.People;
using Remit.Modules.Planning;
using Remit.Modules.Received;
using Remit.Modules.Search;
using Remit.Modules.Start;
using Remit.Modules.Talk;
using Remit.Modules.Tasks;
using Remit.Modules.Telegram;
using Remit.Modules.Work;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules;

/// <summary>The list of modules: what each adds to the program.</summary>
public static class AllModules
{
    public static void AddModules(this IServiceCollection services)
    {
        services.AddMeetings();
        services.AddSingleton<IFactListener, Ledger>();
        services.AddSingleton<IFactListener, BilledStaysDone>();
        services.AddSingleton<IFactListener, ClosedPay>();
        services.AddSingleton<IMonthEnd, PayMonthEnd>();
        services.AddCalendar();
        services.AddPlanning();
        // A review of a long list sends a few fields for each of hundreds of duties.
        services.Configure<Microsoft.AspNetCore.Http.Features.FormOptions>(f =>
            (f.ValueCountLimit, f.MultipartBodyLengthLimit) = (8192, 512 << 20)
        );
        services.AddSingleton<IDaySection, DayVisits>();
        services.AddSingleton<IDaySection, DayPay>();
        services.AddSingleton<IDaySection, StartDay>();
        services.AddSingleton<IClientSection, ClientVisits>();
        services.AddPapers();
        services.AddMoney();
        services.AddReceived();
        services.AddGround();
    }

    /// <summary>What the mechanisms of the ground floor are given by the modules.</summary>
    private static void AddGround(this IServiceCollection services)
    {
        services.AddSingleton<OutsideWeb>();
        services.AddSingleton<MailSender>();
        services.AddSingleton<IJobHandler>(s => s.GetRequiredService<MailSender>());
        services.AddSingleton<IPostOffice>(s => s.GetRequiredService<MailSender>());
        services.AddSingleton<TelegramBot>();
        services.AddSingleton<ChatReading>();
        services.AddSingleton<IJobHandler>(s => s.GetRequiredService<ChatReading>());
        services.AddDispatch();
        services.AddPeople();
        services.AddNotices();
        services.AddSingleton<IJobHandler, Overdue>();
        services.AddSingleton<IJobHandler, ImportRun>();
        services.AddSingleton<ISheetFormat, ContactSheet>();
        services.AddSingleton<IBadge, DueBadge>();
        services.AddSingleton<IDaySection, DayDues>();
        services.AddSingleton<IDueSource, TaskDues>();
        services.AddSingleton<IDueSource, VisitDues>();
        services.AddSingleton<IDueSource, DisputeDues>();
        services.AddSingleton<IDueSource, CorrectionDues>();
        services.AddSingleton<ITimelineSource, EventLines>();
        services.AddSingleton<ITimelineSource, TaskLines>();
        services.AddSingleton<ITimelineSource, ChangeLines>();
        services.AddSingleton<ITimelineSource, VisitLines>();
        services.AddSingleton<IHolding, PositionHolding>();
        services.AddSingleton<IHolding, DutyHolding>();
        services.AddSingleton<IHolding, ClientHolding>();
        services.AddSingleton<IHolding, TaskHolding>();
        services.AddSingleton<IHolding, VisitHolding>();
        services.AddSingleton<IHolding, StatementHolding>();
        services.AddSingleton<RecordKinds>();
        services.AddSingleton<RecordFiles>();
        services.AddSingleton<IClientSection, RecordFiles>();
        services.AddSingleton<IClientSection, RouteFiles>();
        services.AddSingleton<IRoutePictures, RouteFiles>();
        services.AddSingleton<IVisitSection, RecordFiles>();
        services.AddSingleton<IPaperSection, RecordFiles>();
        services.AddSingleton<IContractSection, RecordFiles>();
        services.AddSingleton<IMeetingSection, RecordFiles>();
        services.AddTalk();
        services.AddSingleton<IRecordKind, TaskRecord>();
        services.AddSingleton<IRecordKind, ClientRecord>();
        services.AddSingleton<IRecordKind, VisitRecord>();
    }

    public static void MapModules(this WebApplication app)
    {
        app.MapPeople();
        app.MapStart();
        app.MapDemo();
        app.MapSearch();
        app.MapCreate();
        app.MapFavourites();
        app.MapManifest();
        app.MapDuties();
        app.MapWork();
        app.MapHistory();
        app.MapClients();
        app.MapDispatch();
        app.MapCalendar();
        app.MapPlanning();
        app.MapMeetings();
        app.MapPapers();
        app.MapMoney();
        app.MapPay();
        app.MapJobs();
        app.MapMail();
        app.MapReceived();
        app.MapTelegram();
        app.MapNotices();
        app.MapTasks();
        app.MapTalk();
        app.MapFiles();
        app.MapBadges();
        Headway.Map(app);
        MapApi(app);
    }

    private static void MapApi(WebApplication app)
    {
        app.MapApiDocument();
        var api = app.MapApi();
        api.MapGroup("").WithTags("People").MapPeopleApi();
        api.MapGroup("").WithTags("Duties").MapDutiesApi();
        api.MapGroup("").WithTags("Work").MapWorkApi();
        api.MapGroup("").WithTags("Clients").MapClientsApi();
        api.MapGroup("").WithTags("Visits").MapVisitsApi();
        api.MapGroup("").WithTags("Calendar").MapCalendarApi();
        api.MapGroup("").WithTags("Letters").MapReceivedApi();
        api.MapGroup("").WithTags("Meetings").MapMeetingsApi();
        api.MapGroup("").WithTags("Papers").MapPapersApi();
        api.MapGroup("").WithTags("Bank").MapBankApi();
        api.MapGroup("").WithTags("Pay").MapPayApi();
        api.MapGroup("").WithTags("History").MapHistoryApi();
    }
}

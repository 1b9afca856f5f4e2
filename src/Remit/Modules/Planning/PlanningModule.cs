using Remit.Modules.Planning.Reasons;
using Remit.Modules.Planning.Weeks;

namespace Remit.Modules.Planning;

/// <summary>The plan of a week: whom to meet, why, and when.</summary>
public static class PlanningModule
{
    public static void AddPlanning(this IServiceCollection services)
    {
        services.AddSingleton<Proposals>();
        services.AddSingleton<IMeetingReason, NewClient>();
        services.AddSingleton<IMeetingReason, QuestionAsked>();
        services.AddSingleton<IMeetingReason, OverdueInvoice>();
        services.AddSingleton<IMeetingReason, PassedPromise>();
        services.AddSingleton<IMeetingReason, EndingContract>();
        services.AddSingleton<IMeetingReason, NotSeen>();
        services.AddSingleton<IMeetingReason, QuietSpeaker>();
        services.AddSingleton<IMeetingReason, Birthday>();
    }

    public static void MapPlanning(this WebApplication app)
    {
        app.MapPlan();
        app.MapPlanSettings();
    }
}

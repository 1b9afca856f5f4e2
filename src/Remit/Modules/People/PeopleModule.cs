namespace Remit.Modules.People;

/// <summary>People, positions and who holds them; accounts and signing in.</summary>
public static class PeopleModule
{
    public static void AddPeople(this IServiceCollection services) => services.AddSingleton<IProfileSection, PasskeySection>();

    public static void MapPeople(this WebApplication app)
    {
        app.MapSignIn();
        app.MapSecond();
        app.MapTokens();
        app.MapPeopleAndPositions();
        app.MapJoining();
        app.MapPasskeys();
        app.MapHoldings();
    }
}

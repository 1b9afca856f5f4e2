using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;

namespace Remit.Tests.Dispatch;

/// <summary>A client with a contact, and visits to them, for the tests of dispatch.</summary>
internal static partial class Scene
{
    /// <summary>Bulgaria's workday after so many workdays, so that no two numbers are one day.</summary>
    public static DateOnly Workday(int after)
    {
        var day = DateOnly.FromDateTime(DateTime.UtcNow);
        for (var n = 0; n < after || !WorkCalendar.For("BG").IsWorkday(day); )
        {
            day = day.AddDays(1);
            if (WorkCalendar.For("BG").IsWorkday(day))
                n++;
        }
        return day;
    }

    public static async Task<Guid> Client(this World world, string name, string? email = null, string? phone = null)
    {
        await using var db = world.Db();
        var client = Modules.Clients.Client.New(name, "BG", DateTime.UtcNow);
        client.Describe("en", null, false, "Second door, third floor", await world.OwnerId());
        db.Add(client);
        if ((email ?? phone) is not null)
            db.Add(Contact.At(client, "Anna", null, phone, email, true));
        await db.SaveChangesAsync();
        return client.Id;
    }

    public static async Task<Visit> Visit(this World world, Guid client, Guid programmer, DateOnly day, string time = "10:00")
    {
        var answer = await world.Post(
            "visits/new",
            ("client", $"{client}"),
            ("programmer", $"{programmer}"),
            ("starts_at", $"{day:yyyy-MM-dd}T{time}"),
            ("duration", "60"),
            ("subject", "Update")
        );
        Assert.True((int)answer.StatusCode == 303, await answer.Content.ReadAsStringAsync());
        await using var db = world.Db();
        return await db.Set<Visit>().AsNoTracking().OrderByDescending(v => v.Id).FirstAsync(v => v.ClientId == client);
    }

    /// <summary>Its day has come: what is done there can be told.</summary>
    public static async Task HasCome(this World world, Visit visit)
    {
        await using var db = world.Db();
        await db.Set<Visit>()
            .Where(v => v.Id == visit.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(v => v.StartsAt, DateTime.UtcNow.Date.AddDays(-1).AddHours(10)));
    }

    public static async Task<Visit> Now(this World world, Visit visit)
    {
        await using var db = world.Db();
        return await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit.Id);
    }

    /// <summary>The times a client's page offers.</summary>
    public static IReadOnlyList<string> Offered(string page) => [.. Time.Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("name=\"starts_at\" value=\"([^\"]+)\"")]
    private static partial Regex Time { get; }
}

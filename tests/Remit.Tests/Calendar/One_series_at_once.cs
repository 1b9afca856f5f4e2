using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Tests.Calendar;

/// <summary>Two phones and a browser change one series at once. REMIT_SERIES_CHANGES makes it longer: changes by each of the three.</summary>
public sealed class One_series_at_once(World world) : IClassFixture<World>
{
    private static readonly int Changes = int.TryParse(
        Environment.GetEnvironmentVariable("REMIT_SERIES_CHANGES"),
        NumberStyles.None,
        CultureInfo.InvariantCulture,
        out var n
    )
        ? n
        : 20;

    [Fact]
    public async Task Nothing_is_lost_and_all_three_agree()
    {
        using var one = await Phone.OfOwner(world);
        using var two = await Phone.OfOwner(world);
        var calendar = await one.Calendar();
        var path = calendar + "series.ics";
        await one.Send("PUT", path, Phone.Event("series", "20270101T090000Z", "Stand-up", "RRULE:FREQ=DAILY\r\n"));
        Guid id;
        await using (var db = world.Db())
            id = await db.Set<CalendarItem>().Where(i => i.Uid == "series").Select(i => i.Id).SingleAsync();

        // Each changes days of its own; all of them stand in one text, so each save is in the others' way.
        await Task.WhenAll(ByPhone(one, path, 0), ByPhone(two, path, 1), ByPage(id, 2));

        var text = await (await one.Send("GET", path)).Content.ReadAsStringAsync();
        Assert.Equal(text, await (await two.Send("GET", path)).Content.ReadAsStringAsync());
        await using var after = world.Db();
        Assert.Equal(text, await after.Set<CalendarItem>().Where(i => i.Id == id).Select(i => i.Text).SingleAsync());
        var times = Series
            .Of(ContentReader.Read(text).Components[0], Zone.Utc)
            .Single()
            .Between(Civil.Seconds(2027, 1, 1), Civil.Seconds(2027, 1, 1) + 3L * Changes * Civil.Day);
        Assert.Equal(
            Enumerable.Range(0, 3 * Changes).Select(n => Start(n).Text),
            times.Select(t => t.Local with { Local = t.Start, Form = TimeForm.Utc }).Select(t => t.Text)
        );
        var week = await world.Text("calendar?day=2027-01-04");
        Assert.Contains("Stand-up", week);
    }

    // The n-th day is moved to its own minute, so that a lost change shows as a time that is missing.
    private static TimeValue Start(int n) => new(Civil.Seconds(2027, 1, 1) + n * (long)Civil.Day + 10 * 3600 + n % 60 * 60, TimeForm.Utc);

    private static TimeValue Was(int n) => new(Civil.Seconds(2027, 1, 1) + n * (long)Civil.Day + 9 * 3600, TimeForm.Utc);

    private static async Task ByPhone(Phone phone, string path, int which)
    {
        for (var n = which; n < 3 * Changes; n += 3)
            while (true)
            {
                var got = await phone.Send("GET", path);
                var root = ContentReader.Read(await got.Content.ReadAsStringAsync()).Components[0];
                var own = root.Inside("VEVENT").First(c => c.Find("RECURRENCE-ID") is null).Copy();
                own.Remove("RRULE");
                own.Set(Was(n).Line("RECURRENCE-ID"));
                own.Set(Start(n).Line("DTSTART"));
                root.Components.Add(own);
                var put = await phone.Send("PUT", path, ContentWriter.Write(root), ("If-Match", got.Headers.ETag!.Tag));
                if (put.StatusCode == HttpStatusCode.NoContent)
                    break;
                Assert.Equal(HttpStatusCode.PreconditionFailed, put.StatusCode);
            }
    }

    private async Task ByPage(Guid id, int which)
    {
        for (var n = which; n < 3 * Changes; n += 3)
            while (true)
            {
                int version;
                await using (var db = world.Db())
                    version = await db.Set<CalendarItem>().Where(i => i.Id == id).Select(i => i.Version).SingleAsync();
                var local = Civil.Moment(CalendarQueries.ZoneOf(world.Firm()).ToLocal(Start(n).Local));
                var answer = await world.Post(
                    $"calendar/items/{id}/move",
                    ("at", Was(n).Text),
                    ("starts_at", $"{local:yyyy-MM-dd'T'HH:mm}"),
                    ("duration", "60"),
                    ("scope", "This"),
                    ("version", $"{version}")
                );
                if (answer.StatusCode == HttpStatusCode.SeeOther)
                    break;
                Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
            }
    }
}

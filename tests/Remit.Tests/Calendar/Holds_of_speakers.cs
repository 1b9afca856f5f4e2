using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Storage;

namespace Remit.Tests.Calendar;

/// <summary>The rows of holds, without a database: as it comes by chance, many times over.</summary>
public sealed class Rows_of_holds
{
    private static readonly DateTime monday = new(2026, 11, 30, 9, 0, 0, DateTimeKind.Utc);
    private static readonly Speaker speaker = Speaker.With(CalendarBook.New("Nova", CalendarKind.Speaker, null), null, monday);

    [Fact]
    public void Who_asked_first_is_first_and_the_next_moves_up_when_it_is_released()
    {
        var first = Hold("Forum", 0, 8, [], 1);
        var second = Hold("Retreat", 4, 8, [first], 2);
        var third = Hold("Gala", 0, 24, [first, second], 3);
        List<SpeakerHold> all = [third, second, first];
        Assert.Equal([1, 2, 3], [HoldQueue.Rank(first, all), HoldQueue.Rank(second, all), HoldQueue.Rank(third, all)]);
        Assert.Equal([("Gala", 2), ("Retreat", 1)], HoldQueue.MovedUpBy(first, all).Select(m => (m.Hold.What, m.Rank)).Order());
        Assert.Equal("hold.not_first", Assert.Throws<Refusal>(() => second.Confirm(all, monday)).Key);
        first.Release("not wanted any more", monday);
        second.Confirm(all, monday);
        Assert.Equal("hold.taken", Assert.Throws<Refusal>(() => third.Confirm(all, monday)).Key);
        Assert.Equal("hold.taken", Assert.Throws<Refusal>(() => Hold("Late", 5, 6, all, 4)).Key);
    }

    [Fact]
    public void Whatever_is_placed_confirmed_and_released_no_two_confirmed_overlap_and_every_rank_is_its_place()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var (chance, all) = (new Random(seed), new List<SpeakerHold>());
            for (var turn = 0; turn < 25; turn++)
            {
                try
                {
                    var from = chance.Next(60);
                    if (chance.Next(3) == 0 || all.Count == 0)
                        all.Add(Hold($"h{turn}", from, from + 1 + chance.Next(20), all, turn));
                    else if (chance.Next(2) == 0)
                        all[chance.Next(all.Count)].Confirm(all, monday);
                    else
                        all[chance.Next(all.Count)].Release(null, monday);
                }
                catch (Refusal) { }
                Check(all, seed);
            }
        }
    }

    private static void Check(List<SpeakerHold> all, int seed)
    {
        var confirmed = all.Where(h => h.State == HoldState.Confirmed).ToList();
        Assert.All(confirmed, c => Assert.DoesNotContain(confirmed, o => o != c && o.Overlaps(c)));
        Assert.All(confirmed, c => Assert.True(HoldQueue.Rank(c, all) == 1, $"seed {seed}"));
        foreach (var hold in all.Where(h => h.Stands))
            Assert.Equal(
                HoldQueue.Rank(hold, all) - 1,
                all.Count(o => o.Stands && o != hold && o.Overlaps(hold) && HoldQueue.Ahead(hold, all).Contains(o))
            );
        Assert.All(all.Where(h => !h.Stands), h => Assert.Equal(0, HoldQueue.Rank(h, all)));
    }

    private static SpeakerHold Hold(string what, int from, int to, IEnumerable<SpeakerHold> row, int order) =>
        SpeakerHold.Place(
            speaker,
            what,
            (monday.AddHours(from), monday.AddHours(to)),
            row,
            (null, null, monday.AddDays(-9).AddMinutes(order))
        );
}

public sealed class Holds_of_speakers(World world) : IClassFixture<World>
{
    [Fact]
    public async Task A_date_is_held_twice_shown_with_its_rank_and_the_second_hears_that_it_moved_up()
    {
        var speaker = await Speaker("Nova Star");
        await world.Post(
            $"calendar/speakers/{speaker}/hold",
            ("subject", "Spring forum"),
            ("starts_at", "2027-04-12T10:00"),
            ("ends_at", "2027-04-12T12:00")
        );
        var (colleague, person) = await world.SomeoneWhoIs(Role.Manager);
        await colleague.Post(
            $"calendar/speakers/{speaker}/hold",
            ("subject", "Bank retreat"),
            ("starts_at", "2027-04-12T11:00"),
            ("ends_at", "2027-04-12T15:00")
        );
        var week = await world.Text("calendar?day=2027-04-12");
        Assert.Contains("class=\"ev hold ", week);
        Assert.Contains("number 2 in the row", week);
        var (first, second) = (await Hold("Spring forum"), await Hold("Bank retreat"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"calendar/holds/{second.Id}/confirm")).StatusCode);
        await world.Post($"calendar/holds/{first.Id}/release", ("reason", "they chose another day"));
        await using var db = world.Db();
        var told = await db.Set<Job>()
            .Where(j => j.Kind == "notice" && j.Payload.Contains("hold_moved_up"))
            .Select(j => j.Payload)
            .SingleAsync();
        Assert.Contains(person.ToString(), told);
        await world.Post($"calendar/holds/{second.Id}/confirm");
        var page = await world.Text($"calendar/speakers/{speaker}");
        Assert.Contains("they chose another day", page);
        Assert.Contains("Spring forum", page);
        Assert.Contains("class=\"ev confirmed ", await world.Text("calendar?day=2027-04-12"));
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (
                await world.Post(
                    $"calendar/speakers/{speaker}/hold",
                    ("subject", "Too late"),
                    ("starts_at", "2027-04-12T14:00"),
                    ("ends_at", "2027-04-12T16:00")
                )
            ).StatusCode
        );
    }

    [Fact]
    public async Task A_date_stands_on_the_phone_and_in_the_feed_as_tentative_then_sure_then_gone_and_can_only_be_looked_at()
    {
        var speaker = await Speaker("Vega Bright");
        var day = DateTime.UtcNow.Date.AddDays(40).ToString("yyyy-MM-dd");
        await world.Post(
            $"calendar/speakers/{speaker}/hold",
            ("subject", "Autumn gala"),
            ("starts_at", day + "T10:00"),
            ("ends_at", day + "T12:00")
        );
        await world.Post(
            $"calendar/speakers/{speaker}/hold",
            ("subject", "Second asker"),
            ("starts_at", day + "T11:00"),
            ("ends_at", day + "T13:00")
        );
        var hold = await Hold("Autumn gala");
        string feed;
        await using (var db = world.Db())
        {
            var book = await db.Set<CalendarBook>().SingleAsync(b => b.Name == "Vega Bright");
            book.OpenFeed();
            feed = $"feed/{book.Feed}.ics";
            await db.SaveChangesAsync();
        }
        using var phone = await Phone.OfOwner(world);
        var path = $"{phone.Root.AbsolutePath}cal/~holds/{hold.Id:N}.ics";
        var text = await Text();
        Assert.Contains("STATUS:TENTATIVE", text);
        Assert.Contains("SUMMARY:Vega Bright: Autumn gala", text);
        Assert.Contains("number 2 in the row", await Text((await Hold("Second asker")).Id));
        Assert.Contains("STATUS:TENTATIVE", await world.NewVisitor().Text(feed));
        Assert.Contains("can only be seen", await (await phone.Send("PUT", path, text)).Content.ReadAsStringAsync());
        Assert.Equal(HttpStatusCode.Forbidden, (await phone.Send("DELETE", path)).StatusCode);
        var listed = (
            await phone.Xml("PROPFIND", phone.Root + "cal/", "<propfind xmlns='DAV:'><prop><current-user-privilege-set/></prop></propfind>")
        )
            .Elements(Phone.D + "response")
            .Single(r => r.Element(Phone.D + "href")!.Value.EndsWith("/~holds/", StringComparison.Ordinal));
        Assert.DoesNotContain("write", listed.ToString());

        await world.Post($"calendar/holds/{hold.Id}/confirm");
        Assert.Contains("STATUS:CONFIRMED", await Text());
        await world.Post($"calendar/holds/{hold.Id}/release");
        Assert.Equal(HttpStatusCode.NotFound, (await phone.Send("GET", path)).StatusCode);
        Assert.DoesNotContain("number 2", await Text((await Hold("Second asker")).Id));
        Assert.DoesNotContain("Autumn gala", await world.NewVisitor().Text(feed));

        async Task<string> Text(Guid? id = null) =>
            (
                await (
                    await phone.Send("GET", id is { } other ? path.Replace($"{hold.Id:N}", $"{other:N}") : path)
                ).Content.ReadAsStringAsync()
            ).Replace("\r\n ", "");
    }

    private async Task<Guid> Speaker(string name)
    {
        await world.Post("calendar/speakers", ("name", name));
        await using var db = world.Db();
        return await db.Set<Speaker>().Where(s => s.Name == name).Select(s => s.Id).SingleAsync();
    }

    private async Task<SpeakerHold> Hold(string what)
    {
        await using var db = world.Db();
        return await db.Set<SpeakerHold>().AsNoTracking().SingleAsync(h => h.What == what);
    }
}

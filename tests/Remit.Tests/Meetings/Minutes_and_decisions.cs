using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Duties;
using Remit.Modules.Meetings;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;

namespace Remit.Tests.Meetings;

/// <summary>A series, its agenda, its minutes and what was decided.</summary>
public sealed class Minutes_and_decisions : IAsyncLifetime
{
    private static readonly DateOnly today = DateOnly.FromDateTime(DateTime.UtcNow.AddHours(2));
    private readonly World world = new();

    public Task InitializeAsync() => world.InitializeAsync();

    public Task DisposeAsync() => world.DisposeAsync();

    [Fact]
    public async Task A_series_stands_in_the_calendar_of_whoever_holds_the_position_and_leaves_it_when_the_position_goes_over()
    {
        var (position, kim, _) = await Holder("Engineer");
        var series = await Series(position);
        await using var db = world.Db();
        Assert.True(await db.Set<Meeting>().CountAsync(m => m.MeetingSeriesId == series) is >= 5 and <= 6);
        var item = await InCalendarOf(kim);
        Assert.True(item is { Repeats: true, Summary: "Brainstorm" });
        var (_, other) = await world.SomeoneWhoIs(Role.Programmer);
        var tenure = await db.Set<Tenure>().SingleAsync(t => t.PersonId == kim);
        tenure.End(today.AddDays(-1));
        db.Add(
            Tenure.Of(
                await db.Set<Position>().SingleAsync(p => p.Id == position),
                await db.Set<Person>().SingleAsync(p => p.Id == other),
                today
            )
        );
        await db.SaveChangesAsync();
        await world.RunJobs();
        await world.RunJobs(DateTime.UtcNow.AddDays(1));
        Assert.NotNull(await InCalendarOf(other));
        // What was before the change stays with who took part in it.
        Assert.True((await InCalendarOf(kim))!.EndsAt <= today.AddDays(1).ToDateTime(default));
    }

    [Fact]
    public async Task The_agenda_shows_what_was_done_a_decision_is_a_task_at_once_and_comes_back_until_it_is_closed()
    {
        var (position, kim, visitor) = await Holder("Engineer");
        var series = await Series(position);
        await Work(position, kim, "Repaired the server of Meridian");
        var first = await MeetingOn(series, today);
        Assert.Contains("Repaired the server of Meridian", await visitor.Text($"meetings/{first}"));
        var (point, _) = await PointOf(first, PointKind.Goals);
        await Saved(
            world.Post(
                $"meetings/{first}/decisions",
                ("point", $"{point}"),
                ("decision_text", "Buy a second server"),
                ("decision_for", $"position:{position}"),
                ("decision_due", $"{today.AddDays(3):yyyy-MM-dd}")
            )
        );
        Assert.Contains("Buy a second server", await visitor.Text("inbox"));
        await Saved(world.Post($"meetings/{first}/hold", ("present", $"{kim}")));
        var next = await MeetingOn(series, today.AddDays(7));
        Assert.Contains("Buy a second server", await visitor.Text($"meetings/{next}"));
        await using var db = world.Db();
        var task = await db.Set<WorkTask>().SingleAsync(t => t.Text == "Buy a second server");
        Assert.Contains("Done: Buy a second server", await visitor.PostAndRead($"tasks/{task.Id}/done"));
        Assert.Equal(DecisionState.Done, await db.Set<Decision>().AsNoTracking().Select(d => d.State).SingleAsync());
        Assert.Equal(1, await db.Set<StatedFact>().CountAsync(f => f.Code == "decision.done" && f.PersonId == kim));
        Assert.Equal(1, await db.Set<StatedFact>().CountAsync(f => f.Code == "meeting.held"));
        Assert.DoesNotContain("Buy a second server", await visitor.Text($"meetings/{next}"));
    }

    [Fact]
    public async Task An_undone_tick_opens_the_decision_again_and_takes_its_fact_back()
    {
        var (position, kim, visitor) = await Holder("Engineer");
        var meeting = await MeetingOn(await Series(position), today);
        await Saved(
            world.Post(
                $"meetings/{meeting}/decisions",
                ("decision_text", "Paint the wall"),
                ("decision_for", $"{kim}"),
                ("decision_due", $"{today.AddDays(3):yyyy-MM-dd}")
            )
        );
        await using var db = world.Db();
        var task = await db.Set<WorkTask>().SingleAsync();
        await Saved(visitor.Post($"tasks/{task.Id}/done"));
        var change = await db.Journal.OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        await Saved(visitor.Post($"history/{change}/undo", ("to", "inbox")));
        Assert.Equal(DecisionState.Open, await db.Set<Decision>().AsNoTracking().Select(d => d.State).SingleAsync());
        Assert.Equal(2, await db.Set<StatedFact>().CountAsync(f => f.Code == "decision.done"));
    }

    [Fact]
    public async Task Minutes_are_saved_while_typed_and_two_who_type_the_same_are_asked()
    {
        var (position, _, visitor) = await Holder("Engineer");
        var meeting = await MeetingOn(await Series(position), today);
        var (point, version) = await PointOf(meeting, PointKind.Done);
        var answer = await visitor.Post(
            $"meetings/{meeting}/points/{point}",
            ("notes", "first"),
            ("version", $"{version}"),
            ("draft", "1")
        );
        Assert.Equal(
            version + 1,
            JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("version").GetInt32()
        );
        var late = await world.Post($"meetings/{meeting}/points/{point}", ("notes", "second"), ("version", $"{version}"), ("draft", "1"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        Assert.Contains("first", await world.Text($"meetings/{meeting}"));
    }

    [Fact]
    public async Task Minutes_are_printed_in_four_languages_and_stand_once_they_are_closed()
    {
        var (position, kim, _) = await Holder("Engineer");
        var meeting = await MeetingOn(await Series(position), today);
        var (point, version) = await PointOf(meeting, PointKind.Done);
        await Saved(world.Post($"meetings/{meeting}/points/{point}", ("notes", "Said so"), ("version", $"{version}")));
        await Saved(world.Post($"meetings/{meeting}/hold", ("present", $"{kim}")));
        foreach (var language in Remit.Web.Texts.Languages)
        {
            var pdf = await world.Owner.Get($"meetings/{meeting}/minutes.pdf?lang={language}");
            Assert.Equal("application/pdf", pdf.Content.Headers.ContentType?.MediaType);
            Assert.StartsWith("%PDF", System.Text.Encoding.Latin1.GetString(await pdf.Content.ReadAsByteArrayAsync()));
        }
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.Post($"meetings/{meeting}/points/{point}", ("notes", "Another"), ("version", $"{version + 1}"))).StatusCode
        );
    }

    [Fact]
    public async Task Who_is_not_in_a_meeting_finds_nothing_of_it_not_even_its_files()
    {
        var (position, _, _) = await Holder("Engineer");
        var series = await Series(position);
        var meeting = await MeetingOn(series, today);
        var (stranger, _) = await world.SomeoneWhoIs(Role.Manager);
        foreach (var path in new[] { $"meetings/{meeting}", $"meetings/{meeting}/minutes.pdf", $"meetings/series/{series}" })
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.Get(path)).StatusCode);
        foreach (var path in new[] { "hold", "send", "points", "decisions", "move", "cancel", "order" })
            Assert.Equal(
                HttpStatusCode.NotFound,
                (
                    await stranger.Post(
                        $"meetings/{meeting}/{path}",
                        ("decision_for", $"position:{position}"),
                        ("starts_at", "2027-01-01T10:00")
                    )
                ).StatusCode
            );
        Assert.Equal(
            HttpStatusCode.NotFound,
            (await stranger.Post("files", ("record_kind", "meeting"), ("record_id", $"{meeting}"))).StatusCode
        );
        Assert.DoesNotContain("Brainstorm", await stranger.Text("meetings"));
    }

    [Fact]
    public async Task A_goal_on_the_agenda_leads_to_its_page_for_those_who_may_open_it()
    {
        var (position, person, visitor) = await Holder("Engineer");
        var (_, colleague, _) = await Holder("Painter");
        await Saved(world.Post("meetings/new", [.. Fields(position, today), ("member", $"{colleague}")]));
        await using var read = world.Db();
        var meeting = await MeetingOn(await read.Set<MeetingSeries>().Select(s => s.Id).SingleAsync(), today);
        var (own, other) = (GoalOf(person, "Own"), GoalOf(colleague, "Of a colleague"));
        await using (var db = world.Db())
        {
            db.AddRange(own, other);
            await db.SaveChangesAsync();
        }
        var page = await visitor.Text($"meetings/{meeting}");
        Assert.Contains("Of a colleague", page);
        Assert.Contains($"meetings/goals/{own.Id}", page);
        Assert.DoesNotContain($"meetings/goals/{other.Id}", page);
        Assert.Contains($"meetings/goals/{other.Id}", await world.Text($"meetings/{meeting}"));
    }

    [Fact]
    public async Task A_member_writes_but_does_not_run_the_meeting()
    {
        var (position, _, visitor) = await Holder("Engineer");
        var meeting = await MeetingOn(await Series(position), today);
        await Saved(visitor.Post($"meetings/{meeting}/points", ("point_text", "Holidays")));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"meetings/{meeting}/hold")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Post($"meetings/{meeting}/cancel")).StatusCode);
    }

    [Fact]
    public async Task A_point_written_beforehand_travels_with_its_meeting_to_the_series_new_time()
    {
        var (position, _, _) = await Holder("Engineer");
        var series = await Series(position);
        var meeting = await MeetingOn(series, today.AddDays(7));
        await Saved(world.Post($"meetings/{meeting}/points", ("point_text", "Prices")));
        var version = await Version(series);
        await Saved(world.Post($"meetings/series/{series}", Fields(position, today.AddDays(1), version)));
        await using var db = world.Db();
        Assert.Equal(today.AddDays(8), (await db.Set<Meeting>().SingleAsync(m => m.Id == meeting)).Day);
        Assert.Contains("Prices", await world.Text($"meetings/{meeting}"));
    }

    [Fact]
    public async Task A_moved_meeting_moves_in_the_calendar_and_a_cancelled_one_leaves_it()
    {
        var (position, kim, _) = await Holder("Engineer");
        var series = await Series(position);
        var moved = await MeetingOn(series, today.AddDays(7));
        await Saved(world.Post($"meetings/{moved}/move", ("starts_at", $"{today.AddDays(8):yyyy-MM-dd}T15:00"), ("place", "Roof")));
        await Saved(world.Post($"meetings/{await MeetingOn(series, today.AddDays(14))}/cancel"));
        var text = (await InCalendarOf(kim))!.Text;
        Assert.Contains("RECURRENCE-ID", text);
        Assert.Contains($"{today.AddDays(8):yyyyMMdd}T150000", text);
        Assert.Contains("EXDATE", text);
        Assert.Contains("LOCATION:Roof", text);
    }

    private async Task<(Guid Position, Guid Person, World.Visitor Visitor)> Holder(string name)
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Programmer);
        await using var db = world.Db();
        var position = Position.Named(name);
        db.AddRange(position, Tenure.Of(position, await db.Set<Person>().SingleAsync(p => p.Id == id), today.AddDays(-60)));
        await db.SaveChangesAsync();
        return (position.Id, id, visitor);
    }

    private static (string, string)[] Fields(Guid position, DateOnly day, int version = 0) =>
        [
            ("meeting_name", "Brainstorm"),
            ("starts_at", $"{day:yyyy-MM-dd}T10:00"),
            ("duration", "60"),
            ("repeat", "WEEKLY"),
            ("member", $"position:{position}"),
            ("version", $"{version}"),
        ];

    private static Goal GoalOf(Guid person, string text) =>
        Goal.Set(new(text, "", "", new(Measure.Hand, ""), "", 0, 1000, today.AddDays(30), new Hand(person, null)), today, null);

    private async Task<Guid> Series(Guid position)
    {
        await Saved(world.Post("meetings/new", Fields(position, today)));
        await using var db = world.Db();
        return await db.Set<MeetingSeries>().Select(s => s.Id).SingleAsync();
    }

    private async Task<Guid> MeetingOn(Guid series, DateOnly day)
    {
        await using var db = world.Db();
        return (await db.Set<Meeting>().Where(m => m.MeetingSeriesId == series).ToListAsync()).Single(m => m.Day == day).Id;
    }

    private async Task<(Guid Id, int Version)> PointOf(Guid meeting, PointKind kind)
    {
        await using var db = world.Db();
        var point = await db.Set<AgendaPoint>().SingleAsync(p => p.MeetingId == meeting && p.Kind == kind);
        return (point.Id, point.Version);
    }

    private async Task<int> Version(Guid series)
    {
        await using var db = world.Db();
        return await db.Set<MeetingSeries>().Where(s => s.Id == series).Select(s => s.Version).SingleAsync();
    }

    private async Task<CalendarItem?> InCalendarOf(Guid person)
    {
        await using var db = world.Db();
        return await db.Set<CalendarItem>()
            .AsNoTracking()
            .SingleOrDefaultAsync(i => db.Set<CalendarBook>().Any(c => c.Id == i.CalendarBookId && c.OwnerId == person));
    }

    private async Task Work(Guid position, Guid person, string label)
    {
        await using var db = world.Db();
        var duty = Duty.Of(position, "", "1", "Repair");
        db.AddRange(duty, DutyNorm.Of(duty, today.AddDays(-60), 30, 1, 10));
        await db.SaveChangesAsync();
        await Ledger.Log(db, person, duty, today, 1000, label);
        await db.SaveChangesAsync();
    }

    private static async Task Saved(Task<HttpResponseMessage> answer)
    {
        var got = await answer;
        Assert.True(got.StatusCode == HttpStatusCode.SeeOther, $"{got.StatusCode}: {await got.Content.ReadAsStringAsync()}");
    }
}

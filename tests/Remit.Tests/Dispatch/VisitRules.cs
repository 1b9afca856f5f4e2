using Remit.Kernel;
using Remit.Modules.Dispatch;

namespace Remit.Tests.Dispatch;

public sealed class VisitRules
{
    private static readonly Guid client = Guid.NewGuid(),
        petar = Guid.NewGuid(),
        maria = Guid.NewGuid();
    private static readonly DateTime ten = new(2026, 3, 2, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Two_visits_of_one_person_at_one_time_collide() => Assert.True(At(ten).Collides(At(ten.AddMinutes(59))));

    [Fact]
    public void Visits_that_only_touch_do_not_collide() => Assert.False(At(ten).Collides(At(ten.AddMinutes(60))));

    [Fact]
    public void Visits_of_two_people_do_not_collide() => Assert.False(At(ten).Collides(At(ten, maria)));

    [Fact]
    public void A_cancelled_visit_is_in_nobodys_way()
    {
        var cancelled = At(ten);
        cancelled.Cancel();
        Assert.False(At(ten).Collides(cancelled));
    }

    [Fact]
    public void A_moved_visit_is_confirmed_anew()
    {
        var visit = At(ten);
        visit.Confirm();
        visit.Move(ten.AddDays(1), petar, Day(ten));
        Assert.Equal(VisitState.Planned, visit.State);
    }

    [Fact]
    public void A_visit_to_come_is_not_moved_to_a_day_that_is_over_but_one_left_behind_is_put_right()
    {
        var visit = At(ten);
        Assert.Equal("visit.past", Assert.Throws<Refusal>(() => visit.Move(ten.AddDays(-1), petar, Day(ten))).Key);
        Assert.Equal(ten, visit.StartsAt);
        visit.Move(ten.AddHours(-2), petar, Day(ten));
        visit.Move(ten.AddDays(-1), petar, Day(ten).AddDays(2));
        Assert.Equal(ten.AddDays(-1), visit.StartsAt);
    }

    [Fact]
    public void A_visit_is_not_confirmed_twice()
    {
        var visit = At(ten);
        visit.Confirm();
        Assert.Equal("visit.not_awaiting", Assert.Throws<Refusal>(visit.Confirm).Key);
    }

    [Fact]
    public void A_visit_is_not_finished_without_saying_what_was_done() =>
        Assert.Equal("visit.no_works", Assert.Throws<Refusal>(() => At(ten).Finish(60, " ")).Key);

    [Fact]
    public void A_visit_that_is_over_cannot_be_cancelled()
    {
        var visit = At(ten);
        visit.Finish(45, "Update");
        Assert.Equal("visit.is_over", Assert.Throws<Refusal>(visit.Cancel).Key);
    }

    private static DateOnly Day(DateTime at) => DateOnly.FromDateTime(at);

    private static Visit At(DateTime start, Guid? who = null) => Visit.Plan(client, who ?? petar, start, 60, false, "Update", null);
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0160_Meetings")]
public sealed class Meetings : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        Series(m);
        Minutes(m);
        Goals(m);
        Events(m);
    }

    private static void Series(MigrationBuilder m)
    {
        m.CreateTable(
            "meeting_series",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Purpose = c.Column<string>(nullable: false),
                Place = c.Column<string>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                Rule = c.Column<string>(nullable: false),
                LeadPersonId = c.Column<Guid>(nullable: true),
                LeadPositionId = c.Column<Guid>(nullable: true),
                ClientId = c.Column<Guid>(nullable: true),
                CreatedBy = c.Column<Guid>(nullable: true),
                EndsOn = c.Column<DateOnly>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_meeting_series", x => x.Id)
        );
        m.CreateTable(
            "meeting_members",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MeetingSeriesId = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                PositionId = c.Column<Guid>(nullable: true),
                Name = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_meeting_members", x => x.Id)
        );
        m.CreateIndex("IX_meeting_members_MeetingSeriesId", "meeting_members", new[] { "MeetingSeriesId" });
        m.CreateIndex("IX_meeting_members_PersonId", "meeting_members", new[] { "PersonId" });
    }

    private static void Minutes(MigrationBuilder m)
    {
        m.CreateTable(
            "meetings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MeetingSeriesId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Slot = c.Column<DateTime>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                Place = c.Column<string>(nullable: false),
                Stage = c.Column<string>(nullable: false),
                Present = c.Column<string>(nullable: false),
                HeldAt = c.Column<DateTime>(nullable: true),
                HeldBy = c.Column<Guid>(nullable: true),
                SentAt = c.Column<DateTime>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_meetings", x => x.Id)
        );
        m.CreateIndex("IX_meetings_MeetingSeriesId_Slot", "meetings", new[] { "MeetingSeriesId", "Slot" });
        m.CreateIndex("IX_meetings_Stage_StartsAt", "meetings", new[] { "Stage", "StartsAt" });
        m.CreateTable(
            "meeting_points",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MeetingId = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Place = c.Column<int>(nullable: false),
                Notes = c.Column<string>(nullable: false),
                Shown = c.Column<string>(nullable: false),
                AddedBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_meeting_points", x => x.Id)
        );
        m.CreateIndex("IX_meeting_points_MeetingId", "meeting_points", new[] { "MeetingId" });
        m.CreateTable(
            "decisions",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MeetingId = c.Column<Guid>(nullable: false),
                MeetingSeriesId = c.Column<Guid>(nullable: false),
                AgendaPointId = c.Column<Guid>(nullable: true),
                Text = c.Column<string>(nullable: false),
                WorkTaskId = c.Column<Guid>(nullable: false),
                TakenOn = c.Column<DateOnly>(nullable: false),
                State = c.Column<string>(nullable: false),
                ClosedOn = c.Column<DateOnly>(nullable: true),
                Result = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_decisions", x => x.Id)
        );
        m.CreateIndex("IX_decisions_MeetingSeriesId_State", "decisions", new[] { "MeetingSeriesId", "State" });
        m.CreateIndex("IX_decisions_MeetingId", "decisions", new[] { "MeetingId" });
        m.CreateIndex("IX_decisions_WorkTaskId", "decisions", new[] { "WorkTaskId" }, unique: true);
    }

    private static void Goals(MigrationBuilder m)
    {
        m.CreateTable(
            "goals",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Reason = c.Column<string>(nullable: false),
                Way = c.Column<string>(nullable: false),
                MeasuredBy = c.Column<string>(nullable: false),
                Unit = c.Column<string>(nullable: false),
                StartMilli = c.Column<long>(nullable: false),
                TargetMilli = c.Column<long>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                By = c.Column<DateOnly>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                PositionId = c.Column<Guid>(nullable: true),
                SetBy = c.Column<Guid>(nullable: true),
                State = c.Column<string>(nullable: false),
                Result = c.Column<string>(nullable: false),
                ClosedOn = c.Column<DateOnly>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_goals", x => x.Id)
        );
        m.CreateIndex("IX_goals_State_By", "goals", new[] { "State", "By" });
        m.CreateIndex("IX_goals_PersonId", "goals", new[] { "PersonId" });
        m.CreateTable(
            "goal_values",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                GoalId = c.Column<Guid>(nullable: false),
                On = c.Column<DateOnly>(nullable: false),
                Milli = c.Column<long>(nullable: false),
                EnteredBy = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_goal_values", x => x.Id)
        );
        m.CreateIndex("IX_goal_values_GoalId_On", "goal_values", new[] { "GoalId", "On" });
    }

    private static void Events(MigrationBuilder m)
    {
        m.CreateTable(
            "staff_events",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Programme = c.Column<string>(nullable: false),
                Speaker = c.Column<string>(nullable: false),
                Place = c.Column<string>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                Places = c.Column<int>(nullable: true),
                OrganisedBy = c.Column<Guid>(nullable: true),
                Stage = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_staff_events", x => x.Id)
        );
        m.CreateIndex("IX_staff_events_StartsAt", "staff_events", new[] { "StartsAt" });
        m.CreateTable(
            "event_guests",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                StaffEventId = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                Name = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                Link = c.Column<string>(nullable: false),
                State = c.Column<string>(nullable: false),
                AnsweredAt = c.Column<DateTime>(nullable: true),
                Mark = c.Column<int>(nullable: true),
                Words = c.Column<string>(nullable: false),
                ToldAt = c.Column<DateTime>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_event_guests", x => x.Id)
        );
        m.CreateIndex("IX_event_guests_StaffEventId", "event_guests", new[] { "StaffEventId" });
        m.CreateIndex("IX_event_guests_PersonId", "event_guests", new[] { "PersonId" });
        m.CreateIndex("IX_event_guests_Link", "event_guests", new[] { "Link" }, unique: true);
    }
}

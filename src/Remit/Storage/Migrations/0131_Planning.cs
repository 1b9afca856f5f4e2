using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0131_Planning")]
public sealed class Planning : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "invitations",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CalendarItemId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                TimeZone = c.Column<string>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                SpeakerId = c.Column<Guid>(nullable: true),
                InvitedBy = c.Column<Guid>(nullable: true),
                Link = c.Column<string>(nullable: false),
                Root = c.Column<string>(nullable: false),
                Uid = c.Column<string>(nullable: false),
                Summary = c.Column<string>(nullable: false),
                Place = c.Column<string>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                EndsAt = c.Column<DateTime>(nullable: false),
                Sequence = c.Column<int>(nullable: false),
                SentSequence = c.Column<int>(nullable: false),
                Cancelled = c.Column<bool>(nullable: false),
                Reply = c.Column<string>(nullable: false),
                RepliedAt = c.Column<DateTime>(nullable: true),
                ProposedAt = c.Column<DateTime>(nullable: true),
                Note = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_invitations", x => x.Id)
        );
        m.CreateIndex("IX_invitations_CalendarItemId", "invitations", "CalendarItemId");
        m.CreateIndex("IX_invitations_Link", "invitations", "Link", unique: true);
        Settings(m);
    }

    private static void Settings(MigrationBuilder m)
    {
        m.CreateTable(
            "plan_settings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                NotSeenDays = c.Column<int>(nullable: false),
                SpeakerDays = c.Column<int>(nullable: false),
                NewDays = c.Column<int>(nullable: false),
                CallMinutes = c.Column<int>(nullable: false),
                MeetingMinutes = c.Column<int>(nullable: false),
                Travel = c.Column<int>(nullable: false),
                MostCalls = c.Column<int>(nullable: false),
                MostMeetings = c.Column<int>(nullable: false),
                PutOffDays = c.Column<int>(nullable: false),
                Weights = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_plan_settings", x => x.Id)
        );
        m.CreateTable(
            "segment_rhythms",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Segment = c.Column<string>(nullable: false),
                Days = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_segment_rhythms", x => x.Id)
        );
        m.CreateIndex("IX_segment_rhythms_Segment", "segment_rhythms", "Segment", unique: true);
        m.CreateTable(
            "put_offs",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                PartyId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Until = c.Column<DateOnly>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_put_offs", x => x.Id)
        );
        m.CreateIndex("IX_put_offs_PersonId_Until", "put_offs", new[] { "PersonId", "Until" });
    }
}

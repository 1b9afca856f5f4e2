using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0130_WeekAndHolds")]
public sealed class WeekAndHolds : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("TimeZone", "clients", nullable: false, defaultValue: "");
        m.AddColumn<DateOnly>("Birthday", "contacts", nullable: true);
        m.AddColumn<bool>("Online", "calendar_items", nullable: false, defaultValue: false);
        m.AddColumn<Guid>("SpeakerId", "calendar_items", nullable: true);
        m.CreateIndex("IX_calendar_items_SpeakerId", "calendar_items", "SpeakerId");
        m.CreateTable(
            "firm_days",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Country = c.Column<string>(nullable: false),
                Day = c.Column<DateOnly>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_firm_days", x => x.Id)
        );
        m.CreateIndex("IX_firm_days_Country_Day", "firm_days", new[] { "Country", "Day" }, unique: true);
        m.CreateTable(
            "person_clocks",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                TimeZone = c.Column<string>(nullable: false),
                Country = c.Column<string>(nullable: false),
                Opens = c.Column<int>(nullable: false),
                Closes = c.Column<int>(nullable: false),
                CallDays = c.Column<string>(nullable: false),
                MeetingDays = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_person_clocks", x => x.Id)
        );
        m.CreateTable(
            "meeting_templates",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Questions = c.Column<string>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                Online = c.Column<bool>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_meeting_templates", x => x.Id)
        );
        m.CreateIndex("IX_meeting_templates_Kind", "meeting_templates", "Kind", unique: true);
        Speakers(m);
    }

    private static void Speakers(MigrationBuilder m)
    {
        m.CreateTable(
            "speakers",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                Phone = c.Column<string>(nullable: false),
                Topics = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                TimeZone = c.Column<string>(nullable: false),
                Birthday = c.Column<DateOnly>(nullable: true),
                CalendarBookId = c.Column<Guid>(nullable: false),
                OwnerId = c.Column<Guid>(nullable: true),
                CreatedAt = c.Column<DateTime>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_speakers", x => x.Id)
        );
        m.CreateIndex("IX_speakers_CalendarBookId", "speakers", "CalendarBookId", unique: true);
        m.CreateTable(
            "speaker_holds",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                SpeakerId = c.Column<Guid>(nullable: false),
                What = c.Column<string>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                StartsAt = c.Column<DateTime>(nullable: false),
                EndsAt = c.Column<DateTime>(nullable: false),
                State = c.Column<string>(nullable: false),
                PlacedAt = c.Column<DateTime>(nullable: false),
                PlacedBy = c.Column<Guid>(nullable: true),
                ConfirmedAt = c.Column<DateTime>(nullable: true),
                ReleasedAt = c.Column<DateTime>(nullable: true),
                Reason = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_speaker_holds", x => x.Id)
        );
        m.CreateIndex("IX_speaker_holds_SpeakerId_StartsAt", "speaker_holds", new[] { "SpeakerId", "StartsAt" });
        m.CreateIndex("IX_speaker_holds_ClientId", "speaker_holds", "ClientId");
    }
}

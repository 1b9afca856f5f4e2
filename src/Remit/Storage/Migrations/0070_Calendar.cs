using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0070_Calendar")]
public sealed class Calendar : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "calendars",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Description = c.Column<string>(nullable: false),
                Colour = c.Column<string>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                OwnerId = c.Column<Guid>(nullable: true),
                Sharing = c.Column<string>(nullable: false),
                Place = c.Column<int>(nullable: false),
                Feed = c.Column<string>(nullable: false),
                Source = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_calendars", x => x.Id)
        );
        m.CreateTable(
            "calendar_items",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CalendarBookId = c.Column<Guid>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Uid = c.Column<string>(nullable: false),
                Component = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Summary = c.Column<string>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                EndsAt = c.Column<DateTime>(nullable: false),
                Repeats = c.Column<bool>(nullable: false),
                Private = c.Column<bool>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                State = c.Column<string>(nullable: false),
                Outcome = c.Column<string>(nullable: false),
                NextStep = c.Column<string>(nullable: false),
                HeldOn = c.Column<DateOnly>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_calendar_items", x => x.Id)
        );
        m.CreateTable(
            "sync_changes",
            c => new
            {
                Collection = c.Column<Guid>(nullable: false),
                Item = c.Column<Guid>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Number = c.Column<long>(nullable: false),
                Gone = c.Column<bool>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_sync_changes", x => new { x.Collection, x.Item })
        );
        m.CreateTable(
            "contact_cards",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_contact_cards", x => x.Id)
        );
        m.CreateTable(
            "app_passwords",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                SecretHash = c.Column<string>(nullable: false),
                MadeAt = c.Column<DateTime>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_app_passwords", x => x.Id)
        );
        m.CreateIndex("IX_calendars_Path", "calendars", "Path", unique: true);
        m.CreateIndex("IX_calendars_Feed", "calendars", "Feed");
        m.CreateIndex("IX_calendar_items_CalendarBookId_Path", "calendar_items", new[] { "CalendarBookId", "Path" }, unique: true);
        m.CreateIndex("IX_calendar_items_CalendarBookId_Uid", "calendar_items", new[] { "CalendarBookId", "Uid" });
        m.CreateIndex(
            "IX_calendar_items_CalendarBookId_EndsAt_StartsAt",
            "calendar_items",
            new[] { "CalendarBookId", "EndsAt", "StartsAt" }
        );
        m.CreateIndex("IX_calendar_items_ClientId", "calendar_items", "ClientId");
        m.CreateIndex("IX_sync_changes_Collection_Number", "sync_changes", new[] { "Collection", "Number" });
        m.CreateIndex("IX_contact_cards_Path", "contact_cards", "Path", unique: true);
        m.CreateIndex("IX_app_passwords_SecretHash", "app_passwords", "SecretHash");
        m.CreateIndex("IX_app_passwords_PersonId", "app_passwords", "PersonId");
    }
}

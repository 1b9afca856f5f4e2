using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0140_OutsideCalendars")]
public sealed class OutsideCalendars : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<Guid>("AccountId", "calendars", nullable: true);
        m.AddColumn<bool>("ReadOnly", "calendars", nullable: false, defaultValue: false);
        m.AddColumn<bool>("TakesTime", "calendars", nullable: false, defaultValue: true);
        m.AddColumn<bool>("FeedBusy", "calendars", nullable: false, defaultValue: false);
        m.CreateTable(
            "outside_accounts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Address = c.Column<string>(nullable: false),
                UserName = c.Column<string>(nullable: false),
                PasswordSealed = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_outside_accounts", x => x.Id)
        );
        m.CreateTable(
            "outside_states",
            c => new
            {
                CalendarBookId = c.Column<Guid>(nullable: false),
                Token = c.Column<string>(nullable: false),
                LocalNumber = c.Column<long>(nullable: false),
                Etag = c.Column<string>(nullable: false),
                Modified = c.Column<string>(nullable: false),
                TriedAt = c.Column<DateTime>(nullable: true),
                DoneAt = c.Column<DateTime>(nullable: true),
                Failures = c.Column<int>(nullable: false),
                Error = c.Column<string>(nullable: false),
                Notes = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_outside_states", x => x.CalendarBookId)
        );
        m.CreateTable(
            "outside_links",
            c => new
            {
                CalendarBookId = c.Column<Guid>(nullable: false),
                Href = c.Column<string>(nullable: false),
                ItemId = c.Column<Guid>(nullable: true),
                Etag = c.Column<string>(nullable: false),
                Agreed = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_outside_links", x => new { x.CalendarBookId, x.Href })
        );
        m.CreateIndex("IX_calendars_AccountId", "calendars", "AccountId");
        m.CreateIndex("IX_outside_accounts_PersonId", "outside_accounts", "PersonId");
        m.CreateIndex("IX_outside_links_CalendarBookId_ItemId", "outside_links", new[] { "CalendarBookId", "ItemId" });
    }
}

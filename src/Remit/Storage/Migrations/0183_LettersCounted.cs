using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Two letters under one id are two, and what one address writes beyond a day's measure is counted.</summary>
[DbContext(typeof(AppDb)), Migration("0183_LettersCounted")]
public sealed class LettersCounted : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("Print", "received_letters", nullable: false, defaultValue: "");
        m.DropIndex("IX_received_letters_Key", "received_letters");
        m.CreateIndex("IX_received_letters_Key_Print", "received_letters", new[] { "Key", "Print" }, unique: true);
        m.CreateIndex("IX_received_letters_FromAddress_ReceivedAt", "received_letters", new[] { "FromAddress", "ReceivedAt" });
        m.CreateTable(
            "left_letters",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                FromAddress = c.Column<string>(nullable: false),
                Day = c.Column<DateOnly>(nullable: false),
                Count = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_left_letters", x => x.Id);
            }
        );
        m.CreateIndex("IX_left_letters_Day_FromAddress", "left_letters", new[] { "Day", "FromAddress" }, unique: true);
    }
}

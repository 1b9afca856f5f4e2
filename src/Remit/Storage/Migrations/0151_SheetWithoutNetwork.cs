using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>A sheet is noted before it is finished, and a form that a phone sends twice is done once.</summary>
[DbContext(typeof(AppDb)), Migration("0151_SheetWithoutNetwork")]
public sealed class SheetWithoutNetwork : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("Works", "visit_sheets", nullable: false, defaultValue: "");
        m.AddColumn<int>("NotedMinutes", "visit_sheets", nullable: false, defaultValue: 0);
        m.AddColumn<Guid>("NotedBy", "visit_sheets", nullable: true);
        m.CreateTable(
            "sent_once",
            c => new { Id = c.Column<Guid>(nullable: false), At = c.Column<DateTime>(nullable: false) },
            constraints: t => t.PrimaryKey("PK_sent_once", x => x.Id)
        );
    }
}

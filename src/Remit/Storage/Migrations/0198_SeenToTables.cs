using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>A firm knows which build last saw to its tables.</summary>
[DbContext(typeof(AppDb)), Migration("0198_SeenToTables")]
public sealed class SeenToTables : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.CreateTable(
            "seen_to",
            c => new { Build = c.Column<string>(nullable: false) },
            constraints: t => t.PrimaryKey("PK_seen_to", x => x.Build)
        );
}

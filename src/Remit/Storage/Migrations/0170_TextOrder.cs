using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Other texts than names in the order of their alphabet. The keys are filled when the program starts.</summary>
[DbContext(typeof(AppDb)), Migration("0170_TextOrder")]
public sealed class TextOrder : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        Key(m, "clients", "SegmentKey");
        Key(m, "contacts", "PostKey");
        Key(m, "visits", "SubjectKey");
        Key(m, "tasks", "TextKey");
        Key(m, "bank_lines", "PartyKey");
        m.AddColumn<string>("CityKey", "people", nullable: false, defaultValue: "");
    }

    private static void Key(MigrationBuilder m, string table, string column)
    {
        m.AddColumn<string>(column, table, nullable: false, defaultValue: "");
        m.CreateIndex($"IX_{table}_{column}_Id", table, new[] { column, "Id" });
    }
}

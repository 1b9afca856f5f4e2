using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>A person's time zone stands with the person; what was said in the calendar goes there.</summary>
[DbContext(typeof(AppDb)), Migration("0132_OneClock")]
public sealed class OneClock : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.Sql(
            """
            UPDATE people SET "TimeZone" = (SELECT c."TimeZone" FROM person_clocks c WHERE c."Id" = people."Id")
            WHERE "TimeZone" = '' AND EXISTS (SELECT 1 FROM person_clocks c WHERE c."Id" = people."Id" AND c."TimeZone" <> '')
            """
        );
        m.Sql("""ALTER TABLE person_clocks DROP COLUMN "TimeZone" """);
    }
}

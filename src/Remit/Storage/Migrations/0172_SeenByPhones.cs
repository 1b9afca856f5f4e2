using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What a phone saw last of the calendars that are made of records, so that it is told only what changed.</summary>
[DbContext(typeof(AppDb)), Migration("0172_SeenByPhones")]
public sealed class SeenByPhones : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.CreateTable(
            "dated_states",
            c => new
            {
                PersonId = c.Column<Guid>(nullable: false),
                Calendar = c.Column<string>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Etag = c.Column<string>(nullable: false),
                Number = c.Column<long>(nullable: false),
                Gone = c.Column<bool>(nullable: false),
            },
            constraints: t =>
                t.PrimaryKey(
                    "PK_dated_states",
                    x => new
                    {
                        x.PersonId,
                        x.Calendar,
                        x.Path,
                    }
                )
        );
}

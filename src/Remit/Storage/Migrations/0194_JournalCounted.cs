using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>How many lines the journal has, so that one missing at its end is missed.</summary>
[DbContext(typeof(AppDb)), Migration("0194_JournalCounted")]
public sealed class JournalCounted : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.Sql("""INSERT INTO counters ("Name", "Last") SELECT 'journal', COALESCE(MAX("Seq"), 0) FROM journal""");
}

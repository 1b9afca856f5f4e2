using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Shelves of the search index. Every line stands on the first until the job that puts the index in order parts it, which it does now.</summary>
[DbContext(typeof(AppDb)), Migration("0193_SearchShelves")]
public sealed class SearchShelvesTable : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "search_shelves",
            c => new { From = c.Column<string>(nullable: false), Number = c.Column<long>(nullable: false) },
            constraints: t => t.PrimaryKey("PK_search_shelves", x => x.From)
        );
        m.CreateIndex("IX_search_shelves_Number", "search_shelves", "Number", unique: true);
        m.Sql("""INSERT INTO search_shelves ("From", "Number") VALUES ('', 0)""");
        m.Sql("""UPDATE jobs SET "DueAt" = '1970-01-01 00:00:00' WHERE "Kind" = 'storage.count'""");
    }
}

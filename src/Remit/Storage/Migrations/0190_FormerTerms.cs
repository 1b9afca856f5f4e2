using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>By which level and city a past month was paid, and whose its clients were.</summary>
[DbContext(typeof(AppDb)), Migration("0190_FormerTerms")]
public sealed class FormerTerms : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "former_levels",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                UntilMonth = c.Column<int>(nullable: false),
                Level = c.Column<int>(nullable: false),
                City = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_former_levels", x => x.Id)
        );
        m.CreateIndex("IX_former_levels_PersonId_UntilMonth", "former_levels", new[] { "PersonId", "UntilMonth" }, unique: true);
        m.CreateTable(
            "former_values",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Of = c.Column<string>(nullable: false),
                RecordId = c.Column<Guid>(nullable: false),
                Until = c.Column<DateTime>(nullable: false),
                Value = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_former_values", x => x.Id)
        );
        m.CreateIndex("IX_former_values_Of_Until", "former_values", new[] { "Of", "Until" });
    }
}

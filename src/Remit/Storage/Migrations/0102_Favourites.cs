using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Pages that a person keeps at hand.</summary>
[DbContext(typeof(AppDb)), Migration("0102_Favourites")]
public sealed class FavouritePages : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "favourites",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Path = c.Column<string>(nullable: false),
                Title = c.Column<string>(nullable: false),
                Place = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_favourites", x => x.Id)
        );
        m.CreateIndex("IX_favourites_PersonId_Place", "favourites", new[] { "PersonId", "Place" });
    }
}

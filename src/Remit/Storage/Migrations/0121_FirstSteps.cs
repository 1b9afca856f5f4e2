using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0121_FirstSteps")]
public sealed class FirstSteps : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "join_links",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                TokenHash = c.Column<string>(nullable: false),
                MadeAt = c.Column<DateTime>(nullable: false),
                EndsAt = c.Column<DateTime>(nullable: false),
                UsedAt = c.Column<DateTime>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_join_links", x => x.Id)
        );
        m.CreateIndex("IX_join_links_TokenHash", "join_links", "TokenHash", unique: true);
        m.CreateIndex("IX_join_links_PersonId", "join_links", "PersonId");
        m.CreateTable(
            "skipped_steps",
            c => new { Id = c.Column<Guid>(nullable: false), Step = c.Column<string>(nullable: false) },
            constraints: t => t.PrimaryKey("PK_skipped_steps", x => x.Id)
        );
        m.CreateIndex("IX_skipped_steps_Step", "skipped_steps", "Step", unique: true);
    }
}

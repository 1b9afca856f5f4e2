using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0040_Access")]
public sealed class Access : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "api_tokens",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                TokenHash = c.Column<string>(nullable: false),
                Start = c.Column<string>(nullable: false),
                ReadOnly = c.Column<bool>(nullable: false),
                CreatedAt = c.Column<DateTime>(nullable: false),
                LastUsedAt = c.Column<DateTime>(nullable: true),
                RevokedAt = c.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_api_tokens", x => x.Id);
            }
        );
        m.CreateTable(
            "second_factors",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                SealedSecret = c.Column<string>(nullable: false),
                RecoveryHash = c.Column<string>(nullable: false),
                ConfirmedAt = c.Column<DateTime>(nullable: true),
                LastStep = c.Column<long>(nullable: false),
                Tries = c.Column<int>(nullable: false),
                TriesFrom = c.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_second_factors", x => x.Id);
            }
        );
        // Lines drawn up in one millisecond have ids in no order of theirs.
        m.AddColumn<int>("Position", "invoice_lines", nullable: false, defaultValue: 0);
        m.CreateIndex("IX_api_tokens_PersonId", "api_tokens", new[] { "PersonId" });
        m.CreateIndex("IX_api_tokens_TokenHash", "api_tokens", new[] { "TokenHash" }, unique: true);
        m.CreateIndex("IX_second_factors_PersonId", "second_factors", new[] { "PersonId" }, unique: true);
    }
}

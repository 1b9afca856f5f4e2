using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0123_Passkeys")]
public sealed class Passkeys : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "passkeys",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                CredentialId = c.Column<string>(nullable: false),
                PublicKey = c.Column<string>(nullable: false),
                SignCount = c.Column<long>(nullable: false),
                CreatedAt = c.Column<DateTime>(nullable: false),
                LastUsedAt = c.Column<DateTime>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_passkeys", x => x.Id)
        );
        m.CreateIndex("IX_passkeys_CredentialId", "passkeys", "CredentialId", unique: true);
        m.CreateIndex("IX_passkeys_PersonId", "passkeys", "PersonId");
    }
}

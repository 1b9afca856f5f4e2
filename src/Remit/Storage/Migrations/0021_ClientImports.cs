using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0021_ClientImports")]
public sealed class ClientImports : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.CreateTable(
            "client_imports",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MadeBy = c.Column<Guid>(nullable: false),
                MadeAt = c.Column<DateTime>(nullable: false),
                FileName = c.Column<string>(nullable: false),
                Head = c.Column<string>(nullable: false),
                Rows = c.Column<string>(nullable: false),
                Fields = c.Column<string>(nullable: false),
                Updates = c.Column<bool>(nullable: false),
                ChangeId = c.Column<Guid>(nullable: true),
                Created = c.Column<int>(nullable: false),
                Updated = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_client_imports", x => x.Id);
            }
        );
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>An import lies in parts that are taken one by one. What was being prepared when this came is brought again: it is no record.</summary>
[DbContext(typeof(AppDb)), Migration("0110_ImportParts")]
public sealed class ImportParts : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.DropTable("client_imports");
        m.CreateTable(
            "client_imports",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MadeBy = c.Column<Guid>(nullable: false),
                MadeAt = c.Column<DateTime>(nullable: false),
                FileName = c.Column<string>(nullable: false),
                Head = c.Column<string>(nullable: false),
                Fields = c.Column<string>(nullable: false),
                KnownBy = c.Column<string>(nullable: false),
                Updates = c.Column<bool>(nullable: false),
                Creates = c.Column<bool>(nullable: false),
                State = c.Column<string>(nullable: false),
                Total = c.Column<int>(nullable: false),
                Parts = c.Column<int>(nullable: false),
                At = c.Column<int>(nullable: false),
                Created = c.Column<int>(nullable: false),
                Updated = c.Column<int>(nullable: false),
                Same = c.Column<int>(nullable: false),
                Wrong = c.Column<int>(nullable: false),
                Stopped = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_client_imports", x => x.Id)
        );
        m.CreateIndex("IX_client_imports_MadeBy", "client_imports", "MadeBy");
        m.CreateTable(
            "client_import_parts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ImportId = c.Column<Guid>(nullable: false),
                Number = c.Column<int>(nullable: false),
                Rows = c.Column<string>(nullable: false),
                Rejected = c.Column<string>(nullable: false),
                ChangeId = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_client_import_parts", x => x.Id)
        );
        m.CreateIndex("IX_client_import_parts_ImportId_Number", "client_import_parts", ["ImportId", "Number"], unique: true);
        m.CreateIndex("IX_contacts_Email", "contacts", "Email");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Empty acts and job sheets with reserved numbers; suppliers' pages that are watched for releases; classes of service.</summary>
[DbContext(typeof(AppDb)), Migration("0152_Blanks")]
public sealed class Blanks : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "blanks",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CompanyId = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Year = c.Column<int>(nullable: false),
                Number = c.Column<long>(nullable: false),
                Batch = c.Column<Guid>(nullable: false),
                PrintedOn = c.Column<DateOnly>(nullable: false),
                GivenBy = c.Column<Guid>(nullable: true),
                HolderId = c.Column<Guid>(nullable: false),
                State = c.Column<string>(nullable: false),
                Note = c.Column<string>(nullable: false),
                InvoiceId = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_blanks", x => x.Id)
        );
        m.CreateIndex("IX_blanks_CompanyId_Kind_Year_Number", "blanks", new[] { "CompanyId", "Kind", "Year", "Number" }, unique: true);
        m.CreateIndex("IX_blanks_State_HolderId", "blanks", new[] { "State", "HolderId" });
        m.CreateIndex("IX_blanks_Batch", "blanks", new[] { "Batch" });
        m.CreateTable(
            "release_watches",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ProductId = c.Column<Guid>(nullable: false),
                Address = c.Column<string>(nullable: false),
                Pattern = c.Column<string>(nullable: false),
                Last = c.Column<string>(nullable: false),
                LookedAt = c.Column<DateTime>(nullable: true),
                Trouble = c.Column<string>(nullable: false),
                SetBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_release_watches", x => x.Id)
        );
        m.CreateIndex("IX_release_watches_ProductId", "release_watches", new[] { "ProductId" });
        m.AddColumn<DateOnly>("WantedOn", "release_calls", nullable: true);
        m.AddColumn<string>("Said", "release_calls", nullable: false, defaultValue: "");
        m.AddColumn<DateTime>("LetterAt", "release_calls", nullable: true);
        m.CreateTable(
            "service_classes",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Hours = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_service_classes", x => x.Id)
        );
        m.CreateIndex("IX_service_classes_Name", "service_classes", new[] { "Name" }, unique: true);
        m.CreateTable(
            "client_services",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                ClassId = c.Column<Guid>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_client_services", x => x.Id)
        );
        m.CreateIndex("IX_client_services_ClientId", "client_services", new[] { "ClientId" });
    }
}

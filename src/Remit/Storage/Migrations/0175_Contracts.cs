using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0175_Contracts")]
public sealed class Contracts : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "contracts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CompanyId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                State = c.Column<string>(nullable: false),
                Year = c.Column<int>(nullable: true),
                Number = c.Column<long>(nullable: true),
                ClientNumber = c.Column<string>(nullable: false),
                Extension = c.Column<int>(nullable: false),
                ExtendsId = c.Column<Guid>(nullable: true),
                ConcludedOn = c.Column<DateOnly>(nullable: true),
                SignedOn = c.Column<DateOnly>(nullable: true),
                EndedOn = c.Column<DateOnly>(nullable: true),
                Subject = c.Column<string>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                Until = c.Column<DateOnly>(nullable: true),
                Renews = c.Column<bool>(nullable: false),
                NoticeDays = c.Column<int>(nullable: false),
                NoticeOn = c.Column<DateOnly>(nullable: true),
                Per = c.Column<string>(nullable: false),
                ServiceClassId = c.Column<Guid>(nullable: true),
                PersonId = c.Column<Guid>(nullable: false),
                Version = c.Column<int>(nullable: false),
                Sum_Currency = c.Column<string>(nullable: false),
                Sum_Minor = c.Column<long>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_contracts", x => x.Id)
        );
        m.CreateIndex("IX_contracts_ClientId", "contracts", new[] { "ClientId" });
        m.CreateIndex(
            "IX_contracts_CompanyId_Kind_Year_Number_Extension",
            "contracts",
            new[] { "CompanyId", "Kind", "Year", "Number", "Extension" },
            unique: true
        );
        m.CreateIndex("IX_contracts_ExtendsId", "contracts", new[] { "ExtendsId" });
        m.CreateIndex("IX_contracts_PersonId", "contracts", new[] { "PersonId" });
        m.CreateIndex("IX_contracts_State_NoticeOn", "contracts", new[] { "State", "NoticeOn" });
        m.AddColumn<Guid>("ContractId", "invoices", nullable: true);
        m.CreateIndex("IX_invoices_ContractId", "invoices", new[] { "ContractId" });
    }
}

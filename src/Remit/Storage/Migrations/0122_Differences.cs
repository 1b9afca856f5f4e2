using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Differences given up with a reason, accounts from which clients pay, pictures of stamp and signature.</summary>
[DbContext(typeof(AppDb)), Migration("0122_Differences")]
public sealed class Differences : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "write_offs",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                EntryId = c.Column<Guid>(nullable: false),
                LineId = c.Column<Guid>(nullable: false),
                InvoiceId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                On = c.Column<DateOnly>(nullable: false),
                Sum_Minor = c.Column<long>(nullable: false),
                Sum_Currency = c.Column<string>(nullable: false),
                Reason = c.Column<string>(nullable: false),
                Reverses = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_write_offs", x => x.Id)
        );
        m.CreateIndex("IX_write_offs_EntryId", "write_offs", "EntryId");
        m.CreateIndex("IX_write_offs_Reverses", "write_offs", "Reverses", unique: true);
        m.CreateTable(
            "payer_accounts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                Account = c.Column<string>(nullable: false),
                LineId = c.Column<Guid>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_payer_accounts", x => x.Id)
        );
        m.CreateIndex("IX_payer_accounts_Account_ClientId", "payer_accounts", ["Account", "ClientId"], unique: true);
        m.CreateIndex("IX_payer_accounts_LineId", "payer_accounts", "LineId");
        m.AddColumn<long>("WrittenOffMinor", "invoices", nullable: false, defaultValue: 0L);
        m.AddColumn<string>("Stamp", "own_companies", nullable: false, defaultValue: "");
        m.AddColumn<string>("Signature", "own_companies", nullable: false, defaultValue: "");
    }
}

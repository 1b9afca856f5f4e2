using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0176_Promises")]
public sealed class Promises : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "payment_promises",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                By = c.Column<DateOnly>(nullable: false),
                TakenOn = c.Column<DateOnly>(nullable: false),
                Promiser = c.Column<string>(nullable: false),
                Note = c.Column<string>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                ReplacedOn = c.Column<DateOnly>(nullable: true),
                Version = c.Column<int>(nullable: false),
                Sum_Currency = c.Column<string>(nullable: false),
                Sum_Minor = c.Column<long>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_payment_promises", x => x.Id)
        );
        m.CreateIndex("IX_payment_promises_ClientId", "payment_promises", new[] { "ClientId" });
        m.CreateIndex("IX_payment_promises_PersonId", "payment_promises", new[] { "PersonId" });
        m.CreateIndex("IX_payment_promises_ReplacedOn_By", "payment_promises", new[] { "ReplacedOn", "By" });
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Unpaid invoices in the order in which they are due.</summary>
[DbContext(typeof(AppDb)), Migration("0196_UnpaidByDay")]
public sealed class UnpaidByDay : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.CreateIndex(
            "IX_invoices_DueOn_Id",
            "invoices",
            ["DueOn", "Id"],
            filter: "\"State\" = 'Issued' AND \"PaidMinor\" < \"Total_Minor\""
        );
}

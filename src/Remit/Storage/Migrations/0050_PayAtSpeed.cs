using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What a month's pay looks for in a ledger of a million entries.</summary>
[DbContext(typeof(AppDb)), Migration("0050_PayAtSpeed")]
public sealed class PayAtSpeed : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateIndex("IX_work_entries_DoneOn", "work_entries", "DoneOn");
        m.CreateIndex("IX_work_entries_RecordedMonth", "work_entries", "RecordedMonth");
        m.CreateIndex(
            "IX_work_entries_Condition_DoneOn",
            "work_entries",
            new[] { "Condition", "DoneOn" },
            filter: "\"Condition\" IS NOT NULL"
        );
        m.CreateIndex("IX_invoices_DueOn", "invoices", "DueOn");
        m.CreateIndex("IX_invoices_IssuedOn", "invoices", "IssuedOn");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Search lines by the record that shows them, and a person's entries by the month they are written in.</summary>
[DbContext(typeof(AppDb)), Migration("0090_FoundAtSpeed")]
public sealed class FoundAtSpeed : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateIndex("IX_search_lines_OwnerId", "search_lines", "OwnerId");
        m.CreateIndex("IX_work_entries_PersonId_RecordedMonth", "work_entries", new[] { "PersonId", "RecordedMonth" });
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>The journal and the notices are lists: what was taken back, and what came when, is found without reading all.</summary>
[DbContext(typeof(AppDb)), Migration("0172_JournalAsked")]
public sealed class JournalAsked : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateIndex("IX_journal_Undoes", "journal", new[] { "Undoes" });
        m.CreateIndex("IX_notices_PersonId_At", "notices", new[] { "PersonId", "At" });
    }
}

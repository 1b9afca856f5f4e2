using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>The programmer gives their word as well, by a link of their own, and is reminded like the client.</summary>
[DbContext(typeof(AppDb)), Migration("0150_BothConfirm")]
public sealed class BothConfirm : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<DateTime>("AcceptedAt", "visits", nullable: true);
        m.AddColumn<string>("ProgrammerLink", "visits", nullable: false, defaultValue: "");
        // Each engine's own source of random bits that nobody can guess.
        m.Sql(
            m.ActiveProvider!.EndsWith("Sqlite", StringComparison.Ordinal)
                ? """UPDATE visits SET "ProgrammerLink" = lower(hex(randomblob(16)))"""
                : """UPDATE visits SET "ProgrammerLink" = replace(gen_random_uuid()::text, '-', '')"""
        );
        m.CreateIndex("IX_visits_ProgrammerLink", "visits", new[] { "ProgrammerLink" }, unique: true);
        m.AddColumn<Guid>("PersonId", "visit_reminders", nullable: false, defaultValue: Guid.Empty);
        m.DropIndex("IX_visit_reminders_VisitId_StartsAt_Channel", "visit_reminders");
        m.CreateIndex(
            "IX_visit_reminders_VisitId_PersonId_StartsAt_Channel",
            "visit_reminders",
            new[] { "VisitId", "PersonId", "StartsAt", "Channel" },
            unique: true
        );
        m.AddColumn<int>("AboveHours", "dispatch_settings", nullable: false, defaultValue: 3);
    }
}

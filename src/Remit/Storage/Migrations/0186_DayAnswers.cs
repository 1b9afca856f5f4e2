using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What guests answered of single times of a series.</summary>
[DbContext(typeof(AppDb)), Migration("0186_DayAnswers")]
public sealed class DayAnswers : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "day_answers",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                InvitationId = c.Column<Guid>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                Reply = c.Column<string>(nullable: false),
                RepliedAt = c.Column<DateTime>(nullable: false),
                Note = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_day_answers", x => x.Id)
        );
        m.CreateIndex("IX_day_answers_InvitationId_StartsAt", "day_answers", ["InvitationId", "StartsAt"], unique: true);
    }
}

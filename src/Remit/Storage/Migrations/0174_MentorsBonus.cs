using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What a mentor gets once, when the trainee reaches the agreed result within the term.</summary>
[DbContext(typeof(AppDb)), Migration("0174_MentorsBonus")]
public sealed class MentorsBonus : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<long>("BonusMinor", "mentorings", nullable: false, defaultValue: 0L);
        m.AddColumn<string>("ResultCode", "mentorings", nullable: false, defaultValue: "");
        m.AddColumn<long>("ResultMilli", "mentorings", nullable: false, defaultValue: 0L);
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What a duty is counted in, what is there when it is done, and what shows it.</summary>
[DbContext(typeof(AppDb)), Migration("0170_DutyExpectations")]
public sealed class DutyExpectations : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("Unit", "duties", nullable: false, defaultValue: "");
        m.AddColumn<string>("Result", "duties", nullable: false, defaultValue: "");
        m.AddColumn<string>("Proof", "duties", nullable: false, defaultValue: "");
        m.AddColumn<string>("Unit", "duty_norms", nullable: false, defaultValue: "");
    }
}

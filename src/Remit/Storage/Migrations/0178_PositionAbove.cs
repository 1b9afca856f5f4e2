using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>The position that another reports to.</summary>
[DbContext(typeof(AppDb)), Migration("0178_PositionAbove")]
public sealed class PositionAbove : Migration
{
    protected override void Up(MigrationBuilder m) => m.AddColumn<Guid>("AboveId", "positions", nullable: true);
}

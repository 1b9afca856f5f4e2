using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Clients that are served no more are put aside.</summary>
[DbContext(typeof(AppDb)), Migration("0171_Archive")]
public sealed class Archive : Migration
{
    protected override void Up(MigrationBuilder m) => m.AddColumn<DateOnly>("ArchivedOn", "clients", nullable: true);
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0022_ClientMerges")]
public sealed class ClientMerges : Migration
{
    protected override void Up(MigrationBuilder m) => m.AddColumn<Guid>("MergedInto", "clients", nullable: true);
}

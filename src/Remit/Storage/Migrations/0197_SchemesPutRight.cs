using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>A version of a pay scheme can be put right.</summary>
[DbContext(typeof(AppDb)), Migration("0197_SchemesPutRight")]
public sealed class SchemesPutRight : Migration
{
    protected override void Up(MigrationBuilder m) => m.AddColumn<int>("Version", "pay_schemes", nullable: false, defaultValue: 0);
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What is spoken with an account elsewhere.</summary>
[DbContext(typeof(AppDb)), Migration("0184_AmoCrmAccounts")]
public sealed class AmoCrmAccounts : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.AddColumn<string>("Kind", "outside_accounts", nullable: false, defaultValue: "CalDav");
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>What a guest was told stands with the invitation, so that of a series only what is new is told.</summary>
[DbContext(typeof(AppDb)), Migration("0171_GuestsTold")]
public sealed class GuestsTold : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("Says", "invitations", nullable: false, defaultValue: "");
        m.AddColumn<string>("Told", "invitations", nullable: false, defaultValue: "");
        m.AddColumn<Guid>("Continues", "invitations", nullable: true);
        m.AddColumn<DateTime>("Reminded", "invitations", nullable: true);
    }
}

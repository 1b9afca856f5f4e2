using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Names in the order of their alphabet. The keys are filled when the program starts: the databases know no alphabet.</summary>
[DbContext(typeof(AppDb)), Migration("0100_NameOrder")]
public sealed class NameOrderKeys : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        foreach (var table in (string[])["clients", "contacts", "people", "positions", "dispatch_products"])
            m.AddColumn<string>("NameKey", table, nullable: false, defaultValue: "");
        m.CreateIndex("IX_clients_NameKey_Id", "clients", new[] { "NameKey", "Id" });
        m.CreateIndex("IX_contacts_NameKey_Id", "contacts", new[] { "NameKey", "Id" });
    }
}

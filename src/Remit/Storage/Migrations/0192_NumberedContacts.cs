using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Contacts that were there before phones asked for changes have a number too, so that one look tells all of them.</summary>
[DbContext(typeof(AppDb)), Migration("0192_NumberedContacts")]
public sealed class NumberedContacts : Migration
{
    protected override void Up(MigrationBuilder m) =>
        m.Sql(
            """
            INSERT INTO sync_changes ("Collection", "Item", "Path", "Number", "Gone")
            SELECT '00000000-0000-7000-8000-0000000000AB', c."Id", coalesce(k."Path", lower(replace(CAST(c."Id" AS TEXT), '-', '')) || '.vcf'),
                (SELECT coalesce(max(s."Number"), 0) + 1 FROM sync_changes s WHERE s."Collection" = '00000000-0000-7000-8000-0000000000AB'), false
            FROM contacts c LEFT JOIN contact_cards k ON k."Id" = c."Id"
            WHERE NOT EXISTS (SELECT 1 FROM sync_changes s WHERE s."Collection" = '00000000-0000-7000-8000-0000000000AB' AND s."Item" = c."Id")
            """
        );
}

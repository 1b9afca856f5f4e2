using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

// The keys of records differ whatever their kind is.
[DbContext(typeof(AppDb)), Migration("0195_FilesOfARecord")]
public sealed class FilesOfARecord : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.DropIndex("IX_attachments_RecordKind_RecordId", "attachments");
        m.CreateIndex("IX_attachments_RecordId", "attachments", "RecordId");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>A sign stands under a comment or under a line of a client's timeline.</summary>
[DbContext(typeof(AppDb)), Migration("0191_SignsOnLines")]
public sealed class SignsOnLines : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.DropIndex("IX_reactions_CommentId_PersonId_Sign", "reactions");
        m.RenameColumn("CommentId", "reactions", "OnId");
        m.CreateIndex("IX_reactions_OnId_PersonId_Sign", "reactions", ["OnId", "PersonId", "Sign"], unique: true);
    }
}

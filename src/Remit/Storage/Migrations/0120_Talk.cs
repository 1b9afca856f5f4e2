using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Comments, signs and following; checklists; sorts of notices and how each person wants them; a person's own time zone.</summary>
[DbContext(typeof(AppDb)), Migration("0120_Talk")]
public sealed class Talk : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        Comments(m);
        Notices(m);
        m.CreateTable(
            "task_items",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                TaskId = c.Column<Guid>(nullable: false),
                Position = c.Column<int>(nullable: false),
                Text = c.Column<string>(nullable: false),
                DoneAt = c.Column<DateTime>(nullable: true),
                DoneBy = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_task_items", x => x.Id)
        );
        m.CreateIndex("IX_task_items_TaskId_Position", "task_items", ["TaskId", "Position"]);
        m.AddColumn<string>("TimeZone", "people", nullable: false, defaultValue: "");
    }

    private static void Comments(MigrationBuilder m)
    {
        m.CreateTable(
            "comments",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                AboutKind = c.Column<string>(nullable: false),
                AboutId = c.Column<Guid>(nullable: false),
                Text = c.Column<string>(nullable: false),
                ById = c.Column<Guid>(nullable: true),
                At = c.Column<DateTime>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_comments", x => x.Id)
        );
        m.CreateIndex("IX_comments_AboutId_At", "comments", ["AboutId", "At"]);
        m.CreateTable(
            "reactions",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                CommentId = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Sign = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_reactions", x => x.Id)
        );
        m.CreateIndex("IX_reactions_CommentId_PersonId_Sign", "reactions", ["CommentId", "PersonId", "Sign"], unique: true);
        m.CreateTable(
            "follows",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                AboutKind = c.Column<string>(nullable: false),
                AboutId = c.Column<Guid>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_follows", x => x.Id)
        );
        m.CreateIndex("IX_follows_AboutId_PersonId", "follows", ["AboutId", "PersonId"], unique: true);
        m.CreateIndex("IX_follows_PersonId", "follows", "PersonId");
    }

    private static void Notices(MigrationBuilder m)
    {
        m.AddColumn<string>("Sort", "notices", nullable: false, defaultValue: "Mine");
        m.AddColumn<DateTime>("SnoozedUntil", "notices", nullable: true);
        m.AddColumn<DateTime>("MailedAt", "notices", nullable: true);
        m.CreateTable(
            "notice_settings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                DigestHour = c.Column<int>(nullable: true),
                QuietFrom = c.Column<int>(nullable: true),
                QuietTo = c.Column<int>(nullable: true),
                Silent = c.Column<string>(nullable: false),
                Root = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_notice_settings", x => x.Id)
        );
        m.CreateIndex("IX_notice_settings_PersonId", "notice_settings", "PersonId", unique: true);
    }
}

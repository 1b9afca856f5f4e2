using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0030_Ground")]
public sealed class Ground : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "attachments",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                RecordKind = c.Column<string>(nullable: false),
                RecordId = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Type = c.Column<string>(nullable: false),
                Size = c.Column<long>(nullable: false),
                Sha256 = c.Column<string>(nullable: false),
                AddedBy = c.Column<Guid>(nullable: true),
                AddedAt = c.Column<DateTime>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_attachments", x => x.Id);
            }
        );
        m.CreateTable(
            "client_events",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                ContactId = c.Column<Guid>(nullable: true),
                DecisionMaker = c.Column<bool>(nullable: false),
                Incoming = c.Column<bool>(nullable: false),
                Reached = c.Column<bool>(nullable: false),
                ById = c.Column<Guid>(nullable: true),
                At = c.Column<DateTime>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_client_events", x => x.Id);
            }
        );
        m.CreateTable(
            "due_feeds",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                TokenHash = c.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_due_feeds", x => x.Id);
            }
        );
        m.CreateTable(
            "jobs",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Payload = c.Column<string>(nullable: false),
                DueAt = c.Column<DateTime>(nullable: false),
                State = c.Column<string>(nullable: false),
                Attempts = c.Column<int>(nullable: false),
                LastError = c.Column<string>(nullable: false),
                Taken = c.Column<Guid>(nullable: true),
                TakenUntil = c.Column<DateTime>(nullable: true),
                Once = c.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_jobs", x => x.Id);
            }
        );
        m.CreateTable(
            "mail_settings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Host = c.Column<string>(nullable: false),
                Port = c.Column<int>(nullable: false),
                Encrypted = c.Column<bool>(nullable: false),
                UserName = c.Column<string>(nullable: false),
                PasswordSealed = c.Column<string>(nullable: false),
                Sender = c.Column<string>(nullable: false),
                SenderName = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_mail_settings", x => x.Id);
            }
        );
        m.CreateTable(
            "notices",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                Key = c.Column<string>(nullable: false),
                Values = c.Column<string>(nullable: false),
                Path = c.Column<string>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
                DoneAt = c.Column<DateTime>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_notices", x => x.Id);
            }
        );
        m.CreateTable(
            "tasks",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Details = c.Column<string>(nullable: false),
                DueOn = c.Column<DateOnly>(nullable: false),
                Urgent = c.Column<bool>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                PositionId = c.Column<Guid>(nullable: true),
                RecordKind = c.Column<string>(nullable: true),
                RecordId = c.Column<Guid>(nullable: true),
                After = c.Column<Guid>(nullable: true),
                GivenBy = c.Column<Guid>(nullable: true),
                GivenAt = c.Column<DateTime>(nullable: false),
                DoneAt = c.Column<DateTime>(nullable: true),
                DoneBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_tasks", x => x.Id);
            }
        );
        m.CreateIndex("IX_attachments_RecordKind_RecordId", "attachments", new[] { "RecordKind", "RecordId" });
        m.CreateIndex("IX_attachments_Sha256", "attachments", new[] { "Sha256" });
        m.CreateIndex("IX_client_events_ById_At", "client_events", new[] { "ById", "At" });
        m.CreateIndex("IX_client_events_ClientId_At_Id", "client_events", new[] { "ClientId", "At", "Id" });
        m.CreateIndex("IX_due_feeds_PersonId", "due_feeds", new[] { "PersonId" }, unique: true);
        m.CreateIndex("IX_due_feeds_TokenHash", "due_feeds", new[] { "TokenHash" }, unique: true);
        m.CreateIndex("IX_jobs_Once", "jobs", new[] { "Once" }, unique: true);
        m.CreateIndex("IX_jobs_State_DueAt", "jobs", new[] { "State", "DueAt" });
        m.CreateIndex("IX_notices_PersonId_DoneAt", "notices", new[] { "PersonId", "DoneAt" });
        m.CreateIndex("IX_tasks_PersonId_DoneAt_DueOn", "tasks", new[] { "PersonId", "DoneAt", "DueOn" });
        m.CreateIndex("IX_tasks_PositionId_DoneAt", "tasks", new[] { "PositionId", "DoneAt" });
        m.CreateIndex("IX_tasks_RecordId", "tasks", new[] { "RecordId" });
    }
}

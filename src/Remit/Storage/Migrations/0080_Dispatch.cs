using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0080_Dispatch")]
public sealed class Dispatch : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "dispatch_settings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Opens = c.Column<int>(nullable: false),
                Closes = c.Column<int>(nullable: false),
                Travel = c.Column<int>(nullable: false),
                MailHours = c.Column<int>(nullable: false),
                TelegramHours = c.Column<int>(nullable: false),
                CallHours = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_dispatch_settings", x => x.Id)
        );
        m.CreateTable(
            "visit_reminders",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                VisitId = c.Column<Guid>(nullable: false),
                StartsAt = c.Column<DateTime>(nullable: false),
                Channel = c.Column<string>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
                Reached = c.Column<bool>(nullable: false),
                Said = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_visit_reminders", x => x.Id)
        );
        m.CreateTable(
            "telegram_settings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Address = c.Column<string>(nullable: false),
                TokenSealed = c.Column<string>(nullable: false),
                BotName = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_telegram_settings", x => x.Id)
        );
        m.CreateTable(
            "telegram_chats",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                OwnerId = c.Column<Guid>(nullable: false),
                ChatId = c.Column<long>(nullable: false),
                Name = c.Column<string>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_telegram_chats", x => x.Id)
        );
        m.CreateTable(
            "telegram_reading",
            c => new { Id = c.Column<Guid>(nullable: false), LastUpdate = c.Column<long>(nullable: false) },
            constraints: t => t.PrimaryKey("PK_telegram_reading", x => x.Id)
        );
        m.CreateTable(
            "dispatch_products",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_dispatch_products", x => x.Id)
        );
        m.CreateTable(
            "dispatch_skills",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                ProductId = c.Column<Guid>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_dispatch_skills", x => x.Id)
        );
        m.CreateTable(
            "dispatch_uses",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                ProductId = c.Column<Guid>(nullable: false),
                UsedVersion = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_dispatch_uses", x => x.Id)
        );
        m.CreateTable(
            "questions",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                ProductId = c.Column<Guid>(nullable: true),
                Text = c.Column<string>(nullable: false),
                AskedBy = c.Column<string>(nullable: false),
                AskedAt = c.Column<DateTime>(nullable: false),
                TakenBy = c.Column<Guid>(nullable: true),
                ManagerId = c.Column<Guid>(nullable: true),
                PersonId = c.Column<Guid>(nullable: false),
                Why = c.Column<string>(nullable: false),
                DueAt = c.Column<DateTime>(nullable: false),
                EscalatedAt = c.Column<DateTime>(nullable: true),
                State = c.Column<string>(nullable: false),
                Answer = c.Column<string>(nullable: false),
                AnsweredAt = c.Column<DateTime>(nullable: true),
                AnsweredBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_questions", x => x.Id)
        );
        m.CreateTable(
            "question_terms",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Segment = c.Column<string>(nullable: false),
                Hours = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_question_terms", x => x.Id)
        );
        m.CreateTable(
            "client_doors",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                Link = c.Column<string>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_client_doors", x => x.Id)
        );
        m.CreateTable(
            "releases",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ProductId = c.Column<Guid>(nullable: false),
                Number = c.Column<string>(nullable: false),
                Notes = c.Column<string>(nullable: false),
                On = c.Column<DateOnly>(nullable: false),
                NotedBy = c.Column<Guid>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_releases", x => x.Id)
        );
        m.CreateTable(
            "release_calls",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                ReleaseId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: false),
                TaskId = c.Column<Guid>(nullable: false),
                State = c.Column<string>(nullable: false),
                ToldAt = c.Column<DateTime>(nullable: true),
                ToldBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_release_calls", x => x.Id)
        );
        m.CreateTable(
            "visit_sheets",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                VisitId = c.Column<Guid>(nullable: false),
                StartedAt = c.Column<DateTime>(nullable: true),
                StoppedAt = c.Column<DateTime>(nullable: true),
                SignedBy = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_visit_sheets", x => x.Id)
        );
        m.CreateIndex(
            "IX_visit_reminders_VisitId_StartsAt_Channel",
            "visit_reminders",
            new[] { "VisitId", "StartsAt", "Channel" },
            unique: true
        );
        m.CreateIndex("IX_telegram_chats_OwnerId_ChatId", "telegram_chats", new[] { "OwnerId", "ChatId" }, unique: true);
        m.CreateIndex("IX_dispatch_skills_PersonId_ProductId", "dispatch_skills", new[] { "PersonId", "ProductId" }, unique: true);
        m.CreateIndex("IX_dispatch_uses_ClientId_ProductId", "dispatch_uses", new[] { "ClientId", "ProductId" });
        m.CreateIndex("IX_dispatch_uses_ProductId", "dispatch_uses", new[] { "ProductId" });
        m.CreateIndex("IX_questions_PersonId_State_DueAt", "questions", new[] { "PersonId", "State", "DueAt" });
        m.CreateIndex("IX_questions_ClientId", "questions", new[] { "ClientId" });
        m.CreateIndex("IX_questions_State_DueAt", "questions", new[] { "State", "DueAt" });
        m.CreateIndex("IX_question_terms_Segment", "question_terms", new[] { "Segment" }, unique: true);
        m.CreateIndex("IX_client_doors_ClientId", "client_doors", new[] { "ClientId" });
        m.CreateIndex("IX_client_doors_Link", "client_doors", new[] { "Link" }, unique: true);
        m.CreateIndex("IX_releases_ProductId_Number", "releases", new[] { "ProductId", "Number" }, unique: true);
        m.CreateIndex("IX_release_calls_ReleaseId_ClientId", "release_calls", new[] { "ReleaseId", "ClientId" });
        m.CreateIndex("IX_visit_sheets_VisitId", "visit_sheets", new[] { "VisitId" }, unique: true);
    }
}

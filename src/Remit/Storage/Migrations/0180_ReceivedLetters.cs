using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Letters that left, by their id; letters that come in, and the mailbox they come from.</summary>
[DbContext(typeof(AppDb)), Migration("0180_ReceivedLetters")]
public sealed class ReceivedLetters : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "mailbox_states",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Numbering = c.Column<long>(nullable: false),
                LastNumber = c.Column<long>(nullable: false),
                TriedAt = c.Column<DateTime>(nullable: true),
                DoneAt = c.Column<DateTime>(nullable: true),
                Failures = c.Column<int>(nullable: false),
                Error = c.Column<string>(nullable: false),
                Taken = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_mailbox_states", x => x.Id);
            }
        );
        m.CreateTable(
            "mailboxes",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Address = c.Column<string>(nullable: false),
                Host = c.Column<string>(nullable: false),
                Port = c.Column<int>(nullable: false),
                Line = c.Column<string>(nullable: false),
                UserName = c.Column<string>(nullable: false),
                PasswordSealed = c.Column<string>(nullable: false),
                Folder = c.Column<string>(nullable: false),
                SorterPositionId = c.Column<Guid>(nullable: true),
                Root = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_mailboxes", x => x.Id);
            }
        );
        m.CreateTable(
            "received_letters",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Key = c.Column<string>(nullable: false),
                FromName = c.Column<string>(nullable: false),
                FromAddress = c.Column<string>(nullable: false),
                ToAddresses = c.Column<string>(nullable: false),
                Subject = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Sort = c.Column<string>(nullable: false),
                Way = c.Column<string>(nullable: false),
                SentAt = c.Column<DateTime>(nullable: true),
                ReceivedAt = c.Column<DateTime>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
                State = c.Column<string>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                AboutKind = c.Column<string>(nullable: false),
                AboutId = c.Column<Guid>(nullable: true),
                AboutPath = c.Column<string>(nullable: false),
                FromAnother = c.Column<bool>(nullable: false),
                Became = c.Column<string>(nullable: false),
                Said = c.Column<string>(nullable: false),
                Notes = c.Column<string>(nullable: false),
                SortedBy = c.Column<Guid>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_received_letters", x => x.Id);
            }
        );
        m.CreateTable(
            "sent_letters",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MessageId = c.Column<string>(nullable: false),
                To = c.Column<string>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
                AboutKind = c.Column<string>(nullable: false),
                AboutId = c.Column<Guid>(nullable: true),
                Path = c.Column<string>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                PersonId = c.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_sent_letters", x => x.Id);
            }
        );
        m.CreateIndex("IX_received_letters_AboutId", "received_letters", new[] { "AboutId" });
        m.CreateIndex("IX_received_letters_ClientId_At_Id", "received_letters", new[] { "ClientId", "At", "Id" });
        m.CreateIndex("IX_received_letters_Key", "received_letters", new[] { "Key" }, unique: true);
        m.CreateIndex("IX_received_letters_State_ReceivedAt", "received_letters", new[] { "State", "ReceivedAt" });
        m.CreateIndex("IX_sent_letters_AboutId", "sent_letters", new[] { "AboutId" });
        m.CreateIndex("IX_sent_letters_MessageId", "sent_letters", new[] { "MessageId" });
        m.AddColumn<bool>("ByMail", "questions", nullable: false, defaultValue: false);
        m.AddColumn<bool>("ByMail", "invitations", nullable: false, defaultValue: false);
    }
}

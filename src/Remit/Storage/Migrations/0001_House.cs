using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

[DbContext(typeof(AppDb)), Migration("0001_House")]
public sealed class House : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.CreateTable(
            "closed_months",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Index = c.Column<int>(nullable: false),
                ClosedAt = c.Column<DateTime>(nullable: false),
                ClosedBy = c.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_closed_months", x => x.Id);
            }
        );
        m.CreateTable(
            "counters",
            c => new { Name = c.Column<string>(nullable: false), Last = c.Column<long>(nullable: false) },
            constraints: t =>
            {
                t.PrimaryKey("PK_counters", x => x.Name);
            }
        );
        m.CreateTable(
            "duties",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PositionId = c.Column<Guid>(nullable: false),
                Section = c.Column<string>(nullable: false),
                Number = c.Column<string>(nullable: false),
                Text = c.Column<string>(nullable: false),
                Frequency = c.Column<string>(nullable: true),
                Trigger = c.Column<string>(nullable: true),
                Condition = c.Column<string>(nullable: true),
                Retired = c.Column<bool>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_duties", x => x.Id);
            }
        );
        m.CreateTable(
            "duty_norms",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                DutyId = c.Column<Guid>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                Complexity = c.Column<int>(nullable: false),
                Points = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_duty_norms", x => x.Id);
            }
        );
        m.CreateTable(
            "facts",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Code = c.Column<string>(nullable: false),
                PersonId = c.Column<Guid>(nullable: true),
                On = c.Column<DateOnly>(nullable: false),
                RecordedMonth = c.Column<int>(nullable: false),
                SubjectId = c.Column<Guid>(nullable: false),
                ChainId = c.Column<Guid>(nullable: false),
                ClientId = c.Column<Guid>(nullable: true),
                Label = c.Column<string>(nullable: false),
                Reverses = c.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_facts", x => x.Id);
            }
        );
        m.CreateTable(
            "firm",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Country = c.Column<string>(nullable: false),
                Currency = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                TimeZone = c.Column<string>(nullable: false),
                IsDemo = c.Column<bool>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_firm", x => x.Id);
            }
        );
        m.CreateTable(
            "journal",
            c => new
            {
                Seq = c.Column<long>(nullable: false),
                ChangeId = c.Column<Guid>(nullable: false),
                At = c.Column<DateTime>(nullable: false),
                ActorId = c.Column<Guid>(nullable: true),
                ActorName = c.Column<string>(nullable: false),
                Kind = c.Column<string>(nullable: false),
                Record = c.Column<string>(nullable: false),
                RecordId = c.Column<Guid>(nullable: false),
                Title = c.Column<string>(nullable: false),
                Values = c.Column<string>(nullable: false),
                Undoes = c.Column<Guid>(nullable: true),
                Previous = c.Column<string>(nullable: false),
                Hash = c.Column<string>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_journal", x => x.Seq);
            }
        );
        m.CreateTable(
            "people",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Email = c.Column<string>(nullable: false),
                Role = c.Column<string>(nullable: false),
                Language = c.Column<string>(nullable: false),
                Level = c.Column<int>(nullable: false),
                City = c.Column<string>(nullable: false),
                Active = c.Column<bool>(nullable: false),
                PasswordHash = c.Column<string>(nullable: false),
                Stamp = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_people", x => x.Id);
            }
        );
        m.CreateTable(
            "positions",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Name = c.Column<string>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_positions", x => x.Id);
            }
        );
        m.CreateTable(
            "tenures",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PositionId = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                StandIn = c.Column<bool>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                To = c.Column<DateOnly>(nullable: true),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_tenures", x => x.Id);
            }
        );
        m.CreateTable(
            "work_entries",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                DutyId = c.Column<Guid>(nullable: false),
                DoneOn = c.Column<DateOnly>(nullable: false),
                RecordedMonth = c.Column<int>(nullable: false),
                Points = c.Column<int>(nullable: false),
                Minutes = c.Column<int>(nullable: false),
                QuantityMilli = c.Column<long>(nullable: false),
                Fact = c.Column<string>(nullable: true),
                Condition = c.Column<string>(nullable: true),
                SubjectId = c.Column<Guid>(nullable: true),
                ChainId = c.Column<Guid>(nullable: true),
                ClientId = c.Column<Guid>(nullable: true),
                Label = c.Column<string>(nullable: false),
                Reverses = c.Column<Guid>(nullable: true),
                Reason = c.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_work_entries", x => x.Id);
            }
        );
        m.CreateIndex("IX_closed_months_Index", "closed_months", new[] { "Index" }, unique: true);
        m.CreateIndex("IX_duties_PositionId", "duties", new[] { "PositionId" });
        m.CreateIndex("IX_duties_Trigger", "duties", new[] { "Trigger" });
        m.CreateIndex("IX_duty_norms_DutyId_From", "duty_norms", new[] { "DutyId", "From" });
        m.CreateIndex("IX_facts_ChainId_Code", "facts", new[] { "ChainId", "Code" });
        m.CreateIndex("IX_facts_Reverses", "facts", new[] { "Reverses" }, unique: true);
        m.CreateIndex("IX_journal_ChangeId", "journal", new[] { "ChangeId" });
        m.CreateIndex("IX_journal_RecordId_Seq", "journal", new[] { "RecordId", "Seq" });
        m.CreateIndex("IX_people_Email", "people", new[] { "Email" }, unique: true);
        m.CreateIndex("IX_tenures_PersonId_From", "tenures", new[] { "PersonId", "From" });
        m.CreateIndex("IX_tenures_PositionId", "tenures", new[] { "PositionId" });
        m.CreateIndex("IX_work_entries_ChainId", "work_entries", new[] { "ChainId" });
        m.CreateIndex("IX_work_entries_PersonId_DoneOn", "work_entries", new[] { "PersonId", "DoneOn" });
        m.CreateIndex("IX_work_entries_Reverses", "work_entries", new[] { "Reverses" }, unique: true);
    }
}

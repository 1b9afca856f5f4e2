using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Numbers by year, several own companies, complexity on screen, quality checks, hand-entered indicators, mentors.</summary>
[DbContext(typeof(AppDb)), Migration("0060_Books")]
public sealed class Books : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        Numbers(m);
        m.AddColumn<string>("About", "pay_disputes", nullable: false, defaultValue: "");
        m.AddColumn<Guid>("EntryId", "pay_disputes", nullable: true);
        m.AddColumn<Guid>("DisputeId", "pay_corrections", nullable: true);
        m.CreateTable(
            "duty_judgments",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                PositionId = c.Column<Guid>(nullable: false),
                OneId = c.Column<Guid>(nullable: false),
                OtherId = c.Column<Guid>(nullable: false),
                Strength = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_duty_judgments", x => x.Id)
        );
        m.CreateTable(
            "duty_grades",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                DutyId = c.Column<Guid>(nullable: false),
                Knowledge = c.Column<int>(nullable: false),
                Responsibility = c.Column<int>(nullable: false),
                Communication = c.Column<int>(nullable: false),
                Routine = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_duty_grades", x => x.Id)
        );
        m.CreateTable(
            "quality_checks",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                EntryId = c.Column<Guid>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                MonthIndex = c.Column<int>(nullable: false),
                Failed = c.Column<bool>(nullable: false),
                Reason = c.Column<string>(nullable: false),
                Label = c.Column<string>(nullable: false),
                CheckedBy = c.Column<Guid>(nullable: false),
                CheckedAt = c.Column<DateTime>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_quality_checks", x => x.Id)
        );
        m.CreateTable(
            "indicator_values",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                Code = c.Column<string>(nullable: false),
                PersonId = c.Column<Guid>(nullable: false),
                MonthIndex = c.Column<int>(nullable: false),
                Milli = c.Column<long>(nullable: false),
                EnteredBy = c.Column<Guid>(nullable: false),
                EnteredAt = c.Column<DateTime>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_indicator_values", x => x.Id)
        );
        m.CreateTable(
            "mentorings",
            c => new
            {
                Id = c.Column<Guid>(nullable: false),
                MentorId = c.Column<Guid>(nullable: false),
                TraineeId = c.Column<Guid>(nullable: false),
                From = c.Column<DateOnly>(nullable: false),
                To = c.Column<DateOnly>(nullable: false),
                PerDayMinor = c.Column<long>(nullable: false),
                ShareBasisPoints = c.Column<int>(nullable: false),
                Version = c.Column<int>(nullable: false),
            },
            constraints: t => t.PrimaryKey("PK_mentorings", x => x.Id)
        );
        m.CreateIndex("IX_duty_judgments_PositionId", "duty_judgments", new[] { "PositionId" });
        m.CreateIndex("IX_duty_judgments_OneId_OtherId", "duty_judgments", new[] { "OneId", "OtherId" }, unique: true);
        m.CreateIndex("IX_duty_grades_DutyId", "duty_grades", new[] { "DutyId" }, unique: true);
        m.CreateIndex("IX_quality_checks_EntryId", "quality_checks", new[] { "EntryId" }, unique: true);
        m.CreateIndex("IX_quality_checks_MonthIndex_PersonId", "quality_checks", new[] { "MonthIndex", "PersonId" });
        m.CreateIndex(
            "IX_indicator_values_MonthIndex_PersonId_Code",
            "indicator_values",
            new[] { "MonthIndex", "PersonId", "Code" },
            unique: true
        );
        m.CreateIndex("IX_mentorings_MentorId", "mentorings", new[] { "MentorId" });
    }

    // Numbers that were given out keep their year; each year's sequence goes on behind its highest.
    private static void Numbers(MigrationBuilder m)
    {
        m.AddColumn<bool>("IsDefault", "own_companies", nullable: false, defaultValue: false);
        m.Sql("""UPDATE own_companies SET "IsDefault" = TRUE WHERE "Id" = (SELECT "Id" FROM own_companies ORDER BY "Id" LIMIT 1)""");
        m.AddColumn<int>("Year", "invoices", nullable: true);
        m.Sql("""UPDATE invoices SET "Year" = CAST(substr(CAST("IssuedOn" AS text), 1, 4) AS integer) WHERE "Number" IS NOT NULL""");
        foreach (var (kind, column) in new[] { ("invoice", "Number"), ("act", "ActNumber") })
            m.Sql(
                $"""
                INSERT INTO counters ("Name", "Last")
                SELECT '{kind}/' || lower(CAST("CompanyId" AS text)) || '/' || CAST("Year" AS text), MAX("{column}")
                FROM invoices WHERE "{column}" IS NOT NULL GROUP BY "CompanyId", "Year"
                """
            );
        m.DropIndex("IX_invoices_CompanyId_Number", "invoices");
        m.CreateIndex("IX_invoices_CompanyId_Year_Number", "invoices", new[] { "CompanyId", "Year", "Number" }, unique: true);
        m.CreateIndex("IX_invoices_CompanyId_Year_ActNumber", "invoices", new[] { "CompanyId", "Year", "ActNumber" }, unique: true);
    }
}

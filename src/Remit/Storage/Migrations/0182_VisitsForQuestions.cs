using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>The question that a visit is made for.</summary>
[DbContext(typeof(AppDb)), Migration("0182_VisitsForQuestions")]
public sealed class VisitsForQuestions : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<Guid>("QuestionId", "visits", nullable: true);
        m.CreateIndex("IX_visits_QuestionId", "visits", "QuestionId");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Widths and fixed columns of a list; tabs that open first.</summary>
[DbContext(typeof(AppDb)), Migration("0101_ListHabits")]
public sealed class ListHabitsKept : Migration
{
    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("Widths", "list_columns", nullable: false, defaultValue: "");
        m.AddColumn<int>("Frozen", "list_columns", nullable: false, defaultValue: 0);
        m.AddColumn<string>("FirstFor", "list_views", nullable: false, defaultValue: "");
    }
}

using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Numbers within texts go by their size: 1.9 before 1.10. Keys that hold digits are emptied and filled anew when the program starts.</summary>
[DbContext(typeof(AppDb)), Migration("0190_NumbersInOrder")]
public sealed class NumbersInOrder : Migration
{
    private static readonly (string Table, string Column)[] keys =
    [
        ("clients", "NameKey"),
        ("clients", "SegmentKey"),
        ("contacts", "NameKey"),
        ("contacts", "PostKey"),
        ("people", "NameKey"),
        ("people", "CityKey"),
        ("positions", "NameKey"),
        ("dispatch_products", "NameKey"),
        ("visits", "SubjectKey"),
        ("tasks", "TextKey"),
        ("bank_lines", "PartyKey"),
    ];

    protected override void Up(MigrationBuilder m)
    {
        m.AddColumn<string>("NumberKey", "duties", nullable: false, defaultValue: "");
        m.AddColumn<string>("NameKey", "service_classes", nullable: false, defaultValue: "");
        foreach (var (table, column) in keys)
            m.Sql(
                $"""UPDATE "{table}" SET "{column}" = '' WHERE {string.Join(" OR ", Enumerable.Range(0, 10).Select(d => $"\"{column}\" LIKE '%{d}%'"))}"""
            );
    }
}

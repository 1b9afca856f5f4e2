using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Remit.Storage.Migrations;

/// <summary>Search lines with Azerbaijani letters as people write them who have no such keys.</summary>
[DbContext(typeof(AppDb)), Migration("0192_PlainSearch")]
public sealed class PlainSearch : Migration
{
    private static readonly string[] letters = ["əe", "öo", "üu", "ğg", "şs", "çc"];

    protected override void Up(MigrationBuilder m)
    {
        var plain = letters.Aggregate("\"Text\"", (text, l) => $"replace({text}, '{l[0]}', '{l[1]}')");
        m.Sql(
            $"""UPDATE search_lines SET "Text" = {plain} WHERE {string.Join(" OR ", letters.Select(l => $"\"Text\" LIKE '%{l[0]}%'"))}"""
        );
    }
}

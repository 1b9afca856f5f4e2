using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace Remit.Storage;

/// <summary>
/// Drafts a migration for the tables that the model has and the database lacks, so that writing one by hand starts
/// from what the model says. Engine types are left out: each engine chooses its own.
/// </summary>
public static class MigrationText
{
    public static string Draft(AppDb db, string name, IReadOnlySet<string> existing)
    {
        var model = db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        var operations = db.GetService<IMigrationsModelDiffer>().GetDifferences(null, model);
        var body = new StringBuilder();
        foreach (var table in operations.OfType<CreateTableOperation>().Where(t => !existing.Contains(t.Name)))
            Table(body, table);
        foreach (var index in operations.OfType<CreateIndexOperation>().Where(i => !existing.Contains(i.Table)))
            body.AppendLine(
                $"        m.CreateIndex(\"{index.Name}\", \"{index.Table}\", new[] {{ {Quoted(index.Columns)} }}{(index.IsUnique ? ", unique: true" : "")});"
            );
        return $$"""
            using Microsoft.EntityFrameworkCore.Infrastructure;
            using Microsoft.EntityFrameworkCore.Migrations;

            namespace Remit.Storage.Migrations;

            [DbContext(typeof(AppDb)), Migration("{{name}}")]
            public sealed class {{name[(name.IndexOf('_') + 1)..]}} : Migration
            {
                protected override void Up(MigrationBuilder m)
                {
            {{body.ToString().TrimEnd()}}
                }
            }
            """;
    }

    private static void Table(StringBuilder body, CreateTableOperation table)
    {
        body.AppendLine($"        m.CreateTable(\"{table.Name}\", c => new");
        body.AppendLine("        {");
        foreach (var column in table.Columns)
            body.AppendLine(
                $"            {column.Name} = c.Column<{Type(column.ClrType)}>({(column.IsNullable ? "nullable: true" : "nullable: false")}{(column.Name.Contains('.') ? "" : "")}),"
            );
        body.AppendLine("        }, constraints: t =>");
        body.AppendLine("        {");
        body.AppendLine($"            t.PrimaryKey(\"{table.PrimaryKey!.Name}\", x => {Columns(table.PrimaryKey.Columns)});");
        foreach (var key in table.ForeignKeys)
            body.AppendLine(
                $"            t.ForeignKey(\"{key.Name}\", x => {Columns(key.Columns)}, \"{key.PrincipalTable}\", \"{key.PrincipalColumns![0]}\", onDelete: ReferentialAction.{key.OnDelete});"
            );
        body.AppendLine("        });");
    }

    private static string Columns(string[] columns) =>
        columns.Length == 1 ? $"x.{columns[0]}" : $"new {{ {string.Join(", ", columns.Select(c => "x." + c))} }}";

    private static string Quoted(string[] names) => string.Join(", ", names.Select(n => $"\"{n}\""));

    private static string Type(Type type) =>
        type.Name switch
        {
            "String" => "string",
            "Int32" => "int",
            "Int64" => "long",
            "Boolean" => "bool",
            "Byte[]" => "byte[]",
            "Decimal" => "decimal",
            var n => n,
        };
}

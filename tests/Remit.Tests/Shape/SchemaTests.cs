using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Remit.Storage;

namespace Remit.Tests.Shape;

/// <summary>Migrations are written by hand, so what they make is compared with what the model says, name by name.</summary>
public sealed class SchemaTests
{
    private const string SqliteColumns = """
        SELECT m.name || '.' || c.name || CASE WHEN c."notnull" = 1 OR c.pk > 0 THEN '' ELSE '?' END AS "Value"
        FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'
        """;
    private const string PostgresColumns = """
        SELECT table_name || '.' || column_name || CASE is_nullable WHEN 'NO' THEN '' ELSE '?' END AS "Value"
        FROM information_schema.columns WHERE table_schema = 'public'
        """;
    private const string SqliteIndexes = """
        SELECT m.name || ': ' || l.name || ' (' || (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(l.name) ORDER BY seqno)) || ')'
            || CASE l."unique" WHEN 1 THEN ' unique' ELSE '' END AS "Value"
        FROM sqlite_master m, pragma_index_list(m.name) l WHERE m.type = 'table' AND l.origin = 'c'
        """;
    private const string PostgresIndexes = """
        SELECT t.relname || ': ' || i.relname || ' (' || (SELECT string_agg(a.attname, ', ' ORDER BY k.ord)
            FROM unnest(x.indkey) WITH ORDINALITY k(num, ord) JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.num) || ')'
            || CASE WHEN x.indisunique THEN ' unique' ELSE '' END AS "Value"
        FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_am am ON am.oid = i.relam AND am.amname = 'btree' JOIN pg_class t ON t.oid = x.indrelid
        JOIN pg_namespace n ON n.oid = t.relnamespace WHERE n.nspname = 'public' AND NOT x.indisprimary
        """;
    private const string SqliteKeys = """
        SELECT m.name || '.' || f."from" || ' → ' || f."table" || '.' || f."to" AS "Value"
        FROM sqlite_master m, pragma_foreign_key_list(m.name) f WHERE m.type = 'table'
        """;
    private const string PostgresKeys = """
        SELECT t.relname || '.' || a.attname || ' → ' || r.relname || '.' || b.attname AS "Value"
        FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid JOIN pg_class r ON r.oid = c.confrelid
        CROSS JOIN LATERAL unnest(c.conkey, c.confkey) AS k(mine, theirs)
        JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.mine JOIN pg_attribute b ON b.attrelid = r.oid AND b.attnum = k.theirs
        WHERE c.contype = 'f'
        """;

    [Fact]
    public void What_says_how_a_table_looks_is_found_by_its_name()
    {
        var said = typeof(AppDb)
            .Assembly.GetTypes()
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>)));
        Assert.Equal(said.Select(t => t.FullName).Order(), TableTypes.Of(typeof(AppDb).Assembly).Select(t => t.FullName).Order());
    }

    [Fact]
    public async Task Migrations_make_the_columns_of_the_model() =>
        await Compare(
            SqliteColumns,
            PostgresColumns,
            table => table.Columns.Select(c => $"{table.Name}.{c.Name}{(c.IsNullable ? "?" : "")}")
        );

    [Fact]
    public async Task Migrations_make_the_indexes_of_the_model() =>
        await Compare(
            SqliteIndexes,
            PostgresIndexes,
            table =>
                table.Indexes.Select(i =>
                    $"{table.Name}: {i.Name} ({string.Join(", ", i.Columns.Select(c => c.Name))}){(i.IsUnique ? " unique" : "")}"
                )
        );

    [Fact]
    public async Task Migrations_make_the_foreign_keys_of_the_model() =>
        await Compare(
            SqliteKeys,
            PostgresKeys,
            table =>
                table.ForeignKeyConstraints.SelectMany(k =>
                    k.Columns.Zip(k.PrincipalColumns, (c, p) => $"{table.Name}.{c.Name} → {k.PrincipalTable.Name}.{p.Name}")
                )
        );

    // Firms have those by their names, so they keep them.
    [Fact]
    public async Task No_number_of_a_migration_is_taken_twice_any_more()
    {
        await using var firm = await EmptyFirm.Make();
        var twice = firm.Db.Database.GetMigrations().GroupBy(m => m[..4]).Where(g => g.Count() > 1).Select(g => g.Key);
        Assert.Equal(["0170", "0171", "0172", "0190", "0192"], twice.Order());
    }

    private static async Task Compare(string sqlite, string postgres, Func<ITable, IEnumerable<string>> said)
    {
        await using var firm = await EmptyFirm.Make();
        var made = await firm.Db.Database.SqlQueryRaw<string>(firm.Db.Engine.Name == "sqlite" ? sqlite : postgres).ToListAsync();
        var model = firm.Db.GetService<IDesignTimeModel>().Model.GetRelationalModel();
        // Tables that migrations keep beside the model, such as their own history and search indexes, are not the model's matter.
        var tables = model.Tables.Select(t => t.Name).ToHashSet();
        made.RemoveAll(m => !tables.Contains(m[..m.IndexOfAny(['.', ':'])]));
        var meant = model.Tables.SelectMany(said).ToList();
        var wrong = meant
            .Except(made)
            .Select(m => "missing: " + m)
            .Concat(made.Except(meant).Select(m => "not in the model: " + m))
            .Order()
            .ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}

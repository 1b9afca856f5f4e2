using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace Remit.Storage;

/// <summary>
/// Puts many new rows into a table at once: by COPY on PostgreSQL, by one prepared statement on SQLite. All keys are
/// made by the program, so nothing has to be read back.
/// </summary>
internal static class BulkRows
{
    /// <summary>From so many new rows on, a save writes them this way.</summary>
    private const int Worth = 300;

    /// <summary>
    /// Rows of any number, past the journal: what it writes has no history. Only for firms that are made to be measured,
    /// and for rows that are themselves the history.
    /// </summary>
    public static async Task Insert<TRow>(AppDb db, IEnumerable<TRow> rows) where TRow : class
    {
        await db.Database.OpenConnectionAsync();
        await Write(db, db.Model.FindEntityType(typeof(TRow))!, rows);
    }

    /// <summary>Writes what this save adds, where that is much; afterwards the context holds it as saved.</summary>
    /// <exception cref="DbUpdateException">The database refused a row, as it does when they are saved one by one.</exception>
    internal static async Task WriteAdded(AppDb db)
    {
        var changed = db.ChangeTracker.Entries().Where(e => e.State is EntityState.Added or EntityState.Deleted).ToList();
        // What goes may have to go first, to make room for what comes: that order the context knows.
        if (changed.Count < Worth || changed.Exists(e => e.State == EntityState.Deleted)) return;
        foreach (var kind in changed.GroupBy(e => e.Metadata).OrderBy(k => Depth(k.Key)))
        {
            try { await Write(db, kind.Key, kind.Select(e => e.Entity)); }
            catch (DbException e) { throw new DbUpdateException(e.Message, e, [.. kind.Take(1)]); }
            foreach (var entry in kind) entry.State = EntityState.Unchanged;
        }
    }

    // What others point at comes before them.
    private static int Depth(IEntityType type) =>
        type.GetForeignKeys().Select(k => k.PrincipalEntityType).Where(p => p != type).Select(p => Depth(p) + 1).DefaultIfEmpty(0).Max();

    private static Task Write(AppDb db, IEntityType type, IEnumerable<object> rows)
    {
        var columns = Columns(type).ToList();
        return db.Database.GetDbConnection() is NpgsqlConnection postgres ? Copy(postgres, type.GetTableName()!, columns, rows) : Prepared(db, type.GetTableName()!, columns, rows);
    }

    private static IEnumerable<(string Name, Func<object, object?> Value)> Columns(IEntityType type)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        foreach (var property in type.GetProperties()) yield return (property.GetColumnName(), Reader(property, row => row));
        foreach (var part in type.GetComplexProperties())
            foreach (var property in part.ComplexType.GetProperties())
                yield return (property.GetColumnName(table)!, Reader(property, row => part.PropertyInfo!.GetValue(row)!));
    }

    private static Func<object, object?> Reader(IProperty property, Func<object, object> of)
    {
        var (info, converter) = (property.PropertyInfo!, property.GetTypeMapping().Converter);
        return row => info.GetValue(of(row)) is not { } value ? null : converter is null ? value : converter.ConvertToProvider(value);
    }

    private static async Task Copy(NpgsqlConnection connection, string table, List<(string Name, Func<object, object?> Value)> columns, IEnumerable<object> rows)
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            foreach (var (_, value) in columns)
                if (value(row) is { } given) await writer.WriteAsync(given); else await writer.WriteNullAsync();
        }
        await writer.CompleteAsync();
    }

    private static async Task Prepared(AppDb db, string table, List<(string Name, Func<object, object?> Value)> columns, IEnumerable<object> rows)
    {
        var begun = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, n) => "@p" + n))})";
        for (var n = 0; n < columns.Count; n++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + n;
            command.Parameters.Add(parameter);
        }
        foreach (var row in rows)
        {
            for (var n = 0; n < columns.Count; n++) command.Parameters[n].Value = columns[n].Value(row) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
        if (begun is null) return;
        await begun.CommitAsync();
        await begun.DisposeAsync();
    }
}

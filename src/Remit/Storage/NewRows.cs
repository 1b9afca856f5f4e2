using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>
/// Puts new rows into their table by one prepared statement, or by COPY, without tracking each: journal lines, lines of
/// the search index, and the thousands of records that an import or a bank statement brings in one save.
/// </summary>
internal static class NewRows
{
    // Up to here PostgreSQL gets them with the rest of the save, in one message.
    private const int Few = 20;
    private const int Many = 200;
    private static readonly ConcurrentDictionary<IEntityType, List<Column>> known = [];

    private sealed record Column(string Name, Func<object, object?> Value);

    /// <summary>Writes rows that nobody will change within the save that is under way.</summary>
    public static async Task Add<TRow>(AppDb db, IReadOnlyCollection<TRow> rows)
        where TRow : class
    {
        if (rows.Count == 0)
            return;
        if (rows.Count < Few && db.Database.GetDbConnection() is NpgsqlConnection)
            db.AddRange(rows);
        else
            await Insert(db, rows);
    }

    /// <summary>Of the records that the save under way adds, those whose kind comes in great number. The journal has them already.</summary>
    public static async Task AddMany(AppDb db)
    {
        var added = db.ChangeTracker.Entries<IRecord>().Where(e => e.State == EntityState.Added).ToList();
        if (added.Count < Many)
            return;
        foreach (var kind in added.GroupBy(e => e.Metadata).Where(k => k.Count() >= Many && IsPlain(k.Key)))
        {
            try
            {
                await Insert(db, kind.Key, kind.Select(e => e.Entity));
            }
            catch (DbException refused)
            {
                throw new DbUpdateException($"New rows of {kind.Key.GetTableName()} were refused.", refused);
            }
            foreach (var entry in kind)
                entry.State = EntityState.Unchanged;
        }
    }

    /// <summary>Writes the rows now: in the transaction that is open, or in one of their own. Records among them get no journal.</summary>
    public static Task Insert<TRow>(AppDb db, IEnumerable<TRow> rows)
        where TRow : class => Insert(db, db.Model.FindEntityType(typeof(TRow))!, rows);

    private static async Task Insert(AppDb db, IEntityType type, IEnumerable<object> rows)
    {
        var columns = known.GetOrAdd(type, t => [.. Columns(t)]);
        await db.Database.OpenConnectionAsync();
        await using var own = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync() : null;
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres)
            await Copy(postgres, type.GetTableName()!, columns, rows);
        else
            Prepared(db, type.GetTableName()!, columns, rows);
        if (own is not null)
            await own.CommitAsync();
        await db.Database.CloseConnectionAsync();
    }

    // What must stand before what, by a foreign key, is left to the save itself.
    private static bool IsPlain(IEntityType type) =>
        !type.GetForeignKeys().Any()
        && !type.GetReferencingForeignKeys().Any()
        && type.GetProperties().All(p => p.PropertyInfo is not null);

    private static IEnumerable<Column> Columns(IEntityType type)
    {
        var table = StoreObjectIdentifier.Table(type.GetTableName()!);
        foreach (var property in type.GetProperties())
            yield return new(property.GetColumnName(), Reader(property, row => row));
        foreach (var part in type.GetComplexProperties())
        foreach (var property in part.ComplexType.GetProperties())
            yield return new(property.GetColumnName(table)!, Reader(property, row => part.PropertyInfo!.GetValue(row)!));
    }

    private static Func<object, object?> Reader(IProperty property, Func<object, object> of)
    {
        var (info, converter) = (property.PropertyInfo!, property.GetTypeMapping().Converter);
        return row =>
            info.GetValue(of(row)) is not { } value ? null
            : converter is null ? value
            : converter.ConvertToProvider(value);
    }

    private static async Task Copy(NpgsqlConnection connection, string table, List<Column> columns, IEnumerable<object> rows)
    {
        var names = string.Join(", ", columns.Select(c => $"\"{c.Name}\""));
        await using var writer = await connection.BeginBinaryImportAsync($"COPY {table} ({names}) FROM STDIN (FORMAT BINARY)");
        foreach (var row in rows)
        {
            await writer.StartRowAsync();
            foreach (var column in columns)
                if (column.Value(row) is { } given)
                    await writer.WriteAsync(given);
                else
                    await writer.WriteNullAsync();
        }
        await writer.CompleteAsync();
    }

    private static void Prepared(AppDb db, string table, List<Column> columns, IEnumerable<object> rows)
    {
        using var command = db.Command(
            $"INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, n) => "@p" + n))})"
        );
        for (var n = 0; n < columns.Count; n++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + n;
            command.Parameters.Add(parameter);
        }
        foreach (var row in rows)
        {
            for (var n = 0; n < columns.Count; n++)
                command.Parameters[n].Value = columns[n].Value(row) ?? DBNull.Value;
            command.ExecuteNonQuery();
        }
    }
}

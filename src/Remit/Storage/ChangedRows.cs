using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using Remit.Kernel;

namespace Remit.Storage;

/// <summary>
/// Changes rows in great number: by one statement over arrays on PostgreSQL, by one prepared statement on SQLite, where
/// the mapper sends a command for each. Versions are compared as in any save.
/// </summary>
internal static class ChangedRows
{
    private const int Many = 200;

    /// <param name="Type">What the database holds in it.</param>
    private sealed record Column(string Name, Type Type, Func<object?, object?> Stored)
    {
        public static Column Of(IProperty property)
        {
            var converter = property.GetTypeMapping().Converter;
            return new(
                property.GetColumnName(),
                converter?.ProviderClrType ?? property.ClrType,
                v => v is null || converter is null ? v : converter.ConvertToProvider(v)
            );
        }
    }

    /// <summary>Of the records that the save under way changes, those that are changed alike in great number. The journal has them already.</summary>
    public static async Task SaveMany(AppDb db)
    {
        var changed = db.ChangeTracker.Entries<IVersioned>().Where(e => e.State == EntityState.Modified).ToList();
        if (changed.Count < Many)
            return;
        var kinds = changed
            .Select(e => (Entry: e, Set: Changed(e)))
            .GroupBy(c => (c.Entry.Metadata, string.Join(' ', c.Set.Select(p => p.Metadata.GetColumnName()))));
        foreach (var kind in kinds.Where(k => k.Count() >= Many && k.First().Set.All(IsPlain)))
        {
            var type = kind.Key.Metadata;
            var where = type.GetProperties().Where(p => p.IsPrimaryKey() || p.IsConcurrencyToken).ToList();
            var rows = kind.Select(c =>
                    (object?[])[.. c.Set.Select(p => p.CurrentValue), .. where.Select(p => c.Entry.Property(p).OriginalValue)]
                )
                .ToList();
            List<Column> set = [.. kind.First().Set.Select(p => Column.Of(p.Metadata))];
            if (await Write(db, type.GetTableName()!, set, [.. where.Select(Column.Of)], rows) != rows.Count)
                throw new DbUpdateConcurrencyException($"Somebody else changed rows of {type.GetTableName()}.");
            foreach (var (entry, written) in kind)
            {
                // What is set is what is stored now; a record called unchanged with its old values at hand would get those back.
                foreach (var property in written)
                    property.OriginalValue = property.CurrentValue;
                entry.State = EntityState.Unchanged;
            }
        }
    }

    /// <summary>Sets one property of rows found by their keys, past the journal, in the transaction that is open.</summary>
    public static Task<int> Set(AppDb db, IEntityType type, string property, IReadOnlyList<(Guid Id, object? Value)> rows) =>
        Write(
            db,
            type.GetTableName()!,
            [Column.Of(type.FindProperty(property)!)],
            [Column.Of(type.FindProperty(nameof(IRecord.Id))!)],
            [.. rows.Select(r => (object?[])[r.Value, r.Id])]
        );

    // What other rows must wait for, or must not meet, is left to the save itself.
    private static bool IsPlain(PropertyEntry p) => !p.Metadata.IsForeignKey() && !p.Metadata.GetContainingIndexes().Any(i => i.IsUnique);

    private static List<PropertyEntry> Changed(EntityEntry entry) =>
        [.. entry.Properties.Concat(entry.ComplexProperties.SelectMany(c => c.Properties)).Where(p => p.IsModified)];

    private static async Task<int> Write(AppDb db, string table, List<Column> set, List<Column> where, List<object?[]> rows)
    {
        List<Column> columns = [.. set, .. where];
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        for (var n = 0; n < columns.Count; n++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = "@p" + n;
            command.Parameters.Add(parameter);
        }
        return command is NpgsqlCommand
            ? await Arrays(command, table, set, where, columns, rows)
            : Prepared(command, table, set, where, columns, rows);
    }

    private static int Prepared(
        DbCommand command,
        string table,
        List<Column> set,
        List<Column> where,
        List<Column> columns,
        List<object?[]> rows
    )
    {
        command.CommandText =
            $"UPDATE {table} SET {string.Join(", ", set.Select((c, n) => $"\"{c.Name}\" = @p{n}"))} WHERE {string.Join(" AND ", where.Select((c, n) => $"\"{c.Name}\" = @p{set.Count + n}"))}";
        var found = 0;
        foreach (var row in rows)
        {
            for (var n = 0; n < columns.Count; n++)
                command.Parameters[n].Value = columns[n].Stored(row[n]) ?? DBNull.Value;
            found += command.ExecuteNonQuery();
        }
        return found;
    }

    private static Task<int> Arrays(
        DbCommand command,
        string table,
        List<Column> set,
        List<Column> where,
        List<Column> columns,
        List<object?[]> rows
    )
    {
        for (var n = 0; n < columns.Count; n++)
        {
            var type = columns[n].Type;
            var values = Array.CreateInstance(
                type.IsValueType && Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type,
                rows.Count
            );
            for (var row = 0; row < rows.Count; row++)
                values.SetValue(columns[n].Stored(rows[row][n]), row);
            command.Parameters[n].Value = values;
        }
        command.CommandText = $"""
            UPDATE {table} t SET {string.Join(", ", set.Select((c, n) => $"\"{c.Name}\" = n.v{n}"))}
            FROM unnest({string.Join(", ", columns.Select((_, n) => "@p" + n))}) AS n({string.Join(
                ", ",
                columns.Select((_, n) => "v" + n)
            )})
            WHERE {string.Join(" AND ", where.Select((c, n) => $"t.\"{c.Name}\" = n.v{set.Count + n}"))}
            """;
        return command.ExecuteNonQueryAsync();
    }
}

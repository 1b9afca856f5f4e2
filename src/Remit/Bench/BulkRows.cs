using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Remit.Storage;

namespace Remit;

/// <summary>
/// Puts a million made-up records into a firm's tables: no change tracking, no facts, and no journal either, so what
/// it writes has no history. Only for firms that are made to be measured.
/// </summary>
internal static class BulkRows
{
    public static async Task Insert<TRow>(AppDb db, IEnumerable<TRow> rows) where TRow : class
    {
        var type = db.Model.FindEntityType(typeof(TRow))!;
        var columns = Columns(type).ToList();
        await db.Database.OpenConnectionAsync();
        if (db.Database.GetDbConnection() is NpgsqlConnection postgres) await Copy(postgres, type.GetTableName()!, columns, rows);
        else await Prepared(db.Database.GetDbConnection(), type.GetTableName()!, columns, rows);
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

    private static async Task Copy<TRow>(NpgsqlConnection connection, string table, List<(string Name, Func<object, object?> Value)> columns, IEnumerable<TRow> rows) where TRow : class
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

    private static async Task Prepared<TRow>(DbConnection connection, string table, List<(string Name, Func<object, object?> Value)> columns, IEnumerable<TRow> rows) where TRow : class
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
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
        await transaction.CommitAsync();
    }
}

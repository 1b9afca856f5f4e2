using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Storage.Engines;

namespace Remit.Storage;

/// <summary>
/// The build of the program that last saw to a firm's tables and left nothing to do there. The same build need not look
/// again when it starts, and so begins to serve without the mapper's model of them all (docs/decisions/0099).
/// </summary>
internal sealed class SeenTo
{
    private static readonly string build = typeof(SeenTo).Module.ModuleVersionId.ToString();

    public required string Build { get; init; }

    /// <summary>Asked past the mapper. False also where the table is not there yet, or cannot be read.</summary>
    public static async Task<bool> ByThisBuild(IEngine engine, string firm)
    {
        try
        {
            await using var connection = engine.Connection(firm);
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "SELECT \"Build\" FROM seen_to";
            return await command.ExecuteScalarAsync() as string == build;
        }
        catch (DbException)
        {
            return false;
        }
    }

    public static async Task Mark(AppDb db)
    {
        await db.Set<SeenTo>().Where(s => s.Build != build).ExecuteDeleteAsync();
        await db.Database.ExecuteSqlAsync($"INSERT INTO seen_to (\"Build\") VALUES ({build}) ON CONFLICT DO NOTHING");
    }
}

internal sealed class SeenToTable : IEntityTypeConfiguration<SeenTo>
{
    public void Configure(EntityTypeBuilder<SeenTo> t) => t.ToTable("seen_to").HasKey(s => s.Build);
}

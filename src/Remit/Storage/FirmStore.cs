using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Remit.Storage.Engines;

namespace Remit.Storage;

/// <summary>The firms of this node. A firm's name in the address decides which database is opened; no query reaches another's.</summary>
public sealed partial class FirmStore(IEngine engine, IEnumerable<IFactListener> listeners)
{
    private const int Tries = 5,
        MostIdle = 16;
    private readonly IReadOnlyList<IFactListener> listeners = [.. listeners];
    private readonly ConcurrentDictionary<string, FirmParts> known = [];
    private readonly ConcurrentDictionary<string, bool> making = [];

    public IEngine Engine => engine;

    /// <summary>Goes with the firm when it is removed.</summary>
    public FileStore? Files { get; init; }

    /// <summary>Without those that are being made here just now.</summary>
    public async Task<IReadOnlyList<string>> Firms() => [.. (await engine.Firms()).Where(f => !making.ContainsKey(f))];

    /// <summary>Letters, digits and hyphens: what may stand in an address, a file name and a database name alike.</summary>
    [GeneratedRegex("^[a-z][a-z0-9-]{0,30}$")]
    public static partial Regex Name { get; }

    /// <summary>Raised with the firm's name when a save on this node left jobs to do.</summary>
    public event Action<string>? JobsWait;

    public AppDb Open(string firm)
    {
        var parts = known.GetOrAdd(firm, Parts);
        var db = parts.Contexts.CreateDbContext();
        db.Parts = parts;
        return db;
    }

    public async Task<bool> Exists(string firm) => Name.IsMatch(firm) && await engine.Has(firm);

    public async Task<AppDb> Create(string firm)
    {
        if (!Name.IsMatch(firm))
            throw new ArgumentException("A firm's address is letters, digits and hyphens.", nameof(firm));
        making[firm] = true;
        try
        {
            var isNew = !(await engine.Firms()).Contains(firm);
            if (isNew)
                await engine.Create(firm);
            await using var alone = await engine.Migrating(firm);
            var db = Open(firm);
            await db.Database.MigrateAsync();
            // There is nothing in it yet to be seen to.
            if (isNew)
                await SeenTo.Mark(db);
            return db;
        }
        finally
        {
            making.TryRemove(firm, out _);
        }
    }

    public async Task Remove(string firm)
    {
        if (!await Exists(firm))
            return;
        known.TryRemove(firm, out _);
        await engine.Drop(firm);
        Files?.Drop(firm);
    }

    /// <summary>Brings every firm's database to this version.</summary>
    public async Task MigrateAll()
    {
        foreach (var firm in await engine.Firms())
            for (var attempt = 1; ; attempt++)
                try
                {
                    await Migrate(firm);
                    break;
                }
                catch (Exception e) when ((e as DbException ?? e.InnerException) is DbException)
                {
                    // Another node may be removing this firm, or bringing it to this version at the same moment.
                    if (!(await engine.Firms()).Contains(firm))
                        break;
                    if (attempt == Tries)
                        throw new CannotRun(
                            $"The firm {firm} cannot be brought to this version: {e.GetBaseException().Message.ReplaceLineEndings(" ").TrimEnd('.')}. "
                                + "Where that cannot be mended, bring back its backup, or take its database away: the other firms are served then."
                        );
                    await Task.Delay(TimeSpan.FromMilliseconds(200 * attempt));
                }
    }

    private async Task Migrate(string firm)
    {
        if (await SeenTo.ByThisBuild(engine, firm))
            return;
        await using var alone = await engine.Migrating(firm);
        await using var db = Open(firm);
        await db.Database.MigrateAsync();
        await NameOrder.FillWhereEmpty(db);
        await SearchIndex.FillWhereEmpty(db);
        await SeenTo.Mark(db);
    }

    private FirmParts Parts(string firm)
    {
        var options = new DbContextOptionsBuilder<AppDb>().ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        engine.Configure(options, firm);
        return new(engine, listeners, new(options.Options, MostIdle), new(), () => JobsWait?.Invoke(firm));
    }
}

/// <summary>What all contexts of one firm on this node share.</summary>
/// <param name="Contexts">To make one anew costs as much as a light page asks of the database.</param>
/// <param name="Kept">What this node keeps of the firm.</param>
/// <param name="JobsWait">Told after a commit that left work to do; the node's worker listens.</param>
internal sealed record FirmParts(
    IEngine Engine,
    IReadOnlyList<IFactListener> Listeners,
    PooledDbContextFactory<AppDb> Contexts,
    KeptWork Kept,
    Action JobsWait
);

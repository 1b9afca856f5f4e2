using Remit.Storage;
using Remit.Storage.Engines;

namespace Remit.Tests.Shape;

/// <summary>An empty firm on the database that this run is about: PostgreSQL where REMIT_TEST_POSTGRES names one, else SQLite.</summary>
internal sealed class EmptyFirm : IAsyncDisposable
{
    private readonly string folder = Path.Combine(Path.GetTempPath(), "remit-" + Guid.NewGuid().ToString("N"));
    private readonly string name = "shape-" + Guid.NewGuid().ToString("N")[..12];
    private readonly FirmStore store;

    private EmptyFirm() =>
        store = new FirmStore(
            Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } server
                ? new PostgresEngine(server)
                : new SqliteEngine(folder),
            []
        );

    public AppDb Db { get; private set; } = null!;

    public static async Task<EmptyFirm> Make()
    {
        var firm = new EmptyFirm();
        firm.Db = await firm.store.Create(firm.name);
        return firm;
    }

    public async ValueTask DisposeAsync()
    {
        await Db.DisposeAsync();
        await store.Engine.Drop(name);
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }
}

using System.Data.Common;
using Microsoft.EntityFrameworkCore;

namespace Remit.Storage.Engines;

/// <summary>What differs between the two databases, and nothing else. One firm is one file, or one database.</summary>
public interface IEngine
{
    string Name { get; }
    void Configure(DbContextOptionsBuilder options, string firm);

    /// <summary>A connection past the mapper, not open yet, the caller's own.</summary>
    DbConnection Connection(string firm);
    Task<IReadOnlyList<string>> Firms();

    /// <summary>Asked at every request.</summary>
    ValueTask<bool> Has(string firm);
    Task Create(string firm);
    Task Drop(string firm);

    /// <summary>Waits, before a writing transaction begins, until this process has no other writer of the firm.</summary>
    ValueTask<IDisposable?> Turn(AppDb db);

    /// <summary>
    /// What stands first in every writing transaction, before the journal's end is read: one writer of a firm at a time, so
    /// the chain has no forks. Null where to begin one is enough.
    /// </summary>
    string? LockWriters => null;

    /// <summary>A command with this text; where the database keeps what it has read and planned, it is that.</summary>
    DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }

    /// <summary>Held while a firm's database is brought to a version: other nodes and commands wait, and then find it done.</summary>
    ValueTask<IAsyncDisposable?> Migrating(string firm);

    /// <summary>
    /// Returns when all that was committed before the call is on the disk. A save commits, lets the next writer go on, and
    /// then waits here, so that many who save at once share one flush.
    /// </summary>
    Task OnDisk(AppDb db);

    /// <summary>
    /// Counts what stands in the tables, or a part of it: by that the database chooses the short way to an answer. The search
    /// index is tidied with it, where it asks for that.
    /// </summary>
    Task Count(AppDb db);

    /// <summary>The lines of the search index that hold every one of these parts of words, each of three letters or more.</summary>
    IQueryable<SearchLine> Having(AppDb db, IReadOnlyList<string> parts);

    /// <summary>
    /// Of the lines that hold the parts those that stand first in the order of names: some more than so many. Null where there
    /// are not so many, or where the index has no such order.
    /// </summary>
    /// <param name="after">What is found as this or before it may be left out.</param>
    Task<IQueryable<SearchLine>?> First(AppDb db, IReadOnlyList<string> parts, int many, Guid? after, bool down) =>
        Task.FromResult<IQueryable<SearchLine>?>(null);

    /// <summary>Whether the index gives what it finds in the order of names, where lines are numbered so.</summary>
    bool FindsInOrder => false;

    /// <summary>Whether these parts stand in so many lines that to gather them all costs more than to look at some records in their order.</summary>
    ValueTask<bool> AreCommon(AppDb db, IReadOnlyList<string> parts);
}

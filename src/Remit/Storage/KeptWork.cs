using System.Collections.Concurrent;

namespace Remit.Storage;

/// <summary>
/// What was worked out from a firm's books, kept until they change. The journal says what changed, on every node alike:
/// each request first reads on in it from where this node last was, one row where nothing happened. So nothing kept is
/// ever older than the last save, whoever made it and wherever.
/// </summary>
internal sealed class KeptWork
{
    // After more lines than this at once, an import say, everything is worked out anew.
    private const int MostLines = 500;
    private const string Counts =
        $"""coalesce((SELECT "Last" FROM counters WHERE "Name" = '{Counters.Habits}'), 0), coalesce((SELECT "Last" FROM counters WHERE "Name" = '{JournalCheck.Counted}'), 0)""";
    private volatile Books books = new(new(0, "", ""));

    /// <summary>The books as they are now, or are for the writer who holds the lock.</summary>
    /// <param name="Habits">How often a habit was changed, which the journal does not tell.</param>
    /// <param name="Lines">How many lines were ever written.</param>
    public sealed record Reading(Books Books, long Seq, string Hash, long Habits, long Lines);

    /// <param name="first">Said before, in the same message.</param>
    public async Task<Reading> ReadOn(AppDb db, string? first = null)
    {
        var (known, last) = (books, books.Last);
        var (lines, habits, written) = await Read(
            db,
            $"""SELECT "Seq", "Hash", "Record", {Counts} FROM journal WHERE "Seq" >= @from ORDER BY "Seq" LIMIT {MostLines}""",
            last.Seq,
            first
        );
        // The line this node knows must still be there: a copy of the firm may have come back in its place.
        if (lines.Count is > 0 and < MostLines && lines[0].Hash == last.Hash)
            known.Add(lines);
        else
        {
            (lines, habits, written) = await Read(
                db,
                $"""SELECT "Seq", "Hash", "Record", {Counts} FROM journal ORDER BY "Seq" DESC LIMIT 1"""
            );
            books = known = new(lines.Count > 0 ? lines[0] : new(0, "", ""));
        }
        return lines.Count > 0
            ? new(known, lines[^1].Seq, lines[^1].Hash, habits, written)
            : new(known, 0, "", 0, await JournalCheck.Written(db));
    }

    private static async Task<(List<Line> Lines, long Habits, long Written)> Read(
        AppDb db,
        string sql,
        long? from = null,
        string? first = null
    )
    {
        await using var command = db.Command(first is null ? sql : $"{first}; {sql}");
        if (from is { } seq)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("@from", seq);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync();
        if (first is not null)
            await reader.NextResultAsync();
        var (lines, habits, written) = (new List<Line>(), 0L, 0L);
        while (await reader.ReadAsync())
        {
            lines.Add(new(reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
            (habits, written) = (reader.GetInt64(3), reader.GetInt64(4));
        }
        return (lines, habits, written);
    }

    internal sealed record Line(long Seq, string Hash, string Record);

    /// <summary>One unbroken stretch of a journal, as far as it was read, with what was worked out on the way.</summary>
    internal sealed class Books(Line first)
    {
        // Small things each: names, counts, sums.
        private const int Most = 2_000;
        private readonly ConcurrentDictionary<string, (long At, object? Value)> values = [];
        private readonly ConcurrentDictionary<string, long> changed = [];
        private readonly Lock gate = new();
        private volatile Line last = first;

        public Line Last => last;

        public void Add(List<Line> lines)
        {
            if (lines[^1].Seq <= last.Seq)
                return;
            lock (gate)
            {
                foreach (var line in lines)
                    if (line.Seq > last.Seq)
                        (changed[line.Record], last) = (line.Seq, line);
            }
        }

        /// <param name="at">How far the journal was read before the work: what is made may be newer, never older.</param>
        public async Task<T> Of<T>(string name, IReadOnlyList<Type> from, long at, Func<Task<T>> work)
        {
            if (values.TryGetValue(name, out var had) && Stands(had.At, from))
                return (T)had.Value!;
            var made = await work();
            if (values.Count >= Most)
                values.Clear();
            values[name] = (at, made);
            return made;
        }

        private bool Stands(long at, IReadOnlyList<Type> from)
        {
            if (from.Count == 0)
                return at >= last.Seq;
            foreach (var type in from)
                if (changed.TryGetValue(type.Name, out var since) && since > at)
                    return false;
            return true;
        }
    }
}

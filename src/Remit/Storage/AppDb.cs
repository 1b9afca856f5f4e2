using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;
using Remit.Kernel;
using Remit.Storage.Engines;

namespace Remit.Storage;

/// <summary>
/// The database of one firm. Saving writes, in one transaction: the records, what the stated facts put into the work
/// ledger, and the journal. There is no other way to write. Who disposes of it gives it back to the firm's next asker
/// (docs/decisions/0098), so nothing may stay in it of who had it.
/// </summary>
public sealed class AppDb(DbContextOptions<AppDb> options) : DbContext(options)
{
    private readonly List<Fact> facts = [];
    private readonly List<Withdrawal> withdrawals = [];
    private readonly List<Action> afterwards = [];
    private IDbContextTransaction? writing;
    private IDisposable? turn;
    private KeptWork.Reading? read;
    private bool held;

    /// <summary>The firm whose database this is.</summary>
    internal FirmParts Parts { get; set; } = null!;

    public IEngine Engine => Parts.Engine;

    /// <summary>Who the journal will name. Set once by the request or the command.</summary>
    public Actor Actor { get; set; } = Actor.Remit;

    /// <summary>The change that the last save wrote; the undo offer points at it.</summary>
    public Guid? LastChange { get; private set; }

    /// <summary>The id that the next change will carry, for whoever must write it down in the same save.</summary>
    public Guid? NextChange { get; set; }

    /// <summary>The moment the journal writes; now, except where a made-up firm is given its past.</summary>
    public DateTime? At { get; set; }

    /// <summary>Set while an undo saves, so that the journal says what it undid.</summary>
    public Guid? Undoes { get; set; }

    public IQueryable<JournalEntry> Journal => Set<JournalEntry>();

    /// <summary>
    /// What <paramref name="work"/> gives, or gave since anybody, on any node, last saved a record of these types; of any
    /// type where none is named. Its name says what else it depends on. Nobody changes what is kept.
    /// </summary>
    public async Task<T> Keep<T>(string name, IReadOnlyList<Type> from, Func<Task<T>> work)
    {
        var now = read ??= await ReadOn();
        return now.Seq == 0 ? await work() : await now.Books.Of(name, from, now.Seq, work);
    }

    /// <summary>The same of one kind of habit, which no journal tells of, since anybody last changed one.</summary>
    public async Task<T> KeepHabit<T>(string name, Type habit, Func<Task<T>> work) =>
        await Keep($"{name} {(read ??= await ReadOn()).Habits}", [habit], work);

    /// <summary>The journal's end; for the writer who holds the lock.</summary>
    internal async Task<KeptWork.Reading> JournalEnd() => read ??= await ReadOn();

    /// <summary>Work to do once this save has committed.</summary>
    public void Later(Job job) => Add(job);

    /// <summary>A job of which a firm has one: to be done now, however long it was to wait.</summary>
    public async Task AtOnce(Job job)
    {
        if (await Set<Job>().SingleOrDefaultAsync(j => j.Once == job.Once) is not { } waiting)
            Later(job);
        else if (waiting.Taken is null)
            waiting.Retry();
    }

    /// <summary>What this process does once this save has committed, such as waking who waits; lost when the process ends.</summary>
    public void Then(Action done) => afterwards.Add(done);

    /// <summary>States a fact; it is heard when this context saves.</summary>
    public void State(Fact fact) => facts.Add(fact);

    /// <summary>Takes back what was stated of a record; heard when this context saves.</summary>
    public void Withdraw(Withdrawal withdrawal) => withdrawals.Add(withdrawal);

    /// <summary>The day itself, or the first day of the first month that still takes entries: where a correction of that day is written.</summary>
    public async Task<DateOnly> OpenDay(DateOnly day)
    {
        foreach (var listener in Parts.Listeners)
            day = await listener.OpenDay(this, day);
        return day;
    }

    /// <summary>Starts the writing transaction now. Needed before a number is taken; saving does it by itself otherwise.</summary>
    public async Task StartWriting()
    {
        if (writing is not null)
            return;
        // What fails is rolled back as a whole.
        Database.AutoSavepointsEnabled = false;
        turn = await Engine.Turn(this);
        // With its turn a context may be given another connection, and goes on with yet another afterwards.
        held &= turn is null;
        writing = await Database.BeginTransactionAsync();
        // BEGIN IMMEDIATE, which is how SQLite begins, holds its one write lock already.
        read = Engine.LockWriters is { } first ? await Parts.Kept.ReadOn(this, first) : null;
    }

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancel = default)
    {
        await StartWriting();
        ChangeTracker.DetectChanges();
        // Looked for once more by the journal; each look goes through every record that this context knows.
        var looks = ChangeTracker.AutoDetectChangesEnabled;
        ChangeTracker.AutoDetectChangesEnabled = false;
        try
        {
            foreach (var listener in Parts.Listeners)
            {
                if (withdrawals.Count > 0)
                    await listener.Withdrawn(this, withdrawals);
                await listener.Heard(this, facts);
            }
            facts.Clear();
            withdrawals.Clear();
            if (ChangeTracker.Entries<IHabit>().Any(e => e.State is not EntityState.Unchanged))
                await this.Next(Counters.Habits);
            await NameOrder.Write(this);
            await FormerValues.Write(this);
            LastChange = await new JournalWriter(this).Write();
            await SearchIndex.Write(this, cancel);
            var later = ChangeTracker.Entries<Job>().Any(e => e.State is EntityState.Added or EntityState.Modified);
            await NewRows.AddMany(this);
            await ChangedRows.SaveMany(this);
            var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancel);
            await writing!.CommitAsync(cancel);
            read = null;
            await EndWriting();
            await Engine.OnDisk(this);
            if (later)
                Parts.JobsWait();
            foreach (var done in afterwards)
                done();
            return saved;
        }
        finally
        {
            ChangeTracker.AutoDetectChangesEnabled = looks;
            afterwards.Clear();
            await EndWriting();
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await EndWriting();
        Forget();
        await base.DisposeAsync();
    }

    public override void Dispose()
    {
        writing?.Dispose();
        turn?.Dispose();
        Forget();
        base.Dispose();
    }

    private void Forget()
    {
        if (Parts is null)
            return;
        facts.Clear();
        withdrawals.Clear();
        afterwards.Clear();
        (writing, turn, read, held) = (null, null, null, false);
        (Actor, At) = (Actor.Remit, null);
        (LastChange, NextChange, Undoes) = (null, null, null);
        this.GetService<IRelationalConnection>().Dispose();
        Parts = null!;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Saving is asynchronous: call SaveChangesAsync.");

    // One connection for the whole request: to take and give back one for each question costs as much as a small question.
    private async Task<KeptWork.Reading> ReadOn()
    {
        if (!held && writing is null)
        {
            await Database.OpenConnectionAsync();
            held = true;
        }
        return await Parts.Kept.ReadOn(this);
    }

    /// <summary>A command in the transaction that is open, if any; the connection must be.</summary>
    internal DbCommand Command(string sql)
    {
        var command = Engine.Command(Database.GetDbConnection(), sql);
        command.Transaction = Database.CurrentTransaction?.GetDbTransaction();
        return command;
    }

    private async ValueTask EndWriting()
    {
        if (writing is not null)
            await writing.DisposeAsync();
        turn?.Dispose();
        (writing, turn) = (null, null);
    }

    protected override void OnModelCreating(ModelBuilder model)
    {
        TableTypes.Apply(model, typeof(AppDb).Assembly);
        Conventions.Apply(model);
    }
}

/// <summary>Hears the facts of a save inside its transaction; the work ledger is one.</summary>
public interface IFactListener
{
    Task Heard(AppDb db, IReadOnlyList<Fact> facts);

    Task Withdrawn(AppDb db, IReadOnlyList<Withdrawal> withdrawals) => Task.CompletedTask;

    /// <summary>The day, moved on where its month takes no more entries.</summary>
    Task<DateOnly> OpenDay(AppDb db, DateOnly day) => Task.FromResult(day);
}

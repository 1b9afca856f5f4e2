namespace Remit.Kernel;

/// <summary>Something with a key of its own: a record, or a row of a list about one.</summary>
public interface IIdentified
{
    Guid Id { get; }
}

/// <summary>A stored thing with a client-made UUIDv7 key. Its changes are written to the journal.</summary>
public interface IRecord : IIdentified
{
    /// <summary>What people call this record, for history and undo.</summary>
    string Title { get; }
}

/// <summary>A record two people may edit at once: the later save of an older version is refused, never silently lost.</summary>
public interface IVersioned : IRecord
{
    int Version { get; set; }
}

/// <summary>How somebody likes to work: no record, so it has no history.</summary>
public interface IHabit : IIdentified;

/// <summary>A ledger row: never updated, never deleted, by no one. Correction is another row that reverses it.</summary>
public interface IAppendOnly : IRecord
{
    /// <summary>The row that cancels this one, for undo; null where nothing may cancel it.</summary>
    IAppendOnly? Reversal(DateOnly today, Actor by);
}

/// <summary>A ledger row that is only the proof of something said, and never paid for: it keeps no record from going.</summary>
public interface IProof : IAppendOnly;

/// <summary>On a record that is nothing without the one it hangs on: it goes into the trash with it and comes back with it.</summary>
/// <param name="whole">What it hangs on; <see cref="IRecord"/> where that may be any record.</param>
/// <param name="by">Its property that holds the other's key.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PartOfAttribute(Type whole, string by) : Attribute
{
    public Type Whole => whole;
    public string By => by;
}

/// <summary>A record whose creation or change may not be undone in some states (a number was given out, a month closed).</summary>
public interface IGuardsUndo : IRecord
{
    Refusal? WhyNotUndo();

    /// <summary>The same, where it depends on what the change touched.</summary>
    Refusal? WhyNotUndo(IReadOnlyCollection<string> changed) => WhyNotUndo();
}

/// <summary>Marks a key whose earlier values count: what is computed of a past month asks who it was then.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeepsFormerAttribute : Attribute;

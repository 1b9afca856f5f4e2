using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Remit.Storage;

/// <summary>
/// A form that was done. A phone without network sends its forms later, and again where the answer was lost on the way;
/// each carries a name that the phone gave it, and is done once.
/// </summary>
public sealed class SentOnce
{
    public required Guid Id { get; init; }
    public required DateTime At { get; init; }
}

public static class Sending
{
    /// <summary>Whether a form of this name is to be done now; false where it was done before. The mark is saved with what the form causes. A form without a name is always done.</summary>
    public static async Task<bool> FirstTime(this AppDb db, Guid? name, DateTime now)
    {
        if (name is not { } id)
            return true;
        // Looked up when the lock is held, so that the same form sent twice at the same moment is done once too.
        await db.StartWriting();
        if (await db.Set<SentOnce>().AnyAsync(s => s.Id == id))
            return false;
        db.Add(new SentOnce { Id = id, At = now });
        return true;
    }
}

internal sealed class SentOnceTable : IEntityTypeConfiguration<SentOnce>
{
    public void Configure(EntityTypeBuilder<SentOnce> t) => t.ToTable("sent_once");
}

using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web;

/// <summary>A kind of record on which others may hang something: a file, a task. The module that has it says who may see it, and where it is.</summary>
public interface IRecordKind
{
    /// <summary>Stored beside the id, such as <c>client</c>; text key <c>record.{name}</c>.</summary>
    string Name { get; }
    Permission See { get; }
    Permission Edit { get; }
    string Path(Guid id);

    /// <summary>Its files came from people nobody knows: they are saved, never shown in place.</summary>
    bool FromStrangers => false;

    /// <summary>What people call these records; those that are gone are left out.</summary>
    Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids);

    /// <summary>Whether this one record is for a person who may see its kind.</summary>
    Task<bool> Sees(AppDb db, Actor actor, Guid id) => Task.FromResult(true);
}

/// <summary>All kinds of record of the program.</summary>
public sealed class RecordKinds(IEnumerable<IRecordKind> kinds)
{
    private readonly Dictionary<string, IRecordKind> byName = kinds.ToDictionary(k => k.Name);

    public IRecordKind? Find(string? name) => name is not null && byName.TryGetValue(name, out var kind) ? kind : null;

    /// <summary>The kind and title of a record that this person may see, or 404.</summary>
    public async Task<(IRecordKind Kind, string Title)> One(AppDb db, Actor actor, string? name, Guid id)
    {
        var kind = Find(name);
        if (kind is null || !actor.Can(kind.See) || !await kind.Sees(db, actor, id))
            throw new NotFound();
        return (await kind.Titles(db, [id])).TryGetValue(id, out var title) ? (kind, title) : throw new NotFound();
    }
}

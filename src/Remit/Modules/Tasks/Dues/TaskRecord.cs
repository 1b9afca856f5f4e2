using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>What others hang on a task. Only the one who gave it, who does it, and who answers for the team see it.</summary>
internal sealed class TaskRecord(TimeProvider clock) : IRecordKind
{
    public const string Of = "task";
    public string Name => Of;
    public Permission See => Permission.Home;
    public Permission Edit => Permission.Home;

    public string Path(Guid id) => $"tasks/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<WorkTask>().Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Text);

    public async Task<bool> Sees(AppDb db, Actor actor, Guid id)
    {
        if (actor.Can(Permission.TeamSee))
            return true;
        var today = (await Firm.Of(db)).Day(clock.GetUtcNow().UtcDateTime);
        return await db.Set<WorkTask>().AnyAsync(t => t.Id == id && (t.GivenBy == actor.PersonId || t.RecordId != null))
            || await db.Set<WorkTask>().Of(db, actor.PersonId!.Value, today).AnyAsync(t => t.Id == id);
    }
}

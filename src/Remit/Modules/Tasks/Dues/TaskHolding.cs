using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Tasks;

/// <summary>A person's own open tasks; those of a position stay with it.</summary>
internal sealed class TaskHolding : IHolding
{
    public string Name => "tasks";
    public Permission? HandsOver => Permission.Home;

    public async Task<IReadOnlyList<Held>> Of(AppDb db, Guid person, DateOnly today) =>
        [
            .. (
                await db.Set<WorkTask>()
                    .AsNoTracking()
                    .Where(t => t.PersonId == person && t.DoneAt == null)
                    .OrderBy(t => t.DueOn)
                    .ThenBy(t => t.Id)
                    .ToListAsync()
            ).Select(t => new Held(t.Id, t.Text, $"tasks/{t.Id}")),
        ];

    public async Task HandOver(AppDb db, IReadOnlyCollection<Guid> ids, Guid to, DateOnly today)
    {
        foreach (var task in await db.Set<WorkTask>().Where(t => ids.Contains(t.Id)).ToListAsync())
            task.HandTo(to, null);
    }
}

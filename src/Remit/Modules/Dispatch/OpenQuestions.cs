using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Modules.Dispatch;

/// <summary>A question that waits for its answer, as other modules may know it.</summary>
public sealed record OpenQuestion(Guid ClientId, string Title, DateTime AskedAt);

public static class OpenQuestions
{
    /// <summary>Open questions of these clients, the most urgent first.</summary>
    public static async Task<IReadOnlyList<OpenQuestion>> Waiting(this AppDb db, IQueryable<Client> clients, int most) =>
        [
            .. (
                await db.Set<Question>()
                    .AsNoTracking()
                    .Where(q => q.State == QuestionState.Open && clients.Any(c => c.Id == q.ClientId))
                    .OrderBy(q => q.DueAt)
                    .Take(most)
                    .ToListAsync()
            ).Select(q => new OpenQuestion(q.ClientId, q.Title, q.AskedAt)),
        ];
}

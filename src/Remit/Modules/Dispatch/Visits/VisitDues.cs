using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>Visits that ask for something: the client's word before the day, the hours after it.</summary>
internal sealed class VisitDues : IDueSource
{
    public Permission Needs => Permission.VisitsSee;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var (today, until) = (Start(ask.Today), Start(ask.Until.AddDays(2)));
        var ahead = db.Set<Visit>().AsNoTracking().Where(v => v.State == VisitState.Planned && v.StartsAt >= today && v.StartsAt < until);
        var behind = db.Set<Visit>()
            .AsNoTracking()
            .Where(v => (v.State == VisitState.Planned || v.State == VisitState.Confirmed) && v.StartsAt < today);
        var accept = db.Set<Visit>()
            .AsNoTracking()
            .Where(v =>
                (v.State == VisitState.Planned || v.State == VisitState.Confirmed)
                && v.AcceptedAt == null
                && v.ProgrammerId != Guid.Empty
                && v.StartsAt >= today
                && v.StartsAt < until
            );
        if (ask.PersonId is { } me)
            accept = accept.Where(v => v.ProgrammerId == me);
        if (ask.PersonId is { } person)
            (ahead, behind) = (ahead.Where(v => v.PlannedBy == person), behind.Where(v => v.ProgrammerId == person));
        // The client is to have agreed by the day before.
        var confirm = (await Named(db, ahead, ask.Most)).Select(v =>
            Of("visit_confirm", v.Visit, v.Client, v.Visit.Day.AddDays(-1), v.Visit.PlannedBy)
        );
        var close = (await Named(db, behind, ask.Most)).Select(v =>
            Of("visit_close", v.Visit, v.Client, v.Visit.Day, v.Visit.ProgrammerId)
        );
        var word = (await Named(db, accept, ask.Most)).Select(v =>
            Of("visit_accept", v.Visit, v.Client, v.Visit.Day.AddDays(-1), v.Visit.ProgrammerId)
        );
        return [.. close.Concat(confirm).Concat(word).Where(d => d.On <= ask.Until)];
    }

    private static Due Of(string kind, Visit visit, string client, DateOnly on, Guid? person) =>
        new(kind, visit.Id, $"{visit.Subject} · {client}", on, person, $"visits/{visit.Id}");

    private static async Task<List<(Visit Visit, string Client)>> Named(AppDb db, IQueryable<Visit> visits, int most)
    {
        var rows = await visits
            .Join(db.Set<Client>(), v => v.ClientId, c => c.Id, (v, c) => new { Visit = v, c.Name })
            .OrderBy(r => r.Visit.StartsAt)
            .Take(most)
            .ToListAsync();
        return [.. rows.Select(r => (r.Visit, r.Name))];
    }

    private static DateTime Start(DateOnly day) => day.ToDateTime(default, DateTimeKind.Utc);
}

/// <summary>What others hang on a visit.</summary>
internal sealed class VisitRecord : IRecordKind
{
    public string Name => "visit";
    public Permission See => Permission.VisitsSee;
    public Permission Edit => Permission.VisitsEdit;

    public string Path(Guid id) => $"visits/{id}";

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<Visit>().Where(v => ids.Contains(v.Id)).ToDictionaryAsync(v => v.Id, v => v.Subject);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Files;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Received;

/// <summary>Letters as records that files hang on.</summary>
internal sealed class LetterRecord(TimeProvider clock) : IRecordKind
{
    public const string Of = "letter";
    public string Name => Of;
    public Permission See => Permission.VisitsSee;
    public Permission Edit => Permission.VisitsEdit;
    public bool FromStrangers => true;

    public string Path(Guid id) => $"letters/{id}";

    public async Task<bool> Sees(AppDb db, Actor actor, Guid id)
    {
        var today = (await Firm.Of(db)).Day(clock.GetUtcNow().UtcDateTime);
        return await db.Letters(today).AnyAsync(l => l.Id == id);
    }

    public Task<Dictionary<Guid, string>> Titles(AppDb db, IReadOnlyCollection<Guid> ids) =>
        db.Set<ReceivedLetter>().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Subject);
}

/// <summary>Letters that wait to be sorted, as dues of those who sort.</summary>
internal sealed class LetterDues : IDueSource
{
    public Permission Needs => Permission.VisitsEdit;

    public async Task<IReadOnlyList<Due>> Open(AppDb db, DueAsk ask)
    {
        var sorters = await db.Sorters(ask.Today);
        if (ask.PersonId is { } me && !sorters.Contains(me))
            return [];
        var firm = await Firm.Of(db);
        var until = firm.Moment(ask.Until.AddDays(1));
        var rows = await db.Set<ReceivedLetter>()
            .AsNoTracking()
            .Where(l => l.State == ReceivedState.Unsorted && l.ReceivedAt < until)
            .OrderBy(l => l.ReceivedAt)
            .Take(ask.Most)
            .Select(l => new
            {
                l.Id,
                l.Subject,
                l.FromName,
                l.FromAddress,
                l.ReceivedAt,
            })
            .ToListAsync();
        return
        [
            .. rows.Select(r => new Due(
                "letter_unsorted",
                r.Id,
                $"{(r.FromName.Length > 0 ? r.FromName : r.FromAddress)} · {r.Subject}",
                firm.Day(r.ReceivedAt),
                ask.PersonId ?? sorters.FirstOrDefault(),
                $"letters/{r.Id}"
            )),
        ];
    }
}

/// <summary>How many letters wait to be sorted, beside the menu.</summary>
internal sealed class LetterBadge : IBadge
{
    public string Name => "letters";

    public Task<int> Count(AppDb db, Actor actor, DateOnly today) =>
        actor.Can(Permission.VisitsEdit)
            ? db.Set<ReceivedLetter>().Where(l => l.State == ReceivedState.Unsorted).Take(IBadge.Most).CountAsync()
            : Task.FromResult(0);
}

/// <summary>Letters on the timeline of their client, with their files.</summary>
internal sealed class LetterLines(TimeProvider clock) : ITimelineSource
{
    private const int Shown = 400;

    public Permission Needs => Permission.VisitsSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var letters = await db.Letters(ask.Firm.Day(clock.GetUtcNow().UtcDateTime))
            .AsNoTracking()
            .Where(l => l.ClientId == ask.ClientId && (l.At < ask.Before || (l.At == ask.Before && l.Id.CompareTo(ask.BeforeId) < 0)))
            .OrderByDescending(l => l.At)
            .ThenByDescending(l => l.Id)
            .Take(ask.Most)
            .ToListAsync();
        var files = await FileDoor.Of(db, LetterRecord.Of, letters.ConvertAll(l => l.Id));
        return
        [
            .. letters.Select(l => new TimelineItem(
                l.At,
                l.Id,
                "mail_in",
                l.Title,
                $"{l.Sender}: {(l.Own.Length > Shown ? Reading.LetterReader.Cut(l.Own, Shown) + " …" : l.Own)}",
                $"letters/{l.Id}"
            )
            {
                Files = [.. files[l.Id].Select(f => (f.Name, $"files/{f.Id}"))],
            }),
        ];
    }
}

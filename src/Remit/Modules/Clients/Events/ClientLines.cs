using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>Notes and calls.</summary>
internal sealed class EventLines : ITimelineSource
{
    public Permission Needs => Permission.ClientsSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var events = await db.Set<ClientEvent>()
            .AsNoTracking()
            .Where(e => e.ClientId == ask.ClientId && (e.At < ask.Before || (e.At == ask.Before && e.Id.CompareTo(ask.BeforeId) < 0)))
            .OrderByDescending(e => e.At)
            .ThenByDescending(e => e.Id)
            .Take(ask.Most)
            .ToListAsync();
        var spoken = events.Select(e => e.ContactId).OfType<Guid>().Distinct().ToList();
        var contacts =
            spoken.Count == 0 ? [] : await db.Set<Contact>().Where(c => spoken.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name);
        return
        [
            .. events.Select(e => new TimelineItem(
                e.At,
                e.Id,
                Kind(e),
                e.ContactId is { } id ? contacts.GetValueOrDefault(id, "") : "",
                e.Text,
                ById: e.ById
            )),
        ];
    }

    private static string Kind(ClientEvent e) =>
        e.Kind == EventKind.Note ? "note"
        : e.Kind == EventKind.Mail ? "mail"
        : !e.Reached ? "call_missed"
        : e.Incoming ? "call_in"
        : "call_out";
}

/// <summary>Tasks about the client, where they were given.</summary>
internal sealed class TaskLines : ITimelineSource
{
    public Permission Needs => Permission.ClientsSee;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask) =>
        [
            .. (
                await db.Set<WorkTask>()
                    .AsNoTracking()
                    .About(ClientRecord.Of, ask.ClientId)
                    .Where(t => t.GivenAt < ask.Before || (t.GivenAt == ask.Before && t.Id.CompareTo(ask.BeforeId) < 0))
                    .OrderByDescending(t => t.GivenAt)
                    .ThenByDescending(t => t.Id)
                    .Take(ask.Most)
                    .ToListAsync()
            ).Select(t => new TimelineItem(
                t.GivenAt,
                t.Id,
                t.Open ? "task" : "task_done",
                t.Text,
                t.Open ? ask.T["timeline.due", ("day", t.DueOn)] : null,
                $"tasks/{t.Id}",
                t.GivenBy
            )),
        ];
}

/// <summary>Changes of the client's own record.</summary>
internal sealed class ChangeLines : ITimelineSource
{
    private static readonly Dictionary<string, string> fields = new()
    {
        ["Name"] = "client_title",
        ["TaxId"] = "tax_id",
        ["Kpp"] = "kpp",
        ["Address"] = "legal_address",
        ["BankAccount"] = "account",
        ["Bic"] = "bic",
        ["Country"] = "country",
        ["Language"] = "lang",
        ["Segment"] = "segment",
        ["KeyAccount"] = "key_account",
        ["Route"] = "route",
        ["OwnerId"] = "manager",
    };

    public Permission Needs => Permission.History;

    public async Task<IReadOnlyList<TimelineItem>> Before(AppDb db, TimelineAsk ask)
    {
        var lines = await db
            .Journal.AsNoTracking()
            .Where(j => j.RecordId == ask.ClientId && (j.At < ask.Before || (j.At == ask.Before && j.ChangeId.CompareTo(ask.BeforeId) < 0)))
            .OrderByDescending(j => j.At)
            .ThenByDescending(j => j.ChangeId)
            .Take(ask.Most)
            .ToListAsync();
        return
        [
            .. lines.Select(j => new TimelineItem(
                j.At,
                j.ChangeId,
                j.Kind == JournalKind.Created ? "created" : "changed",
                j.Kind == JournalKind.Created ? "" : Changed(j, ask.T),
                Path: $"history/{ask.ClientId}",
                ById: j.ActorId
            )),
        ];
    }

    private static string Changed(JournalEntry line, T t) =>
        string.Join(
            ", ",
            JsonSerializer
                .Deserialize<Dictionary<string, JsonElement[]>>(line.Values)!
                .Keys.Where(fields.ContainsKey)
                .Select(k => t["field." + fields[k]])
        );
}

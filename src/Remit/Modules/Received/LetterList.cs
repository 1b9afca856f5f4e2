using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Received;

/// <summary>A letter as the list shows it.</summary>
public sealed record LetterRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Subject { get; init; }
    public required string FromName { get; init; }
    public required string FromAddress { get; init; }
    public required Guid? ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required ReceivedState State { get; init; }
    public required string Became { get; init; }
}

/// <summary>All letters that came in; those that nobody has sorted come first.</summary>
public static class LetterList
{
    public static readonly ListOf<LetterRow> List = new()
    {
        Path = "letters",
        Title = "menu.letters",
        Needs = Permission.VisitsSee,
        Sort = "-received_at",
        Empty = "received.none_yet",
        Rows = Rows,
        Above = Measure.Above,
        Open = row => $"letters/{row.Id}",
        Search = (rows, db, words) =>
            rows.Where(r =>
                db.Saying(words).Select(l => l.OwnerId).Contains(r.Id)
                || r.ClientId != null && db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId.Value)
            ),
        Columns =
        [
            Column<LetterRow>.Of(
                "letter_subject",
                r => r.Subject,
                show: (r, _) =>
                    r.Subject.Length == 0 ? "—"
                    : r.Subject.Length > 90 ? r.Subject[..90] + "…"
                    : r.Subject
            ),
            Column<LetterRow>.Of(
                "letter_from",
                r => r.FromAddress,
                sort: r => r.FromAddress,
                show: (r, _) => r.FromName.Length > 0 ? $"{r.FromName} · {r.FromAddress}" : r.FromAddress
            ),
            Column<LetterRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => r.ClientId is { } id ? $"clients/{id}" : null),
            Column<LetterRow>.Of("received_at", r => r.ReceivedAt),
            Column<LetterRow>.Of(
                "letter_became",
                r => r.Became,
                show: (r, t) => r.Became.Length > 0 ? t["received.became_" + r.Became] : ""
            ),
            Column<LetterRow>.Of(
                "letter_state",
                r => r.State,
                show: (_, _) => "",
                marks: r =>
                    [
                        new Mark(
                            "received.state." + r.State,
                            r.State switch
                            {
                                ReceivedState.Unsorted => "wait",
                                ReceivedState.Filed => "ok",
                                _ => "",
                            }
                        ),
                    ]
            ),
        ],
        Filters = [Filter<LetterRow>.State("letter_state", r => r.State, "received.state")],
        Presets =
        [
            new("received.state.Unsorted", "letter_state=Unsorted"),
            new("received.state.Filed", "letter_state=Filed"),
            new("received.state.Automatic", "letter_state=Automatic"),
        ],
        Buttons =
        [
            new("received.add", "letters/add", Permission.VisitsEdit, Main: true),
            new("received.mailbox", "mail", Permission.FirmEdit),
        ],
    };

    private static IQueryable<LetterRow> Rows(AppDb db, Screen screen) =>
        from letter in db.Letters(screen.Today)
        select new LetterRow
        {
            Id = letter.Id,
            Subject = letter.Subject,
            FromName = letter.FromName,
            FromAddress = letter.FromAddress,
            ClientId = letter.ClientId,
            ReceivedAt = letter.ReceivedAt,
            State = letter.State,
            Became = letter.Became,
            Client = db.Set<Client>().Where(c => c.Id == letter.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == letter.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
        };
}

using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Lists;

namespace Remit.Modules.Dispatch;

/// <summary>A question as the list shows it.</summary>
public sealed record QuestionRow : IIdentified
{
    public required Guid Id { get; init; }
    public required string Text { get; init; }
    public required Guid ClientId { get; init; }
    public required string Client { get; init; }
    public required string ClientKey { get; init; }
    public required string Product { get; init; }
    public required string ProductKey { get; init; }
    public required Guid? PersonId { get; init; }
    public required string Person { get; init; }
    public required string PersonKey { get; init; }
    public required DateTime DueAt { get; init; }
    public required bool Late { get; init; }
    public required QuestionState State { get; init; }
}

/// <summary>All questions as a list.</summary>
public static class QuestionList
{
    public static readonly ListOf<QuestionRow> List = new()
    {
        Path = "questions",
        Title = "menu.questions",
        Needs = Permission.VisitsSee,
        Sort = "-due_at",
        Empty = "question.none_yet",
        Rows = Rows,
        Open = row => $"questions/{row.Id}",
        Search = (rows, db, words) => rows.Where(r => db.Saying(words).Select(l => l.OwnerId).Contains(r.ClientId)),
        Columns =
        [
            Column<QuestionRow>.Of("question_text", r => r.Text, show: (r, _) => Short(r.Text)),
            Column<QuestionRow>.Of("client", r => r.Client, sort: r => r.ClientKey, link: r => $"clients/{r.ClientId}"),
            Column<QuestionRow>.Of("product", r => r.Product, yields: 4, sort: r => r.ProductKey),
            Column<QuestionRow>.Of("programmer", r => r.Person, sort: r => r.PersonKey),
            Column<QuestionRow>.Moment("due_at", r => r.DueAt),
            Column<QuestionRow>.Of(
                "question_state",
                r => r.State,
                show: (_, _) => "",
                marks: r =>
                    [
                        new Mark("question.state." + r.State, r.State == QuestionState.Open ? "wait" : "ok"),
                        .. r.Late ? [new Mark("question.late", "bad")] : Array.Empty<Mark>(),
                    ]
            ),
        ],
        Filters =
        [
            Filter<QuestionRow>.State("question_state", r => r.State, "question.state"),
            Filter<QuestionRow>.Person(
                "programmer",
                r => r.PersonId,
                async (db, _) => [.. (await db.Programmers()).Select(p => new Choice($"{p.Id}", p.Name))]
            ),
            Filter<QuestionRow>.Flag("late", r => r.Late),
        ],
        Presets = [new("list.mine", "programmer=me&question_state=Open"), new("question.state.Open", "question_state=Open")],
        Buttons =
        [
            new("question.take", "questions/new", Permission.VisitsEdit, Main: true),
            new("menu.products", "products", Permission.VisitsSee),
            new("question.terms", "questions/terms", Permission.FirmEdit),
        ],
    };

    private static IQueryable<QuestionRow> Rows(AppDb db, Screen screen) =>
        from question in db.Set<Question>()
        select new QuestionRow
        {
            Id = question.Id,
            Text = question.Text,
            ClientId = question.ClientId,
            PersonId = question.PersonId,
            DueAt = question.DueAt,
            State = question.State,
            Late = question.EscalatedAt != null && question.State == QuestionState.Open,
            Client = db.Set<Client>().Where(c => c.Id == question.ClientId).Select(c => c.Name).FirstOrDefault() ?? "",
            ClientKey = db.Set<Client>().Where(c => c.Id == question.ClientId).Select(c => c.NameKey).FirstOrDefault() ?? "",
            Product = db.Set<Product>().Where(p => p.Id == question.ProductId).Select(p => p.Name).FirstOrDefault() ?? "",
            ProductKey = db.Set<Product>().Where(p => p.Id == question.ProductId).Select(p => p.NameKey).FirstOrDefault() ?? "",
            Person = db.Set<Person>().Where(p => p.Id == question.PersonId).Select(p => p.Name).FirstOrDefault() ?? "",
            PersonKey = db.Set<Person>().Where(p => p.Id == question.PersonId).Select(p => p.NameKey).FirstOrDefault() ?? "",
        };

    // The subject of a letter and what follows it are told apart in one line too.
    private static string Short(string text)
    {
        var line = string.Join(" · ", text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return line.Length > 90 ? line[..90] + "…" : line;
    }
}

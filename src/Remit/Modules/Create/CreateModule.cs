using Microsoft.AspNetCore.Http.HttpResults;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Create.Pages;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Create;

/// <summary>One line makes a task, a meeting, a visit, a client or a note; the page shows what it understood before anything is made.</summary>
public static class CreateModule
{
    public static readonly IReadOnlyList<(NewKind Kind, Permission Needs)> Kinds =
    [
        (NewKind.Task, Permission.Home),
        (NewKind.Event, Permission.CalendarEdit),
        (NewKind.Visit, Permission.VisitsEdit),
        (NewKind.Client, Permission.ClientsEdit),
        (NewKind.Note, Permission.ClientsSee),
    ];

    public static void MapCreate(this WebApplication app) => app.MapGet("/create", Show).Needs(Permission.Home);

    private static async Task<IResult> Show(string? text, string? @as, AppDb db, Actor actor, Screen screen)
    {
        var said = LineReader.Read(text, screen.Today);
        if (Named.Of<NewKind>(@as) is { } chosen)
            said = said with { Kind = chosen, KindSaid = true };
        if (!actor.Can(Kinds.First(k => k.Kind == said.Kind).Needs))
            said = said with { Kind = NewKind.Task };
        var whom = await Whom.Of(said, db, actor);
        return new RazorComponentResult<CreatePage>(
            new
            {
                Text = text ?? "",
                Said = said,
                Whom = whom,
                Hands = await db.Hands(),
            }
        );
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Papers;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;
using NotFound = Remit.Web.NotFound;

namespace Remit.Modules.Talk;

/// <summary>Talk at records: comments, signs under them, following. Whoever sees the record may do all of it.</summary>
public static class TalkModule
{
    public static void MapTalk(this WebApplication app)
    {
        app.MapPost("/talk", Say).Needs(Permission.Home);
        app.MapPost("/talk/{id:guid}/delete", Delete).Needs(Permission.Home);
        app.MapPost("/talk/{id:guid}/react", React).Needs(Permission.Home);
        app.MapPost("/clients/{id:guid}/timeline/react", ReactToLine).Needs(Permission.ClientsSee);
        app.MapPost("/follow", Turn).Needs(Permission.Home);
    }

    public static void AddTalk(this IServiceCollection services)
    {
        services.AddSingleton<IFactListener, Followers>();
        services.AddSingleton<IClientSection, TalkSections>();
        services.AddSingleton<IVisitSection, TalkSections>();
        services.AddSingleton<IPaperSection, TalkSections>();
        services.AddSingleton<IContractSection, TalkSections>();
        services.AddSingleton<ITaskSection, TalkSections>();
        services.AddSingleton<ITimelineFoot, LineSigns>();
    }

    private static async Task<IResult> Say(Form form, AppDb db, Actor actor, Screen screen, RecordKinds kinds, TimeProvider clock, Go go)
    {
        var record = form.Id("record_id") ?? throw new NotFound();
        var (kind, title) = await kinds.One(db, actor, form.Text("record_kind"), record);
        var comment = Comment.On(kind.Name, record, form.Text("comment_text"), actor.PersonId, clock.GetUtcNow().UtcDateTime);
        db.Add(comment);
        await Tell(db, comment, kind, title, actor);
        if (!await db.Set<Follow>().AnyAsync(f => f.AboutId == record && f.PersonId == actor.PersonId))
            db.Add(Follow.Of(actor.PersonId!.Value, kind.Name, record));
        await db.SaveChangesAsync();
        return go.To(form.Back(kind.Path(record)) + "#talk", db, screen.T["talk.said", ("title", title)]);
    }

    private static async Task<IResult> Delete(Guid id, AppDb db, Actor actor, Screen screen, RecordKinds kinds, Go go)
    {
        var comment = await Seen(db, actor, kinds, id);
        Must(comment.ById == actor.PersonId || actor.Can(Permission.FirmEdit), "talk.not_yours");
        await db.Discard(comment);
        await db.SaveChangesAsync();
        return go.To(
            kinds.Find(comment.AboutKind)!.Path(comment.AboutId) + "#talk",
            db,
            screen.T["trash.deleted", ("title", comment.Title)]
        );
    }

    private static async Task<IResult> React(Guid id, Form form, AppDb db, Actor actor, RecordKinds kinds, Go go)
    {
        var comment = await Seen(db, actor, kinds, id);
        var path = kinds.Find(comment.AboutKind)!.Path(comment.AboutId);
        await Put(db, actor, id, form.Must("sign"), comment.ById, path + "#talk", comment.Title);
        return go.To(form.Back(path) + "#talk");
    }

    private static async Task<IResult> ReactToLine(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        IEnumerable<ITimelineSource> told,
        Go go
    )
    {
        var client = await db.Set<Client>().One(id);
        var line = await Timeline.Line(id, form.Text("line"), db, screen, told) is { ById: not null } found ? found : throw new NotFound();
        await Put(
            db,
            actor,
            line.Id,
            form.Must("sign"),
            line.ById,
            $"clients/{id}?before={line.PointAfter}#timeline",
            $"{client.Name} · {(line.Text is { Length: > 0 and <= 80 } text ? text : line.Title)}"
        );
        return go.To(form.Back($"clients/{id}") + $"#at-{line.Id:N}");
    }

    /// <summary>The same sign again takes it away.</summary>
    private static async Task Put(AppDb db, Actor actor, Guid on, string sign, Guid? author, string path, string text)
    {
        var reaction = Reaction.To(on, actor.PersonId!.Value, sign);
        await db.StartWriting();
        if (
            await db.Set<Reaction>().SingleOrDefaultAsync(r => r.OnId == on && r.PersonId == reaction.PersonId && r.Sign == sign) is
            { } same
        )
            db.Remove(same);
        else
        {
            db.Add(reaction);
            db.Tell(NoticeSort.Followed, author, "notice.reacted", path, ("by", actor.Name), ("sign", sign), ("text", text));
        }
        await db.SaveChangesAsync();
    }

    private static async Task<IResult> Turn(Form form, AppDb db, Actor actor, Screen screen, RecordKinds kinds, Go go)
    {
        var record = form.Id("record_id") ?? throw new NotFound();
        var (kind, title) = await kinds.One(db, actor, form.Text("record_kind"), record);
        await db.StartWriting();
        var now = await db.Set<Follow>().SingleOrDefaultAsync(f => f.AboutId == record && f.PersonId == actor.PersonId);
        if (now is null)
            db.Add(Follow.Of(actor.PersonId!.Value, kind.Name, record));
        else
            db.Remove(now);
        await db.SaveChangesAsync();
        return go.To(form.Back(kind.Path(record)), null, screen.T[now is null ? "talk.followed" : "talk.unfollowed", ("title", title)]);
    }

    private static async Task<Comment> Seen(AppDb db, Actor actor, RecordKinds kinds, Guid id)
    {
        var comment = await db.Set<Comment>().One(id);
        await kinds.One(db, actor, comment.AboutKind, comment.AboutId);
        return comment;
    }

    // Whoever is named is told once, as named; those who follow are told as followers.
    private static async Task Tell(AppDb db, Comment comment, IRecordKind kind, string title, Actor actor)
    {
        var path = kind.Path(comment.AboutId) + "#talk";
        var named = await db.TellMentioned(comment.Text, kind, comment.AboutId, title, actor);
        foreach (var person in await Followers.Of(db, kind, comment.AboutId))
            if (!named.Contains(person))
                db.Tell(
                    NoticeSort.Followed,
                    person,
                    "notice.commented",
                    path,
                    ("by", actor.Name),
                    ("title", title),
                    ("text", comment.Title)
                );
    }
}

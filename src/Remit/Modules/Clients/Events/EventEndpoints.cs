using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients;

/// <summary>A note or a call about a client, with the next step where there is one. Whoever sees the client may tell what they learnt.</summary>
internal static class EventEndpoints
{
    public static void MapEvents(this WebApplication app)
    {
        app.MapPost("/clients/{id:guid}/notes", Note).Needs(Permission.ClientsSee);
        app.MapPost("/clients/{id:guid}/calls", Call).Needs(Permission.ClientsSee);
        app.MapPost("/clients/{id:guid}/letters", Mail).Needs(Permission.ClientsEdit);
    }

    private static async Task<IResult> Note(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        RecordKinds kinds,
        Go go
    )
    {
        var client = await db.Set<Client>().One(id);
        var note = ClientEvent.Note(client, form.Text("event_text"), actor.PersonId, Now(clock));
        db.Add(note);
        await db.TellMentioned(note.Text, kinds.Find(ClientRecord.Of)!, id, client.Name, actor);
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["event.noted", ("client", client.Name)]);
    }

    private static async Task<IResult> Mail(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        IPostOffice post,
        TimeProvider clock,
        Go go
    )
    {
        Must(await post.IsOpen(db), "mail.not_set");
        var client = await db.Set<Client>().One(id);
        var to = form.Must("mail_to").ToLowerInvariant();
        Must(System.Net.Mail.MailAddress.TryCreate(to, out _), "mail.address", ("address", to));
        var contact = await db.Set<Contact>().FirstOrDefaultAsync(c => c.ClientId == id && c.Email.ToLower() == to);
        db.Add(ClientEvent.Mail(client, contact, form.Text("mail_subject"), form.Text("mail_text"), actor.PersonId, Now(clock)));
        db.Later(
            new Letter(to, form.Must("mail_subject"), form.Must("mail_text"))
            {
                About = new(ClientRecord.Of, id, $"clients/{id}", id, actor.PersonId),
            }.Job()
        );
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", null, screen.T["event.mailed", ("address", to)]);
    }

    private static async Task<IResult> Call(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        TimeProvider clock,
        RecordKinds kinds,
        Go go
    )
    {
        var client = await db.Set<Client>().One(id);
        var contact = form.Id("event_contact") is { } spoken ? await db.Set<Contact>().One(spoken) : null;
        var call = ClientEvent.Call(
            client,
            contact,
            form.Text("event_text"),
            form.Flag("event_incoming"),
            !form.Flag("event_missed"),
            actor.PersonId,
            Now(clock)
        );
        db.Add(call);
        await db.TellMentioned(call.Text, kinds.Find(ClientRecord.Of)!, id, client.Name, actor);
        // An attempt is no call: work is counted only where somebody answered.
        if (call.Reached)
            db.State(new Fact("call.logged", actor.PersonId, screen.Today, call.Id, call.Id, id, $"{client.Name} · {call.Title}"));
        if (form.Text("next_text") is { } next)
            db.Add(
                WorkTask.Give(
                    next,
                    form.Day("next_due") ?? screen.Today.AddDays(1),
                    actor.PersonId,
                    null,
                    actor.PersonId,
                    Now(clock),
                    (ClientRecord.Of, id)
                )
            );
        await db.SaveChangesAsync();
        return go.To($"clients/{id}", db, screen.T["event.called", ("client", client.Name)]);
    }

    // Both databases keep whole milliseconds alike; the timeline pages by this moment.
    private static DateTime Now(TimeProvider clock)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMillisecond));
    }
}

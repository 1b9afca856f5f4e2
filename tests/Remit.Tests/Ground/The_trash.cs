using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Tasks;

namespace Remit.Tests.Ground;

public sealed class The_trash(World world) : IClassFixture<World>
{
    [Fact]
    public async Task What_was_deleted_lies_in_the_trash_and_comes_back_whole_by_one_button()
    {
        var contact = await Contact("Anna Shepherd");
        Assert.Contains("Deleted: Anna Shepherd", await world.Owner.PostAndRead($"contacts/{contact}/delete"));
        var trash = await world.Text("trash");
        Assert.Contains("Anna Shepherd", trash);
        Assert.Contains("Olga Owner", trash);

        await using var db = world.Db();
        var change = await db
            .Journal.Where(j => j.RecordId == contact && j.Kind == Remit.Storage.JournalKind.Deleted)
            .Select(j => j.ChangeId)
            .SingleAsync();
        Assert.Contains("Restored: Anna Shepherd", await world.Owner.PostAndRead($"trash/{change}/restore"));
        var back = await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == contact);
        Assert.Equal(("director", "+1 555"), (back.Post, back.Phone));
        Assert.DoesNotContain("<b>Anna Shepherd</b>", await world.Text("trash"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post($"trash/{change}/restore")).StatusCode);
    }

    [Fact]
    public async Task A_client_goes_with_contacts_notes_and_tasks_and_comes_back_whole_by_one_undo_or_from_the_trash()
    {
        await using var db = world.Db();
        var (id, contact) = await ClientWithLife("Whole Ltd");
        Assert.Contains("Deleted: Whole Ltd", await world.Owner.PostAndRead($"clients/{id}/delete"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Owner.Get($"clients/{id}")).StatusCode);
        Assert.False(
            await db.Set<Contact>().AnyAsync(c => c.ClientId == id)
                || await db.Set<ClientEvent>().AnyAsync(e => e.ClientId == id)
                || await db.Set<WorkTask>().AnyAsync(t => t.RecordId == id)
        );
        Assert.DoesNotContain("Whole Ltd", await world.Text("clients?q=whole"));
        await world.Post($"history/{await Deletion(db, id)}/undo");
        Assert.Contains("Stays with it", await world.Text($"clients/{id}"));

        await world.Post("clients/bulk", ("act", "delete"), ("ids", $"{id}"));
        Assert.Contains("Whole Ltd", await world.Text("trash"));
        await world.Post($"trash/{await Deletion(db, id)}/restore");
        var card = await world.Text($"clients/{id}");
        Assert.Contains("Stays with it", card);
        Assert.Contains("Paul Part", card);
        Assert.True(await db.Set<WorkTask>().AnyAsync(t => t.RecordId == id) && await db.Set<Contact>().AnyAsync(c => c.Id == contact));
        Assert.Contains("Whole Ltd", await world.Text("clients?q=whole"));
    }

    [Fact]
    public async Task A_client_held_by_visits_or_papers_stays_says_what_holds_it_and_can_be_archived()
    {
        await using var db = world.Db();
        var (id, _) = await ClientWithLife("Held Ltd");
        var (free, _) = await ClientWithLife("Free Ltd");
        db.Add(Remit.Modules.Dispatch.Visit.Plan(id, await world.OwnerId(), new(2026, 12, 1, 9, 0, 0), 60, false, "Look", null));
        await db.SaveChangesAsync();
        var answer = await world.Post($"clients/{id}/delete");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.Contains("Visit: 1", said);
        Assert.Contains($"clients/{id}/merge", said);
        Assert.Contains($"clients/{id}/archive", said);
        Assert.Contains(
            "Held Ltd",
            WebUtility.HtmlDecode(
                await (
                    await world.Post("clients/bulk", ("act", "delete"), ("ids", $"{id}"), ("ids", $"{free}"))
                ).Content.ReadAsStringAsync()
            )
        );
        Assert.Equal(2, await db.Set<Client>().CountAsync(c => c.Id == id || c.Id == free));

        await world.Owner.PostAndRead($"clients/{id}/archive");
        Assert.DoesNotContain("Held Ltd", await world.Text("clients?q=ltd"));
        Assert.Contains("Held Ltd", await world.Text("clients?archived=yes"));
        Assert.DoesNotContain("Held", await world.Text("search/clients?q=held"));
        await world.Post("clients/bulk", ("act", "unarchive"), ("ids", $"{id}"));
        Assert.Contains("Held Ltd", await world.Text("clients?q=ltd"));
    }

    private async Task<(Guid Client, Guid Contact)> ClientWithLife(string name)
    {
        await using var db = world.Db();
        var client = Remit.Modules.Clients.Client.New(name, "BG", DateTime.UtcNow);
        var contact = Remit.Modules.Clients.Contact.At(client, "Paul Part", "director", "", "", false);
        db.AddRange(
            client,
            contact,
            ClientEvent.Note(client, "Stays with it", null, DateTime.UtcNow),
            ClientEvent.Call(client, contact, "Rang", false, true, null, DateTime.UtcNow)
        );
        db.Add(WorkTask.Give("Ring again", new(2027, 1, 1), await world.OwnerId(), null, null, DateTime.UtcNow, ("Client", client.Id)));
        await db.SaveChangesAsync();
        return (client.Id, contact.Id);
    }

    private static Task<Guid> Deletion(Remit.Storage.AppDb db, Guid record) =>
        db
            .Journal.Where(j => j.RecordId == record && j.Kind == Remit.Storage.JournalKind.Deleted)
            .OrderByDescending(j => j.Seq)
            .Select(j => j.ChangeId)
            .FirstAsync();

    [Fact]
    public async Task The_history_is_a_list_of_saves_narrowed_by_who_what_and_when_and_a_save_is_undone_from_its_page()
    {
        await using var db = world.Db();
        var (id, _) = await ClientWithLife("Chronicle Ltd");
        await world.Owner.PostAndRead($"clients/{id}/delete");
        var deleted = await world.Text("history?history_by=me&history_kind=Deleted&history_record=Client&history_at=today");
        Assert.Contains("Chronicle Ltd · 5 records", deleted);
        Assert.DoesNotContain("Chronicle Ltd", await world.Text("history?history_by=me&history_kind=Created&history_record=Client"));
        Assert.DoesNotContain("Chronicle Ltd", await world.Text("history?history_at=last-month"));
        Assert.Contains(
            "Chronicle Ltd",
            await (await world.Owner.Get("history/export.csv?history_kind=Deleted")).Content.ReadAsStringAsync()
        );
        var change = await Deletion(db, id);
        Assert.Contains("Paul Part", await world.Text($"history/changes/{change}"));
        await world.Owner.PostAndRead($"history/{change}/undo");
        Assert.Contains("Chronicle Ltd", await world.Text("history?history_undone=yes"));
    }

    [Fact]
    public async Task Whose_records_one_may_not_change_one_neither_sees_in_the_trash_nor_brings_back()
    {
        var contact = await Contact("Simon Safin");
        await world.Post($"contacts/{contact}/delete");
        await using var db = world.Db();
        var change = await db
            .Journal.Where(j => j.RecordId == contact && j.Kind == Remit.Storage.JournalKind.Deleted)
            .Select(j => j.ChangeId)
            .SingleAsync();
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.DoesNotContain("Simon Safin", await programmer.Text("trash"));
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post($"trash/{change}/restore")).StatusCode);
    }

    [Fact]
    public async Task A_task_that_was_deleted_is_undone_from_the_history_too()
    {
        await world.Post("tasks", ("task_text", "Water the plants"), ("task_due", "2026-12-01"));
        await using var db = world.Db();
        var id = await db.Set<WorkTask>().Where(t => t.Text == "Water the plants").Select(t => t.Id).SingleAsync();
        await world.Post($"tasks/{id}/delete");
        Assert.False(await db.Set<WorkTask>().AnyAsync(t => t.Id == id));
        var change = await db
            .Journal.Where(j => j.RecordId == id && j.Kind == Remit.Storage.JournalKind.Deleted)
            .Select(j => j.ChangeId)
            .SingleAsync();
        await world.Post($"history/{change}/undo");
        Assert.True(await db.Set<WorkTask>().AnyAsync(t => t.Id == id));
    }

    [Fact]
    public async Task A_history_speaks_in_words_names_days_and_yes_or_no()
    {
        var client = await Client("Lagoon Ltd");
        await world.Post(
            $"clients/{client}/edit",
            ("version", "0"),
            ("client_title", "Lagoon PLC"),
            ("country", "BG"),
            ("lang", "bg"),
            ("key_account", "on"),
            ("manager", $"{await world.OwnerId()}")
        );
        var text = await world.Text($"history/{client}");
        Assert.Contains("Key account", text);
        Assert.Contains("Lagoon PLC", text);
        Assert.Contains("Olga Owner", text);
        Assert.Contains(">yes<", text);
        Assert.DoesNotContain(">KeyAccount<", text);
        Assert.DoesNotContain(">OwnerId<", text);
    }

    private async Task<Guid> Client(string name)
    {
        await world.Post("clients/new", ("client_title", name), ("country", "BG"), ("lang", "en"), ("same_is_fine", "on"));
        await using var db = world.Db();
        return await db.Set<Client>().Where(c => c.Name == name).Select(c => c.Id).SingleAsync();
    }

    private async Task<Guid> Contact(string name)
    {
        var client = await Client("Client of " + name);
        await world.Post($"clients/{client}/contacts/new", ("name", name), ("post", "director"), ("phone", "+1 555"));
        await using var db = world.Db();
        return await db.Set<Contact>().Where(c => c.Name == name).Select(c => c.Id).SingleAsync();
    }
}

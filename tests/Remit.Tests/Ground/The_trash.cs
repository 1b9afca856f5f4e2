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
        var change = await db.Journal.Where(j => j.RecordId == contact && j.Kind == Remit.Storage.JournalKind.Deleted).Select(j => j.ChangeId).SingleAsync();
        Assert.Contains("Restored: Anna Shepherd", await world.Owner.PostAndRead($"trash/{change}/restore"));
        var back = await db.Set<Contact>().AsNoTracking().SingleAsync(c => c.Id == contact);
        Assert.Equal(("director", "+1 555"), (back.Post, back.Phone));
        Assert.DoesNotContain("<b>Anna Shepherd</b>", await world.Text("trash"));
        Assert.Equal(HttpStatusCode.NotFound, (await world.Post($"trash/{change}/restore")).StatusCode);
    }

    [Fact]
    public async Task Whose_records_one_may_not_change_one_neither_sees_in_the_trash_nor_brings_back()
    {
        var contact = await Contact("Simon Safin");
        await world.Post($"contacts/{contact}/delete");
        await using var db = world.Db();
        var change = await db.Journal.Where(j => j.RecordId == contact && j.Kind == Remit.Storage.JournalKind.Deleted).Select(j => j.ChangeId).SingleAsync();
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
        var change = await db.Journal.Where(j => j.RecordId == id && j.Kind == Remit.Storage.JournalKind.Deleted).Select(j => j.ChangeId).SingleAsync();
        await world.Post($"history/{change}/undo");
        Assert.True(await db.Set<WorkTask>().AnyAsync(t => t.Id == id));
    }

    [Fact]
    public async Task A_history_speaks_in_words_names_days_and_yes_or_no()
    {
        var client = await Client("Lagoon Ltd");
        await world.Post($"clients/{client}/edit", ("version", "0"), ("client_title", "Lagoon PLC"), ("country", "BG"), ("lang", "bg"), ("key_account", "on"), ("manager", $"{await world.OwnerId()}"));
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

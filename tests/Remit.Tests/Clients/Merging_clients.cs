using System.Net;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;

namespace Remit.Tests.Clients;

public sealed class Merging_clients(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Two_records_of_one_client_become_one_and_two_again()
    {
        var (into, from, visit) = await Two("Ромашка, ООО", "ООО \"Ромашка\"");
        // Made in one millisecond, either of the two may be the elder.
        Assert.Matches($"clients/({into}|{from})/merge\\?with=({into}|{from})", await world.Text("clients/duplicates"));
        Assert.Contains("keep_legal_address", await world.Text($"clients/{into}/merge?with={from}"));
        await world.Post($"clients/{into}/merge", ("with", $"{from}"), ("keep_legal_address", "theirs"));

        await using var db = world.Db();
        Assert.Equal("Second Street", (await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == into)).Address);
        Assert.Equal(into, (await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit)).ClientId);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Owner.Get($"clients/{from}")).StatusCode);
        Assert.DoesNotContain($"data-id=\"{from}\"", await world.Text("clients"));
        Assert.Contains($"data-id=\"{into}\"", await world.Text("clients?q=anna%20second"));

        var change = await db.Journal.Where(j => j.RecordId == from).OrderByDescending(j => j.Seq).Select(j => j.ChangeId).FirstAsync();
        await world.Post($"history/{change}/undo");
        Assert.Equal(from, (await db.Set<Visit>().AsNoTracking().SingleAsync(v => v.Id == visit)).ClientId);
        Assert.Equal("First Street", (await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == into)).Address);
        Assert.Contains($"data-id=\"{from}\"", await world.Text("clients?q=anna%20second"));
    }

    [Fact]
    public async Task A_client_is_not_merged_with_itself_nor_twice()
    {
        var (into, from, _) = await Two("Birch One", "Birch Two");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"clients/{into}/merge", ("with", $"{into}"))).StatusCode);
        await world.Post($"clients/{into}/merge", ("with", $"{from}"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"clients/{into}/merge", ("with", $"{from}"))).StatusCode);
    }

    [Fact]
    public async Task Who_may_not_edit_clients_may_not_merge_them()
    {
        var (into, from, _) = await Two("Oak One", "Oak Two");
        var (programmer, _) = await world.SomeoneWhoIs(Role.Programmer);
        Assert.Equal(HttpStatusCode.NotFound, (await programmer.Post($"clients/{into}/merge", ("with", $"{from}"))).StatusCode);
    }

    private async Task<(Guid Into, Guid From, Guid Visit)> Two(string one, string other)
    {
        await using var db = world.Db();
        var (into, from) = (Client.New(one, "BG", DateTime.UnixEpoch), Client.New(other, "BG", DateTime.UnixEpoch));
        into.Register("BG", "", "", "First Street");
        from.Register("BG", "", "", "Second Street");
        var visit = Visit.Plan(from.Id, await world.OwnerId(), new DateTime(2026, 11, 2, 9, 0, 0), 60, false, "update", null);
        db.AddRange(into, from, visit, Contact.At(from, "Anna Second", "", "", "", false));
        await db.SaveChangesAsync();
        return (into.Id, from.Id, visit.Id);
    }
}

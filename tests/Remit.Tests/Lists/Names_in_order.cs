using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Tasks;
using Remit.Storage;

namespace Remit.Tests.Lists;

public sealed class Names_in_order(World world) : IClassFixture<World>
{
    [Fact]
    public async Task Follow_the_alphabet_page_by_page_and_after_a_name_is_changed_or_taken_back()
    {
        string[] names = ["Ёлка", "Егор", "Жук", "Əhməd", "Eldar", "Fuad", "«Емеля»", "Ağ", "Az"];
        await using var db = world.Db();
        foreach (var name in names)
            db.Add(Client.New(name, "BG", DateTime.UnixEpoch));
        for (var i = 0; i < 60; i++)
            db.Add(Client.New($"Жираф {i:00}", "BG", DateTime.UnixEpoch));
        await db.SaveChangesAsync();
        var first = await world.Text("clients");
        var second = await world.Text(Regex.Match(first, "href=\"([^\"]*after=[^\"]*)\"").Groups[1].Value);
        var shown = Regex.Matches(first + second, "data-peek[^>]*>([^<]+)<").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(["Ağ", "Az", "Eldar", "Əhməd", "Fuad", "Егор", "Ёлка", "«Емеля»", "Жираф 00"], shown.Take(9));
        Assert.Equal(69, shown.Distinct().Count());

        var beetle = await db.Set<Client>().SingleAsync(c => c.Name == "Жук");
        beetle.Rename("Аист");
        await db.SaveChangesAsync();
        Assert.Equal("аист", beetle.NameKey);
        await world.Post($"history/{db.LastChange}/undo");
        Assert.Equal("жук", await db.Set<Client>().AsNoTracking().Where(c => c.Id == beetle.Id).Select(c => c.NameKey).SingleAsync());
        Assert.DoesNotContain("NameKey", await db.Journal.Where(j => j.RecordId == beetle.Id).Select(j => j.Values).FirstAsync());
    }

    [Fact]
    public async Task So_do_segments_page_by_page_and_what_tasks_say()
    {
        await using var db = world.Db();
        string[] segments = ["Ёмкий", "Ещё", "Жаркий", "Əsas", "Zəif", "Elit"];
        foreach (var segment in segments)
            for (var i = 0; i < 10; i++)
            {
                var client = Client.New($"Сегмент {segment} {i}", "RU", DateTime.UnixEpoch);
                client.Place(segment);
                db.Add(client);
                db.Add(WorkTask.Give($"{segment} {i}", new(2026, 5, 1), await world.OwnerId(), null, null, DateTime.UnixEpoch));
            }
        await db.SaveChangesAsync();
        string[] right = ["Elit", "Əsas", "Zəif", "Емкий", "Ещё", "Жаркий"];
        foreach (var down in new[] { false, true })
        {
            var first = await world.Text($"clients?q=сегмент&cols=segment&sort={(down ? "-" : "")}segment");
            var second = await world.Text(Regex.Match(first, "href=\"([^\"]*after=[^\"]*)\"").Groups[1].Value);
            var shown = Regex
                .Matches(first + second, "(?<=>)(?:" + string.Join('|', segments) + ")(?=<)")
                .Select(m => m.Value.Replace("Ёмкий", "Емкий"))
                .ToList();
            Assert.Equal(60, shown.Count);
            Assert.Equal(down ? right.Reverse() : right, shown.Distinct());
        }
        var tasks = await world.Text("tasks?sort=task_text");
        Assert.Equal(
            right.Take(5),
            Regex.Matches(tasks, "data-peek[^>]*>([^<]+) \\d<").Select(m => m.Groups[1].Value.Replace("Ёмкий", "Емкий")).Distinct()
        );
    }

    [Fact]
    public async Task Names_from_before_there_was_an_order_get_their_key_at_the_first_start_of_another_build_and_no_later()
    {
        await using var db = world.Db();
        var client = Client.New("Ънг", "BG", DateTime.UnixEpoch);
        db.Add(client);
        await db.SaveChangesAsync();
        var saved = db.Set<Client>().AsNoTracking().Where(c => c.Id == client.Id);
        var store = (FirmStore)world.App.Services.GetService(typeof(FirmStore))!;
        async Task<string> KeysAfterAStart()
        {
            await saved.ExecuteUpdateAsync(s => s.SetProperty(c => c.NameKey, "").SetProperty(c => c.SegmentKey, ""));
            await store.MigrateAll();
            return await saved.Select(c => c.NameKey + "/" + c.SegmentKey).SingleAsync();
        }

        await db.Database.ExecuteSqlAsync($"UPDATE seen_to SET \"Build\" = 'another'");
        Assert.Equal("ънг/ ", await KeysAfterAStart());
        Assert.Equal("/", await KeysAfterAStart());
        await db.Database.ExecuteSqlAsync($"DELETE FROM seen_to");
        Assert.Equal("ънг/ ", await KeysAfterAStart());
    }

    [Fact]
    public async Task A_table_for_a_spreadsheet_has_semicolons_and_decimal_commas_where_people_write_them()
    {
        await world.Post("profile/look", ("lang", "ru"));
        var csv = await (await world.Owner.Get("clients/export.csv?cols=client_title,tax_id")).Content.ReadAsStringAsync();
        Assert.StartsWith("Название;", csv);
        await world.Post("profile/look", ("lang", "en"));
        csv = await (await world.Owner.Get("clients/export.csv?cols=client_title,tax_id")).Content.ReadAsStringAsync();
        Assert.StartsWith("Name,", csv);
    }
}

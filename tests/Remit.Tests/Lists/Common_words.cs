using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;

namespace Remit.Tests.Lists;

public sealed partial class Common_words(World world) : IClassFixture<World>
{
    [Fact]
    public async Task They_find_the_same_page_after_page_whichever_way_they_are_looked_for()
    {
        await using (var db = world.Db())
        {
            db.AddRange(Enumerable.Range(0, 6100).Select(n => Client.New($"Ordinary trader {n:0000}", "BG", DateTime.UtcNow)));
            db.Add(Client.New("Aardvark", "BG", DateTime.UtcNow));
            await db.SaveChangesAsync();
            // As every night does.
            await SearchIndex.Order(db);
            await db.Engine.Count(db);
            // What its caller holds, a job say, it leaves alone.
            Assert.Equal(6101, db.ChangeTracker.Entries<Client>().Count());
            Assert.NotEqual(await db.AreCommon("inary"), db.Engine.FindsInOrder);
            Assert.False(await db.AreCommon("trader 0007"));
        }
        var first = await world.Text("clients?q=inary");
        Assert.Equal(50, Names(first).Count);
        Assert.Equal("Ordinary trader 0049", Names(first)[^1]);
        var second = await world.Text(Next().Match(first).Groups[1].Value);
        Assert.Equal((50, "Ordinary trader 0050"), (Names(second).Count, Names(second)[0]));
        Assert.Equal(["Ordinary trader 0007"], Names(await world.Text("clients?q=trader+0007")));
        Assert.Equal("Ordinary trader 6099", Names(await world.Text("clients?q=trader&sort=-client_title"))[0]);
        // Beyond what is looked through in order, the index answers.
        Assert.Equal(["Ordinary trader 3999"], Names(await world.Text("clients?q=er+3999")));
    }

    [Fact]
    public async Task They_are_found_in_the_order_of_names_whatever_is_added_renamed_and_merged_after_the_night()
    {
        await using (var db = world.Db())
        {
            db.AddRange(Enumerable.Range(0, 4500).Select(n => Client.New($"Uniform {n % 100:00} {n}", "BG", DateTime.UtcNow)));
            await db.SaveChangesAsync();
            await SearchIndex.Order(db);
            await SearchIndex.Order(db);
        }
        await using (var db = world.Db())
        {
            var some = await db.Set<Client>().Where(c => c.Name.StartsWith("Uniform")).OrderBy(c => c.NameKey).Take(400).ToListAsync();
            // From the front to the back and the other way, with people who are found as them.
            foreach (var client in some.Where((_, n) => n % 7 == 0))
                client.Rename($"Uniform 99 {client.Name[8..]} last");
            db.AddRange(some.Where((_, n) => n % 5 == 0).Select(c => Contact.At(c, "Nikita Uniformov", "", "", "", false)));
            var late = await db.Set<Client>().Where(c => c.Name.StartsWith("Uniform 98")).OrderBy(c => c.NameKey).ToListAsync();
            late[3].Rename("Uniform 00 first");
            db.AddRange(Enumerable.Range(0, 30).Select(n => Client.New($"Uniform {n * 3:00} new", "BG", DateTime.UtcNow)));
            late[5].LeadTo(some[2]);
            db.Add(Contact.At(late[4], "Somebody uniform", "", "", "", false));
            await db.SaveChangesAsync();
        }
        await using (var db = world.Db())
        {
            var named = await db.Set<Client>().Where(c => c.MergedInto == null && c.Name.StartsWith("Uniform")).ToListAsync();
            var wanted = named.OrderBy(c => c.NameKey, StringComparer.Ordinal).ThenBy(c => $"{c.Id}", StringComparer.Ordinal).ToList();
            Assert.Equal(wanted.Select(c => c.Name), await Pages("clients?q=nifor"));
            wanted =
            [
                .. wanted
                    .OrderByDescending(c => c.NameKey, StringComparer.Ordinal)
                    .ThenByDescending(c => $"{c.Id}", StringComparer.Ordinal),
            ];
            Assert.Equal(wanted.Take(500).Select(c => c.Name), (await Pages("clients?q=nifor&sort=-client_title", 10)));
            // The index of a table whose lines went from place to place holds what the table holds.
            if (db.Engine.FindsInOrder)
                await db.Database.ExecuteSqlRawAsync("INSERT INTO search_text(search_text) VALUES ('integrity-check')");
        }
    }

    private async Task<List<string>> Pages(string path, int most = int.MaxValue)
    {
        var names = new List<string>();
        for (var n = 0; n < most; n++)
        {
            var page = await world.Text(path);
            names.AddRange(Names(page));
            if (Next().Match(page) is not { Success: true } next)
                break;
            path = System.Net.WebUtility.HtmlDecode(next.Groups[1].Value);
        }
        return names;
    }

    [Fact]
    public async Task Letters_of_every_alphabet_are_in_the_index()
    {
        await using var db = world.Db();
        db.Add(Client.New("Ромашка Şəlalə", "BG", DateTime.UtcNow));
        await db.SaveChangesAsync();
        var asked =
            db.Engine.Name == "sqlite"
                ? "SELECT COUNT(*) AS \"Value\" FROM search_text WHERE search_text MATCH {0}"
                : "SELECT cardinality(show_trgm({0})) - 4 AS \"Value\"";
        Assert.True(await db.Database.SqlQueryRaw<int>(asked, "омаш").SingleAsync() >= 1);
        Assert.Equal(["Ромашка Şəlalə"], Names(await world.Text("clients?q=əlal")));
    }

    private static List<string> Names(string page) => [.. Row().Matches(page).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("data-peek>([^<]+)</a>")]
    private static partial Regex Row();

    [GeneratedRegex("href=\"([^\"]+)\" data-more")]
    private static partial Regex Next();
}

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
            await db.Engine.Count(db);
            Assert.True(await db.AreCommon("inary"));
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

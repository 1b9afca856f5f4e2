using System.Net;
using System.Text.RegularExpressions;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.History;
using Remit.Modules.Money;
using Remit.Modules.Money.Debts;
using Remit.Modules.Notices.Inbox;
using Remit.Modules.Papers;
using Remit.Modules.Papers.Contracts;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Modules.Work;
using Remit.Web.Lists;

namespace Remit.Tests.Lists;

/// <summary>What a module describes is believed only when the database understands it and every word is there.</summary>
public sealed class Every_list(World world) : IClassFixture<World>
{
    public static TheoryData<string> Paths =>
        new(
            ClientList.List.Path,
            ContactList.List.Path,
            PaperList.List.Path,
            ContractList.List.Path,
            VisitsList.List.Path,
            EntryList.List.Path,
            BankList.List.Path,
            DebtList.List.Path,
            QuestionList.List.Path,
            TaskList.List.Path,
            PersonList.List.Path,
            HistoryList.List.Path,
            NoticeList.List.Path
        );

    [Theory, MemberData(nameof(Paths))]
    public async Task Sorts_narrows_searches_and_exports(string path)
    {
        foreach (var query in Questions(path))
        {
            var answer = await world.Owner.Get($"{path}?{query}");
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{path}?{query}: {answer.StatusCode}");
        }
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get($"{path}/export.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get($"{path}/export.xlsx")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await world.Owner.Get($"{path}/counts")).StatusCode);
    }

    [Theory, MemberData(nameof(Paths))]
    public async Task Has_every_word_in_four_languages(string path)
    {
        foreach (var language in Web.Texts.Languages)
        {
            await world.Post("profile/look", ("lang", language));
            foreach (var part in Parts(path))
                Assert.DoesNotContain("⟦", await world.Text(part));
        }
        await world.Post("profile/look", ("lang", "en"));
    }

    private static IEnumerable<string> Questions(string path) =>
        path switch
        {
            "clients" => Of(ClientList.List),
            "contacts" => Of(ContactList.List),
            "papers" => Of(PaperList.List),
            "debts" => Of(DebtList.List),
            "contracts" => Of(ContractList.List),
            "visits/all" => Of(VisitsList.List),
            "work/entries" => Of(EntryList.List),
            "questions" => Of(QuestionList.List),
            "tasks" => Of(TaskList.List),
            "people/all" => Of(PersonList.List),
            "history" => Of(HistoryList.List),
            "notices/all" => Of(NoticeList.List),
            _ => Of(BankList.List),
        };

    private static IEnumerable<string> Parts(string path) =>
        path switch
        {
            "clients" => Pages(ClientList.List),
            "contacts" => Pages(ContactList.List),
            "papers" => Pages(PaperList.List),
            "debts" => Pages(DebtList.List),
            "contracts" => Pages(ContractList.List),
            "visits/all" => Pages(VisitsList.List),
            "work/entries" => Pages(EntryList.List),
            "questions" => Pages(QuestionList.List),
            "tasks" => Pages(TaskList.List),
            "people/all" => Pages(PersonList.List),
            "history" => Pages(HistoryList.List),
            "notices/all" => Pages(NoticeList.List),
            _ => Pages(BankList.List),
        };

    private static IEnumerable<string> Of<TRow>(ListOf<TRow> list)
        where TRow : class, IIdentified =>
        [
            "q=abc",
            "q=12",
            .. list.Presets.Select(p => p.Query),
            .. list
                .Columns.Where(c => c.Sorts)
                .SelectMany(c =>
                    new[]
                    {
                        $"sort={c.Key}",
                        $"sort=-{c.Key}",
                        $"sort={c.Key}&after=0199aaaa-0000-7000-8000-000000000000.x",
                        $"sort=-{c.Key}&after=0199aaaa-0000-7000-8000-000000000000.2026-01-01",
                    }
                ),
            .. list.Filters.SelectMany(f =>
                new[] { "me", "none", "yes", "no", "month", "past", "2026-01-01..", "..2026-01-01", "Open", "act", "<script>" }.Select(v =>
                    $"{f.Key}={v}"
                )
            ),
            .. list.Filters.SelectMany(f =>
                new[] { "me", "team", "yes", "month", "Open" }.Select(v => $"where=any;!{f.Key}:{v},{f.Key}:{v};{list.Filters[0].Key}:none")
            ),
            "cols=" + string.Join(',', list.Columns.Select(c => c.Key)),
            "cols=nonsense",
            "sort=nonsense",
            "after=nonsense",
        ];

    private static IEnumerable<string> Pages<TRow>(ListOf<TRow> list)
        where TRow : class, IIdentified =>
        [
            $"{list.Path}?cols={string.Join(',', list.Columns.Select(c => c.Key))}",
            $"{list.Path}/columns",
            $"{list.Path}/where",
            $"{list.Path}/views/new?q=a",
            .. list.Filters.Select(f => $"{list.Path}/choices/{f.Key}"),
        ];
}

using System.Collections.Concurrent;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>The sidebar: areas and their pages, as far as one may see them. G and the letter jumps there.</summary>
public static class Menu
{
    /// <param name="Badge">The name of the number shown beside it.</param>
    public sealed record Item(string Key, string Path, Permission Needs, string Letter, string? Badge = null);

    public sealed record Area(string? Key, IReadOnlyList<Item> Items);

    private static readonly IReadOnlyList<Area> all =
    [
        new(
            null,
            [
                new("menu.my_day", "", Permission.Home, "d"),
                new("menu.inbox", "inbox", Permission.Home, "i", "dues"),
                new("menu.calendar", "calendar", Permission.CalendarSee, "k"),
                new("menu.plan", "plan", Permission.CalendarEdit, "s"),
                new("menu.meetings", "meetings", Permission.MeetingsSee, "y"),
            ]
        ),
        new("menu.area.clients", [new("menu.clients", "clients", Permission.ClientsSee, "c")]),
        new(
            "menu.area.work",
            [
                new("menu.visits", "visits", Permission.VisitsSee, "v"),
                new("menu.questions", "questions", Permission.VisitsSee, "q"),
                new("menu.letters", "letters", Permission.VisitsSee, "r", "letters"),
                new("menu.papers", "papers", Permission.PapersSee, "p"),
                new("menu.contracts", "contracts", Permission.PapersSee, "a"),
                new("menu.ledger", "work", Permission.Home, "w"),
            ]
        ),
        new("menu.area.money", [new("menu.debts", "debts", Permission.PapersSee, "u"), new("menu.bank", "bank", Permission.BankSee, "b")]),
        new(
            "menu.area.people",
            [
                new("menu.duties", "duties", Permission.DutiesSee, "o"),
                new("menu.pay", "pay", Permission.PaySeeOwn, "m"),
                new("menu.people", "people", Permission.PeopleSee, "e"),
                new("menu.history", "history", Permission.History, "h"),
            ]
        ),
        new(
            "menu.area.firm",
            [
                new("menu.mail", "mail", Permission.FirmEdit, "l"),
                new("menu.telegram", "telegram", Permission.FirmEdit, "t"),
                new("menu.dispatch", "visits/settings", Permission.FirmEdit, "x"),
                new("menu.jobs", "jobs", Permission.FirmEdit, "j"),
            ]
        ),
    ];

    /// <summary>What can be made from anywhere; the palette offers it.</summary>
    private static readonly IReadOnlyList<Item> makes =
    [
        new("task.new", "create?as=Task", Permission.Home, ""),
        new("client.new", "clients/new", Permission.ClientsEdit, ""),
        new("event.new", "calendar/new", Permission.CalendarEdit, ""),
        new("visit.plan", "visits/new", Permission.VisitsEdit, ""),
        new("question.take", "questions/new", Permission.VisitsEdit, ""),
        new("invoice.new", "papers/new", Permission.PapersEdit, ""),
        new("contract.new", "contracts/new", Permission.PapersEdit, ""),
        new("duty.list.new_of_duties", "duties/new-list", Permission.DutiesEdit, ""),
        new("people.new", "people/new", Permission.PeopleEdit, ""),
    ];

    /// <summary>Pages that stand in no area, for the palette too.</summary>
    private static readonly IReadOnlyList<Item> others =
    [
        new("menu.notices", "notices", Permission.Home, ""),
        new("menu.trash", "trash", Permission.Home, ""),
        new("menu.profile", "profile", Permission.Home, ""),
        new("favourite.all", "favourites", Permission.Home, ""),
        new("contact.all", "contacts", Permission.ClientsSee, ""),
        new("task.all", "tasks", Permission.Home, ""),
        new("people.all", "people/all", Permission.PeopleSee, ""),
        new("visit.all", "visits/all", Permission.VisitsSee, ""),
        new("menu.products", "products", Permission.VisitsSee, ""),
        new("work.all", "work/entries", Permission.Home, ""),
        new("duty.all", "duties/all", Permission.DutiesSee, ""),
        new("pay.schemes", "pay/schemes", Permission.PayEdit, ""),
        new("pay.whatif", "pay/what-if", Permission.PaySeeAll, ""),
        new("check.title", "pay/checks", Permission.PayApprove, ""),
        new("indicator.title", "pay/indicators", Permission.PayEdit, ""),
        new("mentor.title", "pay/mentors", Permission.PayEdit, ""),
        new("bank.all", "bank/lines", Permission.BankSee, ""),
        new("import.title", "clients/import", Permission.ClientsEdit, ""),
        new("merge.duplicates", "clients/duplicates", Permission.ClientsEdit, ""),
        new("company.title", "papers/company", Permission.FirmEdit, ""),
    ];

    private static readonly ConcurrentDictionary<Role, IReadOnlyList<Area>> seen = [];

    /// <summary>Whether a page that the menu or the palette names is for this person.</summary>
    public static bool MayOpen(string path, Actor person) =>
        all.SelectMany(a => a.Items).Concat(others).Where(i => i.Path == path).All(i => person.Can(i.Needs));

    public static IEnumerable<Item> Makes(Role role) => Open(makes, role);

    public static IEnumerable<Item> Others(Role role) => Open(others, role);

    public static IReadOnlyList<Area> For(Role role) =>
        seen.GetOrAdd(role, static role => [.. all.Select(a => a with { Items = [.. Open(a.Items, role)] }).Where(a => a.Items.Count > 0)]);

    private static IEnumerable<Item> Open(IEnumerable<Item> items, Role role) => items.Where(i => Rights.Of(role).Contains(i.Needs));
}

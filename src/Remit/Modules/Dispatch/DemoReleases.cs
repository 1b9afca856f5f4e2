using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Dispatch;

/// <summary>The demo firm's new versions: suppliers' pages that are watched, a call round that is over and one that runs. The same every time.</summary>
public static class DemoReleases
{
    private const int Round = 14;
    private static readonly string[] languages = ["ru", "bg", "az", "en"];

    private static readonly string[][] notes =
    [
        [
            "Новые формы отчётности, исправлен обмен с банком.",
            "Нови отчетни форми, поправен обмен с банката.",
            "Yeni hesabat formaları, bankla mübadilə düzəldilib.",
            "New report forms; the bank exchange is mended.",
        ],
        [
            "Остатки по складам на одном экране, быстрее проведение.",
            "Наличности по складове на един екран, по-бързо осчетоводяване.",
            "Anbar qalıqları bir ekranda, sənədlər daha tez işlənir.",
            "Stock of all stores on one screen; documents post faster.",
        ],
    ];

    private static readonly string[][] said =
    [
        ["Ждут, просят вечером", "Чакат, молят вечерта", "Gözləyirlər, axşam istəyirlər", "Waiting for it; in the evening, please"],
        ["После закрытия квартала", "След приключване на тримесечието", "Rüb bağlanandan sonra", "After the quarter is closed"],
        ["Пока не нужно", "Засега не е нужно", "Hələ lazım deyil", "Not needed yet"],
    ];

    /// <param name="clients">Each uses one product, in turn.</param>
    public static void Fill(
        AppDb db,
        IReadOnlyList<Product> products,
        DateOnly today,
        string language,
        IReadOnlyList<Client> clients,
        IReadOnlyList<Person> managers
    )
    {
        string Say(string[] texts) => texts[Math.Max(0, Array.IndexOf(languages, language))];
        foreach (var (n, product) in products.Index())
        {
            var watch = ReleaseWatch.On(product, $"https://supplier.example/releases/{n + 1}", "", managers[0].Id);
            watch.Saw($"3.0.{165 + n}", Moment(today, 4));
            db.Add(watch);
        }
        Announce(products[0], 0, today.AddDays(-24), over: true);
        Announce(products[1], 1, today.AddDays(-3), over: false);

        void Announce(Product product, int at, DateOnly on, bool over)
        {
            var release = Release.Of(product, $"3.0.{165 + at}", Say(notes[at]), on, managers[0].Id);
            db.Add(release);
            foreach (var (n, client) in clients.Where((_, n) => n % products.Count == at).Take(Round).Index())
            {
                var caller = client.OwnerId ?? managers[0].Id;
                var words = new T(language)["release.call", ("client", client.Name), ("product", product.Name), ("number", release.Number)];
                var task = WorkTask.Give(words, on.AddDays(7), caller, null, managers[0].Id, Moment(on, 7), (ClientRecord.Of, client.Id));
                var call = ReleaseCall.To(release, client.Id, task.Id);
                db.AddRange(task, call);
                if (!over && n % 2 == 1)
                    continue;
                var told = Moment(on.AddDays(1 + n % 2), 8 + n % 5);
                call.Told(
                    n % 4 != 2,
                    today.AddDays(over ? -8 : 2 + n % 5),
                    Say(
                        said[
                            n % 4 == 2 ? 2
                            : n % 3 == 0 ? 0
                            : 1
                        ]
                    ),
                    caller,
                    told
                );
                task.Done(caller, told);
                if (over && n % 4 != 2)
                    call.Has();
            }
        }
    }

    private static DateTime Moment(DateOnly day, int hour) => day.ToDateTime(new TimeOnly(hour, 20), DateTimeKind.Utc);
}

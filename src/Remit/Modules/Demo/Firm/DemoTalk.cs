using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;

namespace Remit.Modules.Demo;

/// <summary>Calls and notes of every working day, and the tasks that lie about today. Its own dice, so that nothing else falls otherwise.</summary>
internal sealed class DemoTalk(AppDb db, DemoCast cast, string language)
{
    private readonly Random dice = new(43);

    // Each text: ru, bg, az, en.
    private static readonly string[][] calls =
    [
        [
            "Спросили про новую отчётность, договорились о выезде.",
            "Попитаха за новата отчетност, уговорихме посещение.",
            "Yeni hesabat barədə soruşdular, səfərə razılaşdıq.",
            "Asked about the new reports; a visit is agreed.",
        ],
        [
            "Акт подпишут до пятницы, вернут с курьером.",
            "Ще подпишат протокола до петък, връщат с куриер.",
            "Aktı cüməyədək imzalayıb kuryerlə qaytaracaqlar.",
            "They will sign the act by Friday and return it by courier.",
        ],
        [
            "Обещали оплатить счёт на этой неделе.",
            "Обещаха да платят проформата тази седмица.",
            "Hesabı bu həftə ödəməyə söz verdilər.",
            "Promised to pay the invoice this week.",
        ],
        [
            "Довольны обновлением, просят показать склад.",
            "Доволни са от обновяването, искат да видят склада.",
            "Yeniləmədən razıdırlar, anbarı göstərməyi xahiş edirlər.",
            "Pleased with the update; want to be shown the stock module.",
        ],
        [
            "Новый бухгалтер, нужен час обучения.",
            "Нов счетоводител, трябва час обучение.",
            "Yeni mühasib, bir saat təlim lazımdır.",
            "A new accountant; an hour of training is needed.",
        ],
    ];

    private static readonly string[][] notes =
    [
        [
            "Программист нужен только до обеда: потом касса закрыта.",
            "Програмист само преди обяд: после касата е затворена.",
            "Proqramçı yalnız günortaya qədər: sonra kassa bağlanır.",
            "A programmer only before noon: the till is closed after.",
        ],
        [
            "Переезжают в другой офис в следующем месяце.",
            "Местят се в друг офис следващия месец.",
            "Gələn ay başqa ofisə köçürlər.",
            "They move to another office next month.",
        ],
        [
            "Смотрят на конкурентов, важна скорость ответа.",
            "Гледат конкуренти, важна е бързината на отговора.",
            "Rəqiblərə baxırlar, cavabın sürəti vacibdir.",
            "Looking at competitors; quick answers matter.",
        ],
    ];

    private static readonly (Role Role, int Due, bool Urgent, bool Client, string[] Text)[] tasks =
    [
        (
            Role.Manager,
            -2,
            true,
            true,
            [
                "Перезвонить по жалобе на медленную базу",
                "Обаждане по оплакването за бавната база",
                "Yavaş baza şikayəti üzrə zəng etmək",
                "Call back about the slow database",
            ]
        ),
        (
            Role.Manager,
            0,
            false,
            true,
            [
                "Отправить схему проезда программисту",
                "Изпращане на схемата за придвижване на програмиста",
                "Gediş sxemini proqramçıya göndərmək",
                "Send the route plan to the programmer",
            ]
        ),
        (
            Role.Manager,
            1,
            false,
            true,
            [
                "Подготовить предложение по переходу на новую версию",
                "Оферта за преминаване към новата версия",
                "Yeni versiyaya keçid təklifi hazırlamaq",
                "Prepare the offer for the move to the new version",
            ]
        ),
        (
            Role.Manager,
            5,
            false,
            false,
            [
                "Собрать список клиентов на старых конфигурациях",
                "Списък на клиентите със стари конфигурации",
                "Köhnə konfiqurasiyalı müştərilərin siyahısı",
                "List the clients on old configurations",
            ]
        ),
        (
            Role.Programmer,
            0,
            false,
            true,
            [
                "Проверить обмен с банком после обновления",
                "Проверка на обмена с банката след обновяването",
                "Yeniləmədən sonra bankla mübadiləni yoxlamaq",
                "Check the bank exchange after the update",
            ]
        ),
        (
            Role.Programmer,
            3,
            false,
            false,
            [
                "Описать настройку печати этикеток",
                "Описание на печата на етикети",
                "Etiket çapının qurulmasını yazmaq",
                "Describe how label printing is set up",
            ]
        ),
        (
            Role.Accountant,
            -1,
            false,
            false,
            [
                "Сверить расчёты с поставщиком программ",
                "Равнение с доставчика на програми",
                "Proqram təchizatçısı ilə üzləşdirmə",
                "Reconcile with the supplier of programs",
            ]
        ),
        (
            Role.Accountant,
            2,
            false,
            false,
            ["Подготовить платежи на аренду", "Плащания за наема", "İcarə ödənişlərini hazırlamaq", "Prepare the rent payments"]
        ),
        (
            Role.Hr,
            1,
            false,
            false,
            ["Заказать бумагу и конверты", "Поръчка на хартия и пликове", "Kağız və zərf sifarişi", "Order paper and envelopes"]
        ),
        (
            Role.Director,
            0,
            true,
            true,
            [
                "Встретиться с ключевым клиентом о продлении",
                "Среща с ключов клиент за подновяване",
                "Əsas müştəri ilə uzadılma barədə görüş",
                "Meet the key account about the renewal",
            ]
        ),
        (
            Role.Director,
            4,
            false,
            false,
            [
                "Посмотреть загрузку программистов на декабрь",
                "Преглед на натовареността на програмистите",
                "Proqramçıların yükünə baxmaq",
                "Look at the programmers’ load for next month",
            ]
        ),
        (
            Role.Owner,
            -1,
            false,
            false,
            [
                "Решить, кого отправить на семинар",
                "Решение кой отива на семинара",
                "Seminara kimin gedəcəyini həll etmək",
                "Decide who goes to the seminar",
            ]
        ),
        (
            Role.Owner,
            0,
            false,
            true,
            [
                "Поблагодарить клиента за отзыв",
                "Благодарност на клиента за отзива",
                "Rəyə görə müştəriyə təşəkkür etmək",
                "Thank the client for the review",
            ]
        ),
        (
            Role.Owner,
            2,
            false,
            false,
            [
                "Просмотреть схему оплаты на новый год",
                "Преглед на схемата на заплащане за новата година",
                "Yeni ilin ödəniş sxeminə baxmaq",
                "Look through the pay scheme for the new year",
            ]
        ),
    ];

    /// <summary>What was said on one working day.</summary>
    public void Day(DateOnly day)
    {
        foreach (var manager in cast.Managers)
        {
            var own = cast.Clients.Where(c => c.OwnerId == manager.Id).ToList();
            for (var n = dice.Next(1, 4); n > 0; n--)
            {
                var (client, at) = (own[dice.Next(own.Count)], Hour(day, 10 + n));
                if (dice.Next(4) == 0)
                {
                    db.Add(ClientEvent.Note(client, Say(notes[dice.Next(notes.Length)]), manager.Id, at));
                    continue;
                }
                var reached = dice.Next(5) > 0;
                var contacts = cast.Records.OfType<Contact>().Where(c => c.ClientId == client.Id).ToList();
                var call = ClientEvent.Call(
                    client,
                    contacts[dice.Next(contacts.Count)],
                    reached ? Say(calls[dice.Next(calls.Length)]) : "",
                    dice.Next(3) == 0,
                    reached,
                    manager.Id,
                    at
                );
                db.Add(call);
                if (reached)
                    db.State(new Fact("call.logged", manager.Id, day, call.Id, call.Id, client.Id, $"{client.Name} · {call.Title}"));
            }
        }
    }

    /// <summary>What is to be done about today, and a little that was done.</summary>
    public void Tasks(DateOnly today)
    {
        foreach (var (role, due, urgent, aboutClient, text) in tasks)
        {
            var person = cast.People.First(p => p.Role == role);
            var client = cast.Clients[dice.Next(cast.Clients.Count)];
            var task = WorkTask.Give(
                Say(text),
                today.AddDays(due),
                person.Id,
                null,
                cast.Owner.Id,
                Hour(today.AddDays(Math.Min(due, 0) - 3), 9),
                aboutClient ? ("client", client.Id) : null
            );
            task.Describe(task.Text, null, task.DueOn, urgent);
            db.Add(task);
        }
        var done = WorkTask.Give(
            Say(calls[4]),
            today.AddDays(-4),
            cast.Managers[0].Id,
            null,
            cast.Managers[0].Id,
            Hour(today.AddDays(-6), 9),
            ("client", cast.Clients[0].Id)
        );
        done.Done(cast.Managers[0].Id, Hour(today.AddDays(-4), 12));
        db.Add(done);
    }

    private DateTime Hour(DateOnly day, int hour) => day.ToDateTime(new TimeOnly(hour - 3, dice.Next(60)), DateTimeKind.Utc);

    private string Say(string[] texts) => DemoNames.In(texts, language);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Meetings.Events;
using Remit.Modules.Meetings.Goals;
using Remit.Modules.People;
using Remit.Modules.Tasks;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Meetings;

/// <summary>The demo firm's meetings: a weekly brainstorm with three minutes behind it, two goals, an evening with a speaker. The same every time.</summary>
public static class DemoMeetings
{
    private static readonly string[] languages = ["ru", "bg", "az", "en"];

    private static readonly string[][] said =
    [
        ["Еженедельный брейншторм", "Седмичен брейнсторм", "Həftəlik beyin həmləsi", "Weekly brainstorm"],
        ["Переговорная", "Заседателна зала", "İclas otağı", "Meeting room"],
        [
            "Что сделали, что получилось, что дальше.",
            "Какво направихме, какво излезе, какво следва.",
            "Nə etdik, nə alındı, sonra nə.",
            "What was done, what came of it, what is next.",
        ],
        [
            "Акты возвращаются медленно: клиенты А ждут напоминания.",
            "Актовете се връщат бавно: клиентите А чакат напомняне.",
            "Aktlar gec qayıdır: A müştəriləri xatırlatma gözləyir.",
            "Acts come back slowly: the A clients wait for a reminder.",
        ],
        [
            "Выезды в среду и четверг стоят плотно, добавили удалённые подключения.",
            "Посещенията в сряда и четвъртък са нагъсто, добавихме отдалечени сесии.",
            "Çərşənbə və cümə axşamı səfərlər sıxdır, uzaqdan qoşulmalar əlavə etdik.",
            "Visits are tight on Wednesday and Thursday; remote sessions were added.",
        ],
        [
            "Новый релиз: обзвон закончить до пятницы.",
            "Ново издание: обаждането приключва до петък.",
            "Yeni buraxılış: zəngləri cüməyə qədər bitirmək.",
            "New release: finish the call round by Friday.",
        ],
        ["Отпуска в следующем месяце", "Отпуски следващия месец", "Növbəti ay məzuniyyətlər", "Holidays next month"],
        [
            "Разослать клиентам А напоминание о подписанных актах",
            "Да се изпрати на клиентите А напомняне за подписаните актове",
            "A müştərilərinə imzalı aktlar barədə xatırlatma göndərmək",
            "Send the A clients a reminder of the signed acts",
        ],
        [
            "Составить график удалённых подключений на месяц",
            "Да се състави график на отдалечените сесии за месеца",
            "Ay üçün uzaqdan qoşulma qrafiki tərtib etmək",
            "Draw up the month's plan of remote sessions",
        ],
        [
            "Обновить прайс и согласовать с бухгалтером",
            "Да се обнови ценоразписът и да се съгласува със счетоводителя",
            "Qiymət cədvəlini yeniləyib mühasiblə razılaşdırmaq",
            "Renew the price list and agree it with the accountant",
        ],
        [
            "Позвонить пяти клиентам, которых не видели месяц",
            "Да се обадим на пет клиента, които не сме виждали от месец",
            "Bir aydır görüşmədiyimiz beş müştəriyə zəng etmək",
            "Call five clients not seen for a month",
        ],
        [
            "85 % актов возвращаются подписанными за 14 дней",
            "85 % от актовете се връщат подписани до 14 дни",
            "Aktların 85 %-i 14 günə imzalı qayıdır",
            "85 % of acts come back signed within 14 days",
        ],
        [
            "Деньги приходят раньше, квартал закрывается без хвостов",
            "Парите идват по-рано, тримесечието се затваря без остатъци",
            "Pul daha tez gəlir, rüb qalıqsız bağlanır",
            "Money comes sooner and the quarter closes without loose ends",
        ],
        [
            "Напоминание на третий день, менеджер звонит на седьмой",
            "Напомняне на третия ден, мениджърът звъни на седмия",
            "Üçüncü gün xatırlatma, yeddinci gün menecer zəng edir",
            "A reminder on the third day, a call on the seventh",
        ],
        [
            "120 выездов и подключений за квартал",
            "120 посещения и сесии за тримесечието",
            "Rüb ərzində 120 səfər və qoşulma",
            "120 visits and sessions in the quarter",
        ],
        [
            "Каждый клиент виден раз в месяц",
            "Всеки клиент е видян веднъж месечно",
            "Hər müştəri ayda bir dəfə görülür",
            "Every client is seen once a month",
        ],
        [
            "Два выезда в день, график на неделю с пятницы",
            "Две посещения на ден, седмичен график от петък",
            "Gündə iki səfər, həftəlik qrafik cümədən",
            "Two visits a day, the week's plan made on Friday",
        ],
        [
            "Вечер с космонавтом: как держаться, когда трудно",
            "Вечер с космонавт: как да издържим, когато е трудно",
            "Kosmonavtla axşam: çətin olanda necə dözmək",
            "An evening with a cosmonaut: how to hold out when it is hard",
        ],
        ["Космонавт, 300 дней на орбите", "Космонавт, 300 дни в орбита", "Kosmonavt, orbitdə 300 gün", "Cosmonaut, 300 days in orbit"],
        [
            "18:00 рассказ\n19:00 вопросы\n20:00 чай",
            "18:00 разказ\n19:00 въпроси\n20:00 чай",
            "18:00 söhbət\n19:00 suallar\n20:00 çay",
            "18:00 talk\n19:00 questions\n20:00 tea",
        ],
    ];

    /// <summary>Adds and saves all of it. Months must still be open: meetings that were held state facts.</summary>
    /// <param name="people">Of the firm, the owner first.</param>
    /// <param name="positions">By the role of who holds them.</param>
    public static async Task Fill(
        AppDb db,
        IReadOnlyList<Person> people,
        IReadOnlyDictionary<Role, Position> positions,
        DateOnly today,
        string language
    )
    {
        var firm = await Firm.Of(db);
        string Say(int n) => said[n][Math.Max(0, Array.IndexOf(languages, language))];
        var series = Series(db, people[0], positions, today, Say);
        Behind(db, series, people, positions, Say);
        Aims(db, people, positions, today, Say);
        Evening(db, people, today, language, Say);
        await db.SaveChangesAsync();
        var now = firm.Moment(today.ToDateTime(new TimeOnly(8, 0)));
        await db.Refresh(series, firm, now);
        await db.SaveChangesAsync();
    }

    private static MeetingSeries Series(
        AppDb db,
        Person owner,
        IReadOnlyDictionary<Role, Position> positions,
        DateOnly today,
        Func<int, string> say
    )
    {
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        var first = (monday < today ? monday : monday.AddDays(-7)).AddDays(-14);
        var series = MeetingSeries.Of(new(owner.Id, null), owner.Id);
        series.Describe(say(0), say(2), say(1), null);
        series.Set(first.ToDateTime(new TimeOnly(10, 0)), 60, "FREQ=WEEKLY");
        db.Add(series);
        foreach (var (role, position) in positions.OrderBy(p => p.Key))
            if (role is Role.Manager or Role.Programmer or Role.Accountant or Role.Director)
                db.Add(MeetingMember.Of(series.Id, new(null, position.Id), position.Name));
        return series;
    }

    private static void Behind(
        AppDb db,
        MeetingSeries series,
        IReadOnlyList<Person> people,
        IReadOnlyDictionary<Role, Position> positions,
        Func<int, string> say
    )
    {
        (int Text, Role Whose, int Days, bool Done)[][] decided =
        [
            [(7, Role.Manager, 7, true), (9, Role.Accountant, 10, true)],
            [(8, Role.Programmer, 7, true)],
            [(10, Role.Manager, 5, false), (9, Role.Accountant, 14, false)],
        ];
        for (var week = 0; week < 3; week++)
        {
            var meeting = Meeting.Of(series, series.StartsAt.AddDays(7 * week));
            db.Add(meeting);
            foreach (var kind in new[] { PointKind.Decisions, PointKind.Done, PointKind.Indicators, PointKind.Goals })
            {
                var point = AgendaPoint.Filling(meeting.Id, kind);
                if (kind == PointKind.Done)
                    point.Note(say(4));
                if (kind == PointKind.Indicators)
                    point.Note(say(3));
                db.Add(point);
            }
            var own = AgendaPoint.Own(meeting.Id, say(6), 9, people[1].Id);
            own.Note(say(5));
            db.Add(own);
            foreach (var d in decided[week])
                Decided(db, meeting, own, say(d.Text), positions[d.Whose], d.Days, d.Done);
            meeting.Hold(people.Select(p => p.Name), people[0].Id, meeting.StartsAt.AddHours(1), meeting.Day);
            db.State(new Fact("meeting.held", people[0].Id, meeting.Day, meeting.Id, meeting.Id, null, meeting.Name));
        }
    }

    private static void Decided(AppDb db, Meeting meeting, AgendaPoint point, string text, Position whose, int days, bool done)
    {
        var (decision, task) = Decision.Take(
            meeting,
            point.Id,
            text,
            new(null, whose.Id),
            meeting.Day.AddDays(days),
            null,
            meeting.StartsAt
        );
        if (done)
        {
            task.Done(null, meeting.StartsAt.AddDays(days));
            decision.Close(DecisionState.Done, null, meeting.Day.AddDays(days));
        }
        db.AddRange(decision, task);
    }

    private static void Aims(
        AppDb db,
        IReadOnlyList<Person> people,
        IReadOnlyDictionary<Role, Position> positions,
        DateOnly today,
        Func<int, string> say
    )
    {
        var since = today.AddDays(-45);
        db.Add(
            Goal.Set(
                new(
                    say(11),
                    say(12),
                    say(13),
                    new("indicator", "acts_returned_14d"),
                    "",
                    40_000,
                    85_000,
                    today.AddDays(45),
                    new(null, positions[Role.Manager].Id)
                ),
                since,
                people[0].Id
            )
        );
        db.Add(
            Goal.Set(
                new(
                    say(14),
                    say(15),
                    say(16),
                    new("fact", "visit.done"),
                    "",
                    0,
                    120_000,
                    today.AddDays(45),
                    new(people.First(p => p.Role == Role.Programmer).Id, null)
                ),
                since,
                people[0].Id
            )
        );
    }

    private static void Evening(AppDb db, IReadOnlyList<Person> people, DateOnly today, string language, Func<int, string> say)
    {
        var evening = StaffEvent.By(people[0].Id);
        evening.Describe(say(17), say(19), say(18), say(1));
        evening.Set(today.AddDays(10).ToDateTime(new TimeOnly(18, 0)), 150, 8);
        db.Add(evening);
        foreach (var (person, n) in people.Select((p, n) => (p, n)))
        {
            var guest = EventGuest.Of(evening, person.Id, new(person.Name, person.Email, person.Language));
            if (n is > 0 and < 6)
                guest.Answer(evening, n != 4, n, today.ToDateTime(new TimeOnly(9, n), DateTimeKind.Utc));
            db.Add(guest);
        }
        db.Add(EventGuest.Of(evening, null, new("Alex Morgan", "alex.morgan@outsource.example", language)));
    }
}

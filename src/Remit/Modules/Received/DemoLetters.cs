using System.Text;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Files;
using Remit.Modules.People;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Received;

/// <summary>Who writes to the demo firm: somebody at a client, the program they use, the one who knows it.</summary>
public sealed record DemoWriter(Client Client, Contact Contact, Product Product, Person Programmer);

/// <summary>The demo firm's letters: questions of clients and what followed, strangers that wait to be sorted, what programs write. The same every time.</summary>
public sealed class DemoLetters(AppDb db, FileStore? store, string firm, DateOnly today, string language)
{
    private static readonly string[] languages = ["ru", "bg", "az", "en"];
    private int written;

    /// <param name="writers">Two clients.</param>
    /// <param name="visit">One to come, with who was asked to confirm it.</param>
    public async Task Fill(IReadOnlyList<DemoWriter> writers, (Visit Visit, Client Client, Contact Contact)? visit)
    {
        var (first, second) = (writers[0], writers[1]);
        var report = From(first.Contact, Say(["Отчёт по складу не сходится", "Отчетът за склада не съвпада", "Anbar hesabatı uyğun gəlmir", "The stock report differs"]),
            Say(["Здравствуйте! Отчёт по складу за прошлый месяц не сходится с остатками: в отчёте 412, на полке 418. Таблица во вложении. Что проверить?",
                "Здравейте! Отчетът за склада за миналия месец не съвпада с наличностите: в отчета са 412, на рафта 418. Таблицата е приложена. Какво да проверим?",
                "Salam! Keçən ay üzrə anbar hesabatı qalıqla uyğun gəlmir: hesabatda 412, rəfdə 418. Cədvəl əlavədədir. Nəyi yoxlayaq?",
                "Hello! The stock report for last month differs from what is there: 412 in the report, 418 on the shelf. The table is attached. What should we check?"]), Moment(3, 7, 12));
        var asked = Ask(report, first);
        await Attach(report, Say(["остатки.csv", "наличности.csv", "qaliqlar.csv", "stock.csv"]),
            "\uFEFF" + Say(["Товар;В отчёте;На полке", "Стока;В отчета;На рафта", "Mal;Hesabatda;Rəfdə", "Item;In the report;On the shelf"]) + "\r\nA-118;212;215\r\nA-120;140;143\r\nB-007;60;60\r\n");
        asked.Reply(Say(["Две накладные проведены первым числом, а приняты в прошлом месяце. Поставьте им дату приёмки и переформируйте отчёт.",
            "Две стокови са осчетоводени на първо число, а са приети миналия месец. Сложете им датата на приемане и съставете отчета наново.",
            "İki qaimə ayın birində işlənib, amma keçən ay qəbul edilib. Onlara qəbul tarixini qoyun və hesabatı yenidən qurun.",
            "Two delivery notes are posted on the first of the month but came in the month before. Give them the day of receipt and make the report anew."]), first.Programmer.Id, Moment(3, 9, 40));
        var again = From(first.Contact, "Re: " + report.Subject,
            Say(["Одну нашли, спасибо. Вторая числится за другим складом, даты не видно. Посмотрите, пожалуйста.",
                "Едната намерихме, благодарим. Втората е на друг склад, датата не се вижда. Погледнете, моля.",
                "Birini tapdıq, sağ olun. İkincisi başqa anbardadır, tarixi görünmür. Xahiş edirik, baxın.",
                "Found one, thank you. The other belongs to another store and shows no date. Please have a look."])
            + "\n\n> " + asked.Answer, Moment(0, 6, 25));
        Ask(again, first, asked);
        Ask(From(second.Contact, Say(["Доступ для нового бухгалтера", "Достъп за нов счетоводител", "Yeni mühasib üçün giriş", "Access for a new accountant"]),
            Say(["С понедельника у нас новый бухгалтер. Нужен доступ к зарплате и обучение на час. Когда можно?",
                "От понеделник имаме нов счетоводител. Трябва достъп до заплатите и един час обучение. Кога е възможно?",
                "Bazar ertəsindən yeni mühasibimiz var. Əmək haqqına giriş və bir saat təlim lazımdır. Nə vaxt olar?",
                "We have a new accountant from Monday. They need access to payroll and an hour of training. When can it be?"]), Moment(0, 6, 50)), second);
        if (visit is { } ahead)
        {
            var door = From(ahead.Contact, "Re: " + ahead.Visit.Subject, Say(["Подтверждаем. Вход со двора, код двери 12К, охрана предупреждена.", "Потвърждаваме. Входът е откъм двора, код на вратата 12К, охраната е предупредена.",
                "Təsdiq edirik. Giriş həyətdəndir, qapının kodu 12K, mühafizə xəbərdardır.", "Confirmed. Enter from the yard, the door code is 12K, the guard knows."]), Moment(1, 8, 5));
            door.Belongs(ahead.Client);
            door.IsAbout(new LetterAbout("visit", ahead.Visit.Id, $"visits/{ahead.Visit.Id}", ahead.Client.Id), "answer");
        }
        Strangers();
        Programs(second.Client, second.Contact);
    }

    private void Strangers()
    {
        var price = From(Say(["Нина Соколова", "Нина Соколова", "Nigar Əliyeva", "Nina Falk"]), "n.falk@north-clinic.example", Say(["Обслуживание учёта в клинике", "Поддръжка на счетоводна програма в клиника", "Klinikada uçotun xidməti", "Support for a clinic’s books"]),
            Say(["Нас двенадцать человек, две кассы и склад лекарств. Возьмёте на обслуживание? Сколько стоит месяц и как быстро отвечаете?",
                "Ние сме дванадесет души, две каси и склад с лекарства. Бихте ли ни поели? Колко струва месецът и колко бързо отговаряте?",
                "On iki nəfərik, iki kassa və dərman anbarı var. Xidmətə götürərsiniz? Ayı neçəyədir, nə qədər tez cavab verirsiniz?",
                "We are twelve people with two tills and a store of medicines. Would you take us on? What is a month, and how quickly do you answer?"]), Moment(0, 5, 58));
        var driver = From(Say(["Склад Терминал", "Склад Терминал", "Terminal Anbar", "Terminal Stores"]), "gate@terminal-stores.example", Say(["Пропуск на завтра", "Пропуск за утре", "Sabah üçün buraxılış", "Pass for tomorrow"]),
            Say(["Кто приедет завтра, фамилия и номер машины? Без пропуска не пустят.", "Кой идва утре, име и номер на колата? Без пропуск няма да пуснат.", "Sabah kim gələcək, soyadı və maşının nömrəsi? Buraxılışsız keçmək olmaz.", "Who comes tomorrow, surname and number of the car? Without a pass nobody gets in."]), Moment(1, 13, 30));
        foreach (var letter in new[] { price, driver }) letter.Wait();
        var offer = From("Paper Planet", "sale@paper-planet.example", Say(["Скидка на картриджи", "Отстъпка за тонер", "Kartriclərə endirim", "Toner at a discount"]), Say(["Только до пятницы минус сорок процентов.", "Само до петък минус четиридесет процента.", "Yalnız cüməyədək qırx faiz endirim.", "Forty per cent off, until Friday only."]), Moment(2, 9, 15));
        offer.Wait();
        offer.Reject(null);
    }

    private void Programs(Client client, Contact contact)
    {
        From("Supplier News", "news@supplier.example", Say(["Что нового за месяц", "Новото за месеца", "Ayın yenilikləri", "What is new this month"]), Say(["Новые формы, исправления, календарь вебинаров.", "Нови форми, поправки, календар на уебинарите.", "Yeni formalar, düzəlişlər, vebinar təqvimi.", "New forms, corrections, the calendar of webinars."]), Moment(2, 6, 0), LetterSort.Bulk).NeedsNobody("bulk");
        var away = From(contact, Say(["Нет на месте", "Извън офиса", "Ofisdə deyiləm", "Out of office"]), Say(["Я в отпуске, вернусь в понедельник.", "В отпуск съм, връщам се в понеделник.", "Məzuniyyətdəyəm, bazar ertəsi qayıdacağam.", "I am on leave and back on Monday."]), Moment(4, 10, 2), LetterSort.Automatic);
        away.Belongs(client);
        away.NeedsNobody("automatic");
    }

    private Question Ask(ReceivedLetter letter, DemoWriter by, Question? before = null)
    {
        var question = Question.Ask(by.Client.Id, by.Product.Id, $"{letter.Subject}\n\n{letter.Own.Trim()}", by.Contact.Name, null, by.Client.OwnerId, letter.ReceivedAt, letter.ReceivedAt.AddHours(before is null ? 8 : 12));
        question.CameByMail();
        question.GoTo(by.Programmer.Id, before is null ? new RouteWhy("skill", by.Programmer.Name, by.Product.Name, 1) : new RouteWhy("again", by.Programmer.Name));
        db.Add(question);
        letter.Belongs(by.Client);
        letter.Asks(question, before is null ? "question" : "again");
        return question;
    }

    private async Task Attach(ReceivedLetter letter, string name, string text)
    {
        if (store is not null) await FileDoor.Put(db, store, firm, (LetterRecord.Of, letter.Id), name, Encoding.UTF8.GetBytes(text), letter.ReceivedAt);
    }

    private ReceivedLetter From(Contact contact, string subject, string text, DateTime at, LetterSort sort = LetterSort.Person) => From(contact.Name, contact.Email, subject, text, at, sort);

    private ReceivedLetter From(string name, string address, string subject, string text, DateTime at, LetterSort sort = LetterSort.Person)
    {
        var read = new ReadLetter
        {
            From = new Party(name, address), To = [new Party("", "office@demo.example")], Copies = [], Subject = subject, Text = text, SentAt = at.AddMinutes(-1), MessageId = $"demo-{++written}@mail.example",
            Answers = [], Sort = sort, Files = [], Calendars = [], Notes = [],
        };
        var letter = ReceivedLetter.Of(read, [], ReceivedWay.Mailbox, at, at);
        db.Add(letter);
        return letter;
    }

    private DateTime Moment(int daysAgo, int hour, int minute) => today.AddDays(-daysAgo).ToDateTime(new TimeOnly(hour, minute), DateTimeKind.Utc);

    private string Say(string[] texts) => texts[Math.Max(0, Array.IndexOf(languages, language))];
}

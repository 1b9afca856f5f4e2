using Remit.Kernel;
using Remit.Modules.Duties;

namespace Remit.Modules.Demo;

/// <summary>The words of the demo firm.</summary>
internal static class DemoNames
{
    internal sealed record Line(Role Role, string Number, string[] Section, string[] Text, Frequency Frequency, int Minutes, int Complexity, int Points,
        string? Trigger = null, string? Condition = null)
    {
        public required string[] Unit { get; init; }
        public required string[] Result { get; init; }
        public required string[] Proof { get; init; }
    }

    // Each text: ru, bg, az, en.
    public static string In(string[] texts, string language) => texts[Math.Max(0, Array.IndexOf(["ru", "bg", "az", "en"], language))];

    public static readonly (string Mail, Role Role, int Level)[] Staff =
    [
        ("owner", Role.Owner, 4), ("director", Role.Director, 3), ("accountant", Role.Accountant, 2), ("office", Role.Hr, 1), ("elena", Role.Manager, 2),
        ("timur", Role.Manager, 1), ("kim", Role.Programmer, 3), ("maria", Role.Programmer, 2), ("pavel", Role.Programmer, 2), ("oleg", Role.Programmer, 1),
    ];

    public static readonly (Role Role, long RateMilli)[] Rates =
        [(Role.Manager, 4_200_000), (Role.Programmer, 5_500_000), (Role.Accountant, 3_000_000), (Role.Hr, 2_500_000), (Role.Director, 3_500_000), (Role.Owner, 0)];

    private static readonly string[] visits = ["Выезды", "Посещения", "Səfərlər", "Visits"];
    private static readonly string[] papers = ["Документы", "Документи", "Sənədlər", "Papers"];
    private static readonly string[] money = ["Деньги", "Пари", "Pul", "Money"];
    private static readonly string[] office = ["Офис", "Офис", "Ofis", "Office"];

    private static readonly string[] clients = ["Клиенты", "Клиенти", "Müştərilər", "Clients"];

    // What is counted, and what shows that it was done.
    private static readonly string[] perCall = ["звонок", "обаждане", "zəng", "call"];
    private static readonly string[] perMeeting = ["встреча", "среща", "görüş", "meeting"];
    private static readonly string[] perDay = ["день", "ден", "gün", "day"];
    private static readonly string[] perMonth = ["месяц", "месец", "ay", "month"];
    private static readonly string[] perWeek = ["неделя", "седмица", "həftə", "week"];
    private static readonly string[] perVisit = ["выезд", "посещение", "səfər", "visit"];
    private static readonly string[] perInvoice = ["счёт", "проформа", "hesab", "invoice"];
    private static readonly string[] perAct = ["акт", "протокол", "akt", "act"];
    private static readonly string[] perHour = ["час", "час", "saat", "hour"];
    private static readonly string[] perArticle = ["статья", "статия", "məqalə", "article"];
    private static readonly string[] perPayment = ["платёж", "плащане", "ödəniş", "payment"];
    private static readonly string[] shownEntry = ["Запись в журнале работ", "Запис в дневника на работата", "İş jurnalında qeyd", "An entry in the work ledger"];
    private static readonly string[] shownNote = ["Запись в карточке клиента", "Запис в картона на клиента", "Müştəri kartında qeyd", "A note on the client's page"];
    private static readonly string[] shownSigned = ["Подписанный акт", "Подписан протокол", "İmzalanmış akt", "The signed act"];
    private static readonly string[] shownConfirmed = ["Подтверждение клиента по ссылке", "Потвърждение от клиента по връзката", "Müştərinin keçiddən təsdiqi", "The client's confirmation by link"];
    private static readonly string[] shownStatement = ["Строка банковской выписки", "Ред от банковото извлечение", "Bank çıxarışının sətri", "The line of the bank statement"];
    private static readonly string[] shownMinutes = ["Протокол встречи", "Протокол от срещата", "Görüşün protokolu", "The minutes of the meeting"];

    public static readonly Line[] Duties =
    [
        new(Role.Owner, "1.1", clients, ["Позвонить клиенту, с которым давно не говорили, записать его планы", "Обаждане на клиент, с когото отдавна не е говорено, със записани планове", "Çoxdan danışılmayan müştəriyə zəng edib planlarını yazmaq", "Call a client not spoken to for long and note their plans"], Frequency.Daily, 20, 3, 4)
            { Unit = perCall, Result = ["Планы клиента записаны, следующий шаг назначен", "Плановете на клиента са записани, следващата стъпка е определена", "Müştərinin planları yazılıb, növbəti addım təyin olunub", "The client's plans are noted and a next step is set"], Proof = shownNote },
        new(Role.Owner, "1.2", clients, ["Встретиться с ключевым клиентом, записать итог и следующий шаг", "Среща с ключов клиент със записан резултат и следваща стъпка", "Əsas müştəri ilə görüşüb nəticəni və növbəti addımı yazmaq", "Meet a key account, note the outcome and the next step"], Frequency.Weekly, 60, 4, 8)
            { Unit = perMeeting, Result = ["Итог встречи и следующий шаг записаны в тот же день", "Резултатът и следващата стъпка са записани същия ден", "Nəticə və növbəti addım elə həmin gün yazılıb", "Outcome and next step are written down the same day"], Proof = shownNote },
        new(Role.Owner, "2.1", money, ["Просмотреть остатки и должников, решить, кому напомнить", "Преглед на салдата и длъжниците с решение на кого да се напомни", "Qalıqlara və borclulara baxıb kimə xatırladılacağını qərara almaq", "Look through balances and debtors and decide whom to remind"], Frequency.Daily, 15, 2, 2)
            { Unit = perDay, Result = ["По каждому просроченному счёту решено, кто и когда напомнит", "За всяка просрочена проформа е решено кой и кога ще напомни", "Hər gecikmiş hesab üzrə kimin nə vaxt xatırladacağı həll olunub", "For each overdue invoice it is settled who reminds and when"], Proof = shownEntry },
        new(Role.Owner, "2.2", money, ["Утвердить расчётные листы за прошлый месяц", "Одобряване на фишовете за миналия месец", "Keçən ayın əmək haqqı vərəqələrini təsdiqləmək", "Approve last month's pay statements"], Frequency.Monthly, 60, 4, 10)
            { Unit = perMonth, Result = ["Листы всех сотрудников утверждены до пятого числа", "Фишовете на всички са одобрени до пето число", "Hamının vərəqələri ayın beşinədək təsdiqlənib", "Everybody's statements are approved by the fifth"], Proof = ["Утверждённые расчётные листы", "Одобрените фишове", "Təsdiqlənmiş vərəqələr", "The approved statements"] },
        new(Role.Owner, "3.1", office, ["Составить план встреч на неделю", "Съставяне на план на срещите за седмицата", "Həftənin görüş planını tutmaq", "Lay out the week's meetings"], Frequency.Weekly, 30, 3, 4)
            { Unit = perWeek, Result = ["В плане есть встречи на каждый рабочий день", "В плана има срещи за всеки работен ден", "Planda hər iş günü üçün görüş var", "The plan has meetings for every working day"], Proof = ["План недели в календаре", "Седмичният план в календара", "Təqvimdə həftəlik plan", "The week's plan in the calendar"] },
        new(Role.Manager, "1.1", visits, ["Назначить выезд: время согласовано с клиентом и программистом", "Насрочване на посещение: часът е уговорен с клиента и програмиста", "Səfər təyin etmək: vaxt müştəri və proqramçı ilə razılaşdırılıb", "Plan a visit: the time is agreed with client and programmer"], Frequency.OnEvent, 15, 2, 2, "visit.planned", "visit.confirmed")
            { Unit = perVisit, Result = ["Клиент и программист знают день, час и место", "Клиентът и програмистът знаят ден, час и място", "Müştəri və proqramçı günü, saatı və yeri bilir", "Client and programmer know day, hour and place"], Proof = shownConfirmed },
        new(Role.Manager, "1.2", visits, ["Проверить новые обновления на сайте поставщика", "Проверка за нови версии на сайта на доставчика", "Təchizatçının saytında yeni versiyaları yoxlamaq", "Check the supplier's site for new releases"], Frequency.Daily, 10, 1, 1)
            { Unit = perDay, Result = ["О новых обновлениях знают программисты и клиенты", "Програмистите и клиентите знаят за новите версии", "Proqramçılar və müştərilər yeni versiyalardan xəbərdardır", "Programmers and clients know of new releases"], Proof = shownEntry },
        new(Role.Manager, "2.1", papers, ["Выставить счёт по выполненным работам", "Издаване на проформа за извършената работа", "Görülən işə hesab yazmaq", "Issue the invoice for work done"], Frequency.OnEvent, 15, 2, 3, "invoice.issued", "act.returned")
            { Unit = perInvoice, Result = ["Счёт и акт у клиента в день окончания работ", "Проформата и протоколът са при клиента в деня на завършване", "Hesab və akt iş bitən gün müştəridədir", "Invoice and act are with the client the day the work ends"], Proof = shownSigned },
        new(Role.Manager, "2.2", papers, ["Вернуть от клиента подписанный акт", "Връщане на подписания протокол от клиента", "İmzalanmış aktı müştəridən qaytarmaq", "Get the signed act back from the client"], Frequency.OnEvent, 10, 2, 2, "act.returned")
            { Unit = perAct, Result = ["Оригинал вернулся не позже 14 дней", "Оригиналът се е върнал до 14 дни", "Əsli 14 gündən gec olmayaraq qayıdıb", "The original is back within 14 days"], Proof = ["Акт с подписью клиента в папке", "Протокол с подпис на клиента в папката", "Müştəri imzalı akt qovluqda", "The act with the client's signature in its folder"] },
        new(Role.Manager, "2.3", papers, ["Напомнить о неоплаченных счетах, записать обещанный срок", "Напомняне за неплатени проформи със записан срок", "Ödənilməmiş hesabları xatırlatmaq, vəd edilən tarixi yazmaq", "Remind debtors and note the promised date"], Frequency.Weekly, 40, 3, 8)
            { Unit = perWeek, Result = ["Каждый должник назвал день оплаты", "Всеки длъжник е посочил ден на плащане", "Hər borclu ödəniş gününü deyib", "Every debtor has named a day of payment"], Proof = shownNote },
        new(Role.Manager, "3.1", office, ["Проверить запас марок и конвертов, докупить", "Проверка на марки и пликове, докупуване", "Marka və zərf ehtiyatını yoxlayıb almaq", "Check stamps and envelopes and restock"], Frequency.Weekly, 5, 1, 1)
            { Unit = perWeek, Result = ["Марок и конвертов хватит на две недели", "Марките и пликовете стигат за две седмици", "Marka və zərf iki həftəyə çatır", "Stamps and envelopes last for two weeks"], Proof = shownEntry },
        new(Role.Programmer, "1.1", visits, ["Выполнить работы у клиента или удалённо", "Извършване на работа при клиента или отдалечено", "Müştəridə və ya uzaqdan işləri görmək", "Do the work at the client's or remotely"], Frequency.OnEvent, 60, 4, 6, "visit.done", "act.returned")
            { Unit = perHour, Result = ["Программа работает, лист учёта заполнен и подписан", "Програмата работи, работният лист е попълнен и подписан", "Proqram işləyir, iş vərəqi doldurulub və imzalanıb", "The program works, the job sheet is filled in and signed"], Proof = shownSigned },
        new(Role.Programmer, "1.2", office, ["Изучить статью об изменениях в законе, написать вывод", "Проучване на статия за промени в закона с извод", "Qanun dəyişiklikləri barədə məqaləni öyrənib nəticə yazmaq", "Study an article on changes in law and write the conclusion"], Frequency.Weekly, 60, 3, 4)
            { Unit = perArticle, Result = ["Записано, что меняется в программах клиентов и с какого дня", "Записано е какво се променя в програмите на клиентите и от кой ден", "Müştərilərin proqramlarında nəyin və hansı gündən dəyişdiyi yazılıb", "It is written what changes in clients' programs and from which day"], Proof = ["Вывод в базе знаний", "Изводът в базата знания", "Bilik bazasında nəticə", "The conclusion in the knowledge base"] },
        new(Role.Accountant, "1.1", money, ["Разнести входящий платёж по счёту", "Отнасяне на входящо плащане към проформа", "Daxil olan ödənişi hesaba bağlamaq", "Match an incoming payment to its invoice"], Frequency.OnEvent, 3, 2, 1, "payment.matched")
            { Unit = perPayment, Result = ["Счёт погашен, должник снят со списка", "Проформата е покрита, длъжникът е изваден от списъка", "Hesab bağlanıb, borclu siyahıdan çıxarılıb", "The invoice is covered, the debtor is off the list"], Proof = shownStatement },
        new(Role.Accountant, "1.2", money, ["Сверить остаток банка с базой", "Сверка на банковото салдо с базата", "Bank qalığını baza ilə tutuşdurmaq", "Check the bank balance against the books"], Frequency.Daily, 15, 2, 2)
            { Unit = perDay, Result = ["Остаток сходится до копейки, расхождения объяснены", "Салдото съвпада до стотинка, разликите са обяснени", "Qalıq qəpiyinədək üst-üstə düşür, fərqlər izah olunub", "The balance agrees to the penny, differences are explained"], Proof = ["Остаток в выписке за день", "Салдото в извлечението за деня", "Günün çıxarışındakı qalıq", "The closing balance of the day's statement"] },
        new(Role.Hr, "1.1", office, ["Разобрать входящую почту по адресатам", "Разпределяне на входящата поща", "Gələn məktubları ünvanlara paylamaq", "Sort incoming post to its addressees"], Frequency.Daily, 25, 1, 2)
            { Unit = perDay, Result = ["К полудню каждое письмо у своего адресата", "До обяд всяко писмо е при адресата си", "Günortaya hər məktub öz ünvanındadır", "By noon every letter is with its addressee"], Proof = shownEntry },
        new(Role.Director, "1.1", office, ["Провести встречу отдела, записать решения", "Провеждане на среща на отдела със записани решения", "Şöbə görüşü keçirib qərarları yazmaq", "Hold the department's meeting and write its decisions"], Frequency.Weekly, 60, 4, 10)
            { Unit = perMeeting, Result = ["Решения записаны, у каждого есть исполнитель и срок", "Решенията са записани, всяко с изпълнител и срок", "Qərarlar yazılıb, hər birinin icraçısı və müddəti var", "Decisions are written down, each with a person and a day"], Proof = shownMinutes },
    ];

    public static string PositionOf(Role role, string language) => In(role switch
    {
        Role.Owner => ["Владелец", "Собственик", "Sahib", "Owner"],
        Role.Director => ["Коммерческий директор", "Търговски директор", "Kommersiya direktoru", "Commercial director"],
        Role.Accountant => ["Бухгалтер", "Счетоводител", "Mühasib", "Accountant"],
        Role.Hr => ["Офис-менеджер и кадры", "Офис мениджър и кадри", "Ofis meneceri və kadrlar", "Office and HR manager"],
        Role.Manager => ["Менеджер по обслуживанию", "Мениджър обслужване", "Xidmət meneceri", "Service manager"],
        _ => ["Программист", "Програмист", "Proqramçı", "Programmer"],
    }, language);
}

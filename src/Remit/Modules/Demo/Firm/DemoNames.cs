using Remit.Kernel;
using Remit.Modules.Duties;

namespace Remit.Modules.Demo;

/// <summary>The words of the demo firm.</summary>
internal static class DemoNames
{
    internal sealed record Line(Role Role, string Number, string[] Section, string[] Text, Frequency Frequency, int Minutes, int Complexity, int Points,
        string? Trigger = null, string? Condition = null);

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

    public static readonly Line[] Duties =
    [
        new(Role.Owner, "1.1", clients, ["Позвонить клиенту, с которым давно не говорили, записать его планы", "Обаждане на клиент, с когото отдавна не е говорено, със записани планове", "Çoxdan danışılmayan müştəriyə zəng edib planlarını yazmaq", "Call a client not spoken to for long and note their plans"], Frequency.Daily, 20, 3, 4),
        new(Role.Owner, "1.2", clients, ["Встретиться с ключевым клиентом, записать итог и следующий шаг", "Среща с ключов клиент със записан резултат и следваща стъпка", "Əsas müştəri ilə görüşüb nəticəni və növbəti addımı yazmaq", "Meet a key account, note the outcome and the next step"], Frequency.Weekly, 60, 4, 8),
        new(Role.Owner, "2.1", money, ["Просмотреть остатки и должников, решить, кому напомнить", "Преглед на салдата и длъжниците с решение на кого да се напомни", "Qalıqlara və borclulara baxıb kimə xatırladılacağını qərara almaq", "Look through balances and debtors and decide whom to remind"], Frequency.Daily, 15, 2, 2),
        new(Role.Owner, "2.2", money, ["Утвердить расчётные листы за прошлый месяц", "Одобряване на фишовете за миналия месец", "Keçən ayın əmək haqqı vərəqələrini təsdiqləmək", "Approve last month's pay statements"], Frequency.Monthly, 60, 4, 10),
        new(Role.Owner, "3.1", office, ["Составить план встреч на неделю", "Съставяне на план на срещите за седмицата", "Həftənin görüş planını tutmaq", "Lay out the week's meetings"], Frequency.Weekly, 30, 3, 4),
        new(Role.Manager, "1.1", visits, ["Назначить выезд: время согласовано с клиентом и программистом", "Насрочване на посещение: часът е уговорен с клиента и програмиста", "Səfər təyin etmək: vaxt müştəri və proqramçı ilə razılaşdırılıb", "Plan a visit: the time is agreed with client and programmer"], Frequency.OnEvent, 15, 2, 2, "visit.planned", "visit.confirmed"),
        new(Role.Manager, "1.2", visits, ["Проверить новые обновления на сайте поставщика", "Проверка за нови версии на сайта на доставчика", "Təchizatçının saytında yeni versiyaları yoxlamaq", "Check the supplier's site for new releases"], Frequency.Daily, 10, 1, 1),
        new(Role.Manager, "2.1", papers, ["Выставить счёт по выполненным работам", "Издаване на проформа за извършената работа", "Görülən işə hesab yazmaq", "Issue the invoice for work done"], Frequency.OnEvent, 15, 2, 3, "invoice.issued", "act.returned"),
        new(Role.Manager, "2.2", papers, ["Вернуть от клиента подписанный акт", "Връщане на подписания протокол от клиента", "İmzalanmış aktı müştəridən qaytarmaq", "Get the signed act back from the client"], Frequency.OnEvent, 10, 2, 2, "act.returned"),
        new(Role.Manager, "2.3", papers, ["Напомнить о неоплаченных счетах, записать обещанный срок", "Напомняне за неплатени проформи със записан срок", "Ödənilməmiş hesabları xatırlatmaq, vəd edilən tarixi yazmaq", "Remind debtors and note the promised date"], Frequency.Weekly, 40, 3, 8),
        new(Role.Manager, "3.1", office, ["Проверить запас марок и конвертов, докупить", "Проверка на марки и пликове, докупуване", "Marka və zərf ehtiyatını yoxlayıb almaq", "Check stamps and envelopes and restock"], Frequency.Weekly, 5, 1, 1),
        new(Role.Programmer, "1.1", visits, ["Выполнить работы у клиента или удалённо", "Извършване на работа при клиента или отдалечено", "Müştəridə və ya uzaqdan işləri görmək", "Do the work at the client's or remotely"], Frequency.OnEvent, 60, 4, 6, "visit.done", "act.returned"),
        new(Role.Programmer, "1.2", office, ["Изучить статью об изменениях в законе, написать вывод", "Проучване на статия за промени в закона с извод", "Qanun dəyişiklikləri barədə məqaləni öyrənib nəticə yazmaq", "Study an article on changes in law and write the conclusion"], Frequency.Weekly, 60, 3, 4),
        new(Role.Accountant, "1.1", money, ["Разнести входящий платёж по счёту", "Отнасяне на входящо плащане към проформа", "Daxil olan ödənişi hesaba bağlamaq", "Match an incoming payment to its invoice"], Frequency.OnEvent, 3, 2, 1, "payment.matched"),
        new(Role.Accountant, "1.2", money, ["Сверить остаток банка с базой", "Сверка на банковото салдо с базата", "Bank qalığını baza ilə tutuşdurmaq", "Check the bank balance against the books"], Frequency.Daily, 15, 2, 2),
        new(Role.Hr, "1.1", office, ["Разобрать входящую почту по адресатам", "Разпределяне на входящата поща", "Gələn məktubları ünvanlara paylamaq", "Sort incoming post to its addressees"], Frequency.Daily, 25, 1, 2),
        new(Role.Director, "1.1", office, ["Провести встречу отдела, записать решения", "Провеждане на среща на отдела със записани решения", "Şöbə görüşü keçirib qərarları yazmaq", "Hold the department's meeting and write its decisions"], Frequency.Weekly, 60, 4, 10),
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

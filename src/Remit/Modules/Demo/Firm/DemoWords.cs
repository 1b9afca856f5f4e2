namespace Remit.Modules.Demo;

/// <summary>What is asked, answered and agreed at the demo firm. Each text: ru, bg, az, en.</summary>
internal static class DemoWords
{
    public static readonly string[][] Products =
    [
        ["Бухгалтерия", "Счетоводство", "Mühasibat", "Accounting"],
        ["Торговля и склад", "Търговия и склад", "Ticarət və anbar", "Trade and stock"],
        ["Зарплата и кадры", "Заплати и кадри", "Əməkhaqqı və kadrlar", "Payroll and staff"],
    ];

    public static readonly (string[] Name, int Hours)[] Classes =
    [
        (["Приоритетный", "Приоритетен", "Prioritet", "Priority"], 4), (["Обычный", "Стандартен", "Adi", "Standard"], 12),
    ];

    public static readonly string[] AskAgain = ["Позвонить: обещанной оплаты нет", "Обаждане: обещаното плащане го няма", "Zəng etmək: vəd edilən ödəniş yoxdur", "Call: the promised payment is not in"];
    public static readonly string[] Promised = ["Ждут оплаты от своего заказчика", "Чакат плащане от свой клиент", "Öz sifarişçilərinin ödənişini gözləyirlər", "They wait for a payment of their own customer"];

    public static readonly string[] PaidNamingNothing = ["Оплата за услуги по договору", "Плащане за услуги по договор", "Müqavilə üzrə xidmətlərin ödənişi", "Payment for services under the contract"];
    public static readonly string[] PaidForTwo = ["Оплата за сопровождение за два месяца", "Плащане за поддръжка за два месеца", "İki aylıq xidmətin ödənişi", "Payment for two months of service"];
    public static readonly string[] PaidLessFee = ["Оплата счёта за вычетом комиссии банка,", "Плащане без банковата такса по фактура", "Bank komissiyası çıxılmaqla hesabın ödənişi,", "Payment less the bank’s fee, invoice"];

    // In the order of the kinds of contract.
    public static readonly string[][] Subjects =
    [
        ["Право использования программ", "Право на ползване на програми", "Proqramlardan istifadə hüququ", "Right to use the programs"],
        ["Поставка программ и оборудования", "Доставка на програми и оборудване", "Proqram və avadanlıq təchizatı", "Supply of programs and equipment"],
        ["Сопровождение бухгалтерских программ", "Поддръжка на счетоводните програми", "Mühasibat proqramlarına xidmət", "Service of the accounting programs"],
        ["Справочные диски с консультациями", "Справочни дискове с консултации", "Məsləhət diskləri", "Consulting discs"],
    ];

    public static readonly (string[] Asked, string[] Answered)[] Questions =
    [
        (["После обновления не печатается этикетка на складе.", "След новата версия не се печата етикетът в склада.", "Yenilənmədən sonra anbarda etiket çap olunmur.", "Since the update the label in the stock room is not printed."],
            ["Выбран другой принтер; вернул прежний, проверили вместе.", "Беше избран друг принтер; върнах предишния, проверихме заедно.", "Başqa printer seçilmişdi; əvvəlkini qaytardım, birlikdə yoxladıq.", "Another printer was chosen; set it back, and we checked it together."]),
        (["Как отразить возврат от покупателя прошлым месяцем?", "Как се отразява връщане от клиент за минал месец?", "Keçən ayın alıcı qaytarmasını necə əks etdirək?", "How do we book a customer’s return for last month?"],
            ["Документом возврата этим месяцем: прошлый закрыт. Отправил пример.", "С документ за връщане в този месец: миналият е приключен. Изпратих пример.", "Bu ayın qaytarma sənədi ilə: keçən ay bağlanıb. Nümunə göndərdim.", "By a return document of this month: last month is closed. Sent an example."]),
        (["Не сходится ведомость с банком на одну выплату.", "Ведомостта не съвпада с банката с едно плащане.", "Cədvəl bankla bir ödəniş fərqlənir.", "The payroll list and the bank differ by one payment."],
            ["Выплата прошла днём позже, теперь сходится.", "Плащането е минало ден по-късно, вече съвпада.", "Ödəniş bir gün sonra keçib, indi uyğundur.", "It went through a day later; now they agree."]),
        (["Новому сотруднику нужен доступ только к складу.", "Нов служител има нужда от достъп само до склада.", "Yeni işçiyə yalnız anbara giriş lazımdır.", "A new employee needs access to the stock only."],
            ["Создал пользователя с ролью кладовщика, пароль передал лично.", "Създадох потребител с роля складов служител, паролата предадох лично.", "Anbardar rolu ilə istifadəçi yaratdım, parolu şəxsən verdim.", "Made a user with the storekeeper’s role; the password was handed over in person."]),
        (["Отчёт открывается пять минут, раньше было быстрее.", "Справката се отваря пет минути, преди беше по-бързо.", "Hesabat beş dəqiqəyə açılır, əvvəl tez idi.", "The report takes five minutes to open; it used to be quicker."],
            ["Пересчитал итоги, открывается за десять секунд.", "Преизчислих итогите, отваря се за десет секунди.", "Yekunları yenidən hesabladım, on saniyəyə açılır.", "Recalculated the totals; it opens in ten seconds."]),
    ];

    public static readonly string[] Upkeep = ["Встреча с клиентом", "Среща с клиент", "Müştəri ilə görüş", "Meeting with the client"];

    public static readonly (string[] Outcome, string[] Next)[] Outcomes =
    [
        (["Довольны, хотят добавить складской учёт.", "Доволни са, искат да добавят складов отчет.", "Razıdırlar, anbar uçotu əlavə etmək istəyirlər.", "Pleased; they want to add the stock module."], ["Прислать предложение", "Изпращане на оферта", "Təklif göndərmək", "Send an offer"]),
        (["Просят отвечать быстрее в дни отчётности.", "Молят за по-бързи отговори в дните на отчетите.", "Hesabat günlərində daha tez cavab istəyirlər.", "They ask for quicker answers in reporting days."], ["Назвать срок ответа", "Уговаряне на срок за отговор", "Cavab müddətini razılaşdırmaq", "Agree on a time to answer"]),
        (["Открывают второй офис весной.", "Откриват втори офис напролет.", "Yazda ikinci ofis açırlar.", "They open a second office in spring."], ["Посчитать переезд базы", "Изчисляване на пренасянето на базата", "Bazanın köçürülməsini hesablamaq", "Work out the move of the database"]),
    ];
}

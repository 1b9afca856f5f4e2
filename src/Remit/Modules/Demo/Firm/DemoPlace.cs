using Remit.Kernel;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;

namespace Remit.Modules.Demo;

/// <summary>Where the demo firm works and what its people and clients are called: a country of its language.</summary>
internal sealed record DemoPlace(string Language, string Country, string Currency, string TimeZone, int VatBasisPoints, string Firm, string Company, string City,
    string Director, string Bank, string[] Forms, string[] First, string[] Second, string[] Streets, string[] Names, string[] Surnames, string[] Staff, string[] Posts, string[] Subjects, string Route)
{
    // The sample's rubles a unit of the currency here: salaries and prices keep their proportions.
    private int Rubles => Currency switch { "EUR" => 40, "GBP" => 20, "AZN" => 25, _ => 1 };

    public string Client(int n) => Language is "ru" or "az" ? $"{Forms[n % Forms.Length]} «{First[n % 12]}{Second[n / 12]}»" : $"{First[n % 12]}{Second[n / 12]} {Forms[n % Forms.Length]}";
    public string Person(int n) => $"{Names[n % Names.Length]} {Surnames[n % Surnames.Length]}";
    public string Address(int n) => Language is "ru" or "bg" ? $"{City}, {Streets[n % Streets.Length]}, {n % 90 + 1}" : $"{City}, {Streets[n % Streets.Length]} {n % 90 + 1}";
    public long Minor(long kopecks) => kopecks / Rubles / 100 * 100;
    public IReadOnlyList<FixedRate> Fixed => [.. SampleScheme.Fixed.Where(rate => rate.City == SampleScheme.StPetersburg).Select(rate => rate with { City = City, Minor = Minor(rate.Minor) })];

    /// <summary>A tax number that is nobody's but passes its check digits.</summary>
    public string TaxId(int n) => Country switch
    {
        "BG" => Fitting(digit => $"{10_000_000 + n * 37:00000000}{digit}"),
        "AZ" => Fitting(digit => $"{14_000_000 + n * 37:00000000}{digit}1"),
        "ZZ" => $"GB {730_000_000 + n * 3737:000000000}",
        _ => DemoNumbers.Inn(780_123_000 + n * 37),
    };

    public (string Bic, string Account, string CorrAccount) BankAccount => Country switch
    {
        "BG" => ("NVBGBGSF", Iban("BG", "NVBG96611020345678"), ""),
        "ZZ" => ("SVSHGB21", Iban("GB", "SVSH60161331926819"), ""),
        "AZ" => ("NVAZAZ22", Iban("AZ", "NVAZ00000000137010001944"), ""),
        _ => ("044030790", DemoNumbers.Account("044030790", "4070281000000000123"), "30101810900000000790"),
    };

    // Some stems have no digit that fits; the next stem then stands in.
    private string Fitting(Func<int, string> number) =>
        Enumerable.Range(0, 10).Select(number).FirstOrDefault(id => Identifiers.CheckTaxId(Country, id) == true) ?? "";

    private static string Iban(string country, string rest) => Enumerable.Range(2, 97).Select(check => $"{country}{check:00}{rest}").First(Identifiers.IsIban);

    public static DemoPlace Of(string language) => All.FirstOrDefault(p => p.Language == language) ?? All[^1];

    private static readonly DemoPlace[] All =
    [
        new("ru", "RU", "RUB", "Europe/Moscow", 2200, "Регистр-Сервис", "ООО «Регистр-Сервис»", "Санкт-Петербург", "Орлова В. С.", "АО «Невский берег»",
            ["ООО", "АО", "ООО", "ТСЖ", "ООО"],
            ["Меридиан", "Тополь", "Лагуна", "Вектор", "Берёзовая роща", "Маяк", "Полюс", "Гранит", "Ладога", "Северный ветер", "Янтарь", "Кедр"],
            ["", " Плюс", " Сервис", " Трейд", " Строй", " Логистик", " Мед", " Проект", " Дизайн", " Опт"],
            ["Невский пр.", "ул. Марата", "Загородный пр.", "Московский пр.", "ул. Савушкина", "Большой пр. П. С.", "Литейный пр.", "ул. Восстания"],
            ["Анна", "Ирина", "Сергей", "Рустам", "Ольга", "Дмитрий", "Лейла", "Николай"], ["Шевчук", "Мельник", "Сафин", "Ковач", "Дорофеенко", "Гулиш", "Зорич", "Кравец", "Линник"],
            ["Вера Орлова", "Игорь Лавров", "Нина Зимина", "Дарья Белых", "Елена Соколова", "Тимур Гасанов", "Алексей Ким", "Мария Ледова", "Павел Рудин", "Олег Шип"],
            ["директор", "бухгалтер"], ["обновление", "закрытие месяца", "настройка обмена", "обучение бухгалтера", "перенос базы", "отчётность", "права доступа", "кадровый учёт"],
            "Вход со двора, второй этаж, домофон 12."),
        new("bg", "BG", "EUR", "Europe/Sofia", 2000, "Регистър Сервиз", "Регистър Сервиз ООД", "София", "Вера Орлова", "Банка Витоша АД",
            ["ООД", "ЕООД", "АД", "ООД", "ЕТ"],
            ["Меридиан", "Топола", "Лагуна", "Вектор", "Брезова гора", "Фар", "Полюс", "Гранит", "Рила", "Северен вятър", "Кехлибар", "Кедър"],
            ["", " Плюс", " Сервиз", " Трейд", " Строй", " Логистик", " Мед", " Проект", " Дизайн", " Груп"],
            ["бул. Витоша", "ул. Раковски", "ул. Граф Игнатиев", "бул. Черни връх", "ул. Оборище", "бул. Цариградско шосе", "ул. Пиротска", "ул. Шипка"],
            ["Анна", "Ивайло", "Стефан", "Десислава", "Мария", "Димитър", "Ралица", "Николай"], ["Петрови", "Тодорович", "Зидаров", "Ковачев", "Добрев", "Гълъбов", "Райчев", "Кръстев", "Линков"],
            ["Вера Орлова", "Игор Лавров", "Нина Зимова", "Дария Белева", "Елена Соколова", "Тимур Хасанов", "Алекс Кимов", "Мария Ледова", "Павел Рудин", "Огнян Шипов"],
            ["управител", "счетоводител"], ["нова версия", "приключване на месеца", "настройка на обмен", "обучение на счетоводител", "пренасяне на база", "отчети", "права за достъп", "личен състав"],
            "Вход откъм двора, втори етаж, звънец 12."),
        new("az", "AZ", "AZN", "Asia/Baku", 1800, "Registr Servis", "«Registr Servis» MMC", "Bakı", "Vəfa Orucova", "Xəzər Sahil Bankı",
            ["MMC", "ASC", "MMC", "QSC", "MMC"],
            ["Meridian", "Qovaq", "Laquna", "Vektor", "Şəfəq", "Mayak", "Qütb", "Qranit", "Xəzər", "Şimal küləyi", "Kəhrəba", "Sidr"],
            ["", " Plus", " Servis", " Treyd", " Tikinti", " Logistika", " Med", " Layihə", " Dizayn", " Topdan"],
            ["Nizami küç.", "Neftçilər pr.", "Füzuli küç.", "Təbriz küç.", "Xaqani küç.", "Bülbül pr.", "İstiqlaliyyət küç.", "Azadlıq pr."],
            ["Aynur", "İlqar", "Səbinə", "Rüstəm", "Günay", "Elçin", "Leyla", "Nicat"], ["Əliyeva", "Məmmədov", "Səfərov", "Quliyev", "Həsənli", "Kərimli", "Zeynallı", "Qasımlı", "Babayev"],
            ["Vəfa Orucova", "İqbal Lətifov", "Nigar Zamanova", "Dəniz Bəyova", "Elnarə Süleymanova", "Teymur Həsənov", "Əli Kərimov", "Məryəm Ledova", "Pərviz Rüstəmov", "Oqtay Şıxlı"],
            ["direktor", "mühasib"], ["yenilənmə", "ayın bağlanması", "mübadilənin qurulması", "mühasibin təlimi", "bazanın köçürülməsi", "hesabat", "giriş hüquqları", "kadr uçotu"],
            "Giriş həyətdən, ikinci mərtəbə, domofon 12."),
        // Elsewhere than where Remit knows the rules: an English firm, told apart by its own currency and zone.
        new("en", "ZZ", "GBP", "Europe/London", 2000, "Register Service", "Register Service Ltd", "Bristol", "Grace Whitfield", "Severn Shore Bank",
            ["Ltd", "PLC", "Ltd", "LLP", "Ltd"],
            ["Meridian", "Poplar", "Laguna", "Vector", "Birchwood", "Lighthouse", "Polar", "Granite", "Lakeside", "Northwind", "Amber", "Cedar"],
            ["", " Plus", " Services", " Trading", " Build", " Logistics", " Medical", " Projects", " Design", " Wholesale"],
            ["Queen Square", "Park Street", "Whiteladies Road", "Corn Street", "Victoria Street", "Gloucester Road", "Temple Back", "Baldwin Street"],
            ["Anna", "Simon", "Ruth", "Oliver", "Leila", "Daniel", "Irene", "Nicholas"], ["Shepherd", "Miller", "Hughes", "Patel", "Doyle", "Gill", "Parsons", "Kravets", "Linden"],
            ["Grace Whitfield", "Ian Laver", "Nina Winter", "Daria White", "Helen Falconer", "Tim Hassan", "Alex Kim", "Mary Leeds", "Paul Ruddock", "Owen Thorne"],
            ["director", "accountant"], ["update", "month closing", "exchange set-up", "accountant training", "moving the database", "reports", "access rights", "staff records"],
            "Entrance from the yard, second floor, bell 12."),
    ];
}

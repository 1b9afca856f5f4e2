namespace Remit.Kernel;

/// <summary>
/// Russian: «Сто двадцать три рубля 45 копеек». The form follows the last two digits (11–14 take the plural), and
/// thousands are feminine.
/// </summary>
public static partial class AmountInWords
{
    private static readonly string[] RuOnes =
    [
        "",
        "один",
        "два",
        "три",
        "четыре",
        "пять",
        "шесть",
        "семь",
        "восемь",
        "девять",
        "десять",
        "одиннадцать",
        "двенадцать",
        "тринадцать",
        "четырнадцать",
        "пятнадцать",
        "шестнадцать",
        "семнадцать",
        "восемнадцать",
        "девятнадцать",
    ];
    private static readonly string[] RuTens =
    [
        "",
        "",
        "двадцать",
        "тридцать",
        "сорок",
        "пятьдесят",
        "шестьдесят",
        "семьдесят",
        "восемьдесят",
        "девяносто",
    ];
    private static readonly string[] RuHundreds =
    [
        "",
        "сто",
        "двести",
        "триста",
        "четыреста",
        "пятьсот",
        "шестьсот",
        "семьсот",
        "восемьсот",
        "девятьсот",
    ];
    private static readonly string[][] RuPowers =
    [
        [],
        ["тысяча", "тысячи", "тысяч"],
        ["миллион", "миллиона", "миллионов"],
        ["миллиард", "миллиарда", "миллиардов"],
        ["триллион", "триллиона", "триллионов"],
        ["квадриллион", "квадриллиона", "квадриллионов"],
        ["квинтиллион", "квинтиллиона", "квинтиллионов"],
    ];

    private static string RussianSum(long major, int minor, string currency)
    {
        var (units, parts) = currency switch
        {
            "RUB" => (new[] { "рубль", "рубля", "рублей" }, new[] { "копейка", "копейки", "копеек" }),
            "BYN" => (["белорусский рубль", "белорусских рубля", "белорусских рублей"], ["копейка", "копейки", "копеек"]),
            "EUR" => (["евро", "евро", "евро"], ["цент", "цента", "центов"]),
            "BGN" => (["лев", "лева", "левов"], ["стотинка", "стотинки", "стотинок"]),
            "AZN" => (["манат", "маната", "манатов"], ["гяпик", "гяпика", "гяпиков"]),
            "USD" => (["доллар США", "доллара США", "долларов США"], ["цент", "цента", "центов"]),
            _ => ([currency, currency, currency], ["", "", ""]),
        };
        return $"{Russian(major, false)} {RuForm(major, units)} {minor:00} {RuForm(minor, parts)}".TrimEnd();
    }

    private static string Russian(long number, bool feminine)
    {
        if (number == 0)
            return "ноль";
        var words = new List<string>();
        foreach (var (value, power) in Groups(number))
        {
            words.Add(RuHundreds[value / 100]);
            var rest = value % 100;
            if (rest >= 20)
            {
                words.Add(RuTens[rest / 10]);
                rest %= 10;
            }
            words.Add(
                (rest, power == 1 || power == 0 && feminine) switch
                {
                    (1, true) => "одна",
                    (2, true) => "две",
                    _ => RuOnes[rest],
                }
            );
            if (power > 0)
                words.Add(RuForm(value, RuPowers[power]));
        }
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private static string RuForm(long number, string[] forms) =>
        (number % 100, number % 10) switch
        {
            (>= 11 and <= 14, _) => forms[2],
            (_, 1) => forms[0],
            (_, >= 2 and <= 4) => forms[1],
            _ => forms[2],
        };
}

namespace Remit.Kernel;

/// <summary>Azerbaijani knows neither gender nor plural and writes 1000 as «min»; English is American (no «and» inside).</summary>
public static partial class AmountInWords
{
    private static readonly string[] AzOnes = ["", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz"];
    private static readonly string[] AzTens = ["", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan"];
    private static readonly string[] AzPowers = ["", "min", "milyon", "milyard", "trilyon", "kvadrilyon", "kvintilyon"];
    private static readonly string[] EnOnes =
    [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    private static readonly string[] EnTens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    private static readonly string[] EnPowers = ["", "thousand", "million", "billion", "trillion", "quadrillion", "quintillion"];

    private static string AzerbaijaniSum(long major, int minor, string currency)
    {
        var (unit, part) = currency switch
        {
            "AZN" => ("manat", "qəpik"),
            "RUB" => ("rubl", "qəpik"),
            "BYN" => ("Belarus rublu", "qəpik"),
            "EUR" => ("avro", "sent"),
            "BGN" => ("lev", "stotinka"),
            "USD" => ("ABŞ dolları", "sent"),
            _ => (currency, ""),
        };
        return $"{Azerbaijani(major)} {unit}, {Azerbaijani(minor)} {part}".TrimEnd();
    }

    private static string Azerbaijani(long number)
    {
        if (number == 0)
            return "sıfır";
        var words = new List<string>();
        foreach (var (value, power) in Groups(number))
        {
            // One hundred and one thousand go without «bir».
            if (value >= 200)
                words.Add(AzOnes[value / 100]);
            if (value >= 100)
                words.Add("yüz");
            words.Add(AzTens[value / 10 % 10]);
            if (!(value == 1 && power == 1))
                words.Add(AzOnes[value % 10]);
            words.Add(AzPowers[power]);
        }
        return string.Join(' ', words.Where(word => word.Length > 0));
    }

    private static string EnglishSum(long major, int minor, string currency)
    {
        var (unit, units, part, parts) = currency switch
        {
            "USD" => ("US dollar", "US dollars", "cent", "cents"),
            "EUR" => ("euro", "euros", "cent", "cents"),
            "RUB" => ("ruble", "rubles", "kopeck", "kopecks"),
            "BYN" => ("Belarusian ruble", "Belarusian rubles", "kopeck", "kopecks"),
            "BGN" => ("lev", "leva", "stotinka", "stotinki"),
            "AZN" => ("manat", "manats", "qapik", "qapiks"),
            _ => (currency, currency, "", ""),
        };
        return $"{English(major)} {(major == 1 ? unit : units)} and {minor:00} {(minor == 1 ? part : parts)}".TrimEnd();
    }

    private static string English(long number)
    {
        if (number == 0)
            return "zero";
        var words = new List<string>();
        foreach (var (value, power) in Groups(number))
        {
            if (value >= 100)
                words.Add(EnOnes[value / 100] + " hundred");
            var rest = value % 100;
            words.Add(rest < 20 ? EnOnes[rest] : EnTens[rest / 10] + (rest % 10 > 0 ? "-" + EnOnes[rest % 10] : ""));
            words.Add(EnPowers[power]);
        }
        return string.Join(' ', words.Where(word => word.Length > 0));
    }
}

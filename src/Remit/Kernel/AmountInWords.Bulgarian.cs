namespace Remit.Kernel;

/// <summary>
/// Bulgarian: «двадесет и един лева и петдесет стотинки». One «и» stands before the last component of the number;
/// one and two agree with the gender of what is counted (един лев, една стотинка, едно евро).
/// </summary>
public static partial class AmountInWords
{
    private static readonly string[] BgOnes =
    [
        "",
        "едно",
        "две",
        "три",
        "четири",
        "пет",
        "шест",
        "седем",
        "осем",
        "девет",
        "десет",
        "единадесет",
        "дванадесет",
        "тринадесет",
        "четиринадесет",
        "петнадесет",
        "шестнадесет",
        "седемнадесет",
        "осемнадесет",
        "деветнадесет",
    ];
    private static readonly string[] BgTens =
    [
        "",
        "",
        "двадесет",
        "тридесет",
        "четиридесет",
        "петдесет",
        "шестдесет",
        "седемдесет",
        "осемдесет",
        "деветдесет",
    ];
    private static readonly string[] BgHundreds =
    [
        "",
        "сто",
        "двеста",
        "триста",
        "четиристотин",
        "петстотин",
        "шестстотин",
        "седемстотин",
        "осемстотин",
        "деветстотин",
    ];
    private static readonly (string One, string Many)[] BgPowers =
    [
        ("", ""),
        ("хиляда", "хиляди"),
        ("милион", "милиона"),
        ("милиард", "милиарда"),
        ("трилион", "трилиона"),
        ("квадрилион", "квадрилиона"),
        ("квинтилион", "квинтилиона"),
    ];

    private static string BulgarianSum(long major, int minor, string currency)
    {
        var (unit, part) = currency switch
        {
            "BGN" => (("лев", "лева", Gender.Masculine), ("стотинка", "стотинки", Gender.Feminine)),
            "EUR" => (("евро", "евро", Gender.Neuter), ("евроцент", "евроцента", Gender.Masculine)),
            "RUB" => (("рубла", "рубли", Gender.Feminine), ("копейка", "копейки", Gender.Feminine)),
            "BYN" => (("беларуска рубла", "беларуски рубли", Gender.Feminine), ("копейка", "копейки", Gender.Feminine)),
            "AZN" => (("манат", "маната", Gender.Masculine), ("гяпик", "гяпика", Gender.Masculine)),
            "USD" => (("щатски долар", "щатски долара", Gender.Masculine), ("цент", "цента", Gender.Masculine)),
            _ => ((currency, currency, Gender.Masculine), ("", "", Gender.Masculine)),
        };
        return $"{BgCount(major, unit)} и {BgCount(minor, part)}".TrimEnd();
    }

    private static string BgCount(long number, (string One, string Many, Gender Gender) of) =>
        $"{Bulgarian(number, of.Gender)} {(number == 1 ? of.One : of.Many)}";

    private static string Bulgarian(long number, Gender gender)
    {
        if (number == 0)
            return "нула";
        var groups = Groups(number).ToList();
        var text = "";
        for (var i = 0; i < groups.Count; i++)
        {
            var (value, power) = groups[i];
            var parts = BgParts(
                value,
                power switch
                {
                    0 => gender,
                    1 => Gender.Feminine,
                    _ => Gender.Masculine,
                }
            );
            var words = parts.Count == 1 ? parts[0] : string.Join(' ', parts.SkipLast(1)) + " и " + parts[^1];
            if (power > 0)
                words = value == 1 && power == 1 ? BgPowers[1].One : $"{words} {(value == 1 ? BgPowers[power].One : BgPowers[power].Many)}";
            // A last group of a single component is itself the last component: «хиляда и двеста».
            var joint =
                i == 0 ? ""
                : i == groups.Count - 1 && parts.Count == 1 ? " и "
                : " ";
            text += joint + words;
        }
        return text;
    }

    private static List<string> BgParts(int value, Gender gender)
    {
        var parts = new List<string>();
        if (value >= 100)
            parts.Add(BgHundreds[value / 100]);
        var rest = value % 100;
        if (rest >= 20)
        {
            parts.Add(BgTens[rest / 10]);
            rest %= 10;
        }
        if (rest > 0)
            parts.Add(
                (rest, gender) switch
                {
                    (1, Gender.Masculine) => "един",
                    (1, Gender.Feminine) => "една",
                    (2, Gender.Masculine) => "два",
                    _ => BgOnes[rest],
                }
            );
        return parts;
    }
}

using Remit.Modules.Create;

namespace Remit.Tests.Create;

/// <summary>Lines as people type them, in four languages; today is Wednesday the 25th of November 2026.</summary>
public sealed class Reading_a_line
{
    private static readonly DateOnly today = new(2026, 11, 25);

    // kind | day | hour | minutes | words left
    [Theory]
    [InlineData("звонок Иванов завтра 15:00", "Event|26.11|15:00||Иванов")]
    [InlineData("Позвонить Иванову", "Task||||Иванову")]
    [InlineData("Задача Петрову подготовить акт до пятницы", "Task|27.11|||Петрову подготовить акт")]
    [InlineData("визит Ромашка 28.11 10:00 2ч", "Visit|28.11|10:00|120|Ромашка")]
    [InlineData("выезд Тополь в понедельник в 9 на 1,5 часа", "Visit|30.11|09:00|90|Тополь")]
    [InlineData("встреча с Аптекой послезавтра 12.30", "Event|27.11|12:30||с Аптекой")]
    [InlineData("задача сдать отчёт 3 декабря", "Task|03.12|||сдать отчёт")]
    [InlineData("сдать отчёт через неделю", "Task|02.12|||сдать отчёт")]
    [InlineData("напомни через 3 дня продлить домен", "Task|28.11|||продлить домен")]
    [InlineData("удалённо Лагуна завтра 11:00-12:30", "Visit|26.11|11:00|90|Лагуна")]
    [InlineData("клиент ООО Заря", "Client||||ООО Заря")]
    [InlineData("заметка Ромашка просит акт сверки", "Note||||Ромашка просит акт сверки")]
    [InlineData("созвон 14:00 полчаса", "Event|25.11|14:00|30|")]
    [InlineData("позвони +7 916 123-45-67 завтра", "Task|26.11|||")]
    [InlineData("подготовить 2 акта к среде", "Task|02.12|||подготовить 2 акта")]
    [InlineData("проверить счёт 28.02.2027", "Task|28.02|||проверить счёт")]
    public void In_Russian(string line, string said) => Assert.Equal(said, Told(line));

    [Theory]
    [InlineData("обаждане Иванов утре 15:00", "Event|26.11|15:00||Иванов")]
    [InlineData("обади се на Петров в петък", "Task|27.11|||на Петров")]
    [InlineData("задача Димитрова да подготви протокола до петък", "Task|27.11|||Димитрова да подготви протокола")]
    [InlineData("посещение Меридиан 28.11 10:00 2ч", "Visit|28.11|10:00|120|Меридиан")]
    [InlineData("среща с Аптеката във вторник в 9:30", "Event|01.12|09:30||с Аптеката")]
    [InlineData("изпрати офертата след 2 седмици", "Task|09.12|||изпрати офертата")]
    [InlineData("задача отчет 3 декември", "Task|03.12|||отчет")]
    [InlineData("бележка Меридиан иска протокол", "Note||||Меридиан иска протокол")]
    [InlineData("клиент Ромашка ЕООД", "Client||||Ромашка ЕООД")]
    [InlineData("съвещание вдругиден 16:00 30 минути", "Event|27.11|16:00|30|")]
    [InlineData("дистанционно Меридиан в неделя 11:00", "Visit|29.11|11:00||Меридиан")]
    public void In_Bulgarian(string line, string said) => Assert.Equal(said, Told(line));

    [Theory]
    [InlineData("zəng Əliyev sabah 15:00", "Event|26.11|15:00||Əliyev")]
    [InlineData("zeng Eliyev cume 15:00", "Event|27.11|15:00||Eliyev")]
    [InlineData("tapşırıq Məmmədov akt hazırla cümə", "Task|27.11|||Məmmədov akt hazırla")]
    [InlineData("tapşırıq hesabat cüməyə qədər", "Task|27.11|||hesabat")]
    [InlineData("səfər Xəzər 28.11 saat 10:00 2 saat", "Visit|28.11|10:00|120|Xəzər")]
    [InlineData("görüş Araz bazar ertəsi saat 9", "Event|30.11|09:00||Araz")]
    [InlineData("görüş çərşənbə axşamı 14:30", "Event|01.12|14:30||")]
    [InlineData("hesabat 3 gün sonra", "Task|28.11|||hesabat")]
    [InlineData("hesab göndər 3 dekabr", "Task|03.12|||hesab göndər")]
    [InlineData("müştəri Xəzər MMC", "Client||||Xəzər MMC")]
    [InlineData("qeyd Araz müqavilə istəyir", "Note||||Araz müqavilə istəyir")]
    [InlineData("bu gün Araz zəngi", "Task|25.11|||Araz zəngi")]
    [InlineData("uzaqdan Araz sabah 11:00 yarım saat", "Visit|26.11|11:00|30|Araz")]
    public void In_Azerbaijani(string line, string said) => Assert.Equal(said, Told(line));

    [Theory]
    [InlineData("call Johnson tomorrow 15:00", "Event|26.11|15:00||Johnson")]
    [InlineData("task Smith prepare the act by Friday", "Task|27.11|||Smith prepare the act")]
    [InlineData("visit Meridian 28.11 10:00 2h", "Visit|28.11|10:00|120|Meridian")]
    [InlineData("meeting with Acme on Monday at 3pm for 90 minutes", "Event|30.11|15:00|90|with Acme for")]
    [InlineData("send the offer in 2 weeks", "Task|09.12|||send the offer")]
    [InlineData("todo report December 3", "Task|03.12|||report")]
    [InlineData("visit Meridian the day after tomorrow 9:30 half an hour", "Visit|27.11|09:30|30|Meridian the")]
    [InlineData("client Acme Ltd", "Client||||Acme Ltd")]
    [InlineData("note Acme wants a contract", "Note||||Acme wants a contract")]
    [InlineData("call +359 888 123 456", "Task||||")]
    [InlineData("Call the client about 3 invoices", "Task||||the client about 3 invoices")]
    [InlineData("renew the licence 2027-01-15", "Task|15.01|||renew the licence")]
    public void In_English(string line, string said) => Assert.Equal(said, Told(line));

    [
        Theory,
        InlineData(""),
        InlineData("   "),
        InlineData("!!! ,,, ;;"),
        InlineData("31.02 25:99 99ч"),
        InlineData("в в в"),
        InlineData("в"),
        InlineData("через"),
        InlineData("99999999999999999999"),
        InlineData("29.02")
    ]
    public void Whatever_is_typed_has_a_reading(string line) => Assert.NotNull(LineReader.Read(line, today));

    [Fact]
    public void The_29th_of_February_waits_for_its_year() =>
        Assert.Equal(new DateOnly(2028, 2, 29), LineReader.Read("отчёт 29.02", today).Day);

    [Fact]
    public void A_day_of_a_month_that_is_over_is_of_the_next_year() =>
        Assert.Equal(new DateOnly(2027, 3, 1), LineReader.Read("отчёт 1 марта", today).Day);

    [Fact]
    public void A_telephone_number_is_heard_whole() =>
        Assert.Equal("+7 916 123-45-67", LineReader.Read("позвони +7 916 123-45-67 завтра", today).Phone);

    [Theory]
    [
        InlineData("Петрову", "Петров"),
        InlineData("Ивановой", "Иванова"),
        InlineData("Марии", "Мария"),
        InlineData("Ромашку", "«Ромашка»"),
        InlineData("Əliyevə", "Əliyev"),
        InlineData("Əliyevdən", "Əliyev"),
        InlineData("смит", "Смит")
    ]
    public void A_name_is_known_in_any_case(string word, string name) => Assert.NotEmpty(NameMatch.About(name, [word]));

    [
        Theory,
        InlineData("акт", "ООО «Актив»"),
        InlineData("Иван", "Иванова"),
        InlineData("ООО", "ООО «Заря»"),
        InlineData("счёт", "Счетмаш"),
        InlineData("Петров", "Петросян")
    ]
    public void Another_name_is_not_taken_for_it(string word, string name) => Assert.Empty(NameMatch.About(name, [word]));

    private static string Told(string line)
    {
        var said = LineReader.Read(line, today);
        return $"{said.Kind}|{said.Day:dd.MM}|{said.At:HH:mm}|{said.Minutes}|{string.Join(' ', said.Rest)}";
    }
}

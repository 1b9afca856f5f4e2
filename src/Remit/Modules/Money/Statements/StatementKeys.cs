namespace Remit.Modules.Money.Statements;

/// <summary>The keys of 1CClientBankExchange 1.00–1.03, with the Kazakh names seen in the wild.</summary>
public static class StatementKeys
{
    public const string FileEnd = "КонецФайла";
    public const string AccountStart = "СекцияРасчСчет";
    public const string AccountEnd = "КонецРасчСчет";
    public const string DocumentStart = "СекцияДокумент";
    public const string DocumentEnd = "КонецДокумента";

    /// <summary>Every key that is read or may be skipped without a word.</summary>
    public static readonly HashSet<string> All = new(Names(), StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Names()
    {
        const string plain = """
            КонецФайла СекцияРасчСчет КонецРасчСчет СекцияДокумент КонецДокумента
            ВерсияФормата Кодировка Отправитель Получатель ДатаСоздания ВремяСоздания ДатаНачала ДатаКонца РасчСчет
            Документ НачальныйОстаток ВсегоПоступило ВсегоСписано КонечныйОстаток
            Номер Дата Сумма КвитанцияДата КвитанцияВремя КвитанцияСодержание ДатаСписано ДатаПоступило
            ВидПлатежа КодНазПлатежа ВидОплаты Код НазначениеПлатежа НазначениеПлатежа1 НазначениеПлатежа2
            НазначениеПлатежа3 НазначениеПлатежа4 НазначениеПлатежа5 НазначениеПлатежа6
            СтатусСоставителя ПоказательКБК ОКАТО ОКТМО ПоказательОснования ПоказательПериода ПоказательНомера
            ПоказательДаты ПоказательТипа Очередность СрокАкцепта ВидАккредитива СрокПлатежа УсловиеОплаты1
            УсловиеОплаты2 УсловиеОплаты3 ПлатежПоПредст ДополнУсловия НомерСчетаПоставщика ДатаОтсылкиДок
            """;
        foreach (var name in plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            yield return name;
        const string sides = "Счет ИНН КПП 1 2 3 4 РасчСчет Банк1 Банк2 БИК Корсчет ИИК БИН";
        foreach (var side in new[] { "Плательщик", "Получатель" })
        {
            yield return side;
            foreach (var tail in sides.Split(' '))
                yield return side + tail;
        }
    }
}

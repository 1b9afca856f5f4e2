namespace Remit.Modules.Papers.Printing;

/// <summary>The fixed words of printed papers in four languages: ru, bg, az, en in this order.</summary>
internal static class PaperLabels
{
    private static readonly Dictionary<string, string[]> Words = new()
    {
        ["invoice"] = ["Счёт на оплату № {0} от {1}", "Проформа фактура № {0} от {1}", "Hesab № {0}, {1}", "Invoice No. {0} of {1}"],
        ["act"] =
        [
            "Акт выполненных работ № {0} от {1}",
            "Приемо-предавателен протокол № {0} от {1}",
            "Təhvil-təslim aktı № {0}, {1}",
            "Act of acceptance No. {0} of {1}",
        ],
        ["seller"] = ["Исполнитель", "Доставчик", "İcraçı", "Supplier"],
        ["buyer"] = ["Заказчик", "Получател", "Sifarişçi", "Customer"],
        ["taxid"] = ["Налоговый номер", "Данъчен номер", "Vergi nömrəsi", "Tax ID"],
        ["taxid.RU"] = ["ИНН", "ИНН", "INN", "INN"],
        ["taxid.BY"] = ["УНП", "УНП", "UNP", "UNP"],
        ["taxid.BG"] = ["ЕИК", "ЕИК", "EİK", "EIK"],
        ["taxid.AZ"] = ["VÖEN", "VÖEN", "VÖEN", "VÖEN"],
        ["basis"] = ["Основание", "Основание", "Əsas", "Under"],
        // In Bulgarian an invoice is feminine, a protocol masculine.
        ["cancelled.invoice"] = ["АННУЛИРОВАН", "АНУЛИРАНА", "LƏĞV EDİLİB", "CANCELLED"],
        ["cancelled.act"] = ["АННУЛИРОВАН", "АНУЛИРАН", "LƏĞV EDİLİB", "CANCELLED"],
        ["iban"] = ["IBAN", "IBAN", "IBAN", "IBAN"],
        ["swift"] = ["BIC", "BIC", "BIC", "BIC"],
        ["kpp"] = ["КПП", "КПП", "KPP", "KPP"],
        ["payee"] = ["Получатель", "Получател", "Alan", "Payee"],
        ["payeebank"] = ["Банк получателя", "Банка", "Bank", "Bank"],
        ["bic"] = ["БИК", "БИК", "BİK", "BIC"],
        ["account"] = ["Сч. №", "Сметка", "Hesab", "A/c"],
        ["no"] = ["№", "№", "№", "#"],
        ["text"] = ["Товары (работы, услуги)", "Описание", "Malın (işin, xidmətin) adı", "Description"],
        ["quantity"] = ["Кол-во", "К-во", "Miqdar", "Qty"],
        ["unit"] = ["Ед.", "Мярка", "Vahid", "Unit"],
        ["price"] = ["Цена", "Цена", "Qiymət", "Price"],
        ["sum"] = ["Сумма", "Сума", "Məbləğ", "Amount"],
        ["total"] = ["Всего к оплате", "Обща сума", "Yekun məbləğ", "Total due"],
        ["acttotal"] = ["Итого", "Всичко", "Cəmi", "Total"],
        ["vat"] = ["В том числе НДС {0}", "В т.ч. ДДС {0}", "O cümlədən ƏDV {0}", "Including VAT {0}"],
        ["novat"] = ["Без налога (НДС)", "Без ДДС", "ƏDV-siz", "VAT not charged"],
        ["words"] =
        [
            "Всего наименований {0}, на сумму {1} {2}",
            "Брой позиции {0}, на стойност {1} {2}",
            "Cəmi {0} ad, məbləğ {1} {2}",
            "Items: {0}, amount {1} {2}",
        ],
        ["due"] = ["Оплатить не позднее {0}", "Срок за плащане: {0}", "Ödəniş müddəti: {0}", "Payment due by {0}"],
        ["scan"] = ["Оплата по QR-коду", "Плащане с QR код", "QR kodla ödəniş", "Pay by QR code"],
        ["done"] =
        [
            "Вышеперечисленные услуги оказаны полностью и в срок. Заказчик претензий по объёму, качеству и срокам оказания услуг не имеет.",
            "Изброените услуги са извършени изцяло и в срок. Получателят няма възражения по обема, качеството и сроковете.",
            "Yuxarıda göstərilən xidmətlər tam həcmdə və vaxtında göstərilmişdir. Sifarişçinin həcm, keyfiyyət və müddət üzrə iradı yoxdur.",
            "The services listed above were rendered in full and on time. The customer has no claims as to their scope, quality or timing.",
        ],
        ["director"] = ["Руководитель", "Управител", "Rəhbər", "Director"],
        ["accountant"] = ["Бухгалтер", "Съставил", "Mühasib", "Accountant"],
        ["sheet"] = ["Лист учёта работ № {0} от {1}", "Работен лист № {0} от {1}", "İş vərəqi № {0}, {1}", "Job sheet No. {0} of {1}"],
        ["worksby"] = ["Работы выполнил", "Извършил работата", "İşi görən", "Works done by"],
        ["presence"] = ["Специалист", "Специалист", "Mütəxəssis", "Specialist"],
        ["from"] = ["Начало", "Начало", "Başlanğıc", "From"],
        ["until"] = ["Конец", "Край", "Son", "Until"],
        ["hours"] = ["Часов", "Часове", "Saat", "Hours"],
        ["page"] = ["стр. {0}", "стр. {0}", "səh. {0}", "page {0}"],
    };

    /// <summary>What a country calls its tax number; a foreign client's paper must not give it another country's name.</summary>
    public static string TaxId(string country, string lang) =>
        Of(Words.ContainsKey("taxid." + country) ? "taxid." + country : "taxid", lang);

    /// <summary>A label in the language, English where the language is unknown.</summary>
    public static string Of(string key, string lang, params ReadOnlySpan<object?> values) =>
        string.Format(
            Words[key][
                lang switch
                {
                    "ru" => 0,
                    "bg" => 1,
                    "az" => 2,
                    _ => 3,
                }
            ],
            values
        );
}

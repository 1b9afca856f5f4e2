using Remit.Kernel;
using Remit.Web;

namespace Remit.Modules.Clients.Import;

/// <summary>What a column of a table can fill, and how its heading gives it away in four languages.</summary>
public static class ImportFields
{
    public static readonly IReadOnlyList<string> All =
    [
        "client_title",
        "country",
        "tax_id",
        "kpp",
        "legal_address",
        "account",
        "bic",
        "segment",
        "manager",
        "route",
        "key_account",
        "lang",
        "contact_name",
        "post",
        "phone",
        "email",
    ];

    // Beginnings of words: a heading «ИНН/КПП» or «Тел. моб.» is met by its first likeness, the more particular ones first.
    private static readonly (string Field, string[] Signs)[] signs =
    [
        ("contact_name", ["контактное лицо", "контакт", "contact", "лице за контакт", "əlaqə", "фио", "ф.и.о"]),
        ("account", ["р/с", "расч", "iban", "сметка", "account", "hesab"]),
        ("bic", ["бик", "bic", "swift", "bik"]),
        ("kpp", ["кпп", "kpp"]),
        ("tax_id", ["инн", "inn", "tax", "vat", "унп", "еик", "булстат", "eik", "voen", "vöen", "вöен"]),
        ("legal_address", ["юр", "адрес", "address", "ünvan"]),
        ("phone", ["тел", "phone", "mobile", "моб", "gsm", "telefon"]),
        ("email", ["e-mail", "email", "почт", "поща", "имейл", "mail", "poçt"]),
        ("post", ["должн", "post", "position", "длъжност", "vəzifə"]),
        ("segment", ["сегмент", "segment", "категор", "seqment", "группа", "group"]),
        ("manager", ["менеджер", "ответств", "manager", "owner", "отговорник", "menecer"]),
        ("route", ["проезд", "маршрут", "route", "как да", "marşrut"]),
        ("key_account", ["ключев", "key", "əsas"]),
        ("country", ["стран", "country", "държава", "ölkə"]),
        ("lang", ["язык", "language", "език", "dil"]),
        (
            "client_title",
            [
                "наименован",
                "назван",
                "клиент",
                "компан",
                "организац",
                "контрагент",
                "name",
                "company",
                "client",
                "customer",
                "име",
                "фирма",
                "ad",
                "müştəri",
            ]
        ),
    ];

    /// <summary>For each column the field it looks like, each field once; a column that says nothing stays empty.</summary>
    public static string[] Guess(IReadOnlyList<string> head, IReadOnlyList<string[]> rows)
    {
        var guessed = Enumerable.Repeat("", head.Count).ToArray();
        foreach (var (field, starts) in signs)
            for (var i = 0; i < guessed.Length; i++)
                if (guessed[i].Length == 0 && !guessed.Contains(field) && Says(head[i], starts))
                    guessed[i] = field;
        for (var i = 0; i < guessed.Length; i++)
            if (guessed[i].Length == 0 && ByContent(rows, i) is { } field && !guessed.Contains(field))
                guessed[i] = field;
        if (!guessed.Contains("client_title") && Array.IndexOf(guessed, "") is >= 0 and var free)
            guessed[free] = "client_title";
        return guessed;
    }

    private static bool Says(string head, string[] starts)
    {
        var text = Folding.Plain(head);
        return starts
            .Select(Folding.Plain)
            .Any(s => text.StartsWith(s, StringComparison.Ordinal) || text.Contains(" " + s, StringComparison.Ordinal));
    }

    private static string? ByContent(IReadOnlyList<string[]> rows, int column)
    {
        var values = rows.Take(50).Select(r => r[column]).Where(v => v.Length > 0).ToList();
        if (values.Count == 0)
            return null;
        bool Most(Func<string, bool> holds) => values.Count(holds) * 10 >= values.Count * 8;
        return Most(Identifiers.IsInn) ? "tax_id"
            : Most(v => v.Contains('@')) ? "email"
            : Most(v => v.Count(char.IsAsciiDigit) is >= 9 and <= 13 && v.All(c => char.IsAsciiDigit(c) || "+-() ".Contains(c))) ? "phone"
            : null;
    }
}

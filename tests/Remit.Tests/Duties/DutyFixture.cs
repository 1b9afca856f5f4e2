namespace Remit.Tests.Duties;

/// <summary>A small list with every oddity of the real one, and the way to the real one.</summary>
internal static class DutyFixture
{
    public const string Text = """
        Вот наш перечень работ менеджера:
        1. Почта
        1.1. Поездки на почту к 12.05.2026. 1.2. Отправкакорреспонденции клиентам (1.5 часа). 1.3. Проверка марок.
        2. Работа с клиентами
        2.1. Возня с анкетами, см. 2.2. в старом списке!!
        2.2. Снабжениенезаполненными
        актами клиентов.
        4.2. Информированиео времени выезда.
        Отредактировали список. Вот что получилось:
        1. Почта
        1.1. Отправка корреспонденции клиентам до 17 часов.
        """;

    public static string? Source()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Directory.Packages.props")))
            folder = folder.Parent;
        var file = folder?.Parent is { } above ? Path.Combine(above.FullName, "shared", "sources", "S1.txt") : null;
        return file is not null && File.Exists(file) ? File.ReadAllText(file) : null;
    }
}

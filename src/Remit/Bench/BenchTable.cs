using System.Globalization;
using System.Text;
using Remit.Modules.Demo;

namespace Remit;

/// <summary>A table of new clients as another program exports it: every tenth has a contact, every hundredth a tax number that is wrong.</summary>
internal static class BenchTable
{
    public static byte[] Of(int rows)
    {
        var text = new StringBuilder("Наименование;ИНН;КПП;Юр. адрес;Контактное лицо;Телефон;E-mail\n");
        for (var n = 0; n < rows; n++)
        {
            var inn = DemoNumbers.Inn(780_000_000 + n);
            if (n % 100 == 99)
                inn = inn[..^1] + (inn[^1] == '0' ? '1' : '0');
            text.Append(CultureInfo.InvariantCulture, $"ООО «Приезжий {n}»;{inn};780101001;Санкт-Петербург, Лесная ул., {n % 200 + 1};");
            text.Append(n % 10 == 0 ? $"Петров Пётр {n};+7 921 {n:0000000};p{n}@example.test\n" : ";;\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}

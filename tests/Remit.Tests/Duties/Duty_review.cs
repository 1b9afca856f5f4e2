using Remit.Modules.Duties.Reading;
using Xunit.Abstractions;

namespace Remit.Tests.Duties;

public sealed class Duty_review(ITestOutputHelper output)
{
    private static IReadOnlyList<DutyItem> Review(string text, string? lang = null) =>
        [.. DutyReviewer.Review(DutyListReader.Read(text), lang).Items];

    private static string Codes(DutyItem item) => string.Join(' ', item.Flags.Select(f => f.Code));

    [Theory]
    [InlineData("1. Возня с анкетами и внесение их в базу", "vague")]
    [InlineData("1. Информирование о времени выезда, забывчивые!!", "vague")]
    [InlineData("1. Поддержание цвета печати", "too_small")]
    [InlineData("1. Внесение событий", "no_result")]
    [InlineData("1. Поиск-прозвон-внесение в файлы: менеджеров, фирм", "too_big")]
    [InlineData("1. Отправкакорреспонденции клиентам", "")]
    [InlineData("1. Подготовка договоров с клиентами", "")]
    [InlineData("1. Handling of incoming letters for the office", "vague")]
    [InlineData("1. Sending signed acts to clients every Friday", "")]
    [InlineData("1. Work with various clients", "vague")]
    [InlineData("1. Взаимодействие с клиентами", "vague")]
    [InlineData("1. Refilling ink of the stamp", "too_small")]
    [InlineData("1. Работа с клиенти и др. въпроси за деня", "vague")]
    [InlineData("1. Müxtəlif sənədlərin müştəri üçün hazırlanması", "vague")]
    public void Each_weakness_is_named(string text, string code) => Assert.Equal(code, Codes(Review(text)[0]));

    [Theory]
    [InlineData(
        "1. Выставление/отправка счетов и подготовка других документов",
        "1) Выставление счетов\n2) Отправка счетов\n3) Подготовка других документов"
    )]
    [InlineData(
        "1. Работа с бумагами (проверка заполнения, раскладывание в папки, проверка подписи)",
        "1) Работа с бумагами\n2) Проверка заполнения\n3) Раскладывание в папки\n4) Проверка подписи"
    )]
    public void What_is_too_big_comes_apart_by_its_actions_each_with_its_object(string text, string parts) =>
        Assert.Equal(parts, Review(text)[0].Flags.Single(f => f.Code == "too_big").Suggestion);

    [Fact]
    public void A_double_points_at_the_duty_it_repeats()
    {
        var items = Review("1. Подготовка схем проезда к новым клиентам\n2. Отправка счетов клиентам\n3. Подкрепление схем проезда");
        Assert.Equal("1", items[2].Flags.Single(f => f.Code == "doubled").Values["number"]);
    }

    [Fact]
    public void The_same_duty_in_another_list_is_no_double() =>
        Assert.DoesNotContain(
            Review("1. А\n1.1. Отправка счетов клиентам\n2. Б\n1. А\n1.1. Отправка счетов клиентам"),
            i => i.Flags.Any(f => f.Code == "doubled")
        );

    [Theory]
    [InlineData("Отправка счетов клиентам, ввод данных, обзвон фирм, выезды", "ru")]
    [InlineData("Изпращане на фактури до клиентите", "bg")]
    [InlineData("Müştərilərə hesabların göndərilməsi", "az")]
    [InlineData("Sending invoices to clients", "en")]
    public void The_language_of_a_list_is_recognised(string text, string lang) => Assert.Equal(lang, ListLanguage.Of(text));

    [Fact]
    public void The_firms_first_list_is_weaker_than_the_edited_one_in_either_order()
    {
        if (DutyFixture.Source() is not { } text)
        {
            output.WriteLine("skipped");
            return;
        }
        var cut = text.IndexOf("Отредактировали", StringComparison.Ordinal);
        Compare(text, first: 0);
        Compare(text[cut..] + "\n\n" + text[..cut], first: 1);
    }

    private void Compare(string text, int first)
    {
        var list = DutyReviewer.Review(DutyListReader.Read(text));
        var (raw, edited) = (list.ItemsOf(first).ToList(), list.ItemsOf(1 - first).ToList());
        var (rawFlags, editedFlags) = (Weaknesses(raw), Weaknesses(edited));
        output.WriteLine($"{raw.Count}: {rawFlags}; {edited.Count}: {editedFlags}");
        Assert.Equal((38, 32), (raw.Count, edited.Count));
        Assert.True(rawFlags >= editedFlags * 1.4, $"{rawFlags} against {editedFlags}");
        Assert.True(rawFlags / 38.0 > editedFlags / 32.0 * 1.2);
    }

    private static int Weaknesses(List<DutyItem> items) => items.Sum(i => i.Flags.Count);
}

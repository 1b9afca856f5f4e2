using System.Globalization;
using Remit.Kernel;

namespace Remit.Tests.Kernel;

public sealed class AmountInWordsTests
{
    [Theory]
    [InlineData("ru", 0, "RUB", "Ноль рублей 00 копеек")]
    [InlineData("ru", 211_11, "RUB", "Двести одиннадцать рублей 11 копеек")]
    [InlineData("ru", 2_001_00, "RUB", "Две тысячи один рубль 00 копеек")]
    [InlineData("ru", 22_00, "BYN", "Двадцать два белорусских рубля 00 копеек")]
    [InlineData("ru", -5_01, "USD", "Минус пять долларов США 01 цент")]
    [InlineData("bg", 2_02, "EUR", "две евро и два евроцента")]
    [InlineData("bg", 21_000_00, "BGN", "двадесет и една хиляди лева и нула стотинки")]
    [InlineData("az", 1_001_05, "AZN", "min bir manat, beş qəpik")]
    [InlineData("en", 1_234_56, "USD", "One thousand two hundred thirty-four US dollars and 56 cents")]
    [InlineData("en", 1_01, "EUR", "One euro and 01 cent")]
    public void An_amount_is_written_as_its_language_writes_it(string lang, long minor, string currency, string expected) =>
        Assert.Equal(expected, AmountInWords.Of(new Amount(minor, currency), lang));

    [Theory]
    [InlineData("ru")]
    [InlineData("bg")]
    [InlineData("az")]
    [InlineData("en")]
    public void The_smallest_and_largest_amounts_have_words(string lang)
    {
        Assert.NotEmpty(AmountInWords.Of(new Amount(long.MinValue, "RUB"), lang));
        Assert.NotEmpty(AmountInWords.Of(new Amount(long.MaxValue, "RUB"), lang));
    }

    [Fact]
    public void The_collected_vectors_hold()
    {
        if (Samples.Find("words/amount_words.csv") is not { } file)
            return;
        foreach (var row in File.ReadLines(file).Skip(1).Select(line => line.Split(';')))
        {
            var amount = decimal.Parse(row[1], CultureInfo.InvariantCulture);
            Assert.Equal(
                row[3],
                row[2].Length == 0
                    ? AmountInWords.Number((long)amount, row[0])
                    : AmountInWords.Of(new Amount((long)(amount * 100), row[2]), row[0])
            );
        }
    }
}

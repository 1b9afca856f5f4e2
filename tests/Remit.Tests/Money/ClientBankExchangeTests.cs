using System.Text;
using Remit.Modules.Money.Statements;
using static Remit.Tests.Money.StatementFixture;

namespace Remit.Tests.Money;

public sealed class ClientBankExchangeTests
{
    [Theory]
    [InlineData("utf-8", "utf-8")]
    [InlineData("windows-1251", "windows-1251")]
    [InlineData("ibm866", "cp866")]
    public void The_bytes_tell_the_encoding_whatever_the_header_says(string written, string expected)
    {
        var statement = Read(File(Balances, Payment()), written);
        Assert.Equal(expected, statement.Encoding);
        var document = Assert.Single(statement.Documents);
        Assert.Equal(Direction.In, document.Direction);
        Assert.Equal(
            (5050, "RUB", new DateOnly(2026, 10, 1), new DateOnly(2026, 10, 2)),
            (document.AmountMinor, document.Currency, document.Date, document.BookedOn)
        );
        Assert.Equal(("ООО \"Ромашка\"", "7700000016"), (document.Payer.Name, document.Payer.Inn));
        Assert.Equal("АО Своё", document.Payee.Name);
        Assert.Equal("Оплата по счету № 518 a=b", document.Purpose);
        Assert.Empty(statement.Warnings);
        Assert.Equal(
            new StatementAccount(Own, 10000, 5050, 0, 15050, new(2026, 10, 1), new(2026, 10, 1)),
            Assert.Single(statement.Accounts)
        );
    }

    [Theory]
    [InlineData("windows-1251")]
    [InlineData("ibm866")]
    public void A_last_line_in_another_encoding_is_still_the_last_line(string encoding)
    {
        var text = File(Balances, Payment());
        var end = text.LastIndexOf("КонецФайла", StringComparison.Ordinal);
        var statement = ClientBankExchange.Read(Bytes(text[..end], encoding).Concat(Bytes(text[end..])).ToArray());
        Assert.Equal("Оплата по счету № 518 a=b", Assert.Single(statement.Documents).Purpose);
        Assert.Empty(statement.Warnings);
    }

    [Fact]
    public void A_byte_order_mark_and_bare_line_feeds_or_returns_are_read()
    {
        var text = File(Balances, Payment());
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            var bytes = Encoding.UTF8.GetPreamble().Concat(Bytes(text.Replace("\n", end, StringComparison.Ordinal))).ToArray();
            Assert.Equal("Оплата по счету № 518 a=b", Assert.Single(ClientBankExchange.Read(bytes).Documents).Purpose);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<html></html>")]
    public void Other_files_are_refused_with_a_sentence(string text)
    {
        var refusal = Assert.Throws<NotAStatement>(() => Read(text));
        Assert.Equal("statement.not_a_statement", refusal.Key);
        Assert.EndsWith(".", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000", 100000L)]
    [InlineData("1 234,5", 123450L)]
    [InlineData("1\u00A0234.56", 123456L)]
    [InlineData("0.01", 1L)]
    [InlineData("1,234.56", 123456L)]
    [InlineData("1.234,56", 123456L)]
    [InlineData("90071992547409.93", 9007199254740993L)]
    [InlineData("-5.00", -500L)]
    [InlineData("5.0000", 500L)]
    [InlineData("1,234", null)]
    [InlineData("12.345", null)]
    [InlineData("1 2 3", null)]
    [InlineData("1e3", null)]
    [InlineData("99999999999999999999", null)]
    public void Amounts_are_exact_or_not_read_at_all(string text, long? expected) => Assert.Equal(expected, StatementFields.Amount(text));

    [Theory]
    [InlineData("ИНН 7700000016 ООО Ромашка", "ООО Ромашка", "7700000016")]
    [InlineData("7700000016, ООО Ромашка", "ООО Ромашка", "7700000016")]
    [InlineData("ИНН 770000001600 КПП 770001001 ИП Иванов", "ИП Иванов", "770000001600")]
    [InlineData("ИННОВАЦИЯ ООО", "ИННОВАЦИЯ ООО", "")]
    public void The_tax_number_before_a_name_is_taken_off(string text, string name, string inn) =>
        Assert.Equal((name, inn), StatementFields.Name(text, ""));

    [Fact]
    public void An_unreadable_amount_is_told_and_the_next_document_is_kept()
    {
        var statement = Read(File(Payment(amount: "сто"), Payment()));
        Assert.Single(statement.Documents);
        Assert.Contains(statement.Warnings, w => w.Line == 8 && w.Text.Contains("«Сумма»", StringComparison.Ordinal));
        Assert.Contains(statement.Warnings, w => w.Line == 5 && w.Text.Contains("left out", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unreadable_date_is_told_and_the_document_is_kept()
    {
        var text = File(Payment()).Replace("Дата=01.10.2026", "Дата=41.10.2026", StringComparison.Ordinal);
        var statement = Read(text);
        Assert.Null(Assert.Single(statement.Documents).Date);
        Assert.Equal(7, Assert.Single(statement.Warnings).Line);
    }

    [Fact]
    public void A_missing_booking_date_falls_back_to_the_date_of_the_document()
    {
        var text = File(Payment()).Replace("ДатаПоступило=02.10.2026", "ДатаПоступило=", StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 10, 1), Assert.Single(Read(text).Documents).BookedOn);
    }

    [Fact]
    public void An_unknown_field_is_told_once()
    {
        var warning = Assert.Single(Read(File(Payment("ЧужоеПоле=1"), Payment("ЧужоеПоле=2"))).Warnings);
        Assert.Contains("ЧужоеПоле", warning.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_ends_are_told_and_nothing_is_lost()
    {
        var text = File(Payment(), Payment())
            .Replace("КонецДокумента\n", "", StringComparison.Ordinal)
            .Replace("КонецФайла\n", "", StringComparison.Ordinal);
        var statement = Read(text);
        Assert.Equal(2, statement.Documents.Count);
        Assert.Equal(3, statement.Warnings.Count);
    }

    [Fact]
    public void Balances_that_do_not_add_up_are_told()
    {
        var text = File(Balances.Replace("150.50", "150.51", StringComparison.Ordinal), Payment());
        Assert.Contains("do not add up", Assert.Single(Read(text).Warnings).Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Directions_follow_the_own_accounts_and_are_never_guessed()
    {
        var text = File(Payment());
        Assert.Equal(Direction.Own, ClientBankExchange.Read(Bytes(text), [Client]).Documents[0].Direction);
        var foreign = text.Replace($"\nРасчСчет={Own}", "", StringComparison.Ordinal);
        Assert.Equal(Direction.Unknown, Read(foreign).Documents[0].Direction);
        Assert.Equal(Direction.Out, ClientBankExchange.Read(Bytes(foreign), [Client]).Documents[0].Direction);
    }

    [Fact]
    public void Money_on_an_own_account_is_in_what_the_account_is_kept_in()
    {
        const string Iban = "BY93BAPB30120000123400000001";
        var text = Bytes(File(Payment()).Replace(Own, Iban, StringComparison.Ordinal));
        Assert.Equal("EUR", ClientBankExchange.Read(text, [Iban], new Dictionary<string, string> { [Iban] = "EUR" }).Documents[0].Currency);
    }

    [Theory]
    [InlineData("BY93BAPB30120000123400000001", "BYN")]
    [InlineData("AZ21NABZ00000000137010001944", "AZN")]
    [InlineData("40702840000000000777", "USD")]
    [InlineData("40702978000000000777", "EUR")]
    [InlineData("40702933000000000777", "BYN")]
    public void The_own_account_tells_the_currency(string account, string currency) =>
        Assert.Equal(currency, Read(File(Payment()).Replace(Own, account, StringComparison.Ordinal)).Documents[0].Currency);
}

using Remit.Modules.Money.Statements;
using static Remit.Tests.Money.StatementFixture;

namespace Remit.Tests.Money;

/// <summary>What an account's documents come to, beside what its balances say.</summary>
public sealed class StatementTurnoverTests
{
    private const string Second = "40702810200000000999";

    [Fact]
    public void A_document_that_is_missing_or_doubled_is_told_at_the_line_of_the_turnover()
    {
        Assert.Empty(Read(File(Section(Own, 1, came: "101.00", left: "0"), Payment(), Payment())).Warnings);
        foreach (var documents in new[] { "", Payment() + Payment() + Payment() })
        {
            var warning = Assert.Single(Read(File(Section(Own, 1, came: "101.00", left: "0"), documents)).Warnings);
            Assert.Equal((9, "statement.warn.came"), (warning.Line, warning.Key));
            Assert.Contains("the statement says 101.00", warning.Text, StringComparison.Ordinal);
        }
        Assert.Equal("statement.warn.left", Assert.Single(Read(File(Section(Own, 1, came: "50.50", left: "3"), Payment())).Warnings).Key);
    }

    [Fact]
    public void Where_no_turnover_is_stated_the_closing_balance_is_looked_at()
    {
        var section = Section(Own, 1, came: "", left: "");
        Assert.Empty(Read(File(section.Replace("Остаток=?", "Остаток=150.50", StringComparison.Ordinal), Payment())).Warnings);
        var wrong = Read(File(section.Replace("Остаток=?", "Остаток=150.51", StringComparison.Ordinal), Payment()));
        Assert.Equal((11, "statement.warn.closing"), (Assert.Single(wrong.Warnings).Line, wrong.Warnings[0].Key));
    }

    [Fact]
    public void Sections_of_single_days_are_compared_with_their_own_days_where_the_whole_differs()
    {
        var days = Section(Own, 1, came: "50.50", left: "0") + Section(Own, 2, came: "50.50", left: "0");
        var (first, second) = (On(day: 1), On(day: 2));
        Assert.Empty(Read(File(days, first, second)).Warnings);
        // Both on the second day: the whole is right, and a bank may well count a payment to the day before.
        Assert.Empty(Read(File(days, second, second)).Warnings);
        Assert.Equal(9, Assert.Single(Read(File(days, second)).Warnings).Line);
    }

    [Fact]
    public void A_transfer_between_two_accounts_of_the_file_counts_for_both_told_once_or_by_each()
    {
        var sections = Section(Own, 1, came: "50.50", left: "0") + Section(Second, 1, came: "0", left: "50.50");
        var transfer = Payment().Replace(Client, Second, StringComparison.Ordinal);
        Assert.Empty(Read(File(sections, transfer)).Warnings);
        Assert.Empty(Read(File(sections, transfer, transfer)).Warnings);
        Assert.Equal(2, Read(File(sections)).Warnings.Count);
    }

    [Fact]
    public void Where_it_cannot_be_told_whose_a_document_is_nothing_is_said()
    {
        var masked = Payment().Replace(Own, "407028**********", StringComparison.Ordinal);
        Assert.Empty(Read(File(Section(Own, 1, came: "50.50", left: "0"), masked)).Warnings);
        Assert.Equal(9, Assert.Single(Read(File(Section(Own, 1, came: "50.60", left: "0"), masked)).Warnings).Line);
        var sections = Section(Own, 1, came: "50.60", left: "0") + Section(Second, 1, came: "0", left: "0");
        Assert.Empty(Read(File(sections, masked)).Warnings);
    }

    private static string Section(string account, int day, string came, string left) =>
        $"""
            СекцияРасчСчет
            ДатаНачала=0{day}.10.2026
            ДатаКонца=0{day}.10.2026
            РасчСчет={account}
            ВсегоПоступило={came}
            ВсегоСписано={left}
            {(came.Length == 0 ? "КонечныйОстаток=?" : "")}
            {(came.Length == 0 ? "НачальныйОстаток=100.00" : "")}
            КонецРасчСчет

            """;

    private static string On(int day) => Payment().Replace("ДатаПоступило=02", $"ДатаПоступило=0{day}", StringComparison.Ordinal);
}

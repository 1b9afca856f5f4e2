using Remit.Modules.Money.Statements;
using Xunit.Abstractions;

namespace Remit.Tests.Money;

/// <summary>Statements from the wild; skipped where the shared samples are absent.</summary>
public sealed class StatementSampleTests(ITestOutputHelper output)
{
    private Statement? Sample(string name)
    {
        var folder = StatementFixture.Samples();
        if (folder is not null)
            return ClientBankExchange.Read(File.ReadAllBytes(Path.Combine(folder, name)));
        output.WriteLine("skipped: no samples on this machine");
        return null;
    }

    [Fact]
    public void One_statement_reads_the_same_in_three_encodings()
    {
        if (Sample("vtb24_one_day_utf8.txt") is not { } utf8)
            return;
        var windows = Sample("vtb24_one_day_cp1251.txt")!;
        var dos = Sample("DERIVED_vtb24_one_day_cp866.txt")!;
        Assert.Equal(("utf-8", "windows-1251", "cp866"), (utf8.Encoding, windows.Encoding, dos.Encoding));
        Assert.Equal(13, utf8.Documents.Count);
        Assert.Equal(utf8.Documents, windows.Documents);
        Assert.Equal(utf8.Documents, dos.Documents);
        var account = Assert.Single(utf8.Accounts);
        Assert.Equal((4532991L, 4000000L, 4118400L, 4414591L), (account.Opening, account.In, account.Out, account.Closing));
        Assert.Empty(utf8.Warnings);
        Assert.Equal(account.In, utf8.Documents.Where(d => d.Direction == Direction.In).Sum(d => d.AmountMinor));
        Assert.Equal(account.Out, utf8.Documents.Where(d => d.Direction == Direction.Out).Sum(d => d.AmountMinor));
    }

    [Theory]
    [InlineData("oebs_sample3.txt", 1, 0)]
    [InlineData("oebs_sample5.txt", 6, 0)]
    [InlineData("ruby_documents.txt", 2, 1)]
    [InlineData("ruby_general.txt", 0, 0)]
    [InlineData("to_bank_2024.txt", 2, 0)]
    public void Every_document_of_a_sample_is_read(string name, int documents, int accounts)
    {
        if (Sample(name) is not { } statement)
            return;
        foreach (var warning in statement.Warnings)
            output.WriteLine($"{warning.Line}: {warning.Text}");
        Assert.Equal((documents, accounts), (statement.Documents.Count, statement.Accounts.Count));
    }

    [Fact]
    public void The_template_with_every_field_reads_without_unknown_fields()
    {
        if (Sample("oebs_sample1.txt") is not { } statement)
            return;
        foreach (var warning in statement.Warnings)
            output.WriteLine($"{warning.Line}: {warning.Text}");
        Assert.Equal(2, statement.Accounts.Count);
        Assert.DoesNotContain(statement.Warnings, w => w.Text.Contains("Unknown", StringComparison.Ordinal));
    }

    [Fact]
    public void A_section_without_a_type_and_with_a_doubled_purpose_is_read()
    {
        if (Sample("to_bank_2024.txt") is not { } statement)
            return;
        Assert.Equal([17500000L, 37525L], statement.Documents.Select(d => d.AmountMinor));
        Assert.All(statement.Documents, d => Assert.Equal("", d.Type));
        Assert.Equal("ООО \"Рога и Копыта\"", statement.Documents[0].Payer.Name);
    }
}

using System.Text.Json;
using Remit.Tests.Money;

namespace Remit.Tests.CommandLine;

public sealed class BankReadTests : IDisposable
{
    private readonly RemitProgram remit = new();

    [Fact]
    public async Task A_statement_comes_out_as_one_json_document()
    {
        var file = remit.Write(
            "kl_to_1c.txt",
            StatementFixture.Bytes(StatementFixture.File(StatementFixture.Balances, StatementFixture.Payment()), "windows-1251")
        );
        var (code, output, error) = await remit.Run("bank", "read", file, "--json");
        Assert.Equal((0, ""), (code, error));
        var document = JsonDocument.Parse(output).RootElement.GetProperty("documents")[0];
        Assert.Equal("50.50", document.GetProperty("amount").GetString());
        Assert.Contains("№ 518", document.GetProperty("purpose").GetString());
    }

    [Fact]
    public async Task What_is_no_statement_costs_one_sentence()
    {
        Assert.Contains("1CClientBankExchange", await remit.Refused("bank", "read", remit.Write("x.txt", "hello"), "--json"));
        Assert.Contains("no file", await remit.Refused("bank", "read", "absent.txt"));
        Assert.Contains("folder", await remit.Refused("bank", "read", remit.Folder, "--json"));
    }

    [Fact]
    public async Task Every_sample_file_is_read()
    {
        if (StatementFixture.Samples() is not { } samples)
            return;
        foreach (var file in Directory.EnumerateFiles(samples, "*.txt"))
        {
            var (code, output, _) = await remit.Run("bank", "read", file, "--json");
            Assert.Equal((file, 0), (file, code));
            Assert.True(JsonDocument.Parse(output).RootElement.TryGetProperty("documents", out _));
        }
    }

    [Fact]
    public async Task Help_and_unknown_commands_list_the_commands()
    {
        var (code, output, _) = await remit.Run("--help");
        Assert.Equal(0, code);
        foreach (var command in new[] { "duties read", "bank read", "backup", "restore", "journal verify" })
            Assert.Contains(command, output);
        var (unknown, nothing, error) = await remit.Run("dance");
        Assert.Equal((2, ""), (unknown, nothing));
        Assert.Contains("dance", error);
        Assert.Contains("duties read", error);
    }

    public void Dispose() => remit.Dispose();
}

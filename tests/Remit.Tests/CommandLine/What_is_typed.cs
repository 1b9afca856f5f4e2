namespace Remit.Tests.CommandLine;

/// <summary>A word that a command does not know stops it: what was meant is never guessed.</summary>
public sealed class What_is_typed : IDisposable
{
    private readonly RemitProgram remit = new();

    [Theory]
    [InlineData("bank read a.txt --jsn", "--jsn")]
    [InlineData("duties read a.txt --lang", "--lang")]
    [InlineData("duties read a.txt --lang --json", "--lang")]
    [InlineData("demo --lang xx", "xx")]
    [InlineData("pay 2026-10 --who Olga", "--who")]
    [InlineData("pay 2026-10 2026-11", "which month")]
    [InlineData("journal mend", "journal verify")]
    [InlineData("migration", "migration 0001_Name")]
    [InlineData("bench --smal", "--smal")]
    [InlineData("serve --port 80", "--port")]
    [InlineData("--verbose", "--verbose")]
    public async Task What_is_not_known_costs_one_sentence_and_does_nothing(string line, string said)
    {
        remit.Write("a.txt", "1CClientBankExchange\n");
        Assert.Contains(said, await remit.Refused(line.Split(' ')));
        Assert.False(Directory.Exists(remit.Data));
    }

    [Theory]
    [InlineData("REMIT_HOSTS", "acme.example")]
    [InlineData("REMIT_PROXIES", "the one in the cellar")]
    [InlineData("REMIT_SIGNIN_LIMIT", "often")]
    [InlineData("REMIT_URLS", "5080")]
    [InlineData("REMIT_URLS", "http://127.0.0.1:99999")]
    [InlineData("REMIT_URLS", "http://127.0.0.1:5080;http://the cellar")]
    [InlineData("REMIT_URLS", "http://192.0.2.1:5080")]
    [InlineData("REMIT_JOBS", "no")]
    [InlineData("REMIT_SETUP", "of")]
    [InlineData("REMIT_DEMO", "false")]
    [InlineData("REMIT_OUTSIDE_PRIVATE", "yes")]
    [InlineData("REMIT_POSTGRES", "secret")]
    [InlineData("REMIT_KEY_FILE", "/nowhere/key")]
    public async Task A_setting_that_cannot_be_read_stops_the_start_with_one_sentence(string setting, string value)
    {
        using var process = remit.Started(["serve"], (setting, value));
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.Contains(setting, Assert.Single(said.TrimEnd().Split('\n')));
        Assert.DoesNotContain("secret", said);
    }

    [Fact]
    public async Task A_damaged_firm_is_named_when_it_stops_the_start()
    {
        Directory.CreateDirectory(Path.Combine(remit.Data, "firms"));
        remit.Write(Path.Combine("data", "firms", "acme.db"), new string('x', 9000));
        using var process = remit.Started(["serve"], ("REMIT_POSTGRES", ""));
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.Equal(2, process.ExitCode);
        Assert.StartsWith("The firm acme cannot be brought to this version", Assert.Single(said.TrimEnd().Split('\n')));
    }

    [Fact]
    public async Task Every_command_says_how_it_is_used()
    {
        var (code, said, _) = await remit.Run("pay", "--help");
        Assert.Equal(0, code);
        Assert.Contains("pay MONTH", said);
    }

    public void Dispose() => remit.Dispose();
}

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

    public void Dispose() => remit.Dispose();
}

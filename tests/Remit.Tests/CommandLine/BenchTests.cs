using System.Text.Json;

namespace Remit.Tests.CommandLine;

public sealed class BenchTests
{
    [Fact]
    public async Task A_small_firm_is_made_served_and_measured_without_a_failure_or_a_gap()
    {
        using var remit = new RemitProgram();
        string[] on = Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") is { Length: > 0 } server
            ? ["--no-sqlite", "--postgres", server]
            : [];
        var (code, output, error) = await remit.Run(["bench", "--small", "--seconds", "0.01", "--json", .. on]);
        Assert.True(code == 0, error);
        var run = Assert.Single(JsonDocument.Parse(output).RootElement.GetProperty("Runs").EnumerateArray());
        var loads = run.GetProperty("Loads").EnumerateArray().ToList();
        Assert.Contains(
            loads,
            l =>
                l.GetProperty("Name").GetString() == "create and issue an invoice of three lines"
                && l.GetProperty("Clients").GetInt32() == 8
        );
        Assert.All(loads, l => Assert.True(l.GetProperty("Done").GetInt32() > 0));
        Assert.Contains(
            run.GetProperty("Facts").EnumerateArray(),
            f => f.GetProperty("Name").GetString() == "memory at the end, MiB" && f.GetProperty("Value").GetString() != ""
        );
    }

    [Fact]
    public async Task Asked_for_help_it_helps_and_measures_nothing()
    {
        using var remit = new RemitProgram();
        var (code, output, _) = await remit.Run(["bench", "--help"]);
        Assert.Equal(0, code);
        Assert.Contains("--postgres SERVER", output);
        Assert.False(Directory.Exists(remit.Data));
    }
}

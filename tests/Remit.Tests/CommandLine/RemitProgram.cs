using System.Diagnostics;
using System.Text;

namespace Remit.Tests.CommandLine;

/// <summary>The real program as a process, the way a script would call it, with a data folder of its own.</summary>
internal sealed class RemitProgram : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("remit-cli-").FullName;
    public string Data => Path.Combine(Folder, "data");

    public string Write(string name, string text, Encoding? encoding = null) =>
        Write(name, (encoding ?? new UTF8Encoding(false)).GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    public async Task<(int Code, string Out, string Error)> Run(params string[] args)
    {
        using var process = Started(args);
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    /// <summary>The process itself; whoever starts it ends it.</summary>
    public Process Started(string[] args, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(Commands).Assembly.Location, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Folder,
            StandardOutputEncoding = new UTF8Encoding(false, true),
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["REMIT_DATA"] = Data;
        start.Environment["REMIT_POSTGRES"] = Environment.GetEnvironmentVariable("REMIT_TEST_POSTGRES") ?? "";
        start.Environment["LC_ALL"] = "C";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public async Task<string> Refused(params string[] args)
    {
        var (code, output, error) = await Run(args);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Single(error.TrimEnd().Split('\n'));
        return error.TrimEnd();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

namespace Remit.Tests.Kernel;

/// <summary>Finds sample files that lie beside the repository; tests that want them pass quietly where they are absent.</summary>
internal static class Samples
{
    public static string? Find(string path)
    {
        for (var dir = new DirectoryInfo(AppContext.BaseDirectory); dir is not null; dir = dir.Parent)
        {
            if (!File.Exists(Path.Combine(dir.FullName, "Directory.Packages.props")))
                continue;
            var file = Path.Combine(dir.FullName, "..", "shared", "samples", path);
            if (File.Exists(file))
                return file;
            break;
        }
        Console.WriteLine($"skipped: no {path}");
        return null;
    }
}

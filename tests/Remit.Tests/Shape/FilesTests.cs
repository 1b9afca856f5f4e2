namespace Remit.Tests.Shape;

public sealed class FilesTests
{
    private static readonly string[] Written = [".cs", ".razor", ".css", ".js"];

    [Fact]
    public void No_file_of_the_program_is_too_long_to_read_at_once()
    {
        var source = Path.Combine(Root(), "src");
        var far = Directory
            .EnumerateFiles(source, "*", SearchOption.AllDirectories)
            .Where(f => Written.Contains(Path.GetExtension(f)))
            .Select(f => Path.GetRelativePath(source, f))
            .Where(f => !f.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "lib"))
            .Where(f => File.ReadLines(Path.Combine(source, f)).Count() > 300);
        Assert.Empty(far);
    }

    internal static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "Directory.Packages.props")))
            at = at.Parent!;
        return at.FullName;
    }
}

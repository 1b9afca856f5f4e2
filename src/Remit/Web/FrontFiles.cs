using System.Security.Cryptography;
using Microsoft.AspNetCore.ResponseCompression;

namespace Remit.Web;

/// <summary>Styles and scripts at an address that changes with their content, so that browsers keep them and ask no more.</summary>
public static class FrontFiles
{
    private static string Folder => Path.Combine(AppContext.BaseDirectory, "wwwroot");
    private static readonly string version = "/-" + Hash(Folder);

    /// <summary>All of them, for a browser that keeps them for the time without network.</summary>
    public static IReadOnlyList<string> Shell { get; } =
    [
        .. Directory
            .EnumerateFiles(Folder, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/'))
            .Where(f => f != "worker.js")
            .Order(StringComparer.Ordinal)
            .Select(Of),
    ];

    /// <summary>A file's own words.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Folder, file));

    /// <summary>Where a file of wwwroot is; scripts find each other beside it.</summary>
    public static string Of(string file) => $"{version}/{file}";

    // Pages carry tokens beside what others may have written, and compressed they would leak them (BREACH); these carry none.
    public static void Compress(ResponseCompressionOptions options) =>
        (options.EnableForHttps, options.MimeTypes) = (true, ["text/css", "text/javascript", "image/svg+xml"]);

    public static void UseFrontFiles(this WebApplication app)
    {
        app.UseResponseCompression();
        app.Use(
            (http, next) =>
            {
                if (!http.Request.Path.StartsWithSegments(version, out var file))
                    return next(http);
                http.Request.Path = file;
                http.Response.OnStarting(() =>
                {
                    if (http.Response.StatusCode < 400)
                        http.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
                    return Task.CompletedTask;
                });
                return next(http);
            }
        );
        app.UseStaticFiles();
    }

    private static string Hash(string folder)
    {
        using var all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
            all.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(all.GetHashAndReset())[..10];
    }
}

using System.Net.Sockets;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.WebEncoders;
using Remit.Kernel;
using Remit.Modules;
using Remit.Storage;
using Remit.Storage.Engines;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit;

/// <summary>One node: builds the web application, a table of contents of what it serves.</summary>
public static class Node
{
    public static async Task<int> Serve()
    {
        await using var app = Build([]);
        // A passphrase that does not open the keys is said now, not at the first sign-in.
        app.Services.GetRequiredService<KeyFolder>();
        await app.Services.GetRequiredService<FirmStore>().MigrateAll();
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is SocketException or { Source: "Microsoft.AspNetCore.Server.Kestrel.Core" })
        {
            throw new CannotRun($"REMIT_URLS says “{Urls(app.Configuration)}”: {e.Message.Split('\n')[0]}");
        }
        await app.WaitForShutdownAsync();
        return 0;
    }

    public static WebApplication Build(string[] args)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(Urls(builder.Configuration));
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = 32 << 20);
        // What a command answers goes to the standard output; what is worth a word beside it goes past it.
        builder.Logging.AddConsole(c => c.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
        // It warns at every page that the pages say «no-store» before it does.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        // The folder seals the keys itself, where it is given a passphrase (SECURITY.md).
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        // Why it does not start is said once, by the command (an address that is taken, say).
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        Services(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.UseForwardedHeaders();
        app.UseHead();
        app.UseHeaders();
        app.UseFrontFiles();
        app.UseDeadEnds();
        app.UseFirm();
        app.UseProblems();
        app.UseRouting();
        app.UseEmptyFields();
        app.UseRateLimiter();
        app.UseTokens();
        app.UseRefusals();
        app.UseAccess();
        app.MapModules();
        return app;
    }

    public static void Services(IServiceCollection services, IConfiguration configuration)
    {
        Switches.Check(configuration);
        var data = Path.GetFullPath(Setting(configuration, "REMIT_DATA", "data"));
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Engine(configuration, data));
        services.AddSingleton(new FileStore(data));
        services.AddSingleton(s => new FirmStore(s.GetRequiredService<IEngine>(), s.GetServices<IFactListener>())
        {
            Files = s.GetRequiredService<FileStore>(),
        });
        services.AddModules();
        services.AddJobs(configuration);
        services.AddHttpContextAccessor();
        services.AddScoped<Screen>();
        services.AddScoped<Go>();
        services.AddScoped<Headway>();
        services.AddScoped(s => s.GetRequiredService<FirmStore>().Open(s.GetRequiredService<Screen>().Slug ?? throw new NotFound()));
        services.AddScoped(s => s.GetRequiredService<Screen>().Person ?? throw new NotFound());
        services.AddRazorComponents();
        services.AddResponseCompression(FrontFiles.Compress);
        services.AddSingleton(Hosts.From(configuration));
        services.AddAntiforgery(a => a.Cookie.Name = "token");
        services.AddApi();
        services.AddKeys(configuration, data);
        services
            .AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme)
            .AddCookie(c =>
            {
                c.Cookie = new FirmCookie
                {
                    Name = "firm",
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    SecurePolicy = CookieSecurePolicy.SameAsRequest,
                    IsEssential = true,
                };
                c.ExpireTimeSpan = TimeSpan.FromDays(14);
                c.SlidingExpiration = true;
            });
        services.AddRateLimiter(Limits.From(configuration));
        services.AddSingleton(new AccountLimit());
        services.Configure(Proxies.From(configuration));
        // Without this, every Cyrillic letter leaves as a numeric entity and pages triple in size.
        services.Configure<WebEncoderOptions>(o => o.TextEncoderSettings = new TextEncoderSettings(UnicodeRanges.All));
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
    }

    private static string Urls(IConfiguration configuration)
    {
        var urls = Setting(configuration, "REMIT_URLS", "http://127.0.0.1:5080");
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).DefaultIfEmpty(urls))
            if (!IsAddress(url))
                throw new CannotRun($"REMIT_URLS says “{url}”; an address is needed, such as http://127.0.0.1:5080.");
        return urls;
    }

    // Kestrel listens on every address of the machine where it cannot read the one it was given.
    private static bool IsAddress(string url) =>
        url.StartsWith("http://unix:/", StringComparison.OrdinalIgnoreCase)
        || Uri.TryCreate(url.Replace("://*", "://any").Replace("://+", "://any"), UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.PathAndQuery == "/";

    public static IEngine Engine(IConfiguration configuration, string data) =>
        configuration["REMIT_POSTGRES"] is { Length: > 0 } server ? PostgresEngine.At(server) : new SqliteEngine(data);

    private static string Setting(IConfiguration configuration, string name, string otherwise) =>
        configuration[name] is { Length: > 0 } value ? value : otherwise;
}

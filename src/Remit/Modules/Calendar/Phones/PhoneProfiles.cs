using System.Collections.Concurrent;
using System.Security;
using System.Security.Cryptography;

namespace Remit.Modules.Calendar;

/// <summary>
/// Configuration profiles for iOS, each waiting ten minutes under a secret address for the phone that reads the QR
/// code; kept in memory only, because they hold a password.
/// </summary>
public sealed class PhoneProfiles(TimeProvider clock)
{
    private const int Most = 500;
    private static readonly TimeSpan life = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<string, (Account Account, DateTimeOffset Until)> waiting = [];

    /// <param name="Root">Where <c>dav/</c> lies, with scheme and host.</param>
    public sealed record Account(string Firm, Uri Root, string Email, string Secret);

    public string Keep(Account account)
    {
        var now = clock.GetUtcNow();
        foreach (var (key, value) in waiting)
            if (value.Until < now || waiting.Count > Most)
                waiting.TryRemove(key, out _);
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        waiting[token] = (account, now + life);
        return token;
    }

    public Account? Find(string token) =>
        waiting.TryGetValue(token, out var found) && found.Until >= clock.GetUtcNow() ? found.Account : null;

    /// <summary>Apple's property list with a CalDAV and a CardDAV account.</summary>
    public static string Write(Account a)
    {
        var name = SecurityElement.Escape(a.Firm);
        return $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
            <plist version="1.0"><dict>
            <key>PayloadContent</key><array>
            {Part("caldav", "CalDAV", a)}
            {Part("carddav", "CardDAV", a)}
            </array>
            <key>PayloadDisplayName</key><string>{name}</string>
            <key>PayloadIdentifier</key><string>{Own(a)}</string>
            <key>PayloadType</key><string>Configuration</string>
            <key>PayloadUUID</key><string>{Guid.NewGuid()}</string>
            <key>PayloadVersion</key><integer>1</integer>
            </dict></plist>
            """;
    }

    // A phone puts a profile of the same name in the place of the old one: each firm of a node has its own.
    private static string Own(Account a) =>
        SecurityElement.Escape("remit." + (a.Root.Host + a.Root.AbsolutePath.Replace("/dav/", "").Replace("/~", ".")).Trim('.', '/'))!;

    private static string Part(string type, string prefix, Account a) =>
        $"""
            <dict>
            <key>{prefix}AccountDescription</key><string>{SecurityElement.Escape(a.Firm)}</string>
            <key>{prefix}HostName</key><string>{SecurityElement.Escape(a.Root.Host)}</string>
            <key>{prefix}Port</key><integer>{a.Root.Port}</integer>
            <key>{prefix}PrincipalURL</key><string>{SecurityElement.Escape(a.Root.AbsolutePath)}me/</string>
            <key>{prefix}UseSSL</key><{(a.Root.Scheme == "https" ? "true" : "false")}/>
            <key>{prefix}Username</key><string>{SecurityElement.Escape(a.Email)}</string>
            <key>{prefix}Password</key><string>{SecurityElement.Escape(a.Secret)}</string>
            <key>PayloadIdentifier</key><string>{Own(a)}.{type}</string>
            <key>PayloadType</key><string>com.apple.{type}.account</string>
            <key>PayloadUUID</key><string>{Guid.NewGuid()}</string>
            <key>PayloadVersion</key><integer>1</integer>
            </dict>
            """;
}

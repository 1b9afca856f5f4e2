using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Remit.Web;

/// <summary>
/// The node's keys, which seal sign-ins, the mail password and the Telegram token: files that only the program's own user
/// may read. With a passphrase (<c>REMIT_KEY</c>, or the file that <c>REMIT_KEY_FILE</c> names) they lie encrypted, so that
/// who has only the folder, or a copy of it, opens nothing.
/// </summary>
public sealed class KeyFolder : IXmlRepository
{
    // OWASP's figure for PBKDF2 with SHA-256, spent once at start.
    private const int Rounds = 600_000,
        SaltBytes = 16;
    private const string SaltFile = "salt";
    private readonly string folder;
    private readonly byte[]? key;

    /// <exception cref="CannotRun">The keys there are sealed, and the passphrase is missing or another one.</exception>
    public KeyFolder(string folder, string? passphrase)
    {
        this.folder = folder;
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        key = string.IsNullOrEmpty(passphrase) ? null : Rfc2898DeriveBytes.Pbkdf2(passphrase, Salt(), Rounds, HashAlgorithmName.SHA256, 32);
        // Keys from before there was a passphrase are sealed now; all of them are made readable by nobody else.
        foreach (var file in Files())
        {
            var element = Read(file);
            if (key is not null && !IsSealed(XElement.Load(file)))
                Write(file, element);
            else
                OwnOnly(file);
        }
    }

    public static string? Passphrase(IConfiguration configuration) =>
        configuration["REMIT_KEY"] is { Length: > 0 } said ? said
        : configuration["REMIT_KEY_FILE"] is { Length: > 0 } file
            ? File.Exists(file) ? File.ReadAllText(file).Trim()
                : throw new CannotRun($"REMIT_KEY_FILE names {file}, which is not there.")
        : null;

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Files().Select(Read)];

    public void StoreElement(XElement element, string friendlyName) => Write(Path.Combine(folder, $"{friendlyName}.xml"), element);

    private IEnumerable<string> Files() => Directory.EnumerateFiles(folder, "*.xml").Order(StringComparer.Ordinal);

    private XElement Read(string file)
    {
        XElement element;
        try
        {
            element = XElement.Load(file);
        }
        catch (XmlException)
        {
            throw new CannotRun($"{file} is damaged: bring it back from a copy, or move it away and give passwords anew.");
        }
        return IsSealed(element) ? Open(element, file) : element;
    }

    private XElement Open(XElement element, string file)
    {
        if (key is null)
            throw new CannotRun($"The keys in {folder} are sealed: give their passphrase in REMIT_KEY or REMIT_KEY_FILE.");
        var bytes = Convert.FromBase64String(element.Value);
        if (bytes.Length < 28)
            throw new CannotRun($"{file} is damaged: bring it back from a copy.");
        var text = new byte[bytes.Length - 28];
        using var aes = new AesGcm(key, 16);
        try
        {
            aes.Decrypt(bytes.AsSpan(0, 12), bytes.AsSpan(28), bytes.AsSpan(12, 16), text);
        }
        catch (AuthenticationTagMismatchException)
        {
            throw new CannotRun($"The passphrase of REMIT_KEY does not open {file}.");
        }
        return XElement.Parse(Encoding.UTF8.GetString(text));
    }

    private void Write(string file, XElement element)
    {
        var part = file + ".part";
        using (var stream = new FileStream(part, Own(FileMode.Create)))
            (key is null ? element : Seal(element)).Save(stream);
        File.Move(part, file, overwrite: true);
    }

    private XElement Seal(XElement element)
    {
        var plain = Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting));
        var bytes = new byte[28 + plain.Length];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 12));
        using var aes = new AesGcm(key!, 16);
        aes.Encrypt(bytes.AsSpan(0, 12), plain, bytes.AsSpan(28), bytes.AsSpan(12, 16));
        return new XElement("sealed", Convert.ToBase64String(bytes));
    }

    private static bool IsSealed(XElement element) => element.Name == "sealed";

    // Beside the keys and no secret: two folders with one passphrase have different keys all the same.
    private byte[] Salt()
    {
        var file = Path.Combine(folder, SaltFile);
        try
        {
            using var stream = new FileStream(file, Own(FileMode.CreateNew));
            stream.Write(RandomNumberGenerator.GetBytes(SaltBytes));
        }
        catch (IOException) when (File.Exists(file)) { }
        return File.ReadAllBytes(file) is { Length: SaltBytes } salt
            ? salt
            : throw new CannotRun($"{file} is damaged: bring it back from a copy.");
    }

    private static FileStreamOptions Own(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private static void OwnOnly(string file)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }
}

internal static class KeysSetup
{
    public static void AddKeys(this IServiceCollection services, IConfiguration configuration, string data)
    {
        services.AddDataProtection().SetApplicationName("Remit");
        services.AddSingleton(_ => new KeyFolder(Path.Combine(data, "keys"), KeyFolder.Passphrase(configuration)));
        services.AddOptions<KeyManagementOptions>().Configure<KeyFolder>((options, keys) => options.XmlRepository = keys);
    }
}

using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>A person's second step at sign-in: a code from an app, or one of the recovery codes. The secret is kept sealed, the codes as hashes.</summary>
public sealed class SecondFactor : IGuardsUndo
{
    private const int Codes = 8;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public string SealedSecret { get; private set; } = "";

    /// <summary>Hashes of the recovery codes not used yet, divided by spaces.</summary>
    public string RecoveryHash { get; private set; } = "";

    /// <summary>Null until a code has shown that the app has the secret.</summary>
    public DateTime? ConfirmedAt { get; private set; }

    /// <summary>The step of the last code taken; that code and older ones are not taken again.</summary>
    public long LastStep { get; private set; }
    public int Tries { get; private set; }
    public DateTime? TriesFrom { get; private set; }
    public string Title => "TOTP";

    public static SecondFactor Of(Guid person) => new() { PersonId = person };

    public void Begin(string sealedSecret)
    {
        Must(ConfirmedAt is null, "second.is_on");
        (SealedSecret, LastStep) = (sealedSecret, 0);
    }

    /// <summary>Switches it on; answers the recovery codes, which exist only in this answer.</summary>
    public IReadOnlyList<string> Confirm(long step, DateTime now)
    {
        Must(ConfirmedAt is null && SealedSecret.Length > 0, "second.is_on");
        (ConfirmedAt, LastStep) = (now, step);
        List<string> codes = [.. Enumerable.Range(0, Codes).Select(_ => Totp.Base32(RandomNumberGenerator.GetBytes(10)))];
        RecoveryHash = string.Join(' ', codes.Select(Hash));
        return [.. codes.Select(c => string.Join('-', c.Chunk(4).Select(part => new string(part))))];
    }

    public void Off() => (ConfirmedAt, SealedSecret, RecoveryHash, LastStep, Tries) = (null, "", "", 0, 0);

    /// <summary>Eighty random bits: guessing is hopeless without salt or a slow hash.</summary>
    internal static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(code)));

    // A secret that was given up, or never taken, does not come back by an undo.
    Refusal? IGuardsUndo.WhyNotUndo() => new("second.no_undo");
}

internal sealed class SecondFactorTable : IEntityTypeConfiguration<SecondFactor>
{
    public void Configure(EntityTypeBuilder<SecondFactor> t)
    {
        t.ToTable("second_factors").Ignore(f => f.Title);
        t.HasIndex(f => f.PersonId).IsUnique();
    }
}

/// <summary>
/// Checks a code at sign-in. Tries, the last step and used recovery codes are counted by single statements in the
/// database, past the journal: two sign-ins at once, even on two nodes, cannot use one code twice.
/// </summary>
public static class SecondStep
{
    public const int Most = 10;
    private static readonly TimeSpan window = TimeSpan.FromMinutes(15);

    public static Task<bool> AsksSecond(this AppDb db, Guid person) =>
        db.Set<SecondFactor>().AnyAsync(f => f.PersonId == person && f.ConfirmedAt != null);

    /// <summary>Takes the code or refuses; <paramref name="open"/> unseals the secret.</summary>
    public static async Task TakeCode(this AppDb db, Guid person, string typed, Func<string, byte[]> open, DateTime now)
    {
        var code = typed.Replace(" ", "").Replace("-", "").ToUpperInvariant();
        var mine = db.Set<SecondFactor>().Where(f => f.PersonId == person && f.ConfirmedAt != null);
        var factor = await mine.AsNoTracking().SingleAsync();
        var since = now - window;
        await mine.Where(f => f.TriesFrom == null || f.TriesFrom < since)
            .ExecuteUpdateAsync(s => s.SetProperty(f => f.Tries, 0).SetProperty(f => f.TriesFrom, now));
        if (await mine.Where(f => f.Tries < Most).ExecuteUpdateAsync(s => s.SetProperty(f => f.Tries, f => f.Tries + 1)) == 0)
            throw new Refused(429, new Refusal("second.too_many"));
        Must(code.Length == 6 ? await TakeTotp(mine, factor, code, open, now) : await TakeRecovery(mine, factor, code), "second.wrong");
        await mine.ExecuteUpdateAsync(s => s.SetProperty(f => f.Tries, 0));
    }

    private static async Task<bool> TakeTotp(
        IQueryable<SecondFactor> mine,
        SecondFactor factor,
        string code,
        Func<string, byte[]> open,
        DateTime now
    )
    {
        if (Totp.Match(open(factor.SealedSecret), code, now) is not { } step)
            return false;
        Must(await mine.Where(f => f.LastStep < step).ExecuteUpdateAsync(s => s.SetProperty(f => f.LastStep, step)) == 1, "second.used");
        return true;
    }

    private static async Task<bool> TakeRecovery(IQueryable<SecondFactor> mine, SecondFactor factor, string code)
    {
        var (had, hash) = (factor.RecoveryHash, SecondFactor.Hash(code));
        var hashes = had.Split(' ');
        if (!hashes.Contains(hash))
            return false;
        var left = string.Join(' ', hashes.Where(h => h != hash));
        return await mine.Where(f => f.RecoveryHash == had).ExecuteUpdateAsync(s => s.SetProperty(f => f.RecoveryHash, left)) == 1;
    }
}

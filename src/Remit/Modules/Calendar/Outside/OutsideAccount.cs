using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar.Outside;

/// <summary>What is spoken on the other side: CalDAV both ways, or amoCRM's API, which is only read.</summary>
public enum OutsideKind
{
    CalDav,
    AmoCrm,
}

/// <summary>A person's account on a calendar server elsewhere. Its password lies sealed by the node's keys.</summary>
public sealed class OutsideAccount : IVersioned, IGuardsUndo
{
    private const string Purpose = "Remit.OutsideCalendars";

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public Guid PersonId { get; private init; }
    public OutsideKind Kind { get; private init; }
    public string Name { get; private set; } = "";

    /// <summary>What the person typed; the calendars' own addresses are found from it.</summary>
    public string Address { get; private init; } = "";
    public string UserName { get; private init; } = "";
    public string PasswordSealed { get; private set; } = "";
    public int Version { get; set; }
    public string Title => Name;

    public static OutsideAccount Of(Guid person, string? name, string? address, string? user) =>
        new()
        {
            PersonId = person,
            Address = AddressOf(address).AbsoluteUri,
            UserName = Filled(user, "outside.no_user", "outside_user"),
            Name = string.IsNullOrWhiteSpace(name) ? AddressOf(address).Host : Filled(name, "outside.no_name", "calendar_name"),
        };

    /// <summary>An account of amoCRM, by the address that people see in their browser or by its first word alone.</summary>
    public static OutsideAccount OfAmoCrm(Guid person, string? address)
    {
        var server = AddressOf(
            address?.Trim() is { Length: > 0 } word && word.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')
                ? word + ".amocrm.ru"
                : address
        );
        return new()
        {
            PersonId = person,
            Kind = OutsideKind.AmoCrm,
            Address = server.GetLeftPart(UriPartial.Authority) + "/",
            Name = server.Host,
        };
    }

    /// <summary>An address as people write it: without https://, or with webcal:// before it.</summary>
    public static Uri AddressOf(string? typed)
    {
        var text = Filled(typed, "outside.no_address", "outside_address");
        if (
            text.StartsWith("webcal://", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("webcals://", StringComparison.OrdinalIgnoreCase)
        )
            text = "https" + text[text.IndexOf(':')..];
        if (!text.Contains("://"))
            text = "https://" + text;
        var good =
            Uri.TryCreate(text, UriKind.Absolute, out var address)
            && address.Scheme is "http" or "https"
            && address.UserInfo.Length == 0
            && text.Length <= 2000;
        return good ? address! : throw new Refusal("outside.bad_address", ("address", typed)) { Field = "outside_address" };
    }

    public void SetPassword(string? password, IDataProtectionProvider keys) =>
        PasswordSealed = keys.CreateProtector(Purpose)
            .Protect(
                Kind == OutsideKind.AmoCrm
                    ? Filled(password, "amo.no_token", "amo_token")
                    : Filled(password, "outside.no_password", "outside_password")
            );

    public OutsideLogin Login(IDataProtectionProvider keys)
    {
        try
        {
            var secret = keys.CreateProtector(Purpose).Unprotect(PasswordSealed);
            return Kind == OutsideKind.AmoCrm ? OutsideLogin.Token(secret) : new OutsideLogin(UserName, secret);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new Refusal("outside.keys_lost", ("account", Name));
        }
    }

    /// <summary>The sealed password is in no journal, so nothing brings the account back but typing it again.</summary>
    public Refusal? WhyNotUndo() => new("outside.no_undo");
}

/// <summary>How a calendar's talk with the other side stands. No journal is kept of it.</summary>
public sealed class OutsideState
{
    public const int MostNotes = 50;

    public Guid CalendarBookId { get; init; }

    /// <summary>The other side's sync token; empty where all is to be compared.</summary>
    public string Token { get; set; } = "";

    /// <summary>Up to which of our own changes the other side has been told.</summary>
    public long LocalNumber { get; set; }
    public string Etag { get; set; } = "";
    public string Modified { get; set; } = "";
    public DateTime? TriedAt { get; private set; }
    public DateTime? DoneAt { get; private set; }
    public int Failures { get; private set; }
    public string Error { get; private set; } = "";

    /// <summary>What was left out, one to a line: where it stood, and why.</summary>
    public string Notes { get; private set; } = "";

    public void Went(DateTime now, IEnumerable<string> notes) =>
        (TriedAt, DoneAt, Failures, Error, Notes) = (now, now, 0, "", string.Join('\n', notes.Take(MostNotes)));

    public void Failed(DateTime now, string error) =>
        (TriedAt, Failures, Error) = (now, Failures + 1, error.Length > 1000 ? error[..1000] : error);

    /// <summary>When to look again: a side that does not answer is asked ever more seldom, four times a day at least.</summary>
    public DateTime Next(DateTime now, TimeSpan rhythm) =>
        now + (Failures == 0 ? rhythm : TimeSpan.FromMinutes(Math.Min(360, 15 * Math.Pow(2, Math.Min(Failures - 1, 6)))));
}

/// <summary>One file on the other side and the event here that it is, with the text on which both last agreed.</summary>
public sealed class OutsideLink
{
    public Guid CalendarBookId { get; init; }
    public string Href { get; init; } = "";

    /// <summary>Null where the file could not be read; then <see cref="Agreed"/> says why.</summary>
    public Guid? ItemId { get; set; }
    public string Etag { get; set; } = "";
    public string Agreed { get; set; } = "";
}

internal sealed class OutsideAccountTable : IEntityTypeConfiguration<OutsideAccount>
{
    public void Configure(EntityTypeBuilder<OutsideAccount> t)
    {
        t.ToTable("outside_accounts").Ignore(a => a.Title);
        t.HasIndex(a => a.PersonId);
    }
}

internal sealed class OutsideStateTable : IEntityTypeConfiguration<OutsideState>
{
    public void Configure(EntityTypeBuilder<OutsideState> t) => t.ToTable("outside_states").HasKey(s => s.CalendarBookId);
}

internal sealed class OutsideLinkTable : IEntityTypeConfiguration<OutsideLink>
{
    public void Configure(EntityTypeBuilder<OutsideLink> t)
    {
        t.ToTable("outside_links").HasKey(l => new { l.CalendarBookId, l.Href });
        t.HasIndex(l => new { l.CalendarBookId, l.ItemId });
    }
}

using System.Text.RegularExpressions;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Telegram;

/// <summary>The firm's bot; one row. Its token lies sealed by the node's keys.</summary>
public sealed partial class TelegramSettings : IVersioned
{
    public const string Public = "https://api.telegram.org";
    private const string Purpose = "Remit.Telegram";

    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000080");
    public Guid Id { get; private init; } = TheOne;

    /// <summary>Where the Bot API answers; a firm may run a server of its own.</summary>
    public string Address { get; private set; } = Public;
    public string TokenSealed { get; private set; } = "";

    /// <summary>What the bot is called, as it said itself.</summary>
    public string BotName { get; private set; } = "";
    public int Version { get; set; }
    public string Title => BotName;

    public void Describe(string? address)
    {
        var at = Uri.TryCreate(Filled(address ?? Public, "telegram.address", "telegram_address"), UriKind.Absolute, out var uri)
            ? uri
            : null;
        // The token stands in the address of every call, so it does not travel in the open beyond this machine.
        Must(at is not null && (at.Scheme == Uri.UriSchemeHttps || at.Scheme == Uri.UriSchemeHttp && at.IsLoopback), "telegram.address");
        Address = at!.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    public void SetToken(string token, IDataProtectionProvider keys)
    {
        Must(TokenShape.IsMatch(token), "telegram.token");
        TokenSealed = keys.CreateProtector(Purpose).Protect(token);
    }

    /// <summary>The bot answered to the token by this name.</summary>
    public void Known(string name) => BotName = name;

    public string Token(IDataProtectionProvider keys)
    {
        try
        {
            return keys.CreateProtector(Purpose).Unprotect(TokenSealed);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw new Refusal("telegram.keys_lost");
        }
    }

    /// <summary>Opens a talk with the bot; what follows <c>start=</c> comes back in the first message.</summary>
    public string StartLink(string start) => $"https://t.me/{BotName}?start={start}";

    [GeneratedRegex("^[0-9]{1,20}:[A-Za-z0-9_-]{20,100}$")]
    private static partial Regex TokenShape { get; }
}

/// <summary>A talk with the bot that somebody began by a link of ours. Without one a bot may write to nobody.</summary>
public sealed class TelegramChat
{
    public Guid Id { get; private init; } = Guid.CreateVersion7();

    /// <summary>The record behind the link: a client.</summary>
    public Guid OwnerId { get; private init; }
    public long ChatId { get; private init; }
    public string Name { get; private init; } = "";
    public DateTime At { get; private init; }

    public static TelegramChat Begun(Guid owner, long chat, string name, DateTime at) =>
        new()
        {
            OwnerId = owner,
            ChatId = chat,
            Name = name,
            At = at,
        };
}

/// <summary>How far the bot's messages have been read; one row, apart from the settings that people edit.</summary>
public sealed class TelegramReading
{
    public Guid Id { get; private init; } = TelegramSettings.TheOne;
    public long LastUpdate { get; set; }
}

internal sealed class TelegramSettingsTable : IEntityTypeConfiguration<TelegramSettings>
{
    public void Configure(EntityTypeBuilder<TelegramSettings> t) => t.ToTable("telegram_settings").Ignore(s => s.Title);
}

internal sealed class TelegramChatTable : IEntityTypeConfiguration<TelegramChat>
{
    public void Configure(EntityTypeBuilder<TelegramChat> t)
    {
        t.ToTable("telegram_chats");
        t.HasIndex(c => new { c.OwnerId, c.ChatId }).IsUnique();
    }
}

internal sealed class TelegramReadingTable : IEntityTypeConfiguration<TelegramReading>
{
    public void Configure(EntityTypeBuilder<TelegramReading> t) => t.ToTable("telegram_reading");
}

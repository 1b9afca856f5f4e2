using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text.Json;
using Remit.Kernel;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>What a device answers when it makes a key.</summary>
internal sealed record Registered(string CredentialId, string PublicKey, long SignCount);

/// <summary>Where the answer must come from, and what it must answer.</summary>
/// <param name="Host">The relying party: the host name of the page.</param>
/// <param name="Origin">Scheme, host and port of the page.</param>
internal sealed record Ceremony(string Host, string Origin, string Challenge);

/// <summary>
/// The two ceremonies of WebAuthn level 2 (§7.1, §7.2) as far as passkeys need them: attestation «none», user
/// verification required, so that a key counts as both steps of a sign-in. Anything amiss is one and the same refusal.
/// </summary>
internal static class WebAuthn
{
    private const int Head = 37,
        MostBytes = 8192;
    private const byte UserPresent = 0x01,
        UserVerified = 0x04,
        HasKey = 0x40;

    /// <summary>Checks a new key and takes out its public half.</summary>
    public static Registered Register(Ceremony ceremony, string clientData, string attestation)
    {
        Check(ceremony, Bytes(clientData), "webauthn.create");
        try
        {
            var data = AuthenticatorData(Bytes(attestation));
            CheckData(ceremony, data);
            Must((data[32] & HasKey) != 0 && data.Length > Head + 18, "passkey.wrong");
            var length = BinaryPrimitives.ReadUInt16BigEndian(data.AsSpan(Head + 16));
            Must(length is > 0 and <= 1023 && data.Length > Head + 18 + length, "passkey.wrong");
            var id = data.AsSpan(Head + 18, length);
            var key = new CborReader(
                data.AsMemory(Head + 18 + length),
                CborConformanceMode.Ctap2Canonical,
                allowMultipleRootLevelValues: true
            ).ReadEncodedValue();
            using var check = CoseKey.Read(key);
            return new(
                Base64Url.EncodeToString(id),
                Base64Url.EncodeToString(key.Span),
                BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(33))
            );
        }
        catch (Exception e) when (e is CborContentException or InvalidOperationException or CryptographicException or ArgumentException)
        {
            throw new Refusal("passkey.wrong");
        }
    }

    /// <summary>Checks a signature and answers how often the key has signed by now.</summary>
    public static long Verify(Ceremony ceremony, Passkey key, string clientData, string authenticatorData, string signature)
    {
        var (client, data) = (Bytes(clientData), Bytes(authenticatorData));
        Check(ceremony, client, "webauthn.get");
        CheckData(ceremony, data);
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        using var cose = CoseKey.Read(Bytes(key.PublicKey));
        Must(cose.Verify(signed, Bytes(signature)), "passkey.wrong");
        var count = (long)BinaryPrimitives.ReadUInt32BigEndian(data.AsSpan(33));
        Must((count == 0 && key.SignCount == 0) || count > key.SignCount, "passkey.copied", ("name", key.Name));
        return count;
    }

    private static void Check(Ceremony ceremony, byte[] clientData, string type)
    {
        try
        {
            using var json = JsonDocument.Parse(clientData);
            string? Said(string name) =>
                json.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            var crossed = json.RootElement.TryGetProperty("crossOrigin", out var cross) && cross.ValueKind == JsonValueKind.True;
            Must(
                Said("type") == type && Said("challenge") == ceremony.Challenge && Said("origin") == ceremony.Origin && !crossed,
                "passkey.wrong"
            );
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new Refusal("passkey.wrong");
        }
    }

    private static void CheckData(Ceremony ceremony, byte[] data)
    {
        Must(data.Length >= Head, "passkey.wrong");
        Must(
            CryptographicOperations.FixedTimeEquals(data.AsSpan(0, 32), SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(ceremony.Host))),
            "passkey.wrong"
        );
        Must((data[32] & UserPresent) != 0, "passkey.wrong");
        Must((data[32] & UserVerified) != 0, "passkey.not_verified");
    }

    // Of the attestation only what it is about is read: no device is asked to prove its make.
    private static byte[] AuthenticatorData(byte[] attestation)
    {
        var reader = new CborReader(attestation, CborConformanceMode.Lax);
        byte[]? data = null;
        for (var left = reader.ReadStartMap() ?? throw new CborContentException("A map of no length."); left > 0; left--)
            if (reader.ReadTextString() == "authData")
                data = reader.ReadByteString();
            else
                reader.SkipValue();
        return data ?? throw new CborContentException("No authData.");
    }

    private static byte[] Bytes(string text)
    {
        Must(text.Length is > 0 and <= MostBytes && Base64Url.IsValid(text), "passkey.wrong");
        return Base64Url.DecodeFromChars(text);
    }
}

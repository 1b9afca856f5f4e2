using System.Formats.Cbor;
using System.Security.Cryptography;

namespace Remit.Modules.People;

/// <summary>A public key as COSE writes it (RFC 9053): ES256 on P-256, or RS256. Others are not asked for and not taken.</summary>
public sealed class CoseKey : IDisposable
{
    public const int Es256 = -7,
        Rs256 = -257;
    private const int Ec2 = 2,
        Rsa = 3,
        P256 = 1,
        LeastBits = 2048,
        MostBits = 8192;

    private readonly ECDsa? curve;
    private readonly RSA? rsa;

    private CoseKey(ECDsa? curve, RSA? rsa) => (this.curve, this.rsa) = (curve, rsa);

    public static CoseKey Read(ReadOnlyMemory<byte> cose)
    {
        var (numbers, bytes) = (new Dictionary<int, int>(), new Dictionary<int, byte[]>());
        var reader = new CborReader(cose, CborConformanceMode.Lax);
        for (var left = reader.ReadStartMap() ?? 0; left > 0; left--)
        {
            var label = reader.ReadInt32();
            if (reader.PeekState() is CborReaderState.UnsignedInteger or CborReaderState.NegativeInteger)
                numbers[label] = reader.ReadInt32();
            else if (reader.PeekState() == CborReaderState.ByteString)
                bytes[label] = reader.ReadByteString();
            else
                reader.SkipValue();
        }
        return (numbers.GetValueOrDefault(1), numbers.GetValueOrDefault(3)) switch
        {
            (Ec2, Es256) when numbers.GetValueOrDefault(-1) == P256 => Curve(bytes),
            (Rsa, Rs256) => Modulus(bytes),
            _ => throw new CryptographicException("Neither ES256 nor RS256."),
        };
    }

    public bool Verify(byte[] signed, byte[] signature) =>
        curve is not null
            ? curve.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
            : rsa!.VerifyData(signed, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    public void Dispose()
    {
        curve?.Dispose();
        rsa?.Dispose();
    }

    private static CoseKey Curve(Dictionary<int, byte[]> bytes) =>
        bytes.GetValueOrDefault(-2) is { Length: 32 } x && bytes.GetValueOrDefault(-3) is { Length: 32 } y
            ? new(
                ECDsa.Create(
                    new ECParameters
                    {
                        Curve = ECCurve.NamedCurves.nistP256,
                        Q = new() { X = x, Y = y },
                    }
                ),
                null
            )
            : throw new CryptographicException("No point of P-256.");

    private static CoseKey Modulus(Dictionary<int, byte[]> bytes)
    {
        if (
            bytes.GetValueOrDefault(-1) is not { } n
            || bytes.GetValueOrDefault(-2) is not { } e
            || n.Length * 8 is < LeastBits or > MostBits
            || e.Length > 4
        )
            throw new CryptographicException("No RSA key of a usable size.");
        return new(null, RSA.Create(new RSAParameters { Modulus = n, Exponent = e }));
    }
}

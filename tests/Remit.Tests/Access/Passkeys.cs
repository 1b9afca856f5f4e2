using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;

namespace Remit.Tests.Access;

public sealed class Passkeys(World world) : IClassFixture<World>
{
    [Theory]
    [InlineData(CoseKey.Es256)]
    [InlineData(CoseKey.Rs256)]
    public async Task A_key_made_in_the_profile_signs_in_without_a_password(int algorithm)
    {
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        using var device = new Device(algorithm);
        Assert.Equal(HttpStatusCode.SeeOther, (await Add(manager, device, "Phone")).StatusCode);
        Assert.Contains("Phone", await manager.Text("profile"));
        var stranger = world.NewVisitor();
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(stranger, device)).StatusCode);
        Assert.Contains("Phone", await stranger.Text("profile"));
        await using var db = world.Db();
        Assert.NotNull((await db.Set<Passkey>().SingleAsync(p => p.PersonId == id)).LastUsedAt);
    }

    [Fact]
    public async Task Another_origin_an_old_challenge_a_wrong_signature_and_an_unverified_holder_open_nothing()
    {
        var (manager, _) = await world.SomeoneWhoIs(Role.Manager);
        using var device = new Device(CoseKey.Es256);
        await Add(manager, device, "Key");
        await Refused(device with { Origin = "https://evil.example" });
        await Refused(device with { Host = "evil.example" });
        await Refused(device with { Verified = false });
        await Refused(device with { Spoils = true });
        await Refused(device with { Challenge = Base64Url.EncodeToString(new byte[32]) });
        // The same answer a second time: the challenge was for once.
        var stranger = world.NewVisitor();
        var fields = await device.Answer(stranger, world);
        Assert.Equal(HttpStatusCode.SeeOther, (await stranger.Post("sign-in/passkey", fields)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await stranger.Post("sign-in/passkey", fields)).StatusCode);
    }

    [Fact]
    public async Task An_answer_copied_with_its_cookie_opens_nothing_a_second_time_though_the_device_does_not_count()
    {
        var (manager, _) = await world.SomeoneWhoIs(Role.Manager);
        using var device = new Device(CoseKey.Es256);
        await Add(manager, device, "Key");
        var stranger = world.NewVisitor();
        using var wire = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = stranger.Client.BaseAddress,
        };
        var page = await wire.GetAsync(stranger.Full("sign-in"));
        var token = WebUtility.HtmlDecode(
            System
                .Text.RegularExpressions.Regex.Match(
                    await page.Content.ReadAsStringAsync(),
                    "name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\""
                )
                .Groups[1]
                .Value
        );
        var begun = await Send("sign-in/passkey/begin", Cookies(page));
        var challenge = JsonDocument.Parse(await begun.Content.ReadAsStringAsync()).RootElement.GetProperty("challenge").GetString()!;
        var fields = await (device with { Challenge = challenge }).Answer(stranger, world);
        var cookies = $"{Cookies(page)}; {Cookies(begun)}";
        Assert.Equal(HttpStatusCode.SeeOther, (await Send("sign-in/passkey", cookies, fields)).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Send("sign-in/passkey", cookies, fields)).StatusCode);

        async Task<HttpResponseMessage> Send(string path, string cookies, params (string Name, string Value)[] sent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, stranger.Full(path))
            {
                Content = new FormUrlEncodedContent(
                    sent.Append(("__RequestVerificationToken", token)).ToDictionary(f => f.Item1, f => f.Item2)
                ),
            };
            request.Headers.Add("Cookie", cookies);
            return await wire.SendAsync(request);
        }

        static string Cookies(HttpResponseMessage answer) =>
            string.Join("; ", answer.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
    }

    [Fact]
    public async Task A_count_that_goes_back_is_a_copy_and_a_removed_key_opens_nothing()
    {
        var (manager, id) = await world.SomeoneWhoIs(Role.Manager);
        using var device = new Device(CoseKey.Es256) { Counts = true };
        await Add(manager, device, "Key");
        Assert.Equal(HttpStatusCode.SeeOther, (await SignIn(world.NewVisitor(), device)).StatusCode);
        device.Count -= 1;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(world.NewVisitor(), device with { Counts = false })).StatusCode);
        await using var db = world.Db();
        var key = await db.Set<Passkey>().Where(p => p.PersonId == id).Select(p => p.Id).SingleAsync();
        var (other, _) = await world.SomeoneWhoIs(Role.Owner);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Post($"profile/passkeys/{key}/remove")).StatusCode);
        await manager.Post($"profile/passkeys/{key}/remove");
        device.Count += 5;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(world.NewVisitor(), device)).StatusCode);
    }

    [Fact]
    public async Task Torn_answers_are_refused_and_never_a_fault()
    {
        var (manager, _) = await world.SomeoneWhoIs(Role.Manager);
        var dice = new Random(7);
        using var device = new Device(CoseKey.Es256);
        var good = await device.Make(manager, world, "Key");
        for (var n = 0; n < 60; n++)
        {
            await manager.Post("profile/passkeys/begin");
            var bytes = Base64Url.DecodeFromChars(good.Single(f => f.Name == "attestation").Value);
            for (var hits = dice.Next(1, 6); hits > 0; hits--)
                bytes[dice.Next(bytes.Length)] = (byte)dice.Next(256);
            var torn = bytes[..dice.Next(1, bytes.Length)];
            var answer = await manager.Post(
                "profile/passkeys",
                ("client", good.Single(f => f.Name == "client").Value),
                ("attestation", Base64Url.EncodeToString(torn)),
                ("passkey_name", "x")
            );
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        }
    }

    private async Task Refused(Device device) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SignIn(world.NewVisitor(), device)).StatusCode);

    private async Task<HttpResponseMessage> Add(World.Visitor visitor, Device device, string name) =>
        await visitor.Post("profile/passkeys", await device.Make(visitor, world, name));

    private async Task<HttpResponseMessage> SignIn(World.Visitor visitor, Device device) =>
        await visitor.Post("sign-in/passkey", await device.Answer(visitor, world));

    /// <summary>An authenticator in software: as honest as it is told to be.</summary>
    private sealed record Device(int Algorithm) : IDisposable
    {
        private readonly ECDsa curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        private readonly RSA rsa = RSA.Create(2048);
        private readonly byte[] id = RandomNumberGenerator.GetBytes(32);
        public string? Origin { get; init; }
        public string? Host { get; init; }
        public string? Challenge { get; init; }
        public bool Verified { get; init; } = true;
        public bool Spoils { get; init; }
        public bool Counts { get; init; }
        public uint Count { get; set; }

        public async Task<(string Name, string Value)[]> Make(World.Visitor visitor, World world, string name)
        {
            var (client, _) = await Client(visitor, "profile/passkeys/begin", "webauthn.create");
            var cbor = new CborWriter();
            cbor.WriteStartMap(3);
            cbor.WriteTextString("fmt");
            cbor.WriteTextString("none");
            cbor.WriteTextString("attStmt");
            cbor.WriteStartMap(0);
            cbor.WriteEndMap();
            cbor.WriteTextString("authData");
            var length = new byte[2];
            BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)id.Length);
            cbor.WriteByteString([.. Data(visitor, 0x40), .. new byte[16], .. length, .. id, .. Cose()]);
            cbor.WriteEndMap();
            return
            [
                ("client", Base64Url.EncodeToString(client)),
                ("attestation", Base64Url.EncodeToString(cbor.Encode())),
                ("passkey_name", name),
            ];
        }

        public async Task<(string Name, string Value)[]> Answer(World.Visitor visitor, World world)
        {
            var (client, _) = await Client(visitor, "sign-in/passkey/begin", "webauthn.get");
            var data = Data(visitor, 0);
            byte[] signed = [.. data, .. SHA256.HashData(client)];
            var signature =
                Algorithm == CoseKey.Es256
                    ? curve.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)
                    : rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (Spoils)
                signature[^1] ^= 1;
            return
            [
                ("id", Base64Url.EncodeToString(id)),
                ("client", Base64Url.EncodeToString(client)),
                ("data", Base64Url.EncodeToString(data)),
                ("signature", Base64Url.EncodeToString(signature)),
            ];
        }

        private async Task<(byte[] Data, string Challenge)> Client(World.Visitor visitor, string begin, string type)
        {
            var answer = await visitor.Post(begin);
            using var options = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            var challenge = Challenge ?? options.RootElement.GetProperty("challenge").GetString()!;
            var origin = Origin ?? visitor.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            return (
                Encoding.UTF8.GetBytes(
                    JsonSerializer.Serialize(
                        new
                        {
                            type,
                            challenge,
                            origin,
                            crossOrigin = false,
                        }
                    )
                ),
                challenge
            );
        }

        private byte[] Data(World.Visitor visitor, byte more)
        {
            var count = new byte[4];
            if (Counts)
                Count++;
            BinaryPrimitives.WriteUInt32BigEndian(count, Count);
            return
            [
                .. SHA256.HashData(Encoding.UTF8.GetBytes(Host ?? visitor.Client.BaseAddress!.Host)),
                (byte)(0x01 | (Verified ? 0x04 : 0) | more),
                .. count,
            ];
        }

        private byte[] Cose()
        {
            var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
            if (Algorithm == CoseKey.Es256)
            {
                var q = curve.ExportParameters(false).Q;
                cbor.WriteStartMap(5);
                foreach (var (label, value) in new[] { (1, 2), (3, -7), (-1, 1) })
                {
                    cbor.WriteInt32(label);
                    cbor.WriteInt32(value);
                }
                cbor.WriteInt32(-2);
                cbor.WriteByteString(q.X!);
                cbor.WriteInt32(-3);
                cbor.WriteByteString(q.Y!);
            }
            else
            {
                var key = rsa.ExportParameters(false);
                cbor.WriteStartMap(4);
                foreach (var (label, value) in new[] { (1, 3), (3, -257) })
                {
                    cbor.WriteInt32(label);
                    cbor.WriteInt32(value);
                }
                cbor.WriteInt32(-1);
                cbor.WriteByteString(key.Modulus!);
                cbor.WriteInt32(-2);
                cbor.WriteByteString(key.Exponent!);
            }
            cbor.WriteEndMap();
            return cbor.Encode();
        }

        public void Dispose()
        {
            curve.Dispose();
            rsa.Dispose();
        }
    }
}

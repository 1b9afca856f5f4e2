using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;

namespace Remit.Tests.Access;

public sealed partial class A_second_step(World world) : IClassFixture<World>
{
    /// <summary>RFC 6238, appendix B, SHA-1, eight digits.</summary>
    [Theory]
    [InlineData(59, "94287082")]
    [InlineData(1111111109, "07081804")]
    [InlineData(1111111111, "14050471")]
    [InlineData(1234567890, "89005924")]
    [InlineData(2000000000, "69279037")]
    [InlineData(20000000000, "65353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Assert.Equal(
            code,
            Totp.Code(
                Encoding.ASCII.GetBytes("12345678901234567890"),
                Totp.Step(DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime),
                8
            )
        );

    /// <summary>RFC 4226, appendix D.</summary>
    [Fact]
    public void Codes_by_a_counter_are_those_of_the_standard() =>
        Assert.Equal(
            ["755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489"],
            Enumerable.Range(0, 10).Select(n => Totp.Code(Encoding.ASCII.GetBytes("12345678901234567890"), n))
        );

    /// <summary>RFC 4648.</summary>
    [Fact]
    public void A_secret_is_written_in_base_32() => Assert.Equal("MZXW6YTB", Totp.Base32(Encoding.ASCII.GetBytes("fooba")));

    [Fact]
    public void A_code_counts_for_its_half_minute_and_the_ones_beside_it()
    {
        var (secret, now) = (Totp.NewSecret(), DateTimeOffset.FromUnixTimeSeconds(1_800_000_000).UtcDateTime);
        foreach (var away in new[] { -2, -1, 0, 1, 2 })
            Assert.Equal(
                Math.Abs(away) < 2 ? Totp.Step(now) + away : null,
                Totp.Match(secret, Totp.Code(secret, Totp.Step(now) + away), now)
            );
    }

    [Fact]
    public async Task It_is_switched_on_asked_for_and_no_code_is_taken_twice()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Manager);
        var (secret, codes) = await SwitchOn(visitor);
        Assert.Equal(8, codes.Count);
        await using var db = world.Db();
        var factor = await db.Set<SecondFactor>().AsNoTracking().SingleAsync(f => f.PersonId == id);
        Assert.DoesNotContain(Totp.Base32(secret), factor.SealedSecret);
        Assert.DoesNotContain(codes[0].Replace("-", ""), factor.RecoveryHash);
        Assert.DoesNotContain(
            await db.Journal.Where(j => j.RecordId == factor.Id).Select(j => j.Values).ToListAsync(),
            v => v.Contains(factor.SealedSecret) || v.Contains(factor.RecoveryHash)
        );

        var email = await db.Set<Person>().Where(p => p.Id == id).Select(p => p.Email).SingleAsync();
        var guest = world.NewVisitor();
        var answer = await guest.Post("sign-in", ("email", email), ("password", World.Password), ("to", "clients"));
        Assert.Equal($"/~{world.Slug}/sign-in/code?to=clients", answer.Headers.Location!.OriginalString);
        Assert.Equal(HttpStatusCode.Redirect, (await guest.Get("profile")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.Post("sign-in/code", ("code", "000000x"))).StatusCode);
        // The code that switched it on is spent already; the next one is good, once.
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await guest.Post("sign-in/code", ("code", Totp.Code(secret, factor.LastStep)))).StatusCode
        );
        var next = Totp.Code(secret, factor.LastStep + 1);
        Assert.Equal(
            $"/~{world.Slug}/clients",
            (await guest.Post("sign-in/code", ("code", next), ("to", "clients"))).Headers.Location!.OriginalString
        );
        Assert.Equal(HttpStatusCode.OK, (await guest.Get("profile")).StatusCode);
        var another = world.NewVisitor();
        await another.Post("sign-in", ("email", email), ("password", World.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await another.Post("sign-in/code", ("code", next))).StatusCode);

        // A recovery code lets in once.
        Assert.Equal(HttpStatusCode.SeeOther, (await another.Post("sign-in/code", ("code", codes[3].ToLowerInvariant()))).StatusCode);
        var third = world.NewVisitor();
        await third.Post("sign-in", ("email", email), ("password", World.Password));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await third.Post("sign-in/code", ("code", codes[3]))).StatusCode);

        // The owner opens the way for one who lost the phone and the codes.
        Assert.Equal(HttpStatusCode.NotFound, (await another.Post($"people/{id}/second-off")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await world.Post($"people/{id}/second-off")).StatusCode);
        Assert.Equal(
            $"/~{world.Slug}/",
            (await third.Post("sign-in", ("email", email), ("password", World.Password))).Headers.Location!.OriginalString
        );
        var change = await db
            .Journal.Where(j => j.RecordId == factor.Id)
            .OrderByDescending(j => j.Seq)
            .Select(j => j.ChangeId)
            .FirstAsync();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await world.Post($"history/{change}/undo")).StatusCode);
    }

    [Fact]
    public async Task Wrong_codes_are_few_and_a_code_without_the_password_is_nothing()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Hr);
        var (secret, _) = await SwitchOn(visitor);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await world.NewVisitor().Post("sign-in/code", ("code", Totp.Code(secret, Totp.Step(DateTime.UtcNow) + 1)))).StatusCode
        );
        await using var db = world.Db();
        var email = await db.Set<Person>().Where(p => p.Id == id).Select(p => p.Email).SingleAsync();
        var guest = world.NewVisitor();
        await guest.Post("sign-in", ("email", email), ("password", World.Password));
        for (var n = 0; n < SecondStep.Most; n++)
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await guest.Post("sign-in/code", ("code", "wrong-code"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.TooManyRequests,
            (await guest.Post("sign-in/code", ("code", Totp.Code(secret, Totp.Step(DateTime.UtcNow) + 1)))).StatusCode
        );
    }

    [Fact]
    public async Task It_is_switched_off_only_with_the_password()
    {
        var (visitor, id) = await world.SomeoneWhoIs(Role.Accountant);
        await SwitchOn(visitor);
        Assert.Equal(
            HttpStatusCode.UnprocessableEntity,
            (await visitor.Post("profile/second/off", ("password", "not this one"))).StatusCode
        );
        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Post("profile/second/off", ("password", World.Password))).StatusCode);
        await using var db = world.Db();
        var factor = await db.Set<SecondFactor>().SingleAsync(f => f.PersonId == id);
        Assert.Equal((null, "", ""), (factor.ConfirmedAt, factor.SealedSecret, factor.RecoveryHash));
    }

    private static async Task<(byte[] Secret, IReadOnlyList<string> Codes)> SwitchOn(World.Visitor visitor)
    {
        await visitor.Post("profile/second/begin");
        var page = await visitor.Text("profile/second");
        Assert.Contains("data:image/png;base64,", page);
        var secret = Bytes(Secret().Match(page).Groups[1].Value.Replace(" ", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Post("profile/second/confirm", ("code", "12345"))).StatusCode);
        var confirmed = await visitor.Post("profile/second/confirm", ("code", Totp.Code(secret, Totp.Step(DateTime.UtcNow))));
        return (secret, [.. Code().Matches(await confirmed.Content.ReadAsStringAsync()).Select(m => m.Groups[1].Value)]);
    }

    private static byte[] Bytes(string base32)
    {
        var bits = string.Concat(base32.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c), 2).PadLeft(5, '0')));
        return [.. bits.Chunk(8).Select(b => Convert.ToByte(new string(b), 2))];
    }

    [GeneratedRegex("<code class=\"secret\">([A-Z2-7 ]+)</code>")]
    private static partial Regex Secret();

    [GeneratedRegex("<li>([A-Z2-7]{4}(?:-[A-Z2-7]{4}){3})</li>")]
    private static partial Regex Code();
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Remit.Web;

/// <summary>
/// The login of servers that do not take a password as it is (RFC 7616): MD5 and SHA-256, with qop=auth or none. What a
/// server asked last is answered at once the next time.
/// </summary>
internal sealed class DigestLogin
{
    private const int Most = 1_000;

    private sealed class Asked(IReadOnlyDictionary<string, string> words)
    {
        private int count;
        public string this[string name] => words.GetValueOrDefault(name, "");

        public int Next() => Interlocked.Increment(ref count);
    }

    private readonly ConcurrentDictionary<(string, string), Asked> asked = [];

    /// <summary>The header for this request; null where the server has not asked for this kind of login.</summary>
    public AuthenticationHeaderValue? Of(OutsideLogin login, HttpMethod method, Uri address) =>
        asked.TryGetValue((address.Authority, login.User), out var known)
            ? new("Digest", Answer(known, login, method.Method, address.PathAndQuery))
            : null;

    /// <summary>Whether it is worth asking again: the server has said what it wants, and it is something new.</summary>
    public bool Learn(OutsideLogin login, HttpResponseMessage refused, Uri address)
    {
        var challenge = refused.Headers.WwwAuthenticate.FirstOrDefault(h =>
            h.Scheme.Equals("Digest", StringComparison.OrdinalIgnoreCase)
            && Words(h.Parameter).GetValueOrDefault("algorithm", "MD5").ToUpperInvariant() is "MD5" or "SHA-256"
        );
        if (challenge is null)
            return false;
        var (key, words) = ((address.Authority, login.User), Words(challenge.Parameter));
        // The same question again means that the password is wrong.
        if (asked.TryGetValue(key, out var known) && known["nonce"] == words.GetValueOrDefault("nonce", ""))
            return false;
        if (asked.Count >= Most)
            asked.Clear();
        asked[key] = new Asked(words);
        return true;
    }

    private static string Answer(Asked words, OutsideLogin login, string method, string path)
    {
        string Hash(string text) =>
            Convert.ToHexStringLower(
                words["algorithm"].Equals("SHA-256", StringComparison.OrdinalIgnoreCase)
                    ? SHA256.HashData(Encoding.UTF8.GetBytes(text))
                    : MD5.HashData(Encoding.UTF8.GetBytes(text))
            );
        var (one, two) = (Hash($"{login.User}:{words["realm"]}:{login.Password}"), Hash($"{method}:{path}"));
        var auth = words["qop"].Split(',', StringSplitOptions.TrimEntries).Contains("auth");
        var (count, own) = (
            words.Next().ToString("x8", CultureInfo.InvariantCulture),
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))
        );
        var answer = auth ? Hash($"{one}:{words["nonce"]}:{count}:{own}:auth:{two}") : Hash($"{one}:{words["nonce"]}:{two}");
        static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
        return $"username={Quoted(login.User)}, realm={Quoted(words["realm"])}, nonce={Quoted(words["nonce"])}, uri={Quoted(path)}, response=\"{answer}\""
            + (auth ? $", qop=auth, nc={count}, cnonce=\"{own}\"" : "")
            + (words["algorithm"].Length > 0 ? $", algorithm={words["algorithm"]}" : "")
            + (words["opaque"].Length > 0 ? $", opaque={Quoted(words["opaque"])}" : "");
    }

    // name="value", name=value: what stands in quotes may hold commas.
    private static Dictionary<string, string> Words(string? text)
    {
        var words = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var rest = (text ?? "").AsSpan();
        while (rest.IndexOf('=') is > 0 and var equals)
        {
            var name = rest[..equals].Trim(" ,").ToString();
            rest = rest[(equals + 1)..].TrimStart();
            var quoted = rest.Length > 0 && rest[0] == '"';
            if (quoted)
                rest = rest[1..];
            var end = rest.IndexOf(quoted ? '"' : ',') is >= 0 and var at ? at : rest.Length;
            words[name] = rest[..end].Trim().ToString();
            rest = end < rest.Length ? rest[(end + 1)..] : [];
        }
        return words;
    }
}

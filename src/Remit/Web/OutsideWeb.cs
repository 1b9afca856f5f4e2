using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>Who one is on the other side: a name and a password, or a token that says both.</summary>
public sealed record OutsideLogin(string User, string Password)
{
    public bool Bearer { get; private init; }

    public static OutsideLogin Token(string token) => new("", token) { Bearer = true };
}

/// <summary>A request to an address that a person typed.</summary>
public sealed record OutsideRequest(string Method, Uri Address)
{
    public OutsideLogin? Login { get; init; }
    public string? Body { get; init; }
    public string Type { get; init; } = "application/xml";
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
}

/// <summary>What came back. <paramref name="Address"/> is where the redirects ended.</summary>
public sealed record OutsideAnswer(int Status, Uri Address, string Etag, string Modified, byte[] Body)
{
    public bool Good => Status is >= 200 and < 300;

    /// <summary>How long the other side wants to be left alone, if it says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <summary>
/// Speaks with servers that people name. A name typed here must not lead into the network that Remit stands in: every
/// address is looked at when it is connected to, after each redirect anew. Answers are bounded in size and time.
/// <c>REMIT_OUTSIDE_PRIVATE=allow</c> opens the own network.
/// </summary>
public sealed class OutsideWeb : IDisposable
{
    public const int MostBytes = 32 << 20;
    private const int MostRedirects = 5,
        MostKept = 4;

    /// <summary>A whole answer, redirects and all.</summary>
    private static readonly TimeSpan longest = TimeSpan.FromSeconds(60);
    private readonly bool free;
    private readonly HashSet<string> mailHosts;
    private readonly DigestLogin digest = new();
    private readonly HttpClient http;

    public OutsideWeb(IConfiguration configuration)
    {
        free = configuration["REMIT_OUTSIDE_PRIVATE"] == "allow";
        mailHosts = (configuration["REMIT_MAIL_HOSTS"] ?? "")
            .Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        Way = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(20),
            MaxConnectionsPerServer = MostKept,
            MaxResponseHeadersLength = 64,
            ConnectCallback = Connect,
        };
        http = new HttpClient(Way) { Timeout = Timeout.InfiniteTimeSpan };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Remit");
    }

    /// <summary>Whether the own network is open, and with it lines that are not encrypted.</summary>
    public bool OwnNetwork => free;

    /// <summary>The guarded way out, for a client that speaks a protocol of its own: it looks at every address, and follows no redirect.</summary>
    public SocketsHttpHandler Way { get; }

    /// <exception cref="Refusal">With the reason, where the address may not be asked or gives no whole answer.</exception>
    public async Task<OutsideAnswer> Send(OutsideRequest request, CancellationToken cancel = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(longest);
        try
        {
            return await Follow(request, limit.Token);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or InvalidDataException or UriFormatException
                || e is OperationCanceledException && !cancel.IsCancellationRequested
            )
        {
            throw Innermost(e) as Refusal
                ?? new Refusal("outside.no_answer", ("address", Shown(request.Address)), ("why", Innermost(e).Message));
        }
    }

    /// <summary>Whether an address lies in the open internet.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        var b = address.GetAddressBytes();
        if (b.Length == 4)
            return b[0] is not (0 or 10 or 127 or >= 224)
                && !(b[0] == 100 && b[1] is >= 64 and < 128)
                && !(b[0] == 169 && b[1] == 254)
                && !(b[0] == 172 && b[1] is >= 16 and < 32)
                && !(b[0] == 192 && (b[1] == 168 || b[1] == 0 && b[2] is 0 or 2))
                && !(b[0] == 198 && (b[1] is 18 or 19 || b[1] == 51 && b[2] == 100))
                && !(b[0] == 203 && b[1] == 0 && b[2] == 113);
        // 2000::/3 is the internet; documentation, and what carries an IPv4 address inside, is not.
        return (b[0] & 0xE0) == 0x20
            && !(b[0] == 0x20 && b[1] == 0x02)
            && !(b[0] == 0x20 && b[1] == 0x01 && b[2] is 0 or 0x0D && (b[2] == 0 ? b[3] == 0 : b[3] == 0xB8));
    }

    public void Dispose() => http.Dispose();

    private async Task<OutsideAnswer> Follow(OutsideRequest request, CancellationToken cancel)
    {
        var (address, login) = (request.Address, request.Login);
        for (var hops = 0; hops <= MostRedirects; hops++)
        {
            // A password goes through no open line, except within the own network where that was allowed.
            if (address.Scheme is not ("http" or "https") || address.Scheme == "http" && login is not null && !free)
                throw new Refusal("outside.open_line", ("address", Shown(address)));
            using var answer = await AskAgain(request, address, login, cancel);
            if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } to)
                return await Whole(answer, address, cancel);
            var next = new Uri(address, to);
            if (login is not null && !Trusted(login, address, next))
                throw new Refusal("outside.moved", ("address", Shown(address)), ("to", Shown(next)));
            address = next;
        }
        throw new Refusal("outside.circles", ("address", Shown(request.Address)));
    }

    // Many servers end a connection that was kept open without a word; the request that meets it was not heard.
    private async Task<HttpResponseMessage> AskAgain(OutsideRequest request, Uri address, OutsideLogin? login, CancellationToken cancel)
    {
        for (var kept = 0; kept <= MostKept; kept++)
            try
            {
                var answer = await Ask(request, address, login, cancel);
                if (
                    answer.StatusCode != HttpStatusCode.Unauthorized
                    || login is null or { Bearer: true }
                    || !digest.Learn(login, answer, address)
                )
                    return answer;
                answer.Dispose();
            }
            catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ResponseEnded && kept < MostKept) { }
        return await Ask(request, address, login, cancel);
    }

    private async Task<HttpResponseMessage> Ask(OutsideRequest request, Uri address, OutsideLogin? login, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), address);
        if (request.Body is { } body)
            message.Content = new StringContent(body, Encoding.UTF8, request.Type);
        if (login is { Bearer: true })
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", login.Password);
        else if (login is { } l)
            message.Headers.Authorization =
                digest.Of(l, message.Method, address)
                ?? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{l.User}:{l.Password}")));
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        return await http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancel);
    }

    private static async Task<OutsideAnswer> Whole(HttpResponseMessage answer, Uri address, CancellationToken cancel)
    {
        using var body = new MemoryStream();
        await using var stream = await answer.Content.ReadAsStreamAsync(cancel);
        var chunk = new byte[16384];
        for (int n; (n = await stream.ReadAsync(chunk, cancel)) > 0; body.Write(chunk, 0, n))
            if (body.Length + n > MostBytes)
                throw new Refusal("outside.too_long", ("address", Shown(address)), ("mb", MostBytes >> 20));
        string Header(string name) =>
            answer.Headers.TryGetValues(name, out var v) || answer.Content.Headers.TryGetValues(name, out v) ? v.First() : "";
        return new OutsideAnswer((int)answer.StatusCode, address, Header("ETag"), Header("Last-Modified"), body.ToArray())
        {
            RetryAfter = answer.Headers.RetryAfter is { } wait ? wait.Delta ?? wait.Date - DateTimeOffset.UtcNow : null,
        };
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel) =>
        await Connect(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancel);

    /// <summary>A line to a server for a protocol that is not HTTP. The address that was looked at is the one connected to: a name that changes in between leads nowhere else.</summary>
    /// <exception cref="Refusal">The name leads into the own network.</exception>
    public Task<Stream> Connect(string host, int port, CancellationToken cancel) => Connect(host, port, free, "outside.private", cancel);

    /// <summary>The same to a mail server, which may lie in the own network where <c>REMIT_MAIL_HOSTS</c> names it.</summary>
    public Task<Stream> ConnectMail(string host, int port, CancellationToken cancel) =>
        Connect(host, port, free || mailHosts.Contains(host), "outside.private_mail", cancel);

    private static async Task<Stream> Connect(string host, int port, bool anywhere, string refusal, CancellationToken cancel)
    {
        var addresses = await Dns.GetHostAddressesAsync(host, cancel);
        if (!anywhere)
            addresses = [.. addresses.Where(IsPublic)];
        if (addresses.Length == 0)
            throw new Refusal(refusal, ("address", host));
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // A token opens everything its account may see, so it stays on the very server it was made for.
    private static bool Trusted(OutsideLogin login, Uri from, Uri to) =>
        login.Bearer ? from.Authority == to.Authority && from.Scheme == to.Scheme : SameSite(from, to);

    // caldav.icloud.com sends its people on to p07-caldav.icloud.com; to another's server no password goes along.
    private static bool SameSite(Uri a, Uri b) =>
        (b.Scheme == "https" || a.Scheme == b.Scheme)
        && (a.Host == b.Host ? b.Scheme == "https" || a.Port == b.Port : Site(a.Host) is { } site && site == Site(b.Host));

    private static string? Site(string host) =>
        Uri.CheckHostName(host) == UriHostNameType.Dns && host.Split('.') is [.., { Length: > 3 } name, { Length: > 1 } end]
            ? $"{name}.{end}"
            : null;

    private static string Shown(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;
}

using Microsoft.AspNetCore.Antiforgery;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Web;

/// <summary>The firm's own facts that every page needs; one row in its database.</summary>
public sealed class Firm : IVersioned
{
    public static readonly Guid TheOne = new("00000000-0000-7000-8000-000000000001");
    public Guid Id { get; init; } = TheOne;
    public required string Name { get; set; }

    /// <summary>ISO 3166 letter code; decides currency, VAT, identifiers, holidays.</summary>
    public required string Country { get; set; }
    public required string Currency { get; set; }
    public required string Language { get; set; }
    public string TimeZone { get; set; } = "UTC";
    public bool IsDemo { get; set; }
    public int Version { get; set; }
    public string Title => Name;

    /// <summary>To be read; whoever changes the firm asks for it anew. Null until a new firm has said what it is.</summary>
    public static Task<Firm?> Known(AppDb db) =>
        db.Keep("firm", [typeof(Firm)], () => db.Set<Firm>().AsNoTracking().SingleOrDefaultAsync());

    public static async Task<Firm> Of(AppDb db) => (await Known(db))!;
}

internal sealed class FirmTable : Microsoft.EntityFrameworkCore.IEntityTypeConfiguration<Firm>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Firm> t)
    {
        Microsoft.EntityFrameworkCore.RelationalEntityTypeBuilderExtensions.ToTable(t, "firm");
        t.Ignore(f => f.Title);
    }
}

/// <summary>
/// What every page knows of the request it answers: firm, person, language, the day there, the token its forms carry.
/// </summary>
public sealed class Screen(IHttpContextAccessor accessor, IAntiforgery antiforgery, TimeProvider clock)
{
    private HttpContext Http => accessor.HttpContext!;

    /// <summary>The firm's name in the address; null on the node's first page.</summary>
    public string? Slug { get; set; }
    public Firm? Firm { get; set; }
    public Actor? Person { get; set; }

    /// <summary>The personal token by which another program came in; null for a browser.</summary>
    public ApiToken? Bearer { get; set; }
    public T T { get; set; } = new("en");

    /// <summary>What this person keeps at hand, in their order; known where a page is asked for.</summary>
    public IReadOnlyList<Favourite> Favourites { get; set; } = [];

    /// <summary>Whether the sidebar is folded away, and which of its areas are.</summary>
    public bool SideFolded => Http.Request.Cookies["side"] is "folded";

    public bool IsFolded(string area) => Http.Request.Cookies["areas"]?.Split(',').Contains(area) == true;

    public string Theme =>
        Http.Request.Cookies["theme"] is "dark" ? "dark"
        : Http.Request.Cookies["theme"] is "light" ? "light"
        : "auto";

    /// <summary>What <c>&lt;base&gt;</c> carries, so that links are written without a leading slash.</summary>
    public string Base => Http.Request.PathBase + "/";

    /// <summary>The same with scheme and host, for links that leave in letters.</summary>
    public string Root => $"{Http.Request.Scheme}://{Http.Request.Host}{Base}";
    public string Path => Http.Request.Path.Value!.TrimStart('/');
    public string Query => Http.Request.QueryString.Value ?? "";
    public string Token => antiforgery.GetAndStoreTokens(Http).RequestToken!;
    public DateTime Now => clock.GetUtcNow().UtcDateTime;
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(clock.GetUtcNow().UtcDateTime, Zone));
    public Month Month => Month.Of(Today);

    /// <summary>A moment by the clock of the one who looks; appointments stay on the firm's clock.</summary>
    public DateTime Local(DateTime moment) =>
        Clock is { } zone ? TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(moment, DateTimeKind.Utc), zone) : Firm!.Local(moment);

    /// <summary>The person's own time zone, where they live by another than the firm's.</summary>
    public TimeZoneInfo? Clock { get; set; }

    public bool Can(Permission permission) => Person?.Can(permission) == true;

    /// <summary>The sentence about the last save and the change that undoes it, shown once.</summary>
    public (string Text, Guid? Change)? TakeDone()
    {
        if (Http.Request.Cookies["done"] is not { Length: > 0 } cookie || Http.Response.HasStarted)
            return null;
        Http.Response.Cookies.Delete("done", new CookieOptions { Path = Base });
        var bar = cookie.IndexOf('|');
        return bar < 0 ? null : (Uri.UnescapeDataString(cookie[(bar + 1)..]), Guid.TryParse(cookie[..bar], out var id) ? id : null);
    }

    private TimeZoneInfo Zone =>
        Firm is { } f && TimeZoneInfo.TryFindSystemTimeZoneById(f.TimeZone, out var zone) ? zone : TimeZoneInfo.Utc;
}

/// <summary>Where a request goes when it has done its work: 303 to a page of the same firm, with the offer to undo.</summary>
public sealed class Go(IHttpContextAccessor accessor, Screen screen)
{
    public IResult To(string path, AppDb? db = null, string? done = null)
    {
        var http = accessor.HttpContext!;
        if (done is not null)
            http.Response.Cookies.Append(
                "done",
                $"{db?.LastChange}|{Uri.EscapeDataString(done)}",
                new CookieOptions
                {
                    Path = screen.Base,
                    MaxAge = TimeSpan.FromSeconds(30),
                    SameSite = SameSiteMode.Lax,
                    HttpOnly = true,
                }
            );
        var to = screen.Base + Local(path);
        // A script would follow a redirect and so use up the sentence above; it is told where to go instead.
        if (http.Request.Headers.ContainsKey("X-Remit"))
            return Results.Json(new { to });
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = to;
        return Results.Empty;
    }

    /// <summary>
    /// A path that stays on this site whatever was asked for: browsers read <c>/\host</c> and <c>//host</c> as another
    /// site, drop tabs and line ends, and a header takes ASCII only.
    /// </summary>
    public static string Local(string path) =>
        string.Concat(
            path.TrimStart('/', '\\', '\t', '\r', '\n', ' ')
                .EnumerateRunes()
                .Select(r => r.Value is > ' ' and < 0x7f && r.Value != '\\' ? r.ToString() : Uri.EscapeDataString(r.ToString()))
        );
}

using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;

namespace Remit.Web;

/// <summary>What every route of the JSON API shares: the address, who calls, versions, and how a refusal is told.</summary>
public static class Api
{
    public const string Root = "/api/v1";

    private static readonly PathString root = "/api";

    /// <summary>The group that modules add their routes to. Its answers name the change they made, so that it can be undone.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        var group = new JsonLater(app).MapGroup(Root);
        group.AddEndpointFilter(
            async (call, next) =>
            {
                var answer = await next(call);
                if (call.HttpContext.RequestServices.GetRequiredService<AppDb>().LastChange is { } change)
                    call.HttpContext.Response.Headers["Remit-Change"] = change.ToString();
                return answer;
            }
        );
        return group;
    }

    public static bool IsFor(HttpContext http) => http.Request.Path.StartsWithSegments(root);

    /// <summary>The text behind <c>Authorization: Bearer</c>; null where there is none.</summary>
    public static string? BearerText(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is { Length: > 7 } text
        && text.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
            ? text[7..].Trim()
            : null;

    /// <summary>The first language of <c>Accept-Language</c> that Remit speaks.</summary>
    public static string? Language(HttpContext http) =>
        http
            .Request.GetTypedHeaders()
            .AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.ToString().Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(Texts.Languages.Contains);

    public static bool HasIfMatch(HttpContext http) => http.Request.Headers.IfMatch.Count > 0;

    /// <summary>Says which version of the record goes out.</summary>
    public static TRecord Tagged<TRecord>(this HttpContext http, TRecord record)
        where TRecord : IVersioned
    {
        http.Response.Headers.ETag = $"\"{record.Version}\"";
        return record;
    }

    /// <summary>
    /// A change says which version it was made from: <c>If-Match</c> with the tag that was read (412 where another is in
    /// force by now), or <c>version</c> in the body (409). A change that says neither is not taken.
    /// </summary>
    public static void MustMatch(this HttpContext http, AppDb db, IVersioned record, int? version)
    {
        var tags = http.Request.Headers.IfMatch.ToString();
        if (tags.Length == 0 && version is null)
            throw new Refused(428, new Refusal("api.no_version", ("title", record.Title)));
        var matches = tags.Length > 0 ? tags.Split(',').Any(t => t.Trim() == $"\"{record.Version}\"") : version == record.Version;
        if (!matches)
            throw new Refused(tags.Length > 0 ? 412 : 409, new Refusal("api.stale", ("title", record.Title), ("version", record.Version)));
        db.Entry(record).Property(nameof(IVersioned.Version)).OriginalValue = record.Version;
    }

    /// <summary>A verb may name the version it was decided on, which must then still be in force. Says whether it did.</summary>
    public static bool MayMatch(this HttpContext http, AppDb db, IVersioned record, int? version)
    {
        if (version is null && !HasIfMatch(http))
            return false;
        http.MustMatch(db, record, version);
        return true;
    }

    public static Month MonthOf(string text) => Month.Read(text) ?? throw new Refusal("api.month", ("month", text)) { Field = "month" };

    /// <summary>Each of a list in the body; a rule that one of them breaks names which.</summary>
    public static async Task Each<TRow>(string name, IReadOnlyList<TRow?>? rows, Func<TRow, Task> one)
        where TRow : class
    {
        for (var i = 0; i < rows?.Count; i++)
        {
            var place = $"{name}[{i}]";
            try
            {
                await one(rows[i] ?? throw new Refusal("api.not_read", ("why", place + ": null")));
            }
            catch (Refusal why)
            {
                throw why.At(place);
            }
        }
    }

    /// <inheritdoc cref="Each{TRow}(string, IReadOnlyList{TRow}, Func{TRow, Task})" />
    public static Task Each<TRow>(string name, IReadOnlyList<TRow?>? rows, Action<TRow> one)
        where TRow : class =>
        Each(
            name,
            rows,
            row =>
            {
                one(row);
                return Task.CompletedTask;
            }
        );

    /// <summary>What was wrong with the body, without the names of the program's own types.</summary>
    internal static string Reason(Exception bad) =>
        bad.InnerException is JsonException json ? $"{json.Path} ({json.LineNumber + 1}:{json.BytePositionInLine + 1})" : "—";

    internal static Task Problem(HttpContext http, int status, Refusal refusal)
    {
        var t = http.RequestServices.GetRequiredService<Screen>().T;
        http.Response.StatusCode = status;
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        var problem = new Problem(
            $"urn:remit:{refusal.Key}",
            ReasonPhrases.GetReasonPhrase(status),
            status,
            t.Of(refusal),
            refusal.Key,
            FieldOf(http.GetEndpoint(), refusal.Field)
        );
        return http.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json");
    }

    // Rules name a field as forms do, where several records share one: position_name is the name in a position's own document.
    private static string? FieldOf(Endpoint? route, string? field)
    {
        if (field is null || route?.Metadata.GetMetadata<IAcceptsMetadata>()?.RequestType is not { } body)
            return field;
        var names = body.GetProperties().Select(p => JsonNamingPolicy.SnakeCaseLower.ConvertName(p.Name)).ToList();
        var own = field[(field.IndexOf('_') + 1)..];
        return names.Find(n => n == field)
            ?? names.Find(n => n == own)
            ?? names.Find(n => n.StartsWith(own + "_", StringComparison.Ordinal))
            ?? field;
    }

    /// <summary>An answer of the API that went wrong says why, whoever stopped it.</summary>
    public static void UseProblems(this WebApplication app) =>
        app.Use(
            async (http, next) =>
            {
                await next(http);
                if (IsFor(http) && http.Response is { StatusCode: >= 400, HasStarted: false, ContentLength: null, ContentType: null })
                    await Problem(
                        http,
                        http.Response.StatusCode,
                        new Refusal(
                            http.Response.StatusCode switch
                            {
                                401 => "api.no_token",
                                403 => "api.read_only",
                                404 => "api.not_found",
                                413 => "api.too_large",
                                415 => "api.not_json",
                                _ => "api.refused",
                            }
                        )
                    );
            }
        );
}

/// <summary>RFC 9457, with the text key of the rule and the field it is about.</summary>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Key, string? Field);

/// <summary>A page of a list; <see cref="Next"/> is what <c>after</c> takes, null at the end.</summary>
public sealed record Listed<TItem>(IReadOnlyList<TItem> Items, string? Next)
{
    /// <summary>Of rows read one beyond the page.</summary>
    public static Listed<TItem> Of<TRow>(IReadOnlyList<TRow> rows, int size, Func<TRow, Guid> id, Func<TRow, TItem> item) =>
        new([.. rows.Take(size).Select(item)], rows.Count > size ? id(rows[size - 1]).ToString() : null);
}

/// <summary>A refusal told with another status than 422.</summary>
public sealed class Refused(int status, Refusal why) : Exception(why.Key)
{
    public int Status => status;
    public Refusal Why => why;
}

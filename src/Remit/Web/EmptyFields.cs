using System.Collections.Concurrent;
using System.Reflection;

namespace Remit.Web;

/// <summary>
/// A form sent by GET names all its fields, the empty ones too, and a link may end in «client=». Where an endpoint takes a
/// key, a number or a day that may be missing, the framework refuses "" instead of reading it as missing; so it is left out.
/// </summary>
internal static class EmptyFields
{
    private static readonly ConcurrentDictionary<MethodInfo, string[]> optional = [];

    /// <summary>Behind routing: what may be missing is known by the endpoint.</summary>
    public static void UseEmptyFields(this WebApplication app) =>
        app.Use(
            (http, next) =>
            {
                if (http.Request.QueryString.HasValue && http.GetEndpoint()?.Metadata.GetMetadata<MethodInfo>() is { } handler)
                {
                    var empty = optional
                        .GetOrAdd(handler, Of)
                        .Where(name => http.Request.Query.TryGetValue(name, out var value) && string.IsNullOrEmpty(value))
                        .ToList();
                    if (empty.Count > 0)
                        http.Request.Query = new QueryCollection(
                            http.Request.Query.Where(q => !empty.Contains(q.Key, StringComparer.OrdinalIgnoreCase))
                                .ToDictionary(q => q.Key, q => q.Value)
                        );
                }
                return next(http);
            }
        );

    private static string[] Of(MethodInfo handler) =>
        [
            .. handler
                .GetParameters()
                .Where(p => Nullable.GetUnderlyingType(p.ParameterType) is not null)
                .Select(p => p.Name)
                .OfType<string>(),
        ];
}

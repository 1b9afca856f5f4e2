using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>The description of the API, made from its routes, at <c>/openapi.json</c>.</summary>
public static class ApiDocument
{
    private const string Scheme = "token";

    public static void AddApi(this IServiceCollection services)
    {
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
            json.SerializerOptions.Converters.Add(new PlainText());
            json.SerializerOptions.Converters.Add(new PlausibleDay());
            json.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.Create(System.Text.Unicode.UnicodeRanges.All);
        });
        services.Configure<RouteHandlerOptions>(r => r.ThrowOnBadRequest = true);
        services.AddOpenApi(options =>
        {
            options.ShouldInclude = route => route.RelativePath?.StartsWith(Api.Root.TrimStart('/'), StringComparison.Ordinal) == true;
            options.AddDocumentTransformer(Describe);
            options.AddOperationTransformer(Explain);
            options.AddSchemaTransformer(Text);
        });
    }

    // No database keeps a zero character in a text.
    private sealed class PlainText : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            reader.GetString()?.Replace("\0", "");

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }

    // A day that no form takes is none here either.
    private sealed class PlausibleDay : JsonConverter<DateOnly>
    {
        public override DateOnly Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
        {
            var text = reader.GetString();
            return DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) && day.IsPlausible()
                ? day
                : throw new Refusal("api.day", ("text", text));
        }

        public override void Write(Utf8JsonWriter writer, DateOnly value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
    }

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi("/openapi.json").AllowAnonymous();

    private static Task Describe(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.Info = new()
        {
            Title = "Remit",
            Version = "v1",
            Description =
                "Amounts are whole minor units with a currency. A change names the version it was made from. Every answer that saved something carries Remit-Change, which POST changes/{id}/undo takes.",
        };
        // The description stands at the server: the schema that some validators carry knows none at a variable.
        document.Servers =
        [
            new()
            {
                Url = "/~{firm}",
                Description = "firm is the firm's name in the address; a host of its own has none",
                Variables = new Dictionary<string, OpenApiServerVariable> { ["firm"] = new() { Default = "demo" } },
            },
        ];
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Scheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "A personal token, made under Profile",
            },
        };
        document.Security = [new() { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
        return Task.CompletedTask;
    }

    // A converter of our own reads texts and days, so the description has to be told what they are.
    private static Task Text(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var type = context.JsonTypeInfo.Type;
        var isDay = (Nullable.GetUnderlyingType(type) ?? type) == typeof(DateOnly);
        if (isDay || type == typeof(string))
            schema.Type = context.JsonPropertyInfo is { IsGetNullable: true }
                ? JsonSchemaType.String | JsonSchemaType.Null
                : JsonSchemaType.String;
        if (isDay)
            schema.Format = "date";
        // That it may be missing is said beside it already, and said twice it is not one of both.
        if (schema.Enum is { } names)
            schema.Enum = [.. names.Where(name => name is not null && !name.IsJsonNullSentinel())];
        // What is sent may leave out whatever may be null; what is answered has it always.
        if (context.ParameterDescription is not null && schema.Required is { } required)
            foreach (var property in context.JsonTypeInfo.Properties)
                if (property.IsSetNullable || Nullable.GetUnderlyingType(property.PropertyType) is not null)
                    required.Remove(property.Name);
        return Task.CompletedTask;
    }

    private static Task Explain(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var said = context.Description.ActionDescriptor.EndpointMetadata;
        if (said.OfType<Needs>().FirstOrDefault() is { } needs)
            operation.Description =
                $"Needs the permission {needs.Permission}."
                + (said.OfType<SavesNothing>().Any() ? " Saves nothing: a token that may only read is enough." : "");
        operation.Responses ??= [];
        operation.Responses.TryAdd(
            "default",
            new OpenApiResponse { Description = "Refused: application/problem+json with key, detail in the caller's language, and field" }
        );
        return Task.CompletedTask;
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Remit.Web;

/// <summary>
/// Takes routes whose JSON is worked out for a type when somebody first sends or asks for it. The framework does it for all
/// of them before the first page is shown; a firm that nobody calls from outside would hold 10 MiB for nothing.
/// </summary>
internal sealed class JsonLater(IEndpointRouteBuilder routes) : IEndpointRouteBuilder, IServiceProvider
{
    private readonly IOptions<JsonOptions> later = Options.Create(
        new JsonOptions
        {
            SerializerOptions =
            {
                Converters = { new Door(routes.ServiceProvider.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions) },
            },
        }
    );

    public IServiceProvider ServiceProvider => this;
    public ICollection<EndpointDataSource> DataSources => routes.DataSources;

    public IApplicationBuilder CreateApplicationBuilder() => routes.CreateApplicationBuilder();

    public object? GetService(Type type) => type == typeof(IOptions<JsonOptions>) ? later : routes.ServiceProvider.GetService(type);

    // Stands before the real options: whatever the type, nothing of it is asked yet.
    private sealed class Door(JsonSerializerOptions inside) : JsonConverterFactory
    {
        public override bool CanConvert(Type type) => true;

        public override JsonConverter CreateConverter(Type type, JsonSerializerOptions options) =>
            (JsonConverter)Activator.CreateInstance(typeof(Later<>).MakeGenericType(type), inside)!;
    }

    private sealed class Later<T>(JsonSerializerOptions inside) : JsonConverter<T>
    {
        public override bool HandleNull => true;

        public override T? Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
            JsonSerializer.Deserialize<T>(ref reader, inside);

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, value, inside);
    }
}

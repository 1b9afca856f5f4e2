using System.Reflection;
using System.Reflection.Metadata;
using Microsoft.EntityFrameworkCore;

namespace Remit.Storage;

/// <summary>
/// The classes that say what a table looks like, found by their names in the program's metadata. To ask its types themselves,
/// as the mapper does, brings every one of the seven thousand into memory, with the libraries that they speak of.
/// </summary>
public static class TableTypes
{
    private static readonly MethodInfo apply = typeof(ModelBuilder).GetMethod(nameof(ModelBuilder.ApplyConfiguration))!;

    public static void Apply(ModelBuilder model, Assembly assembly)
    {
        foreach (var table in Of(assembly))
        foreach (var record in table.GetInterfaces().Where(IsOfTable).Select(i => i.GenericTypeArguments[0]))
            apply.MakeGenericMethod(record).Invoke(model, [Activator.CreateInstance(table)]);
    }

    /// <summary>Each is named as its record, with <c>Table</c> behind.</summary>
    public static IEnumerable<Type> Of(Assembly assembly) =>
        Named(assembly).Select(n => assembly.GetType(n, throwOnError: true)!).Where(t => t.GetInterfaces().Any(IsOfTable));

    private static bool IsOfTable(Type i) => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IEntityTypeConfiguration<>);

    private static unsafe List<string> Named(Assembly assembly)
    {
        if (!assembly.TryGetRawMetadata(out var start, out var length))
            throw new InvalidOperationException($"{assembly.FullName} has no metadata to read.");
        var reader = new MetadataReader(start, length);
        return
        [
            .. reader
                .TypeDefinitions.Select(reader.GetTypeDefinition)
                .Where(t =>
                    t.GetInterfaceImplementations().Count > 0 && reader.GetString(t.Name).EndsWith("Table", StringComparison.Ordinal)
                )
                .Select(t => $"{reader.GetString(t.Namespace)}.{reader.GetString(t.Name)}"),
        ];
    }
}

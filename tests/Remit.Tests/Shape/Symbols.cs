using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace Remit.Tests.Shape;

/// <summary>What the compiler notes for a debugger beside a program: in which file each type is written.</summary>
internal static class Symbols
{
    private static readonly Guid TypesWithoutCode = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    /// <summary>The files, from <c>src/Remit/</c> down, by the metadata token of the type.</summary>
    public static ILookup<int, string> Files(string assembly)
    {
        using var program = File.OpenRead(assembly);
        using var types = new System.Reflection.PortableExecutable.PEReader(program);
        using var file = File.OpenRead(Path.ChangeExtension(assembly, ".pdb"));
        using var symbols = MetadataReaderProvider.FromPortablePdbStream(file);
        return Documents(types.GetMetadataReader(), symbols.GetMetadataReader()).ToLookup(d => d.Type, d => d.File);
    }

    /// <summary>Methods know their document; for a type without code (an enum, an interface) the compiler leaves a note.</summary>
    private static IEnumerable<(int Type, string File)> Documents(MetadataReader program, MetadataReader symbols)
    {
        foreach (var method in program.MethodDefinitions)
        foreach (var document in Documents(symbols.GetMethodDebugInformation(method)))
            yield return (MetadataTokens.GetToken(program.GetMethodDefinition(method).GetDeclaringType()), Relative(symbols, document));
        foreach (
            var note in symbols
                .CustomDebugInformation.Select(symbols.GetCustomDebugInformation)
                .Where(n => symbols.GetGuid(n.Kind) == TypesWithoutCode)
        )
        foreach (var document in Rows(symbols.GetBlobReader(note.Value)))
            yield return (MetadataTokens.GetToken(note.Parent), Relative(symbols, document));
    }

    /// <summary>A method that lies in several files (a constructor with initializers of parts) names them at its points.</summary>
    private static IEnumerable<DocumentHandle> Documents(MethodDebugInformation method) =>
        method.Document.IsNil ? method.GetSequencePoints().Select(p => p.Document).Where(d => !d.IsNil).Distinct() : [method.Document];

    private static List<DocumentHandle> Rows(BlobReader rows)
    {
        var documents = new List<DocumentHandle>();
        while (rows.RemainingBytes > 0)
            documents.Add(MetadataTokens.DocumentHandle(rows.ReadCompressedInteger()));
        return documents;
    }

    private static string Relative(MetadataReader symbols, DocumentHandle document)
    {
        var name = symbols.GetString(symbols.GetDocument(document).Name).Replace('\\', '/');
        return name.LastIndexOf("/src/Remit/", StringComparison.Ordinal) is var at and >= 0 ? name[(at + "/src/Remit/".Length)..] : name;
    }
}

using Mono.Cecil;
using Mono.Cecil.Cil;
using Remit.Modules;

namespace Remit.Tests.Shape;

/// <summary>One use of a type by another, both as the outermost types that stand in a file.</summary>
public sealed record Use(TypeDefinition By, TypeDefinition Of);

/// <summary>The compiled program: which type mentions which, and in which file of the source each is written.</summary>
public static class Compiled
{
    private const string Modules = "Remit.Modules.";
    private static readonly string Path = typeof(Edges).Assembly.Location;
    private static readonly Lazy<AssemblyDefinition> Program = new(() => AssemblyDefinition.ReadAssembly(Path));
    private static readonly Lazy<ILookup<int, string>> Written = new(() => Symbols.Files(Path));
    private static readonly Lazy<IReadOnlyList<Use>> All = new(ReadUses);

    public static IEnumerable<TypeDefinition> Types => Program.Value.MainModule.GetTypes();

    public static IReadOnlyList<Use> Uses => All.Value;

    /// <summary>The module or the part of the ground floor a type lives in; null for the program's entry and foreign types.</summary>
    public static string? Place(TypeReference type)
    {
        var space = Outermost(type).Namespace + ".";
        if (space.StartsWith(Modules, StringComparison.Ordinal) && space.Length > Modules.Length)
            return space[Modules.Length..].Split('.')[0];
        return Edges.GroundFloor.FirstOrDefault(floor => space.StartsWith($"Remit.{floor}.", StringComparison.Ordinal));
    }

    /// <summary>
    /// The files a type is written in, from <c>Modules/</c> down, as the compiler noted them for the debugger. A page
    /// (.razor) is found by its namespace instead, which follows its folder: its code is written by a generator.
    /// </summary>
    public static IReadOnlyList<string> FilesOf(TypeDefinition type)
    {
        var files = WithNested(type)
            .SelectMany(t => Written.Value[t.MetadataToken.ToInt32()])
            .Where(f => !f.EndsWith(".g.cs", StringComparison.Ordinal))
            .Distinct()
            .ToList();
        return files.Count > 0 ? files : [type.Namespace["Remit.".Length..].Replace('.', '/') + "/" + type.Name + ".razor"];
    }

    private static IEnumerable<TypeDefinition> WithNested(TypeDefinition type) => type.NestedTypes.SelectMany(WithNested).Prepend(type);

    private static TypeReference Outermost(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        return type;
    }

    private static IReadOnlyList<Use> ReadUses()
    {
        var uses = new HashSet<Use>();
        foreach (var type in Types)
        foreach (var used in Mentioned(type).SelectMany(Parts))
            if (Outermost(used) is { } outer && outer.Scope == outer.Module && outer.Resolve() is { } there)
                uses.Add(new(Outermost(type).Resolve(), there));
        return [.. uses];
    }

    /// <summary>A generic type mentions itself and its arguments; an array or a reference what it is of.</summary>
    private static IEnumerable<TypeReference> Parts(TypeReference type) =>
        type switch
        {
            GenericInstanceType generic => generic.GenericArguments.SelectMany(Parts).Prepend(generic.ElementType),
            FunctionPointerType or GenericParameter => [],
            TypeSpecification of => Parts(of.ElementType),
            _ => [type],
        };

    private static IEnumerable<TypeReference> Mentioned(TypeDefinition type)
    {
        if (type.BaseType is not null)
            yield return type.BaseType;
        foreach (var one in type.Interfaces)
            yield return one.InterfaceType;
        foreach (var one in type.CustomAttributes)
            yield return one.AttributeType;
        foreach (var one in type.Fields)
            yield return one.FieldType;
        foreach (var method in type.Methods)
        {
            yield return method.ReturnType;
            foreach (var one in method.Parameters)
                yield return one.ParameterType;
            if (!method.HasBody)
                continue;
            foreach (var one in method.Body.Variables)
                yield return one.VariableType;
            foreach (var instruction in method.Body.Instructions)
            foreach (var one in Mentioned(instruction))
                yield return one;
        }
    }

    private static IEnumerable<TypeReference> Mentioned(Instruction instruction) =>
        instruction.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
            MethodReference method => [method.DeclaringType, method.ReturnType],
            FieldReference field => [field.DeclaringType, field.FieldType],
            _ => [],
        };
}

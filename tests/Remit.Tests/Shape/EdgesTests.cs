using Mono.Cecil;
using Mono.Cecil.Cil;
using Remit.Modules;

namespace Remit.Tests.Shape;

/// <summary>The walls between modules, held over the compiled program, so that no clever import gets around them.</summary>
public sealed class EdgesTests
{
    private const string Modules = "Remit.Modules.";

    [Fact]
    public void A_module_uses_only_what_its_edges_name()
    {
        var forbidden = Uses().Where(u => !Allowed(u.From, u.To)).Select(u => $"{u.From} → {u.To}: {u.Where}").Distinct().Order().ToList();
        Assert.True(forbidden.Count == 0, string.Join('\n', forbidden));
    }

    [Fact]
    public void The_edges_have_no_cycle()
    {
        foreach (var module in Edges.Of.Keys) Assert.DoesNotContain(module, Reached(module));
    }

    [Fact]
    public void Every_module_stands_in_the_edges()
    {
        using var program = Program();
        var there = program.MainModule.GetTypes().Select(t => Place(t)).OfType<string>().Distinct();
        Assert.Empty(there.Except(Edges.Of.Keys).Except(Edges.GroundFloor));
        Assert.Empty(Edges.Of.Values.SelectMany(to => to).Except(Edges.Of.Keys));
    }

    private static HashSet<string> Reached(string module)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(Edges.Of[module]);
        while (open.TryPop(out var next))
            if (reached.Add(next))
                foreach (var further in Edges.Of[next]) open.Push(further);
        return reached;
    }

    private static bool Allowed(string from, string to)
    {
        if (from == to || Edges.GroundFloor.Contains(to)) return true;
        return (Edges.Of.TryGetValue(from, out var edges) || Edges.FromGround.TryGetValue(from, out edges)) && edges.Contains(to);
    }

    private static AssemblyDefinition Program() => AssemblyDefinition.ReadAssembly(typeof(Edges).Assembly.Location);

    private static List<(string From, string To, string Where)> Uses()
    {
        using var program = Program();
        var uses = new List<(string, string, string)>();
        foreach (var type in program.MainModule.GetTypes())
            if (Place(type) is { } from)
                foreach (var used in Mentioned(type))
                    if (Place(used) is { } to)
                        uses.Add((from, to, $"{type.FullName} uses {used.FullName}"));
        return uses;
    }

    private static IEnumerable<TypeReference> Mentioned(TypeDefinition type)
    {
        if (type.BaseType is not null) yield return type.BaseType;
        foreach (var one in type.Interfaces) yield return one.InterfaceType;
        foreach (var one in type.CustomAttributes) yield return one.AttributeType;
        foreach (var one in type.Fields) yield return one.FieldType;
        foreach (var method in type.Methods)
        {
            yield return method.ReturnType;
            foreach (var one in method.Parameters) yield return one.ParameterType;
            if (!method.HasBody) continue;
            foreach (var one in method.Body.Variables) yield return one.VariableType;
            foreach (var instruction in method.Body.Instructions)
                foreach (var one in Mentioned(instruction)) yield return one;
        }
    }

    private static IEnumerable<TypeReference> Mentioned(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod method => [method.DeclaringType, method.ReturnType, .. method.GenericArguments],
        MethodReference method => [method.DeclaringType, method.ReturnType],
        FieldReference field => [field.DeclaringType, field.FieldType],
        _ => [],
    };

    /// <summary>The module or the part of the ground floor a type lives in; of a generic type its arguments count first.</summary>
    private static string? Place(TypeReference type)
    {
        if (type is GenericInstanceType generic && generic.GenericArguments.Select(Place).FirstOrDefault(p => p is not null) is { } inside) return inside;
        if (type is TypeSpecification { ElementType: { } element } && type is not GenericInstanceType) return Place(element);
        while (type.DeclaringType is { } outer) type = outer;
        var space = type.Namespace + ".";
        if (space.StartsWith(Modules, StringComparison.Ordinal) && space.Length > Modules.Length) return space[Modules.Length..].Split('.')[0];
        return Edges.GroundFloor.FirstOrDefault(floor => space.StartsWith($"Remit.{floor}.", StringComparison.Ordinal));
    }
}

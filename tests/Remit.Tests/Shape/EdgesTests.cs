using Remit.Modules;

namespace Remit.Tests.Shape;

/// <summary>The walls between modules, held over the compiled program, so that no clever import gets around them.</summary>
public sealed class EdgesTests
{
    [Fact]
    public void A_module_uses_only_what_its_edges_name()
    {
        var forbidden = Compiled
            .Uses.Where(u => Compiled.Place(u.By) is { } from && Compiled.Place(u.Of) is { } to && !Allowed(from, to))
            .Select(Said)
            .Order();
        Assert.Empty(forbidden);
    }

    [Fact]
    public void The_edges_have_no_cycle()
    {
        foreach (var module in Edges.Of.Keys)
            Assert.DoesNotContain(module, Reached(module));
    }

    [Fact]
    public void Every_module_stands_in_the_edges()
    {
        var there = Compiled.Types.Select(Compiled.Place).OfType<string>().Distinct();
        Assert.Empty(there.Except(Edges.Of.Keys).Except(Edges.GroundFloor));
        Assert.Empty(Edges.Of.Values.SelectMany(to => to).Except(Edges.Of.Keys));
    }

    internal static string Said(Use use) => $"{use.By.FullName} uses {use.Of.FullName}";

    private static HashSet<string> Reached(string module)
    {
        var reached = new HashSet<string>();
        var open = new Stack<string>(Edges.Of[module]);
        while (open.TryPop(out var next))
            if (reached.Add(next))
                foreach (var further in Edges.Of[next])
                    open.Push(further);
        return reached;
    }

    private static bool Allowed(string from, string to)
    {
        if (from == to || Edges.GroundFloor.Contains(to))
            return true;
        return (Edges.Of.TryGetValue(from, out var edges) || Edges.FromGround.TryGetValue(from, out edges)) && edges.Contains(to);
    }
}

using Mono.Cecil;
using Remit.Modules;

namespace Remit.Tests.Shape;

/// <summary>
/// Files directly in <c>Modules/X/</c> are X's doorstep: who has an edge to X may use what is written there. Everything
/// in X's sub-folders is X's own. A type whose parts lie in both is X's own.
/// </summary>
public sealed class DoorTests
{
    [Fact]
    public void A_module_reaches_no_further_into_another_than_its_doorstep()
    {
        var inside = Compiled
            .Uses.Where(AcrossModules)
            .Where(u => !OnDoorstep(u.Of))
            .Select(u => $"{EdgesTests.Said(u)} in {string.Join(", ", Compiled.FilesOf(u.Of))}")
            .Order();
        Assert.Empty(inside);
    }

    [Fact]
    public void Every_type_of_a_module_is_found_in_a_file_of_its_folder()
    {
        var root = Path.Combine(FilesTests.Root(), "src", "Remit");
        var lost = Compiled
            .Types.Where(t => t.DeclaringType is null && Edges.Of.ContainsKey(Compiled.Place(t) ?? ""))
            .SelectMany(t =>
                Compiled
                    .FilesOf(t)
                    .Where(f =>
                        !f.StartsWith($"Modules/{Compiled.Place(t)}/", StringComparison.Ordinal) || !File.Exists(Path.Combine(root, f))
                    )
                    .Select(f => $"{t.FullName} in {f}")
            );
        Assert.Empty(lost);
    }

    [Fact]
    public void A_namespace_below_a_module_stands_for_a_folder_below_it()
    {
        var astray = Compiled
            .Types.Where(t => t.DeclaringType is null && Edges.Of.ContainsKey(Compiled.Place(t) ?? ""))
            .Where(t => t.Namespace.Count(c => c == '.') > 2 && OnDoorstep(t))
            .Select(t => t.FullName);
        Assert.Empty(astray);
    }

    [Fact]
    public void Every_module_says_in_thirty_lines_what_it_is()
    {
        foreach (var module in Edges.Of.Keys)
        {
            var page = Path.Combine(FilesTests.Root(), "src", "Remit", "Modules", module, "README.md");
            Assert.True(File.Exists(page), $"Modules/{module} has no README.md");
            Assert.InRange(File.ReadLines(page).Count(), 1, 30);
        }
    }

    private static bool AcrossModules(Use use) =>
        Compiled.Place(use.By) is { } from && Compiled.Place(use.Of) is { } to && from != to && Edges.Of.ContainsKey(to);

    private static bool OnDoorstep(TypeDefinition type) => Compiled.FilesOf(type).All(f => f.Count(c => c == '/') == 2);
}

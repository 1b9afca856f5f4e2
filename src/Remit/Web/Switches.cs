namespace Remit.Web;

/// <summary>
/// Settings that take one of a few words. Any other stops the start: <c>REMIT_SETUP=of</c> must not leave open what was
/// meant to be closed.
/// </summary>
public static class Switches
{
    private static readonly (string Name, string[] Words)[] all =
    [
        ("REMIT_JOBS", ["on", "off"]),
        ("REMIT_SETUP", ["on", "off"]),
        ("REMIT_DEMO", ["on", "off"]),
        ("REMIT_OUTSIDE_PRIVATE", ["allow"]),
    ];

    public static void Check(IConfiguration configuration)
    {
        foreach (var (name, words) in all)
            if (configuration[name] is { Length: > 0 } said && !words.Contains(said))
                throw new CannotRun($"{name} says “{said}”; it is {string.Join(" or ", words)}, or left out.");
    }
}

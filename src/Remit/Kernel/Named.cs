namespace Remit.Kernel;

/// <summary>A value of a closed list by its name, as forms and addresses send it; null for any other word, or a number that none has.</summary>
public static class Named
{
    public static T? Of<T>(string? name)
        where T : struct, Enum => Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value : null;
}

namespace Remit.Modules.Dispatch;

/// <summary>What is already known of a visit when its form is opened.</summary>
public sealed record VisitWish(DateTime? Start, int Minutes, string Subject, Guid? Programmer, bool Remote, Guid? Question = null)
{
    public static readonly VisitWish None = new(null, 60, "", null, false);

    /// <summary>The same as fields of an address, for the step in which the client is chosen.</summary>
    public IEnumerable<(string Name, string Value)> Fields =>
        new (string Name, string Value)[]
        {
            ("start", Start?.ToString("yyyy-MM-dd'T'HH:mm", null) ?? ""),
            ("minutes", Minutes == 60 ? "" : $"{Minutes}"),
            ("subject", Subject),
            ("programmer", $"{Programmer}"),
            ("remote", Remote ? "true" : ""),
            ("question", $"{Question}"),
        }.Where(f => f.Value.Length > 0);

    public string Query => string.Concat(Fields.Select(f => $"&{f.Name}={Uri.EscapeDataString(f.Value)}"));
}

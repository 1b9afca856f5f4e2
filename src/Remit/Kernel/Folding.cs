namespace Remit.Kernel;

/// <summary>How texts are compared when people search and sort: without regard to case, and with ё as е and the two Turkic i as one.</summary>
public static class Folding
{
    public static string Of(string? text) => (text ?? "").Replace('İ', 'i').ToLowerInvariant().Replace('ё', 'е').Replace('ı', 'i');

    /// <summary>The words of a search box, folded; more than six say no more than six.</summary>
    public static IReadOnlyList<string> Words(string? text) =>
        [.. Of(text).Split([' ', ' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().Take(6)];
}

/// <summary>A record that people look for by words. Its line in the search index is written when it is saved.</summary>
public interface ISearchable : IRecord
{
    /// <summary>All that it may be found by.</summary>
    string SearchText { get; }
    /// <summary>The record that shows it: a contact is found as its client.</summary>
    Guid FoundAs => Id;
}

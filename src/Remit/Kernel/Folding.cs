namespace Remit.Kernel;

/// <summary>How texts are compared when people search and sort: without regard to case, and with ё as е and the two Turkic i as one.</summary>
public static class Folding
{
    public static string Of(string? text) => (text ?? "").Replace('İ', 'i').ToLowerInvariant().Replace('ё', 'е').Replace('ı', 'i');

    /// <summary>The same with Azerbaijani letters as people write them who have no such keys: səfər as sefer.</summary>
    public static string Plain(string? text) =>
        Of(text).Replace('ə', 'e').Replace('ö', 'o').Replace('ü', 'u').Replace('ğ', 'g').Replace('ş', 's').Replace('ç', 'c');

    /// <summary>The words of a search box, folded and plain; more than six say no more than six.</summary>
    public static IReadOnlyList<string> Words(string? text) =>
        [.. Plain(text).Split([' ', ' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Distinct().Take(6)];
}

/// <summary>A record that people look for by words. Its line in the search index is written when it is saved.</summary>
public interface ISearchable : IRecord
{
    /// <summary>All that it may be found by.</summary>
    string SearchText { get; }

    /// <summary>The record that shows it: a contact is found as its client.</summary>
    Guid FoundAs => Id;
}

/// <summary>What others are found as, and the key of its name, by which lists order what is found.</summary>
public interface INamed : ISearchable
{
    string NameKey { get; }
}

namespace Remit.Kernel;

/// <summary>
/// A rule that was broken, told as a text key with the values its sentence names. Shown to the person as HTTP 422
/// on the page that was being filled in; anything else that is thrown is a bug.
/// </summary>
public sealed class Refusal(string key, params (string Name, object? Value)[] values) : Exception(key)
{
    public string Key { get; } = key;
    public IReadOnlyList<(string Name, object? Value)> Values { get; } = values;

    /// <summary>The form field the refusal is about, where there is one.</summary>
    public string? Field { get; init; }

    /// <summary>The same, said of one among many: <c>lines[2]</c>, or a field of it.</summary>
    public Refusal At(string place) => new(Key, [.. Values]) { Field = Field is null ? place : $"{place}.{Field}" };

    /// <summary>Which of the fields of that name, where a form has rows: counted from 0.</summary>
    public int? Row { get; init; }
}

/// <summary>Guards in the words of the rule: <c>Must(Lines.Count > 0, "invoice.empty")</c>.</summary>
public static class Rules
{
    public static void Must(bool holds, string key, params (string, object?)[] values)
    {
        if (!holds)
            throw new Refusal(key, values);
    }

    /// <summary>The same for what stands in one field of a form, which the person is led to.</summary>
    public static void Within(bool holds, string key, string field)
    {
        if (!holds)
            throw new Refusal(key) { Field = field };
    }

    /// <summary>The text without the blanks around it; refused when nothing is left.</summary>
    public static string Filled(string? text, string key, string? field = null) =>
        string.IsNullOrWhiteSpace(text) ? throw new Refusal(key) { Field = field } : text.Trim();
}

using System.Globalization;
using Microsoft.Extensions.Primitives;
using Remit.Kernel;

namespace Remit.Web;

/// <summary>What a person typed. Reading a field says clearly which one could not be understood.</summary>
public sealed class Form(IFormCollection fields)
{
    public static async ValueTask<Form?> BindAsync(HttpContext http) =>
        new(http.Request.HasFormContentType ? await http.Request.ReadFormAsync() : FormCollection.Empty);

    public IFormFileCollection Files => fields.Files;

    /// <summary>All that was sent, in a copy.</summary>
    public Dictionary<string, StringValues> Fields => fields.ToDictionary(f => f.Key, f => f.Value);

    /// <summary>The same without some fields.</summary>
    public Form Without(Func<string, bool> left) => new(new FormCollection(Fields.Where(f => !left(f.Key)).ToDictionary(), fields.Files));

    /// <summary>The same with some fields set.</summary>
    public Form With(params (string Name, string Value)[] set)
    {
        var all = Fields;
        foreach (var (name, value) in set)
            all[name] = value;
        return new Form(new FormCollection(all, fields.Files));
    }

    public IEnumerable<string> All(string name) => fields[name].Where(v => v is not null)!;

    /// <summary>What was sent, an emptied field as empty; null where the form has no such field.</summary>
    public string? Sent(string name) => fields.TryGetValue(name, out var value) ? value.ToString().Replace("\0", "").Trim() : null;

    public string? Text(string name) => fields[name].ToString().Replace("\0", "").Trim() is { Length: > 0 } text ? text : null;

    public string Must(string name) => Text(name) ?? throw new Refusal("form.empty", ("field", "field." + name)) { Field = name };

    public bool Flag(string name) => fields[name].ToString() is "on" or "true" or "1";

    public Guid? Id(string name) => Guid.TryParse(fields[name], out var id) ? id : null;

    /// <summary>Where the form was sent from, if that is a page of this firm: a relative path, no other host.</summary>
    public string Back(string otherwise) =>
        Text("to") is { } to && !to.Contains(':') && !to.StartsWith('/') && !to.Contains('\\') ? to : otherwise;

    /// <param name="called">What the field is called to people, where many of a kind have numbered names.</param>
    public int? Int(string name, string? called = null) =>
        Text(name) is not { } text ? null
        : int.TryParse(text.Replace("\u00a0", ""), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n
        : throw new Refusal("form.number", ("field", "field." + (called ?? name)), ("text", text)) { Field = name };

    public DateOnly? Day(string name) =>
        Text(name) is not { } text ? null
        : DateOnly.TryParseExact(text, ["yyyy-MM-dd", "dd.MM.yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.IsPlausible()
            ? day
        : throw new Refusal("form.day", ("field", "field." + name), ("text", text)) { Field = name };

    /// <summary>A local day and time, as <c>datetime-local</c> sends it.</summary>
    public DateTime? Moment(string name) =>
        Text(name) is not { } text ? null
        : DateTime.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "dd.MM.yyyy HH:mm"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var moment
        ) && DateOnly.FromDateTime(moment).IsPlausible()
            ? DateTime.SpecifyKind(moment, DateTimeKind.Utc)
        : throw new Refusal("form.day", ("field", "field." + name), ("text", text)) { Field = name };

    /// <summary>«1 234,50» or «1234.5» as minor units; at most two digits behind the point.</summary>
    public long? Minor(string name, string? called = null) => Text(name) is { } text ? Hundredths(text, name, called) : null;

    /// <summary>The same for one of several fields of a name.</summary>
    public static long Hundredths(string text, string name, string? called = null)
    {
        if (Number(text, 2) is not { } value || Math.Abs(value) > 1_000_000_000_000m || value * 100 != decimal.Truncate(value * 100))
            throw new Refusal("form.amount", ("field", "field." + (called ?? name)), ("text", text)) { Field = name };
        return (long)(value * 100);
    }

    /// <summary>A rate in thousandths of a minor unit: «12,50» or, where money is dear, «0,115».</summary>
    public long? Rate(string name)
    {
        if (Text(name) is not { } text)
            return null;
        return Number(text, 5) is >= 0 and <= 1_000_000_000 and var value
            ? (long)Math.Round(value * 100_000)
            : throw new Refusal("form.amount", ("field", "field." + name), ("text", text)) { Field = name };
    }

    /// <summary>«1 234,50», «1,234.50», «1.234,50» and «1234.5» alike; null where it is no number.</summary>
    /// <param name="places">Digits it may have behind the point: with two of them «1,234» can only be a thousand and more.</param>
    public static decimal? Number(string text, int places = 3)
    {
        var bare = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c != '\'')).Replace('−', '-');
        var (parts, marks) = (bare.Split(',', '.'), bare.Where(c => c is ',' or '.').ToArray());
        // Of two different marks the last one parts the fraction; one said twice only groups.
        var parted =
            marks.Length == 1
                ? places > 2 || !Groups(parts) || parts[0].TrimStart('-').StartsWith('0')
                : marks.Length > 1 && marks[^1] != marks[^2];
        var (whole, grouping) = parted ? (parts[..^1], marks[..^1]) : (parts, marks);
        return
            (whole.Length == 1 || Groups(whole))
            && grouping.Distinct().Count() < 2
            && decimal.TryParse(
                string.Concat(whole) + (parted ? "." + parts[^1] : ""),
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var value
            )
            ? value
            : null;
    }

    private static bool Groups(string[] parts) => parts[0].TrimStart('-').Length is >= 1 and <= 3 && parts[1..].All(p => p.Length == 3);
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace Remit.Web;

/// <summary>
/// HTML written as text, for what a page holds hundreds of: what stands in braces is encoded, what stands around them is
/// taken as it is. Written so, a row costs a tenth of what its elements cost as parts of a component.
/// </summary>
public sealed class HtmlText
{
    private static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new();

    public HtmlText Add([InterpolatedStringHandlerArgument("")] Written _) => this;

    /// <summary><c> name="value"</c>, and nothing where there is no value.</summary>
    public HtmlText Attribute(string name, string? value) => value is null ? this : Add($" {name}=\"{value}\"");

    public MarkupString Done() => new(text.ToString());

    [InterpolatedStringHandler]
    #pragma warning disable IDE0060, CS9113 // The compiler hands over how much will come.
    public readonly struct Written(int literals, int values, HtmlText html)
#pragma warning restore IDE0060, CS9113
    {
        private readonly StringBuilder text = html.text;

        public void AppendLiteral(string markup) => text.Append(markup);
        public void AppendFormatted(string? value) => text.Append(encoder.Encode(value ?? ""));
        public void AppendFormatted(MarkupString markup) => text.Append(markup.Value);
        public void AppendFormatted<TValue>(TValue value, string? format = null) =>
            text.Append(encoder.Encode(value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""));
    }
}

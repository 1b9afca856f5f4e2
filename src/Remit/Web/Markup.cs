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
public sealed class Markup
{
    private static readonly HtmlEncoder encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private readonly StringBuilder text = new(1024);

    /// <summary>How many characters stand in it.</summary>
    public int Length => text.Length;

    public Markup Add([InterpolatedStringHandlerArgument("")] Written _) => this;

    /// <summary><c> name="value"</c>, and nothing where there is no value.</summary>
    public Markup Attribute(string name, string? value) => value is null ? this : Add($" {name}=\"{value}\"");

    /// <summary>All that was written; it is empty again then.</summary>
    public MarkupString Done()
    {
        var done = new MarkupString(text.ToString());
        text.Clear();
        return done;
    }

    [InterpolatedStringHandler]
    public readonly struct Written
    {
        private readonly StringBuilder text;

        /// <summary>The compiler says how much will come; the text grows by itself.</summary>
        public Written(int literals, int values, Markup html) => text = html.text;

        public void AppendLiteral(string markup) => text.Append(markup);

        public void AppendFormatted(string? value) => text.Append(encoder.Encode(value ?? ""));

        public void AppendFormatted(MarkupString markup) => text.Append(markup.Value);

        public void AppendFormatted<TValue>(TValue value, string? format = null) =>
            text.Append(
                encoder.Encode(
                    value is IFormattable number ? number.ToString(format, CultureInfo.InvariantCulture) : value?.ToString() ?? ""
                )
            );
    }
}

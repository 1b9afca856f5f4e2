using Microsoft.AspNetCore.Components;
using Remit.Kernel;

namespace Remit.Web.Lists;

/// <summary>The rows of a list as HTML.</summary>
internal static class ListRows
{
    // Text of more than some forty thousand characters is a large object to the runtime, which walks the whole memory for
    // every few of them.
    private const int Part = 16_000;

    /// <summary>In parts, one after the other.</summary>
    /// <param name="ticks">Whether a row can be chosen for an act on many.</param>
    public static IEnumerable<MarkupString> Of<TRow>(
        ListOf<TRow> list,
        IReadOnlyList<Column<TRow>> columns,
        IReadOnlyList<TRow> rows,
        bool ticks,
        Screen screen
    )
        where TRow : class, IIdentified
    {
        var (html, heads) = (new Markup(), columns.Select(c => Head(c, screen)).ToList());
        foreach (var row in rows)
        {
            html.Add($"<tr data-id=\"{row.Id}\">");
            if (ticks)
                html.Add(
                    $"<td class=\"tick\"><input type=\"checkbox\" name=\"ids\" value=\"{row.Id}\" form=\"bulk\" aria-label=\"{columns[0].Text(row, screen)}\"></td>"
                );
            for (var i = 0; i < columns.Count; i++)
            {
                html.Add($"<td{heads[i].Marks}").Attribute("data-was", heads[i].Edits ? columns[i].Plain(row) : null).Add($">");
                Cell(html, columns[i], row, i == 0 ? list.Open(row) : null, screen);
                html.Add($"</td>");
            }
            html.Add($"</tr>");
            if (html.Length > Part)
                yield return html.Done();
        }
        yield return html.Done();
    }

    // What is the same in every cell of a column.
    private static (MarkupString Marks, bool Edits) Head<TRow>(Column<TRow> column, Screen screen)
        where TRow : class, IIdentified
    {
        var html = new Markup()
            .Attribute(
                "class",
                $"{(column.IsNumber ? "num" : column.IsDay || column.Marks is not null ? "nowrap" : "")} {Yielding(column)}".Trim()
                    is { Length: > 0 } marks
                    ? marks
                    : null
            )
            .Attribute("data-label", screen.T["field." + column.Key]);
        if (column.Edit is not { } edit || !screen.Can(edit.Needs))
            return (html.Done(), false);
        return (
            html.Attribute("data-edit", column.Key)
                .Attribute("data-choices", edit.Choices is null ? null : "")
                .Attribute("tabindex", "-1")
                .Done(),
            true
        );
    }

    public static string? Yielding<TRow>(Column<TRow> column)
        where TRow : class, IIdentified => column.Yields > 0 ? $"yields-{column.Yields}" : null;

    private static void Cell<TRow>(Markup html, Column<TRow> column, TRow row, string? open, Screen screen)
        where TRow : class, IIdentified
    {
        var text = column.Text(row, screen);
        // A day, a word, an address: cut in the middle it says nothing.
        var whole = text.Length is > 0 and <= 26 && !column.IsNumber && !column.IsDay && (text.Length <= 12 || !text.Contains(' '));
        if (open is not null)
            html.Add($"<a href=\"{open}\"").Attribute("class", whole ? "whole" : null).Add($" data-peek>{text}</a>");
        else if (column.Link?.Invoke(row) is { } link)
            html.Add($"<a href=\"{link}\"").Attribute("class", whole ? "whole" : null).Add($">{text}</a>");
        else
            html.Add($"<span").Attribute("class", whole ? "whole" : null).Add($">{text}</span>");
        foreach (var mark in column.Marks?.Invoke(row) ?? [])
            html.Add($" <span class=\"tag {mark.Look}\">{screen.T[mark.TextKey]}</span>");
    }
}

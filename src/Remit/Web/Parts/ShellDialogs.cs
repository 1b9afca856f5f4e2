using System.Collections.Concurrent;
using Microsoft.AspNetCore.Components;
using Remit.Kernel;

namespace Remit.Web.Parts;

/// <summary>What every page holds ready and shows by a key: the palette, the line that makes a record, the keys. The same for all of a role, so written once.</summary>
internal static class ShellDialogs
{
    private static readonly ConcurrentDictionary<(Role, string), MarkupString> written = [];

    // Each with the part of a page without which it does nothing.
    private static readonly (string Key, string Means, string Where)[] keys =
    [
        ("Ctrl K", "keys.find", "body"),
        ("C", "keys.create", "body"),
        ("Ctrl /", "keys.search", "body"),
        ("?", "keys.title", "body"),
        ("[", "shell.fold", ".side"),
        ("Ctrl Enter", "keys.save", "main form[method=post]:not(.star)"),
        ("Ctrl Space", "keys.edit", "main .top a[href$='/edit'], [data-create]"),
        ("Ctrl ← →", "keys.walk", "[data-walk]"),
        ("J K", "keys.rows", "table.list tbody tr, .walked > .row"),
        ("Enter", "keys.open", "table.list a[data-peek]"),
        ("X", "keys.choose", "input[form=bulk]"),
        ("F2", "keys.cell", "td[data-edit]"),
        ("Esc", "keys.close", "body"),
    ];

    public static MarkupString For(Role role, T t) =>
        written.GetOrAdd(
            (role, t.Language),
            _ =>
            {
                var html = new Markup();
                Palette(html, role, t);
                html.Add(
                    $"<dialog id=\"create\" aria-label=\"{t["create.title"]}\"><form method=\"get\" action=\"create\" data-line><input type=\"search\" name=\"text\" maxlength=\"500\" placeholder=\"{t["create.example"]}\" aria-label=\"{t["create.title"]}\" autocomplete=\"off\"></form><div class=\"understood\"><p class=\"pad muted\">{t["create.hint"]}</p></div></dialog>"
                );
                Keys(html, role, t);
                return html.Done();
            }
        );

    private static void Palette(Markup html, Role role, T t)
    {
        html.Add(
            $"<dialog id=\"palette\" aria-label=\"{t["shell.find"]}\" data-here=\"{t["palette.here"]}\" data-view=\"{t["palette.view"]}\" data-recent=\"{t["palette.recent"]}\" data-none=\"{t["palette.none"]}\">"
        );
        html.Add(
            $"<input type=\"search\" placeholder=\"{t["shell.find"]}\" aria-label=\"{t["shell.find"]}\" autocomplete=\"off\" role=\"combobox\" aria-expanded=\"true\" aria-controls=\"palette-list\"><ul id=\"palette-list\">"
        );
        foreach (var item in Menu.For(role).SelectMany(a => a.Items))
            html.Add($"<li><a href=\"{item.Path}\">{t[item.Key]}<kbd>G {item.Letter.ToUpperInvariant()}</kbd></a></li>");
        foreach (var item in Menu.Makes(role))
            html.Add($"<li><a href=\"{item.Path}\">+ {t[item.Key]}<span class=\"faint\">{t["palette.make"]}</span></a></li>");
        foreach (var item in Menu.Others(role))
            html.Add($"<li class=\"more\"><a href=\"{item.Path}\">{t[item.Key]}<span class=\"faint\">{t["palette.page"]}</span></a></li>");
        html.Add($"</ul></dialog>");
    }

    private static void Keys(Markup html, Role role, T t)
    {
        html.Add($"<dialog id=\"keys\"><h2>{t["keys.title"]}</h2><dl>");
        foreach (var (key, means, where) in keys)
        {
            html.Add($"<div data-for=\"{where}\"><dt>");
            foreach (var one in key.Split(' '))
                html.Add($"<kbd>{one}</kbd>");
            html.Add($"</dt><dd>{t[means]}</dd></div>");
        }
        html.Add($"</dl><dl data-own></dl><dl class=\"jumps\">");
        foreach (var item in Menu.For(role).SelectMany(a => a.Items))
            html.Add($"<div><dt><kbd>G</kbd><kbd>{item.Letter.ToUpperInvariant()}</kbd></dt><dd>{t[item.Key]}</dd></div>");
        html.Add($"</dl></dialog>");
    }
}

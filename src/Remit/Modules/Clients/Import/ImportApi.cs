using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients.Merge;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Clients.Import;

/// <summary>Many clients at once, and two made one, for other programs.</summary>
internal static class ImportApi
{
    public static void MapImportApi(this RouteGroupBuilder api)
    {
        api.MapPost("/clients/imports", Bring)
            .Needs(Permission.ClientsEdit)
            .WithSummary("Up to 1000 clients in one change: new ones made, known ones brought up to date");
        api.MapPost("/clients/{id:guid}/merge", Merge)
            .Needs(Permission.ClientsEdit)
            .WithSummary("Another client becomes this one; what hangs on it moves here");
    }

    private static async Task<ImportedJson> Bring(ImportFieldsJson asked, AppDb db, Actor actor, Screen screen, TimeProvider clock)
    {
        Must(asked.Rows is { Count: > 0 }, "import.nothing");
        Must(asked.Rows!.Count <= ClientImport.PartRows, "sheet.too_long", ("most", ClientImport.PartRows));
        await db.StartWriting();
        var now = clock.GetUtcNow().UtcDateTime;
        // The same way a table goes, without being kept.
        var import = ClientImport.Of(ImportFields.All, [], "", actor.PersonId!.Value, now);
        import.Understand([.. ImportFields.All], asked.KnownBy ?? "auto", asked.Updates ?? true, asked.Creates ?? true);
        var plan = await ImportPlan.Of(import, [.. asked.Rows.Select(r => r.Cells())], db, screen.Firm!, now, write: true);
        await db.SaveChangesAsync();
        return new(
            plan.Count(ImportKind.New),
            plan.Count(ImportKind.Update),
            plan.Count(ImportKind.Same),
            [
                .. plan
                    .Rows.Where(r => r.Kind == ImportKind.Wrong)
                    .Select(r => new RejectedJson(r.Index, screen.T.Of(r.Refusal!), r.Refusal!.Key)),
            ]
        );
    }

    private static async Task<ClientJson> Merge(Guid id, MergeJson asked, AppDb db, HttpContext http)
    {
        await db.StartWriting();
        var into = await db.Set<Client>().One(id);
        http.MustMatch(db, into, asked.Version);
        var from = await db.Set<Client>().One(asked.With ?? throw new Refusal("form.empty", ("field", "with")) { Field = "with" });
        await ClientMerge.Run(db, into, from, (asked.KeepTheirs ?? []).ToHashSet());
        await db.SaveChangesAsync();
        return ClientJson.Of(http.Tagged(into));
    }
}

/// <summary>What to bring, and by what a client is known: auto, tax_id, email, phone or client_title.</summary>
public sealed record ImportFieldsJson(string? KnownBy, bool? Updates, bool? Creates, IReadOnlyList<ImportRowJson>? Rows);

/// <summary>One client, with at most one contact. What is not named stays as it is.</summary>
public sealed record ImportRowJson(
    string? Name,
    string? Country,
    string? TaxId,
    string? Kpp,
    string? Address,
    string? Account,
    string? Bic,
    string? Segment,
    string? Manager,
    string? Route,
    bool? KeyAccount,
    string? Lang,
    string? ContactName,
    string? Post,
    string? Phone,
    string? Email
)
{
    /// <summary>In the order of <see cref="ImportFields.All"/>.</summary>
    internal string[] Cells() =>
        [
            .. (
                (string?[])
                    [
                        Name,
                        Country,
                        TaxId,
                        Kpp,
                        Address,
                        Account,
                        Bic,
                        Segment,
                        Manager,
                        Route,
                        KeyAccount is { } key
                            ? key
                                ? "yes"
                                : "no"
                            : null,
                        Lang,
                        ContactName,
                        Post,
                        Phone,
                        Email,
                    ]
            ).Select(c =>
                c?.Trim() is { } text
                    ? text.Length > SheetFile.MostText
                        ? text[..SheetFile.MostText]
                        : text
                    : ""
            ),
        ];
}

/// <summary>How many rows became what, and those that could not be taken.</summary>
public sealed record ImportedJson(int Created, int Updated, int Same, IReadOnlyList<RejectedJson> Rejected);

/// <summary>A row by its place, counted from 0, with the sentence and the rule.</summary>
public sealed record RejectedJson(int Row, string Detail, string Key);

/// <summary>The client that goes, and the fields to keep from it, named as on the page: client_title, tax_id …</summary>
public sealed record MergeJson(Guid? With, IReadOnlyList<string>? KeepTheirs, int? Version);

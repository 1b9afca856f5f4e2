using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Files;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Received;

/// <summary>Letters that come in, for other programs.</summary>
public static class ReceivedApi
{
    private const int PageSize = 100;

    public static void MapReceivedApi(this RouteGroupBuilder api)
    {
        api.MapPost("/letters", Take)
            .Needs(Permission.VisitsEdit)
            .WithSummary("A letter as the whole body (message/rfc822); the same letter again adds nothing")
            .Accepts<byte[]>("message/rfc822", "application/octet-stream");
        api.MapGet("/letters", List)
            .Needs(Permission.VisitsSee)
            .WithSummary("Letters as they came in, the latest first; state=unsorted, filed, automatic or rejected");
        api.MapGet("/letters/{id:guid}", Read).Needs(Permission.VisitsSee).WithSummary("One letter with its words and files");
    }

    private static async Task<LetterTakenJson> Take(Stream body, AppDb db, Screen screen, Taking taking, TimeProvider clock)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        var taken = await taking.Take(db, screen.Slug!, bytes.ToArray(), new(ReceivedWay.Program), ReceivedModule.Here(screen, clock));
        return new(!taken.Known, Of(taken.Letter, await FileDoor.Of(db, LetterRecord.Of, [taken.Letter.Id])));
    }

    private static async Task<Listed<ReceivedJson>> List(AppDb db, Screen screen, string? state, Guid? after)
    {
        var letters = db.Letters(screen.Today).AsNoTracking();
        if (state is not null)
        {
            var wanted = Named.Of<ReceivedState>(state) ?? throw new Refusal("received.no_state", ("state", state));
            letters = letters.Where(l => l.State == wanted);
        }
        if (after is { } last)
            letters = letters.Where(l => l.Id.CompareTo(last) < 0);
        var rows = await letters.OrderByDescending(l => l.Id).Take(PageSize + 1).ToListAsync();
        var files = await FileDoor.Of(db, LetterRecord.Of, rows.ConvertAll(l => l.Id));
        return Listed<ReceivedJson>.Of(rows, PageSize, l => l.Id, l => Of(l, files));
    }

    private static async Task<ReceivedJson> Read(Guid id, AppDb db, Screen screen) =>
        Of(await db.Letters(screen.Today).AsNoTracking().One(id), await FileDoor.Of(db, LetterRecord.Of, [id]));

    private static ReceivedJson Of(ReceivedLetter l, ILookup<Guid, FileLine> files) =>
        new(
            l.Id,
            l.State.ToString().ToLowerInvariant(),
            l.Sort.ToString().ToLowerInvariant(),
            l.Became,
            new(l.FromName, l.FromAddress),
            l.Subject,
            l.Text,
            l.SentAt,
            l.ReceivedAt,
            l.ClientId,
            l.AboutKind,
            l.AboutId,
            [.. files[l.Id].Select(f => new LetterFileJson(f.Id, f.Name, f.Type, f.Size))]
        );
}

/// <summary>A letter; who sent it and when is its own word.</summary>
/// <param name="Became">What became of it: question, again, answer, automatic, bulk, bounce, invitation_accepted …; empty while it waits.</param>
/// <param name="AboutKind">question, visit, meeting, meeting_series, staff_event or client, with <paramref name="AboutId"/>.</param>
public sealed record ReceivedJson(
    Guid Id,
    string State,
    string Sort,
    string Became,
    Party From,
    string Subject,
    string Text,
    DateTime? SentAt,
    DateTime ReceivedAt,
    Guid? ClientId,
    string AboutKind,
    Guid? AboutId,
    IReadOnlyList<LetterFileJson> Files
);

public sealed record LetterFileJson(Guid Id, string Name, string Type, long Size);

/// <param name="Added">False where the letter was known already.</param>
public sealed record LetterTakenJson(bool Added, ReceivedJson Letter);

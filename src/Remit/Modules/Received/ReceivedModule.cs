using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.Files;
using Remit.Modules.Meetings;
using Remit.Modules.People;
using Remit.Modules.Received.Pages;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;
using Remit.Web.Lists;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Received;

/// <summary>Letters that come in: taken, shown, sorted.</summary>
public static class ReceivedModule
{
    public static void AddReceived(this IServiceCollection services)
    {
        services.AddSingleton<FileDoor>();
        services.AddSingleton<Taking>();
        services.AddSingleton<IJobHandler, MailboxReading>();
        services.AddSingleton<IRecordKind, LetterRecord>();
        services.AddSingleton<IDueSource, LetterDues>();
        services.AddSingleton<IBadge, LetterBadge>();
        services.AddSingleton<ITimelineSource, LetterLines>();
        services.AddSingleton<IVisitSection, LetterBoxes>();
        services.AddSingleton<IQuestionSection, LetterBoxes>();
        services.AddSingleton<IMeetingSection, LetterBoxes>();
    }

    public static void MapReceived(this WebApplication app)
    {
        app.MapList(LetterList.List);
        app.MapGet("/letters/add", IResult () => new RazorComponentResult<AddLettersPage>()).Needs(Permission.VisitsEdit);
        app.MapPost("/letters/add", Add).Needs(Permission.VisitsEdit).WithMetadata(new RequestSizeLimitAttribute(256 << 20));
        app.MapGet("/letters/{id:guid}", Show).Needs(Permission.VisitsSee);
        app.MapPost("/letters/{id:guid}/link", Link).Needs(Permission.VisitsEdit);
        app.MapPost("/letters/{id:guid}/client", NewClient).Needs(Permission.ClientsEdit);
        app.MapPost("/letters/{id:guid}/ask", Ask).Needs(Permission.VisitsEdit);
        app.MapPost("/letters/{id:guid}/reject", Reject).Needs(Permission.VisitsEdit);
    }

    private static async Task<IResult> Add(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        Taking taking,
        FirmStore firms,
        TimeProvider clock,
        Go go
    )
    {
        var client = form.Id("client") is { } id ? await db.Set<Client>().AsNoTracking().One(id) : null;
        var files = form.Files.Where(f => f.Length > 0).ToList();
        Must(files.Count > 0, "received.no_file");
        Must(files.Count <= 50, "received.many", ("most", 50));
        var (taken, bad) = (new List<TakenLetter>(), new List<Refusal>());
        foreach (var file in files)
        {
            using var bytes = new MemoryStream();
            await file.CopyToAsync(bytes);
            // Each is a save of its own: one that cannot be read does not keep the others back.
            await using var own = firms.Open(screen.Slug!);
            own.Actor = actor;
            var place = client is null ? null : await own.Set<Client>().SingleAsync(c => c.Id == client.Id);
            try
            {
                taken.Add(
                    await taking.Take(own, screen.Slug!, bytes.ToArray(), new(ReceivedWay.Page, actor.PersonId, place), Here(screen, clock))
                );
            }
            catch (Refusal refusal)
            {
                bad.Add(new Refusal("received.bad_file", ("name", file.FileName), ("why", screen.T.Of(refusal))));
            }
        }
        if (taken.Count == 0)
            throw bad[0];
        var said =
            screen.T["received.added", ("n", taken.Count(t => !t.Known)), ("known", taken.Count(t => t.Known))]
            + string.Concat(bad.Select(b => " " + screen.T.Of(b)));
        return go.To(
            client is not null ? $"clients/{client.Id}"
                : taken is [var one] ? $"letters/{one.Letter.Id}"
                : "letters",
            null,
            said
        );
    }

    private static async Task<IResult> Show(Guid id, string? q, AppDb db, Screen screen, FileDoor files)
    {
        var letter = await db.Letters(screen.Today).AsNoTracking().One(id);
        var waits = letter.ClientId is null && letter.AboutId is null;
        var near =
            waits && string.IsNullOrWhiteSpace(q)
                ? await db.ClientsOf(letter.FromAddress) is { Count: > 0 } own
                    ? own
                    : await db.Neighbours(letter.FromAddress)
                : [];
        return new RazorComponentResult<LetterPage>(
            new
            {
                Letter = letter,
                Client = await db.Living(letter.ClientId),
                Files = await files.Box(LetterRecord.Of, id, db, screen),
                Near = near,
                Words = q ?? "",
                Found = waits && !string.IsNullOrWhiteSpace(q)
                    ? await db.Set<Client>()
                        .AsNoTracking()
                        .Where(c => c.MergedInto == null)
                        .Saying(db, q)
                        .OrderBy(c => c.NameKey)
                        .Take(20)
                        .ToListAsync()
                    : [],
                SortedBy = await db.Set<Person>().Where(p => p.Id == letter.SortedBy).Select(p => p.Name).SingleOrDefaultAsync() ?? "",
            }
        );
    }

    private static async Task<IResult> Link(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        Taking taking,
        TimeProvider clock,
        Go go
    )
    {
        var letter = await Sorted(id, form, db, screen);
        var client = await db.Set<Client>().One(form.Id("client") ?? throw new Web.NotFound());
        // Once known, the next letter of this sender finds its way by itself.
        if (form.Flag("remember") && actor.Can(Permission.ClientsEdit))
            await Remember(db, letter, client);
        await Take(db, letter, client, form, actor, taking, Here(screen, clock));
        return go.To($"letters/{id}", db, screen.T["received.linked", ("client", client.Name)]);
    }

    private static async Task<IResult> NewClient(
        Guid id,
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        Taking taking,
        TimeProvider clock,
        Go go
    )
    {
        var letter = await Sorted(id, form, db, screen);
        var client = await ClientsModule.Meet(db, form.Text("client_title"), screen.Firm!, actor, clock.GetUtcNow().UtcDateTime);
        await Remember(db, letter, client);
        await Take(db, letter, client, form, actor, taking, Here(screen, clock));
        return go.To($"letters/{id}", db, screen.T["received.new_client_made", ("client", client.Name)]);
    }

    private static async Task<IResult> Ask(Guid id, Form form, AppDb db, Screen screen, Taking taking, TimeProvider clock, Go go)
    {
        var letter = await Sorted(id, form, db, screen);
        Must(letter.AboutKind != "question", "received.asked_already");
        var client = await db.Living(letter.ClientId) ?? throw new Refusal("received.no_client");
        await taking.Ask(db, letter, client, Here(screen, clock), null);
        await db.SaveChangesAsync();
        return go.To($"letters/{id}", db, screen.T["received.asked", ("client", client.Name)]);
    }

    private static async Task<IResult> Reject(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var letter = await Sorted(id, form, db, screen);
        letter.Reject(actor.PersonId);
        await db.SaveChangesAsync();
        return go.To("letters?letter_state=Unsorted", db, screen.T["received.rejected", ("letter", letter.Title)]);
    }

    private static async Task Take(AppDb db, ReceivedLetter letter, Client client, Form form, Actor actor, Taking taking, Arrival here)
    {
        letter.Belongs(client, actor.PersonId);
        if (form.Flag("as_question"))
            await taking.Ask(db, letter, client, here, null);
        await db.SaveChangesAsync();
    }

    private static async Task Remember(AppDb db, ReceivedLetter letter, Client client)
    {
        if (
            letter.FromAddress.Length > 0
            && !await db.Set<Contact>().AnyAsync(c => c.ClientId == client.Id && c.Email.ToLower() == letter.FromAddress)
        )
            db.Add(Contact.At(client, letter.Sender, null, null, letter.FromAddress, false));
    }

    // Two who sort the same letter: the later one is asked to look again.
    private static async Task<ReceivedLetter> Sorted(Guid id, Form form, AppDb db, Screen screen)
    {
        var letter = await db.Letters(screen.Today).One(id);
        db.Entry(letter).Property(l => l.Version).OriginalValue = form.Int("version") ?? letter.Version;
        return letter;
    }

    internal static Arrival Here(Screen screen, TimeProvider clock) => new(screen.Firm!, screen.Root, clock.GetUtcNow().UtcDateTime);
}

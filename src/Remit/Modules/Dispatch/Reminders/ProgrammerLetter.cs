using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Dispatch;

/// <summary>What a programmer is sent about a visit: where, when, whom to call, and to a client new to them the way there, with its pictures.</summary>
internal sealed class ProgrammerLetter(MailSender mail, IEnumerable<IRoutePictures> routes) : IJobHandler
{
    public const string Name = "visit.tell_programmer";

    /// <summary>To who was to go, and another goes.</summary>
    public const string Given = "given";

    public sealed record Of(Guid Visit, Guid Person, string What, string Root);

    public string Kind => Name;

    public async Task Run(JobWork work)
    {
        var of = work.Job.Read<Of>();
        // Told of what stands now: another change since has its own letter.
        if (
            await work
                .Db.Set<Visit>()
                .AsNoTracking()
                .SingleOrDefaultAsync(v => v.Id == of.Visit && (v.ProgrammerId == of.Person) != (of.What == Given)) is
            { } visit
        )
            await mail.Send(work, await Write(work.Db, visit, of.What, of.Root, routes, of.Person));
    }

    public static async Task<Letter> Write(
        AppDb db,
        Visit visit,
        string what,
        string root,
        IEnumerable<IRoutePictures> routes,
        Guid? to = null
    )
    {
        var (who, goes) = (to ?? visit.ProgrammerId, what is not ("cancelled" or Given));
        var (person, client) = (
            await db.Set<Person>().AsNoTracking().SingleAsync(p => p.Id == who),
            await db.Set<Client>().AsNoTracking().SingleAsync(c => c.Id == visit.ClientId)
        );
        var t = new T(person.Language);
        var asks = await VisitAsks.Of(db, person.Name, person.Email) is { } asked ? asked with { Gone = what is Given } : null;
        var first = !visit.Remote && !await db.HasBeenAt(visit);
        return new Letter(
            person.Email,
            t[
                "letter.subject_" + what,
                ("subject", $"{client.Name}: {visit.Subject}"),
                ("day", visit.Day),
                ("time", $"{visit.StartsAt:HH:mm}")
            ],
            await Text(db, visit, client, what, root, t)
        )
        {
            Calendar = goes || asks is not null ? await db.CalendarOf(visit, client, root, Side.Programmer, asks) : null,
            Method = asks?.Method(visit),
            About = visit.About(client),
            Files = first && goes ? [.. (await routes.Of(db, client.Id)).Select(p => new LetterFile(p.Name, p.Type, p.Sha256))] : [],
        };
    }

    /// <summary>The words of the letter, and of a message in Telegram.</summary>
    public static async Task<string> Text(AppDb db, Visit visit, Client client, string what, string root, T t)
    {
        var contact = await db.Set<Contact>()
            .Where(c => c.ClientId == client.Id && c.Phone != "")
            .OrderByDescending(c => c.DecisionMaker)
            .Select(c => c.Name + " " + c.Phone)
            .FirstOrDefaultAsync();
        var place = visit.Remote ? t["visit.remote"] : string.Join('\n', new[] { client.Address, client.Route }.Where(l => l.Length > 0));
        var said = t[
            "letter.own_" + what,
            ("client", client.Name),
            ("subject", visit.Subject),
            ("day", visit.Day),
            ("time", $"{visit.StartsAt:HH:mm}"),
            ("link", what is Given ? $"{root}visits/{visit.Id}" : $"{root}p/{visit.ProgrammerLink}")
        ];
        return what is Given ? said : string.Join('\n', new[] { said, place, contact ?? "" }.Where(l => l.Length > 0));
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.People;

/// <summary>Bringing a person into the firm without choosing a password for them.</summary>
public static class Inviting
{
    /// <summary>A new link for a person; those made before end. The caller saves.</summary>
    /// <returns>The address to be handed over.</returns>
    public static async Task<string> Invite(this AppDb db, Person person, Screen screen, DateTime now, bool byMail)
    {
        foreach (
            var old in await db.Set<JoinLink>().Where(i => i.PersonId == person.Id && i.UsedAt == null && i.EndsAt > now).ToListAsync()
        )
            old.Use(now);
        var (made, token) = JoinLink.To(person, now);
        db.Add(made);
        var link = $"{screen.Root}join/{token}";
        var t = new T(person.Language);
        if (byMail)
            db.Later(
                new Letter(
                    person.Email,
                    t["invite.subject", ("firm", screen.Firm!.Name)],
                    t["invite.letter", ("firm", screen.Firm.Name), ("by", screen.Person!.Name), ("link", link)]
                ).Job()
            );
        return link;
    }

    public static async Task MustBeFree(this AppDb db, Person person) =>
        Must(
            !await db.Set<Person>().AnyAsync(p => p.Email == person.Email && p.Id != person.Id),
            "person.email_taken",
            ("email", person.Email)
        );
}

using Microsoft.EntityFrameworkCore;
using Remit.Modules.Clients;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar;

/// <summary>Who can be invited to an event.</summary>
public static class Guests
{
    /// <summary>The guest behind an address: a contact of the event's client, its speaker, or anybody.</summary>
    public static async Task<Guest> Of(AppDb db, CalendarItem item, string email, Firm firm)
    {
        if (item.ClientId is { } client && await db.Set<Client>().AsNoTracking().SingleOrDefaultAsync(c => c.Id == client) is { } c)
            return c.Guest(
                await db.Set<Contact>().Where(x => x.ClientId == client && x.Email == email).Select(x => x.Name).FirstOrDefaultAsync()
                    ?? email,
                email
            );
        if (
            item.SpeakerId is { } id
            && await db.Set<Speaker>().AsNoTracking().SingleOrDefaultAsync(s => s.Id == id) is { } s
            && s.Email == email
        )
            return s.Guest();
        return new Guest(email, email, firm.Language, "", null, null);
    }

    /// <summary>Whom the page offers to invite: the contacts of the client, the speaker.</summary>
    public static async Task<IReadOnlyList<(string Name, string Email)>> Known(AppDb db, CalendarItem item)
    {
        var contacts = item.ClientId is { } client
            ? await db.Set<Contact>()
                .AsNoTracking()
                .Where(c => c.ClientId == client && c.Email != "")
                .Select(c => new { c.Name, c.Email })
                .ToListAsync()
            : [];
        var speakers = item.SpeakerId is { } speaker
            ? await db.Set<Speaker>()
                .AsNoTracking()
                .Where(s => s.Id == speaker && s.Email != "")
                .Select(s => new { s.Name, s.Email })
                .ToListAsync()
            : [];
        return [.. contacts.Concat(speakers).Select(c => (c.Name, c.Email))];
    }

    public static Guest Guest(this Client client, string name, string email) =>
        new(
            name,
            email,
            client.Language,
            client.TimeZone.Length > 0 ? client.TimeZone : ZoneNames.OfCountry(client.Country) ?? "",
            client.Id,
            null
        );

    public static Guest Guest(this Speaker speaker) =>
        new(speaker.Name, speaker.Email, speaker.Language, speaker.TimeZone, null, speaker.Id);
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Received;

/// <summary>Whose a letter may be, and who sorts those of which nobody knows.</summary>
internal static class Senders
{
    private const int Most = 50,
        MostNear = 5;
    private static readonly HashSet<string> open =
    [
        "gmail.com",
        "mail.ru",
        "bk.ru",
        "inbox.ru",
        "list.ru",
        "yandex.ru",
        "ya.ru",
        "yandex.com",
        "rambler.ru",
        "abv.bg",
        "outlook.com",
        "hotmail.com",
        "live.com",
        "icloud.com",
        "me.com",
        "yahoo.com",
        "proton.me",
        "tut.by",
    ];

    /// <summary>Clients that have a contact of this address.</summary>
    public static async Task<List<Client>> ClientsOf(this AppDb db, string address)
    {
        if (address.Length == 0)
            return [];
        var lines = db.Saying(address).Select(l => l.RecordId);
        var contacts = (await db.Set<Contact>().AsNoTracking().Where(c => lines.Contains(c.Id)).Take(Most).ToListAsync()).Where(c =>
            c.Email.Equals(address, StringComparison.OrdinalIgnoreCase)
        );
        return await db.Living(contacts.Select(c => c.ClientId));
    }

    /// <summary>Clients whose contacts write from the same domain; none of a domain where anybody may have an address.</summary>
    public static async Task<List<Client>> Neighbours(this AppDb db, string address)
    {
        var domain = address.Split('@')[^1];
        if (domain.Length < 4 || address == domain || open.Contains(domain))
            return [];
        var lines = db.Saying("@" + domain).Select(l => l.RecordId);
        var contacts = (await db.Set<Contact>().AsNoTracking().Where(c => lines.Contains(c.Id)).Take(Most).ToListAsync()).Where(c =>
            c.Email.EndsWith("@" + domain, StringComparison.OrdinalIgnoreCase)
        );
        // Many firms write from it: then it says nothing of any.
        return await db.Living(contacts.Select(c => c.ClientId)) is { Count: <= MostNear } near ? near : [];
    }

    /// <summary>The client that this one is now, should it have been made one with another.</summary>
    public static async Task<Client?> Living(this AppDb db, Guid? id)
    {
        var client = id is { } one ? await db.Set<Client>().SingleOrDefaultAsync(c => c.Id == one) : null;
        for (var hops = 0; client?.MergedInto is { } other && hops < 10; hops++)
            client = await db.Set<Client>().SingleOrDefaultAsync(c => c.Id == other);
        return client;
    }

    /// <summary>Those who hold the position that sorts letters, and stand in there; where there is none, the owners.</summary>
    public static async Task<List<Guid>> Sorters(this AppDb db, DateOnly today)
    {
        if (
            await db.Set<Mailbox>().AsNoTracking().Select(m => m.SorterPositionId).SingleOrDefaultAsync() is { } position
            && await db.Set<Tenure>()
                .AsNoTracking()
                .On(today)
                .Where(t => t.PositionId == position)
                .Select(t => t.PersonId)
                .Distinct()
                .ToListAsync()
                is { Count: > 0 } holders
        )
            return holders;
        return await db.Set<Person>().AsNoTracking().Where(p => p.Active && p.Role == Role.Owner).Select(p => p.Id).ToListAsync();
    }

    private static async Task<List<Client>> Living(this AppDb db, IEnumerable<Guid> ids)
    {
        var found = new List<Client>();
        foreach (var id in ids.Distinct().Take(10))
            if (await db.Living((Guid?)id) is { } client && !found.Exists(c => c.Id == client.Id))
                found.Add(client);
        return found;
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Create;

/// <summary>Whom a line means: a person of the firm, a client; and what is left of its words then.</summary>
/// <param name="Text">What is to be done, without the words that named the two; all of the words where nothing else is said.</param>
public sealed record Whom(Person? Person, Client? Client, string Text)
{
    private const int MostWords = 8,
        MostFound = 30;

    public static async Task<Whom> Of(Understood said, AppDb db, Actor actor)
    {
        var words = said.Rest.Where(w => w.Trim('«', '»', '"').Length >= 3).Take(MostWords).ToList();
        var people = await db.Set<Person>().AsNoTracking().Where(p => p.Active).OrderBy(p => p.NameKey).ToListAsync();
        var (client, aboutClient) = actor.Can(Permission.ClientsSee) ? await ClientIn(said, words, db) : (null, []);
        // A task is for a person of the firm, a call is to somebody outside.
        var person =
            said.IsCall && client is not null ? null
            : people.MaxBy(p => NameMatch.About(p.Name, words).Count) is { } best && NameMatch.About(best.Name, words).Count > 0 ? best
            : null;
        var aboutPerson = person is null ? [] : NameMatch.About(person.Name, words);
        if (person is not null && client is not null && aboutClient.All(aboutPerson.Contains))
            (client, aboutClient) = (null, []);
        var left = said.Rest.Where(w => !aboutPerson.Contains(w) && !aboutClient.Contains(w)).ToList();
        return new Whom(person, client, Sentence(said.IsCall || left.Count == 0 ? said.Rest : left));
    }

    private static async Task<(Client?, IReadOnlyList<string>)> ClientIn(Understood said, List<string> words, AppDb db)
    {
        if (said.Phone is { } phone && await Clients(db, Digits(phone)).FirstOrDefaultAsync() is { } called)
            return (called, []);
        var found = new Dictionary<Guid, (Client Client, List<string> About)>();
        foreach (var word in words)
        foreach (var (client, names) in await Named(db, word))
            if (names.Any(n => NameMatch.About(n, [word]).Count > 0))
            {
                if (!found.TryGetValue(client.Id, out var so))
                    found[client.Id] = so = (client, []);
                so.About.Add(word);
            }
        // The one that most words mean; where several are meant alike, the shortest name is the plainest answer.
        return found
            .Values.OrderByDescending(f => f.About.Count)
            .ThenBy(f => f.Client.Name.Length)
            .ThenBy(f => f.Client.NameKey, StringComparer.Ordinal)
            .Select(f => ((Client?)f.Client, (IReadOnlyList<string>)f.About))
            .FirstOrDefault((null, []));
    }

    private static async Task<List<(Client, List<string>)>> Named(AppDb db, string word)
    {
        var stem = Folding.Plain(word).Trim('«', '»', '"', ',', '.');
        stem =
            stem.Length > 5 ? stem[..^2]
            : stem.Length > 4 ? stem[..^1]
            : stem;
        var clients = await Clients(db, stem).OrderBy(c => c.NameKey).Take(MostFound).ToListAsync();
        var ids = clients.ConvertAll(c => c.Id);
        var contacts = (
            await db.Set<Contact>()
                .AsNoTracking()
                .Where(c => ids.Contains(c.ClientId))
                .Select(c => new { c.ClientId, c.Name })
                .ToListAsync()
        ).ToLookup(c => c.ClientId, c => c.Name);
        return clients.ConvertAll(c =>
            (
                c,
                new List<string> { c.Name }
                    .Concat(contacts[c.Id])
                    .ToList()
            )
        );
    }

    private static IQueryable<Client> Clients(AppDb db, string words) => db.Set<Client>().AsNoTracking().Served().Saying(db, words);

    // 8 916 … and +7 916 … are one number: what follows the country's digits is compared.
    private static string Digits(string phone) =>
        new string([.. phone.Where(char.IsAsciiDigit)]) is { Length: > 9 } all ? all[^9..] : new([.. phone.Where(char.IsAsciiDigit)]);

    private static string Sentence(IReadOnlyList<string> words) =>
        string.Join(' ', words) is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : "";
}

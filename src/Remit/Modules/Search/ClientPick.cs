using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Papers;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Search;

/// <summary>A client, found while typing: by any part of the name, tax number, address, by a contact's name, telephone or mail, by a paper's number.</summary>
internal static class ClientPick
{
    private const int Most = 12,
        PhoneDigits = 7;

    public static void MapClientPick(this WebApplication app) => app.MapGet("/search/clients", Find).Needs(Permission.ClientsSee);

    /// <summary>A telephone number is looked for by its last digits alone: +7 and 8, spaces and brackets come in every way.</summary>
    public static string Asked(string text)
    {
        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        var phone =
            digits.Length >= PhoneDigits
            && text.All(c => char.IsAsciiDigit(c) || " +-()".Contains(c))
            && (text.StartsWith('+') || text.Any(c => !char.IsAsciiDigit(c)) || digits.Length == 11);
        return phone ? digits[^Math.Min(9, digits.Length)..] : text;
    }

    private static async Task<IResult> Find(string? q, AppDb db, Actor actor, Screen screen)
    {
        var text = q?.Trim() ?? "";
        var clients = db.Set<Client>().AsNoTracking().Served();
        var found = await clients.FirstSaying(db, Asked(text), Most);
        if (actor.Can(Permission.PapersSee) && long.TryParse(text.TrimStart('№', ' '), out var number))
        {
            var papers = await db.Set<Invoice>()
                .AsNoTracking()
                .Where(i => i.Number == number || i.ActNumber == number)
                .OrderByDescending(i => i.IssuedOn)
                .Select(i => i.ClientId)
                .Take(Most)
                .ToListAsync();
            found = [.. found.Concat(await clients.Where(c => papers.Contains(c.Id)).ToListAsync()).DistinctBy(c => c.Id)];
        }
        return Results.Json(
            new
            {
                hits = found.Select(c => new
                {
                    id = c.Id,
                    title = c.Name,
                    sub = c.TaxId.Length > 0 ? c.TaxId : c.Address,
                }),
                make = actor.Can(Permission.ClientsEdit) && text.Length > 1 ? screen.T["client.make", ("client", text)] : null,
            }
        );
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Clients;

/// <summary>While a client is being typed in: who is there already that may be the same.</summary>
internal static class Alike
{
    private const int Most = 5,
        Looked = 60;
    private static readonly HashSet<string> forms = [.. "ооо оао зао пао ао ип оод еоод ад ет mmc asc qsc llc ltd inc gmbh".Split(' ')];

    /// <summary>Asked by the form at every pause in typing.</summary>
    public static async Task<IResult> Said(string? name, string? tax_id, Guid? than, AppDb db, Screen screen)
    {
        var found = (await Of(db, name, tax_id)).Where(c => c.Id != than).ToList();
        return Results.Json(
            new
            {
                said = screen.T["client.alike"],
                clients = found.Select(c => new
                {
                    title = c.Name,
                    sub = c.TaxId,
                    path = $"clients/{c.Id}",
                }),
            }
        );
    }

    /// <summary>The same tax number, or the same name whatever legal form and quotes stand around it.</summary>
    public static async Task<IReadOnlyList<Client>> Of(AppDb db, string? name, string? taxId)
    {
        var (core, number) = (Core(name), new string([.. (taxId ?? "").Where(char.IsLetterOrDigit)]));
        var clients = db.Set<Client>().AsNoTracking().Where(c => c.MergedInto == null);
        var same = number.Length >= 6 ? await clients.Where(c => c.TaxId == number).Take(Most).ToListAsync() : [];
        if (core.Length < 3)
            return same;
        var near = await clients.FirstSaying(db, core, Looked);
        return
        [
            .. same.Concat(
                    near.Where(c =>
                        Core(c.Name) is var other
                        && (other == core || (core.Length >= 5 && other.StartsWith(core, StringComparison.Ordinal)))
                    )
                )
                .DistinctBy(c => c.Id)
                .Take(Most),
        ];
    }

    private static string Core(string? name) =>
        string.Join(
            ' ',
            Folding
                .Plain(name)
                .Split([' ', '"', '«', '»', '„', '“', '”', ',', '.', '(', ')'], StringSplitOptions.RemoveEmptyEntries)
                .Where(w => !forms.Contains(w))
        );
}

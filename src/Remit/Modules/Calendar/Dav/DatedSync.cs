using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>
/// What changed in a calendar that Remit makes (RFC 6578). Nothing numbers its files as they change, for they are read from
/// records of many kinds; so they are numbered when a phone looks, against what it saw last. While the firm's journal
/// stands still, and it is the same quarter of an hour, that is one line of the journal to read.
/// </summary>
internal static class DatedSync
{
    private const int MostGone = 1_000,
        Minutes = 15;

    public static Task<long> Number(DavRequest r, string name)
    {
        var now = r.Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        // Some things fall due by the clock alone.
        var when = now.ToUnixTimeSeconds() / (Minutes * 60);
        return r.Db.Keep(
            $"dated {name} of {r.Actor.PersonId} {r.Actor.Role} in {r.Screen.T.Language} at {when}",
            [],
            async () => await Count(r, name, await DatedCalendars.Files(r, name))
        );
    }

    public static async Task<IResult> Answer(DavRequest r, XElement body, DataShape? shape)
    {
        if (!(await DatedCalendars.For(r)).Contains(r.Folder))
            throw new DavError(404);
        var number = await Number(r, r.Folder);
        if (SyncToken.Read(body.Element(D + "sync-token")?.Value) is not { } seen || seen > number)
            throw new DavError(403, D + "valid-sync-token");
        if (seen == number)
            return SyncReport.Answer(body, new([], number, false), "", _ => throw new InvalidOperationException(), _ => "");
        var rows = await Of(r, r.Folder).Where(s => s.Number > seen || s.Path == "").OrderBy(s => s.Number).ToListAsync();
        // Older than what is still known to be gone: then the phone starts anew.
        if (seen > 0 && rows.Find(s => s.Path.Length == 0) is { } floor && seen < floor.Number)
            throw new DavError(403, D + "valid-sync-token");
        var changed = rows.Where(s => s.Path.Length > 0 && (seen > 0 || !s.Gone))
            .Select(s => new SyncChange
            {
                Item = Guid.CreateVersion7(),
                Path = s.Path,
                Number = s.Number,
                Gone = s.Gone,
            })
            .ToList();
        var byPath = (await DatedCalendars.Files(r, r.Folder)).ToDictionary(f => f.Path);
        IReadOnlyDictionary<Guid, DavResource> files = changed
            .Where(c => byPath.ContainsKey(c.Path))
            .ToDictionary(c => c.Item, c => (DavResource)DatedCalendars.File(r, byPath[c.Path], shape));
        return SyncReport.Answer(
            body,
            SyncReport.Cut(changed, number, SyncReport.LimitOf(body)),
            r.Paths.OfDated(r.Folder),
            _ => Task.FromResult(files),
            path => r.Paths.OfDated(r.Folder, path)
        );
    }

    private static IQueryable<DatedState> Of(DavRequest r, string name)
    {
        var me = r.Actor.PersonId!.Value;
        return r.Db.Set<DatedState>().Where(s => s.PersonId == me && s.Calendar == name);
    }

    private static async Task<long> Count(DavRequest r, string name, IReadOnlyList<DatedFile> files)
    {
        var seen = await Of(r, name).AsNoTracking().ToListAsync();
        if (seen.Count > 0 && Same(seen, files))
            return seen.Max(s => s.Number);
        await r.Db.StartWriting();
        // Asked again under the lock: a phone asks several times at once.
        var rows = await Of(r, name).ToListAsync();
        var (byPath, number) = (rows.ToDictionary(s => s.Path), rows.Select(s => s.Number).Append(0).Max());
        if (rows.Count > 0 && Same(rows, files))
            return number;
        number++;
        foreach (var file in files)
            if (!byPath.Remove(file.Path, out var row))
                r.Db.Add(
                    new DatedState
                    {
                        PersonId = r.Actor.PersonId!.Value,
                        Calendar = name,
                        Path = file.Path,
                        Etag = file.Etag,
                        Number = number,
                    }
                );
            else if (row.Gone || row.Etag != file.Etag)
                (row.Etag, row.Number, row.Gone) = (file.Etag, number, false);
        foreach (var row in byPath.Values.Where(s => !s.Gone && s.Path.Length > 0))
            (row.Number, row.Gone) = (number, true);
        // The row without a name says that a calendar was seen, and from which number on it is known what went.
        if (!byPath.TryGetValue("", out var floor))
            r.Db.Add(
                floor = new DatedState
                {
                    PersonId = r.Actor.PersonId!.Value,
                    Calendar = name,
                    Number = rows.Count == 0 ? number : 1,
                }
            );
        var gone = rows.Where(s => s.Gone).OrderByDescending(s => s.Number).Skip(MostGone).ToList();
        if (gone.Count > 0)
            floor.Number = gone[0].Number;
        r.Db.RemoveRange(gone);
        await r.Db.SaveChangesAsync();
        return number;
    }

    private static bool Same(List<DatedState> seen, IReadOnlyList<DatedFile> files)
    {
        var there = seen.Where(s => !s.Gone && s.Path.Length > 0).ToDictionary(s => s.Path, s => s.Etag);
        return there.Count == files.Count && files.All(f => there.GetValueOrDefault(f.Path) == f.Etag);
    }
}

using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Events as files: read, written, taken away.</summary>
internal static class ItemFiles
{
    public const string Type = "text/calendar; charset=utf-8";

    /// <summary>So many events with their texts are in memory at once for one answer.</summary>
    public const int Handful = 500;

    private sealed record Stored(Guid Id, int Version, string Text)
    {
        public string Etag => $"\"{Id:N}-{Version}\"";
    }

    private static readonly Func<AppDb, Guid, string, bool, Task<Stored?>> byPath = EF.CompileAsyncQuery(
        (AppDb db, Guid book, string path, bool all) =>
            db.Set<CalendarItem>()
                .Where(i => i.CalendarBookId == book && i.Path == path && (all || !i.Private))
                .Select(i => new Stored(i.Id, i.Version, i.Text))
                .FirstOrDefault()
    );

    // What a PUT has to know: what lies under the name, and whether the event lies under another. Two looks in one question:
    // «or» between them would have SQLite go through the whole calendar.
    private static readonly Func<AppDb, Guid, string, string, IAsyncEnumerable<CalendarItem>> inTheWay = EF.CompileAsyncQuery(
        (AppDb db, Guid book, string path, string uid) =>
            db.Set<CalendarItem>()
                .Where(i => i.CalendarBookId == book && i.Path == path)
                .Concat(db.Set<CalendarItem>().Where(i => i.CalendarBookId == book && i.Uid == uid))
    );

    /// <summary>The files of a calendar in the order of their names, read by handfuls. Only the tags are asked for when a phone compares; the texts stay where they are.</summary>
    public static async IAsyncEnumerable<DavLine> Files(DavRequest r, CalendarBook book, IQueryable<CalendarItem> items, bool texts)
    {
        var (last, handful) = ("", texts ? Handful : 5_000);
        while (true)
        {
            var next = items.Where(i => string.Compare(i.Path, last) > 0).OrderBy(i => i.Path).Take(handful);
            var rows = texts
                ? await next.Select(i => new
                    {
                        i.Id,
                        i.Path,
                        i.Version,
                        Text = (string?)i.Text,
                        i.Component,
                    })
                    .ToListAsync()
                : await next.Select(i => new
                    {
                        i.Id,
                        i.Path,
                        i.Version,
                        Text = (string?)null,
                        i.Component,
                    })
                    .ToListAsync();
            foreach (var i in rows)
                yield return new(
                    new FileResource(
                        r.Paths.Of(book, i.Path),
                        $"\"{i.Id:N}-{i.Version}\"",
                        i.Text,
                        C + "calendar-data",
                        $"{Type}; component={i.Component.ToLowerInvariant()}"
                    )
                );
            if (rows.Count < handful)
                yield break;
            last = rows[^1].Path;
        }
    }

    /// <summary>Whole items by handfuls: a question that few answer is asked once, one that many answer goes on in the order of their names.</summary>
    public static async IAsyncEnumerable<CalendarItem> Whole(IQueryable<CalendarItem> items)
    {
        var rows = await items.Take(Handful + 1).ToListAsync();
        if (rows.Count <= Handful)
        {
            foreach (var item in rows)
                yield return item;
            yield break;
        }
        for (var last = ""; ; last = rows[^1].Path)
        {
            rows = await items.Where(i => string.Compare(i.Path, last) > 0).OrderBy(i => i.Path).Take(Handful).ToListAsync();
            foreach (var item in rows)
                yield return item;
            if (rows.Count < Handful)
                yield break;
        }
    }

    public static async Task<IResult> Get(DavRequest r)
    {
        var book = await r.Calendar();
        var item = await byPath(r.Db, book.Id, r.File, book.OwnerId == r.Actor.PersonId) ?? throw new DavError(404);
        r.Http.Response.Headers.ETag = item.Etag;
        if (r.Http.Request.Headers.IfNoneMatch.ToString() == item.Etag)
            return Results.StatusCode(304);
        return Results.Text(item.Text, "text/calendar", System.Text.Encoding.UTF8);
    }

    public static async Task<IResult> Put(DavRequest r)
    {
        var book = await r.CalendarToWrite();
        if (!CalendarBook.PathName.IsMatch(r.File) && r.File.Length is 0 or > 250)
            throw new DavError(400);
        var bytes = await Body(r);
        var what = CalendarObject.Read(bytes);
        if (what.Root.Find("METHOD") is { } method)
            throw new DavError(403, C + "valid-calendar-object-resource") { Why = $"line {method.At}: METHOD stands in no stored object" };
        // Under the lock from here: what is compared is what is written over.
        await r.Db.StartWriting();
        var there = new List<CalendarItem>(1);
        await foreach (var one in inTheWay(r.Db, book.Id, r.File, what.Uid))
            there.Add(one);
        var item = there.Find(i => i.Path == r.File);
        if (item is { Private: true } && book.OwnerId != r.Actor.PersonId)
            throw new DavError(403, D + "need-privileges");
        r.MustMatch(item?.Etag);
        if (item?.Uid != what.Uid && there.Find(i => i != item) is { } other)
            throw new DavError(403, C + "no-uid-conflict") { Why = r.Paths.Of(book, other.Path) };
        var isNew = item is null;
        if (item is null)
            r.Db.Add(item = CalendarItem.In(book.Id, r.File, what, r.Zone));
        else if (item.Text != what.Text)
            item.Write(what, r.Zone);
        await MustBeFree(r, item, book);
        await r.Db.SaveChangesAsync();
        r.Http.Response.Headers.ETag = item.Etag;
        return new DavResult(isNew ? 201 : 204, []);
    }

    public static async Task<IResult> Delete(DavRequest r)
    {
        var book = await r.CalendarToWrite();
        await r.Db.StartWriting();
        var item =
            await r
                .Db.Set<CalendarItem>()
                .SingleOrDefaultAsync(i =>
                    i.CalendarBookId == book.Id && i.Path == r.File && (!i.Private || book.OwnerId == r.Actor.PersonId)
                )
            ?? throw new DavError(404);
        r.MustMatch(item.Etag);
        if (item.State == MeetingState.Held)
            throw new Refusal("meeting.held_stays", ("meeting", item.Title));
        r.Db.Remove(item);
        await r.Db.SaveChangesAsync();
        return new DavResult(204, []);
    }

    /// <summary>MOVE and COPY within one's calendars: to another name, or another calendar.</summary>
    public static async Task<IResult> Move(DavRequest r)
    {
        var copying = r.Http.Request.Method == "COPY";
        var from = copying ? await r.Calendar() : await r.CalendarToWrite();
        var (place, folder, file) = r.Destination();
        if (place != DavPlace.Item || !CalendarBook.PathName.IsMatch(file))
            throw new DavError(403);
        var to = await (r with { Folder = folder }).CalendarToWrite();
        await r.Db.StartWriting();
        var item =
            await r
                .Db.Set<CalendarItem>()
                .SingleOrDefaultAsync(i =>
                    i.CalendarBookId == from.Id && i.Path == r.File && (!i.Private || from.OwnerId == r.Actor.PersonId)
                )
            ?? throw new DavError(404);
        r.MustMatch(item.Etag);
        if (item.CalendarBookId == to.Id && item.Path == file)
            throw new DavError(403);
        var (uid, mine) = (item.Uid, copying ? Guid.Empty : item.Id);
        var there = await r
            .Db.Set<CalendarItem>()
            .Where(i => i.CalendarBookId == to.Id && i.Id != mine && (i.Path == file || i.Uid == uid))
            .ToListAsync();
        if (there.Exists(i => i.Path != file))
            throw new DavError(403, C + "no-uid-conflict");
        if (there is [var old])
        {
            if (r.Http.Request.Headers["Overwrite"].ToString() is "F" || old.State == MeetingState.Held)
                throw new DavError(412);
            r.Db.Remove(old);
        }
        if (copying)
            r.Db.Add(item = CalendarItem.In(to.Id, file, CalendarObject.Of(item.Root(), item.Text), r.Zone));
        else
            item.MoveTo(to, file);
        await MustBeFree(r, item, to);
        await r.Db.SaveChangesAsync();
        return new DavResult(there.Count > 0 ? 204 : 201, []);
    }

    // A room is not given twice, whoever asks.
    private static async Task MustBeFree(DavRequest r, CalendarItem item, CalendarBook book)
    {
        if (book.Kind == CalendarKind.Room && item.Component == "VEVENT")
            await Clashes.Of(r.Db, item, book, r.Screen, r.Http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
    }

    private static async Task<byte[]> Body(DavRequest r)
    {
        try
        {
            return await Bytes(r.Http.Request, CalendarItem.MostBytes);
        }
        catch (DavError error) when (error.Status == 413)
        {
            throw new DavError(403, C + "max-resource-size");
        }
    }
}

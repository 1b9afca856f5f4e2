using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Events as files: read, written, taken away.</summary>
internal static class ItemFiles
{
    public const string Type = "text/calendar; charset=utf-8";

    public static async Task<List<DavResource>> Files(DavRequest r, CalendarBook book, IQueryable<CalendarItem> items, bool texts)
    {
        // Only the tags are asked for when a phone compares; the texts stay where they are.
        var rows = texts ? await items.Select(i => new { i.Id, i.Path, i.Version, Text = (string?)i.Text, i.Component }).ToListAsync()
            : await items.Select(i => new { i.Id, i.Path, i.Version, Text = (string?)null, i.Component }).ToListAsync();
        return [.. rows.Select(i => new FileResource(r.Paths.Of(book, i.Path), $"\"{i.Id:N}-{i.Version}\"", i.Text, C + "calendar-data", $"{Type}; component={i.Component.ToLowerInvariant()}"))];
    }

    public static async Task<IResult> Get(DavRequest r)
    {
        var book = await r.Calendar();
        var item = await r.Items(book).SingleOrDefaultAsync(i => i.Path == r.File) ?? throw new DavError(404);
        r.Http.Response.Headers.ETag = item.Etag;
        return Results.Text(item.Text, "text/calendar", System.Text.Encoding.UTF8);
    }

    public static async Task<IResult> Put(DavRequest r)
    {
        var book = await r.CalendarToWrite();
        if (!CalendarBook.PathName.IsMatch(r.File) && r.File.Length is 0 or > 250) throw new DavError(400);
        var bytes = await Body(r);
        var what = CalendarObject.Read(bytes);
        if (what.Root.Find("METHOD") is not null) throw new DavError(403, C + "valid-calendar-object-resource") { Why = "METHOD stands in no stored object" };
        // Under the lock from here: what is compared is what is written over.
        await r.Db.StartWriting();
        var item = await r.Db.Set<CalendarItem>().SingleOrDefaultAsync(i => i.CalendarBookId == book.Id && i.Path == r.File);
        if (item is { Private: true } && book.OwnerId != r.Actor.PersonId) throw new DavError(403, D + "need-privileges");
        r.MustMatch(item?.Etag);
        var (same, mine) = (what.Uid, item?.Id ?? Guid.Empty);
        if (item?.Uid != what.Uid && await r.Db.Set<CalendarItem>().Where(i => i.CalendarBookId == book.Id && i.Uid == same && i.Id != mine).Select(i => i.Path).FirstOrDefaultAsync() is { } other)
            throw new DavError(403, C + "no-uid-conflict") { Why = r.Paths.Of(book, other) };
        var isNew = item is null;
        if (item is null) r.Db.Add(item = CalendarItem.In(book.Id, r.File, what, r.Zone));
        else if (item.Text != what.Text) item.Write(what, r.Zone);
        await r.Db.SaveChangesAsync();
        r.Http.Response.Headers.ETag = item.Etag;
        return new DavResult(isNew ? 201 : 204, []);
    }

    public static async Task<IResult> Delete(DavRequest r)
    {
        var book = await r.CalendarToWrite();
        await r.Db.StartWriting();
        var item = await r.Db.Set<CalendarItem>().SingleOrDefaultAsync(i => i.CalendarBookId == book.Id && i.Path == r.File && (!i.Private || book.OwnerId == r.Actor.PersonId))
            ?? throw new DavError(404);
        r.MustMatch(item.Etag);
        if (item.State == MeetingState.Held) throw new Refusal("meeting.held_stays", ("meeting", item.Title));
        r.Db.Remove(item);
        await r.Db.SaveChangesAsync();
        return new DavResult(204, []);
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

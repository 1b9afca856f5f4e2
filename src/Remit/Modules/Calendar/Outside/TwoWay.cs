using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Calendar.Outside;

/// <summary>
/// One talk between a calendar here and its counterpart on the other side. First what changed there is taken in, then what
/// changed here is told. The network is never waited for while the firm's database is held.
/// </summary>
internal sealed class TwoWay(Func<AppDb> open, OutsideDav dav, CalendarBook book, Zone zone, T t, CancellationToken cancel)
{
    private const int Many = 50,
        Rounds = 3;
    private readonly Uri calendar = new(book.Source);

    /// <summary>What could not be carried over, with the reason.</summary>
    public List<string> Notes { get; } = [];

    public async Task Run(OutsideState state)
    {
        // Where the other side refuses because it changed meanwhile, it is read again and the two are put together.
        for (var round = 0; round < Rounds; round++)
        {
            Notes.Clear();
            await Pull(state);
            if (!book.ReadOnly && !await Push(state))
                continue;
            await using var db = open();
            Notes.AddRange(
                await db.Set<OutsideLink>()
                    .Where(l => l.CalendarBookId == book.Id && l.ItemId == null)
                    .OrderBy(l => l.Href)
                    .Select(l => l.Agreed)
                    .Take(OutsideState.MostNotes)
                    .ToListAsync(cancel)
            );
            return;
        }
        throw new Refusal("outside.keeps_changing", ("calendar", book.Name));
    }

    private async Task Pull(OutsideState state)
    {
        await using var db = open();
        var known = await db.Set<OutsideLink>()
            .AsNoTracking()
            .Where(l => l.CalendarBookId == book.Id)
            .ToDictionaryAsync(l => l.Href, l => l.Etag, cancel);
        var (files, token) = await dav.Changes(calendar, state.Token, cancel) ?? (await Compared(known, state.Token.Length > 0), "");
        var changed = files.Where(f => !f.Gone && known.GetValueOrDefault(f.Href) != f.Etag).Select(f => f.Href).Distinct().ToList();
        foreach (var some in changed.Chunk(Many))
            await Take(await dav.Texts(calendar, some, cancel));
        foreach (var some in files.Where(f => f.Gone && known.ContainsKey(f.Href)).Select(f => f.Href).Except(changed).Chunk(Many))
            await Drop(some);
        state.Token = token;
    }

    // No token, or one that is no longer known there: everything is listed, and what is not in the list is gone.
    private async Task<List<OutsideFile>> Compared(Dictionary<string, string> known, bool forgotten)
    {
        if (forgotten && await dav.Changes(calendar, "", cancel) is { } fresh)
            return Gone(fresh.Files);
        return Gone(await dav.All(calendar, cancel));

        List<OutsideFile> Gone(List<OutsideFile> there)
        {
            var names = there.Where(f => !f.Gone).Select(f => f.Href).ToHashSet();
            return [.. there, .. known.Keys.Where(h => !names.Contains(h)).Select(h => new OutsideFile(h, "", null, true))];
        }
    }

    private async Task Take(List<OutsideFile> files)
    {
        await using var db = open();
        await db.StartWriting();
        foreach (var file in files)
        {
            var link = await db.FindAsync<OutsideLink>(book.Id, file.Href);
            if (link is null)
                db.Add(link = new OutsideLink { CalendarBookId = book.Id, Href = file.Href });
            try
            {
                var what = CalendarObject.Read(System.Text.Encoding.UTF8.GetBytes(file.Text!));
                var item = await Taken(db, link, what);
                (link.ItemId, link.Agreed) = (item.Id, what.Text);
            }
            catch (Refusal refusal)
            {
                (link.ItemId, link.Agreed) = (null, $"{file.Href.Split('/')[^1]}: {t.Of(refusal)}");
            }
            link.Etag = file.Etag;
        }
        await db.SaveChangesAsync(cancel);
    }

    private async Task<CalendarItem> Taken(AppDb db, OutsideLink link, CalendarObject what)
    {
        var uid = what.Uid;
        var items = db.Set<CalendarItem>().Where(i => i.CalendarBookId == book.Id);
        // An event that both sides made by themselves is known by its UID.
        var item = link.ItemId is { } id
            ? await items.SingleOrDefaultAsync(i => i.Id == id, cancel)
            : db.Set<CalendarItem>().Local.FirstOrDefault(i => i.CalendarBookId == book.Id && i.Uid == uid)
                ?? await items.FirstOrDefaultAsync(i => i.Uid == uid, cancel);
        if (item is null)
        {
            db.Add(item = CalendarItem.In(book.Id, await PathFor(items, link.Href), what, zone));
            return item;
        }
        if (item.Text == what.Text)
            return item;
        if (item.Text == link.Agreed)
        {
            item.Write(what, zone);
            return item;
        }
        var agreed = link.Agreed.Length > 0 ? ContentReader.Read(link.Agreed).Components[0] : new Component("VCALENDAR");
        if (ThreeWay.Merge(agreed, item.Root(), what.Root) is { } merged)
            item.Write(CalendarObject.Of(merged), zone);
        else
        {
            db.Add(Copy(item));
            item.Write(what, zone);
        }
        return item;
    }

    // Both stay: theirs under its own name, ours beside it and saying so.
    private CalendarItem Copy(CalendarItem item)
    {
        var (root, uid) = (item.Root(), Guid.NewGuid().ToString());
        foreach (var part in root.Components.Where(c => c.Is(item.Component)))
        {
            part.Set(new ContentLine("UID", uid));
            part.SetText("SUMMARY", t["outside.our_version", ("event", part.Text("SUMMARY"))]);
        }
        var copy = CalendarItem.In(book.Id, uid + ".ics", CalendarObject.Of(root), zone);
        copy.Mean(item.Kind, item.ClientId);
        return copy;
    }

    private static async Task<string> PathFor(IQueryable<CalendarItem> items, string href)
    {
        var name = Uri.UnescapeDataString(href.TrimEnd('/').Split('/')[^1]);
        return CalendarBook.PathName.IsMatch(name) && !await items.AnyAsync(i => i.Path == name) ? name : Guid.NewGuid() + ".ics";
    }

    private async Task Drop(IReadOnlyCollection<string> hrefs)
    {
        await using var db = open();
        await db.StartWriting();
        foreach (
            var link in await db.Set<OutsideLink>().Where(l => l.CalendarBookId == book.Id && hrefs.Contains(l.Href)).ToListAsync(cancel)
        )
        {
            db.Remove(link);
            // What was changed here since is not lost with what was deleted there: it goes there anew. A held meeting stays.
            if (
                await db.Set<CalendarItem>().SingleOrDefaultAsync(i => i.Id == link.ItemId, cancel) is { } item
                && item.Text == link.Agreed
                && item.State != MeetingState.Held
            )
                db.Remove(item);
        }
        await db.SaveChangesAsync(cancel);
    }

    // False where the other side has changed meanwhile.
    private async Task<bool> Push(OutsideState state)
    {
        await using var db = open();
        var number = await SyncChange.Last(db, book.Id);
        var changes = await db.Set<SyncChange>()
            .AsNoTracking()
            .Where(c => c.Collection == book.Id && c.Number > state.LocalNumber)
            .OrderBy(c => c.Number)
            .ToListAsync(cancel);
        // Most of them are what was just taken in: both sides say the same.
        var alike = (
            await db.Set<OutsideLink>()
                .Where(l => l.CalendarBookId == book.Id)
                .Join(
                    db.Set<CalendarItem>(),
                    l => l.ItemId,
                    i => i.Id,
                    (l, i) => new { i.Id, Same = l.Agreed == i.Text && i.CalendarBookId == l.CalendarBookId }
                )
                .Where(x => x.Same)
                .Select(x => x.Id)
                .ToListAsync(cancel)
        ).ToHashSet();
        var clear = true;
        foreach (var change in changes.Where(c => c.Gone || !alike.Contains(c.Item)))
            clear &= await Tell(change);
        // What the other side would not take is offered again next time.
        if (clear && Notes.Count == 0)
            state.LocalNumber = number;
        return clear;
    }

    private async Task<bool> Tell(SyncChange change)
    {
        await using var db = open();
        var link = await db.Set<OutsideLink>().SingleOrDefaultAsync(l => l.CalendarBookId == book.Id && l.ItemId == change.Item, cancel);
        var item = change.Gone
            ? null
            : await db.Set<CalendarItem>()
                .AsNoTracking()
                .SingleOrDefaultAsync(i => i.Id == change.Item && i.CalendarBookId == book.Id, cancel);
        if (item is null ? link is null : link is not null && item.Text == link.Agreed)
            return true;
        var file = new Uri(calendar, link?.Href ?? calendar.AbsolutePath.TrimEnd('/') + "/" + Uri.EscapeDataString(item!.Path));
        var answer = item is null ? await dav.Delete(file, link!.Etag, cancel) : await dav.Put(file, item.Text, link?.Etag, cancel);
        if (answer.Status is 412 || item is not null && link is not null && answer.Status is 404 or 409 or 410)
            return false;
        if (answer.Status is 423 or 429 or >= 500)
            throw new Refusal("outside.status", ("address", calendar.AbsoluteUri), ("status", answer.Status));
        if (answer.Good && item is not null)
        {
            if (link is null)
                db.Add(link = new OutsideLink { CalendarBookId = book.Id, Href = file.AbsolutePath });
            (link.ItemId, link.Etag, link.Agreed) = (item.Id, answer.Etag, item.Text);
        }
        else if (answer.Good || item is null && answer.Status is 404 or 410)
            db.Remove(link!);
        else
            Notes.Add(t["outside.not_taken", ("event", item?.Title ?? change.Path), ("status", answer.Status)]);
        await db.SaveChangesAsync(cancel);
        return true;
    }
}

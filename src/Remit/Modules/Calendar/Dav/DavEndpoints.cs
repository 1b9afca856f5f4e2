using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Storage;
using Remit.Web;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>CalDAV and CardDAV for phones and other programs: RFC 4918, 4791, 6352 and 6578 as far as they ask for it.</summary>
internal static class DavEndpoints
{
    private static readonly string[] methods =
    [
        "OPTIONS",
        "GET",
        "HEAD",
        "PROPFIND",
        "PROPPATCH",
        "REPORT",
        "PUT",
        "POST",
        "DELETE",
        "MOVE",
        "COPY",
        "MKCALENDAR",
        "MKCOL",
    ];

    public static void MapDav(this WebApplication app)
    {
        // Open to the router only: DavDoor lets in by an app password, and cookies open nothing.
        app.MapMethods("/dav/{**path}", methods, Serve).AllowAnonymous().WithMetadata(new NoCookies());
        app.MapMethods("/.well-known/{kind:regex(^(caldav|carddav)$)}", ["GET", "PROPFIND"], WellKnown)
            .AllowAnonymous()
            .WithMetadata(new NoCookies());
    }

    // RFC 6764. At the root of a node, where no firm is named, it works if the node has one firm only.
    private static async Task<IResult> WellKnown(string kind, Screen screen, FirmStore firms)
    {
        var home =
            screen.Slug is not null ? screen.Base
            : await firms.Firms() is [var only] ? $"/~{only}/"
            : null;
        return home is null ? Results.NotFound() : Results.Redirect(home + "dav/", permanent: true);
    }

    private static async Task<IResult> Serve(HttpContext http, string? path, Screen screen, DavDoor door)
    {
        if (screen.Slug is null)
            return Results.NotFound();
        if (http.Request.Method == "OPTIONS")
            return Options(http);
        var db = http.RequestServices.GetRequiredService<AppDb>();
        var (actor, email, refused) = await door.Enter(http, db);
        if (actor is null)
            return refused!;
        // A browser that is signed in as somebody else at the same time is of no account here.
        screen.Person = db.Actor = actor;
        http.Response.Headers["DAV"] = Classes;
        if (!actor.Can(Permission.CalendarSee))
            return Results.NotFound();
        var (place, folder, file) = DavPaths.Read(path);
        var request = new DavRequest(http, db, screen, actor, email, place, folder, file, new DavPaths(screen.Base + "dav/"));
        try
        {
            return await Answer(request);
        }
        catch (DavError error)
        {
            return error.Answer();
        }
        catch (Refusal refusal)
        {
            var condition = place is DavPlace.Card ? R + "valid-address-data" : C + "valid-calendar-data";
            return new DavError(403, condition) { Why = screen.T.Of(refusal) }.Answer();
        }
        catch (DbUpdateConcurrencyException)
        {
            return new DavError(412).Answer();
        }
    }

    private const string Classes = "1, 3, extended-mkcol, calendar-access, addressbook";

    private static IResult Options(HttpContext http)
    {
        http.Response.Headers["DAV"] = Classes;
        http.Response.Headers.Allow = string.Join(", ", methods);
        return Results.Ok();
    }

    private static Task<IResult> Answer(DavRequest request) =>
        (request.Http.Request.Method, request.Place) switch
        {
            ("MKCALENDAR", not DavPlace.Calendar) => throw new DavError(403, C + "calendar-collection-location-ok"),
            (_, DavPlace.Unknown) => throw new DavError(404),
            ("PROPFIND", _) => PropFind.Answer(request),
            ("REPORT", DavPlace.Calendar) => CalendarReports.Answer(request),
            ("REPORT", DavPlace.Contacts) => ContactReports.Answer(request),
            ("GET", DavPlace.Item) => ItemFiles.Get(request),
            ("PUT", DavPlace.Item) => ItemFiles.Put(request),
            ("DELETE", DavPlace.Item) => ItemFiles.Delete(request),
            ("GET", DavPlace.Card) => ContactFiles.Get(request),
            ("MOVE" or "COPY", DavPlace.Item) => ItemFiles.Move(request),
            ("REPORT", DavPlace.Dated) => DatedCalendars.Report(request),
            ("GET", DavPlace.DatedItem) => DatedCalendars.Get(request),
            ("PUT", DavPlace.DatedItem) => DatedCalendars.Put(request),
            ("DELETE", DavPlace.DatedItem or DavPlace.Dated) => Task.FromResult(DatedCalendars.Delete(request)),
            ("POST", DavPlace.Outbox) => Scheduling.Ask(request),
            ("PUT", DavPlace.Card) => ContactFiles.Put(request),
            ("DELETE", DavPlace.Card) => ContactFiles.Delete(request),
            ("MKCALENDAR" or "MKCOL", DavPlace.Calendar) => Collections.Make(request),
            ("PROPPATCH", DavPlace.Calendar) => Collections.Change(request),
            ("MKCOL" or "PROPPATCH" or "MOVE" or "COPY", _) => throw new DavError(403),
            ("DELETE", DavPlace.Calendar) => Collections.Delete(request),
            _ => throw new DavError(405),
        };
}

/// <summary>PROPFIND: the properties of a thing and, one level down, of what lies in it.</summary>
internal static class PropFind
{
    public static async Task<IResult> Answer(DavRequest request)
    {
        var body = await Read(request.Http.Request);
        var prop = body?.Element(D + "prop");
        var only = body?.Element(D + "propname") is not null;
        var (texts, names, brief) = (
            FileResource.OfText.Any(n => prop?.Element(n) is not null),
            DavRequest.Names(prop),
            prop is null || request.Minimal
        );
        if (request.Place is DavPlace.Calendar or DavPlace.Contacts && request.Deep && !only)
            return MultiStatus(await Whole(request, texts), prop is null ? null : names, brief: brief);
        var found = await Found(request, texts);
        return MultiStatus(w =>
        {
            foreach (var one in found)
                if (only)
                    w.Named(one);
                else
                    w.Response(one, prop is null ? one.All : names, brief);
        });
    }

    // A calendar or an address book may hold very many files: they leave as they are read.
    private static async Task<IAsyncEnumerable<DavLine>> Whole(DavRequest r, bool texts)
    {
        if (r.Place == DavPlace.Contacts)
            return Lines(await Contacts(r), ContactReports.Whole(r, texts));
        var calendar = await r.Calendar();
        return Lines(
            new CalendarResource(calendar, await r.Number(calendar.Id), r.Paths, r.Actor),
            ItemFiles.Files(r, calendar, r.Items(calendar), texts)
        );

        static async IAsyncEnumerable<DavLine> Lines(DavResource folder, IAsyncEnumerable<DavLine> files)
        {
            yield return new(folder);
            await foreach (var file in files)
                yield return file;
        }
    }

    private static async Task<List<DavResource>> Found(DavRequest r, bool texts)
    {
        switch (r.Place)
        {
            case DavPlace.Calendars:
                var found = new List<DavResource> { Folder(r, r.Place) };
                if (r.Deep)
                    foreach (var book in (await r.Db.WithOwnCalendar(r.Actor)).Where(b => b.SeenWholeBy(r.Actor)))
                        found.Add(new CalendarResource(book, await r.Number(book.Id), r.Paths, r.Actor));
                if (r.Deep)
                    foreach (var name in await DatedCalendars.For(r))
                        found.Add(await DatedCalendars.Resource(r, name));
                return found;
            case DavPlace.Dated:
                var dated = await DatedCalendars.Resource(r, r.Folder);
                var shape = texts ? DataShape.Whole : null;
                return r.Deep
                    ? [dated, .. (await DatedCalendars.Files(r, r.Folder)).Select(f => DatedCalendars.File(r, f, shape))]
                    : [dated];
            case DavPlace.DatedItem:
                return [DatedCalendars.File(r, await DatedCalendars.One(r), texts ? DataShape.Whole : null)];
            case DavPlace.Inbox:
                return [new InboxResource(r.Paths, await Default(r))];
            case DavPlace.Root when r.Deep:
                return [Folder(r, DavPlace.Root), Folder(r, DavPlace.Me), Folder(r, DavPlace.Calendars), Folder(r, DavPlace.AddressBooks)];
            case DavPlace.AddressBooks:
                return r.Deep && r.Actor.Can(Permission.ClientsSee) ? [Folder(r, r.Place), await Book(r)] : [Folder(r, r.Place)];
            case DavPlace.Calendar:
                var calendar = await r.Calendar();
                var items = new List<DavResource> { new CalendarResource(calendar, await r.Number(calendar.Id), r.Paths, r.Actor) };
                if (r.Deep)
                    items.AddRange(await Things(ItemFiles.Files(r, calendar, r.Items(calendar), texts)));
                return items;
            case DavPlace.Item:
                var holder = await r.Calendar();
                return await Things(ItemFiles.Files(r, holder, r.Items(holder).Where(i => i.Path == r.File), texts)) is { Count: > 0 } one
                    ? one
                    : throw new DavError(404);
            case DavPlace.Contacts:
                return r.Deep ? [await Contacts(r), .. await Things(ContactReports.Whole(r, texts))] : [await Contacts(r)];
            case DavPlace.Card when !r.Actor.Can(Permission.ClientsSee):
                throw new DavError(404);
            case DavPlace.Card:
                return [ContactFiles.File(r, await ContactFiles.One(r) ?? throw new DavError(404))];
            default:
                return [Folder(r, r.Place)];
        }
    }

    private static async Task<List<DavResource>> Things(IAsyncEnumerable<DavLine> lines)
    {
        var things = new List<DavResource>();
        await foreach (var line in lines)
            things.Add(line.Thing!);
        return things;
    }

    private static async Task<CalendarBook?> Default(DavRequest r) =>
        (await r.Db.WithOwnCalendar(r.Actor)).Find(c => c.OwnerId == r.Actor.PersonId && c.Kind == CalendarKind.Own);

    private static FolderResource Folder(DavRequest r, DavPlace place) => new(place, r.Paths, r.Actor, r.Email);

    private static async Task<AddressBookResource> Contacts(DavRequest r) =>
        r.Actor.Can(Permission.ClientsSee) ? await Book(r) : throw new DavError(404);

    private static async Task<AddressBookResource> Book(DavRequest r) =>
        new(r.Screen.T["menu.clients"], await r.Number(SyncChange.AddressBook), r.Paths, r.Actor);
}

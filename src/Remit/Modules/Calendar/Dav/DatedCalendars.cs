using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Web;
using static Remit.Modules.Calendar.Dav.DavXml;

namespace Remit.Modules.Calendar.Dav;

/// <summary>Something with a day that is no event of a calendar, as a phone sees it.</summary>
internal sealed record DatedFile(string Path, string Etag, CalendarItem Item);

/// <summary>What Remit knows by its day, as calendars of a phone: one's visits, what is due, the dates of speakers. They are read from the records themselves; a phone moves a visit by the same rules as the page.</summary>
internal static class DatedCalendars
{
    public const string Visits = "~visits",
        Dues = "~dues",
        Holds = "~holds";
    private const int DaysBehind = 90,
        DaysAhead = 120,
        Most = 2_000;
    private static readonly Guid none = Guid.Empty;

    /// <summary>Those this person may see. Where the firm has no speakers there are no dates of theirs.</summary>
    public static async Task<IReadOnlyList<string>> For(DavRequest r)
    {
        if (r.Actor.PersonId is null)
            return [];
        var speakers = await r.Db.Keep("any speaker", [typeof(Speaker)], () => r.Db.Set<Speaker>().AnyAsync());
        return [.. r.Actor.Can(Permission.VisitsSee) ? [Visits] : (string[])[], Dues, .. speakers ? [Holds] : (string[])[]];
    }

    public static async Task<DatedCalendar> Resource(DavRequest r, string name) =>
        (await For(r)).Contains(name)
            ? new DatedCalendar(
                name,
                Title(r, name),
                SyncToken.Write(await DatedSync.Number(r, name)),
                r.Paths,
                name == Visits && r.Actor.Can(Permission.VisitsEdit)
            )
            : throw new DavError(404);

    public static async Task<IReadOnlyList<DatedFile>> Files(DavRequest r, string name) =>
        !(await For(r)).Contains(name) ? throw new DavError(404)
        : name == Visits ? await OfVisits(r)
        : name == Dues ? await OfDues(r)
        : await OfHolds(r);

    private static string Title(DavRequest r, string name) =>
        r.Screen.T[
            name == Visits ? "menu.visits"
            : name == Dues ? "menu.inbox"
            : "dav.holds"
        ];

    public static FileResource File(DavRequest r, DatedFile file, DataShape? shape) =>
        new(
            r.Paths.OfDated(r.Folder, file.Path),
            file.Etag,
            shape?.Of(file.Item, r.Zone),
            C + "calendar-data",
            ItemFiles.Type + "; component=vevent"
        );

    public static async Task<DatedFile> One(DavRequest r) =>
        (await Files(r, r.Folder)).FirstOrDefault(f => f.Path == r.File) ?? throw new DavError(404);

    public static async Task<IResult> Get(DavRequest r)
    {
        var file = await One(r);
        r.Http.Response.Headers.ETag = file.Etag;
        return Results.Text(file.Item.Text, "text/calendar", Encoding.UTF8);
    }

    public static async Task<IResult> Report(DavRequest r)
    {
        var body = await Read(r.Http.Request) ?? throw new DavError(400);
        var (names, shape) = (
            DavRequest.Names(body.Element(D + "prop")),
            DataShape.Of(body.Element(D + "prop")?.Element(C + "calendar-data"))
        );
        if (body.Name == D + "sync-collection")
            return await DatedSync.Answer(r, body, shape);
        var files = await Files(r, r.Folder);
        if (body.Name == C + "calendar-multiget")
        {
            var byPath = files.ToDictionary(f => f.Path);
            return MultiStatus(w =>
            {
                foreach (var href in body.Elements(D + "href").Select(h => h.Value))
                    if (DavPaths.FileOf(href, r.Paths.OfDated(r.Folder)) is { } path && byPath.TryGetValue(path, out var file))
                        w.Response(File(r, file, shape), names);
                    else
                        w.Response(href, 404);
            });
        }
        if (body.Name != C + "calendar-query")
            throw new DavError(403, D + "supported-report");
        var filter = CalendarFilter.Read(body.Element(C + "filter"));
        var found = filter.Narrow(files.Select(f => f.Item).AsQueryable()).ToHashSet();
        return MultiStatus(w =>
        {
            foreach (var file in files.Where(f => found.Contains(f.Item) && filter.Takes(f.Item, r.Zone)))
                w.Response(File(r, file, shape), names);
        });
    }

    /// <summary>A phone has dragged a visit: the same move as on its page, with its rules and its letters; anything else is refused in words.</summary>
    public static async Task<IResult> Put(DavRequest r)
    {
        if (r.Folder != Visits)
            throw new Refusal(r.Folder == Holds ? "dav.holds_are_read" : "dav.dues_are_read");
        if (!r.Actor.Can(Permission.VisitsEdit))
            throw new DavError(403, D + "need-privileges");
        var what = CalendarObject.Read(await Bytes(r.Http.Request, CalendarItem.MostBytes));
        var file = (await Files(r, Visits)).FirstOrDefault(f => f.Path == r.File) ?? throw new Refusal("dav.visit_is_planned");
        r.MustMatch(file.Etag);
        var visit = await r.Db.Set<Visit>().One(Guid.ParseExact(r.File[..^4], "N"));
        var (before, after) = (Time(file.Item.Root(), r), Time(what.Root, r));
        Rules.Must(
            after is not null && after.Value.Repeats == 0 && after.Value.Length == before!.Value.Length,
            "dav.visit_only_moves",
            ("visit", visit.Subject)
        );
        if (after!.Value.Start != before!.Value.Start)
            await DispatchModule.Moved(
                r.Db,
                visit,
                Civil.Moment(r.Zone.ToLocal(after.Value.Start)),
                visit.ProgrammerId,
                r.Screen,
                r.Http.RequestServices.GetRequiredService<TimeProvider>()
            );
        // What is read back is what Remit makes of it, so no tag is given and the phone reads it again.
        return new DavResult(204, []);
    }

    public static IResult Delete(DavRequest r) =>
        throw new Refusal(
            r.Folder == Visits ? "dav.visit_is_cancelled"
            : r.Folder == Holds ? "dav.holds_are_read"
            : "dav.dues_are_read"
        );

    private static (long Start, long Length, int Repeats)? Time(Component root, DavRequest r)
    {
        if (Recurrence.Series.Of(root, r.Zone) is not [{ Repeats: false } series])
            return null;
        var (first, last) = series.Extent();
        return (first, last - first, root.Inside("VEVENT").Count() - 1);
    }

    private static async Task<IReadOnlyList<DatedFile>> OfVisits(DavRequest r)
    {
        var me = r.Actor.PersonId;
        var rows = await r
            .Db.Set<Visit>()
            .AsNoTracking()
            .Between(r.Screen.Today.AddDays(-DaysBehind), r.Screen.Today.AddYears(2))
            .Where(v => v.State != VisitState.Cancelled && (v.ProgrammerId == me || v.PlannedBy == me))
            .OrderBy(v => v.StartsAt)
            .Take(Most)
            .Join(
                r.Db.Set<Client>(),
                v => v.ClientId,
                c => c.Id,
                (v, c) =>
                    new
                    {
                        Visit = v,
                        c.Name,
                        c.Address,
                        c.Version,
                    }
            )
            .ToListAsync();
        return
        [
            .. rows.Select(x => File(r, $"{x.Visit.Id:N}", $"{x.Visit.Version}-{x.Version}", VisitText(r, x.Visit, x.Name, x.Address))),
        ];
    }

    private static Component VisitText(DavRequest r, Visit visit, string client, string address)
    {
        var one = new Component("VEVENT");
        TimeValue At(DateTime local) => new(r.Zone.ToUtc(Civil.Seconds(local)), TimeForm.Utc);
        one.Lines.AddRange([
            new("UID", $"visit-{visit.Id:N}@remit"),
            At(visit.StartsAt).Line("DTSTAMP"),
            At(visit.StartsAt).Line("DTSTART"),
            At(visit.EndsAt).Line("DTEND"),
        ]);
        one.SetText("SUMMARY", $"{visit.Subject} · {client}");
        if (!visit.Remote)
            one.SetText("LOCATION", address);
        one.Lines.AddRange([
            new("URL", $"{r.Screen.Root}visits/{visit.Id}"),
            new("STATUS", visit.State == VisitState.Planned ? "TENTATIVE" : "CONFIRMED"),
        ]);
        return one;
    }

    private static async Task<IReadOnlyList<DatedFile>> OfDues(DavRequest r)
    {
        var ask = new DueAsk(r.Screen.Today, r.Screen.Today.AddDays(DaysAhead), r.Actor.PersonId);
        var dues = await r.Http.RequestServices.GetServices<IDueSource>().Open(r.Db, ask, r.Actor);
        return
        [
            .. dues.DistinctBy(d => (d.Kind, d.Id)).Select(d => File(r, $"{d.Kind}-{d.Id:N}", Hash($"{d.On} {d.Text}"), DueText(r, d))),
        ];
    }

    private static Component DueText(DavRequest r, Due due)
    {
        var one = new Component("VEVENT");
        var day = new TimeValue(Civil.Days(due.On.Year, due.On.Month, due.On.Day) * (long)Civil.Day, TimeForm.Date);
        one.Lines.AddRange([
            new("UID", $"{due.Kind}-{due.Id:N}@remit"),
            (day with { Form = TimeForm.Utc }).Line("DTSTAMP"),
            day.Line("DTSTART"),
            (day with { Local = day.Local + Civil.Day }).Line("DTEND"),
        ]);
        one.SetText("SUMMARY", due.Kind == "task" ? due.Text : $"{r.Screen.T["due." + due.Kind]}: {due.Text}");
        one.Lines.AddRange([new("URL", r.Screen.Root + due.Path), new("TRANSP", "TRANSPARENT")]);
        return one;
    }

    private static async Task<IReadOnlyList<DatedFile>> OfHolds(DavRequest r)
    {
        var from = r.Screen.Firm!.Moment(r.Screen.Today.AddDays(-DaysBehind).ToDateTime(default, DateTimeKind.Utc));
        return
        [
            .. (await HoldEvents.Of(r.Db, null, from, Most)).Select(h =>
                File(
                    r,
                    $"{h.Hold.Id:N}",
                    $"{h.Hold.Version}-{h.Rank}-{h.Speaker.Version}",
                    HoldEvents.Event(h, r.Screen.T, $"{r.Screen.Root}calendar/speakers/{h.Speaker.Id}#h{h.Hold.Id}")
                )
            ),
        ];
    }

    private static DatedFile File(DavRequest r, string name, string etag, Component one)
    {
        var root = new Component("VCALENDAR");
        root.Lines.AddRange([new("VERSION", "2.0"), new("PRODID", "-//Remit//Remit//EN")]);
        root.Components.Add(one);
        return new DatedFile(name + ".ics", $"\"{name}-{etag}\"", CalendarItem.In(none, name + ".ics", CalendarObject.Of(root), r.Zone));
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
}

using Microsoft.EntityFrameworkCore;
using QRCoder;
using Remit.Kernel;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using static Remit.Kernel.Rules;

namespace Remit.Modules.Calendar;

/// <summary>One's calendars and phones: names, colours, sharing, feeds, files in, app passwords.</summary>
internal static class SettingsEndpoints
{
    private const int MostFile = 16 << 20;

    public static void MapCalendarSettings(this WebApplication app)
    {
        app.MapGet("/calendar/settings", Show).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/settings/new", Make).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/settings/{id:guid}", Save).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/settings/{id:guid}/import", Import).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/phones/new", AddPhone).Needs(Permission.CalendarEdit);
        app.MapPost("/calendar/phones/{id:guid}/remove", RemovePhone).Needs(Permission.CalendarEdit);
        // The phone that reads the QR code is not signed in; the 128 random bits of the address live for ten minutes.
        app.MapGet("/phone/{token:length(32)}", Profile).AllowAnonymous();
    }

    private static async Task<IResult> Show(AppDb db, Actor actor, Screen screen, HttpContext http) =>
        Page<SettingsPage>(
            new
            {
                Calendars = (await db.WithOwnCalendar(actor)).FindAll(c => c.KeptBy(actor)),
                Phones = await db.Set<AppPassword>()
                    .AsNoTracking()
                    .Where(p => p.PersonId == actor.PersonId)
                    .OrderBy(p => p.MadeAt)
                    .ToListAsync(),
                Site = Site(http, screen),
            }
        );

    private static async Task<IResult> Make(Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var kind = Named.Of<CalendarKind>(form.Text("calendar_kind")) is (CalendarKind.Shared or CalendarKind.Room) and { } k
            ? k
            : CalendarKind.Own;
        var book = CalendarBook.New(form.Text("calendar_name"), kind, kind == CalendarKind.Own ? actor.PersonId : null);
        book.Paint(form.Must("colour"));
        db.Add(book);
        await db.SaveChangesAsync();
        return go.To("calendar/settings", db, screen.T["calendar.made", ("calendar", book.Name)]);
    }

    private static async Task<IResult> Save(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var book = await Kept(id, db, actor);
        form = await form.Merged(
            db,
            book,
            b =>
                [
                    ("calendar_name", b.Name),
                    ("colour", b.Colour),
                    ("sharing", $"{b.Sharing}"),
                    ("takes_time", b.TakesTime ? "on" : ""),
                    ("feed", SettingsPage.Feed(b)),
                ],
            word =>
                screen.T.Has("calendar.sharing." + word) ? screen.T["calendar.sharing." + word]
                : screen.T.Has("calendar.feed." + word) ? screen.T["calendar.feed." + word]
                : null
        );
        book.Rename(form.Text("calendar_name"));
        book.Paint(form.Must("colour"));
        if (Named.Of<Sharing>(form.Text("sharing")) is { } sharing)
            book.Share(sharing);
        book.Take(form.Flag("takes_time"));
        if (form.Text("feed") is "Full" or "Busy")
            book.OpenFeed(form.Text("feed") == "Busy");
        else
            book.CloseFeed();
        await db.SaveChangesAsync();
        return go.To("calendar/settings", db, screen.T["calendar.saved", ("calendar", book.Name)]);
    }

    private static async Task<IResult> Import(Guid id, Form form, AppDb db, Actor actor, Screen screen, Go go)
    {
        var book = await Kept(id, db, actor) is var kept && kept.EditedBy(actor) ? kept : throw new Web.NotFound();
        var file = form.Files["calendar_file"] ?? throw new Refusal("calendar.no_file") { Field = "calendar_file" };
        Must(file.Length <= MostFile, "calendar.big_file", ("mb", MostFile >> 20));
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        var brought = await CalendarImport.Into(db, book, bytes.ToArray(), CalendarQueries.ZoneOf(screen.Firm));
        var left =
            brought.Left.Count == 0
                ? ""
                : " "
                    + screen.T[
                        "calendar.left_out",
                        ("n", brought.Left.Count),
                        ("line", brought.Left[0].Line),
                        ("reason", brought.Left[0].Reason)
                    ];
        return go.To(
            "calendar/settings",
            db,
            screen.T["calendar.imported", ("n", brought.Added + brought.Changed), ("calendar", book.Name)] + left
        );
    }

    private static async Task<IResult> AddPhone(
        Form form,
        AppDb db,
        Actor actor,
        Screen screen,
        HttpContext http,
        TimeProvider clock,
        PhoneProfiles profiles
    )
    {
        var (made, secret) = AppPassword.For(actor.PersonId!.Value, form.Text("device"), clock.GetUtcNow().UtcDateTime);
        db.Add(made);
        await db.SaveChangesAsync();
        var email = await db.Set<Person>().Where(p => p.Id == made.PersonId).Select(p => p.Email).SingleAsync();
        var site = Site(http, screen);
        var link = $"{site}phone/{profiles.Keep(new(screen.Firm!.Name, new Uri(site + "dav/"), email, secret))}";
        http.Response.Headers.CacheControl = "no-store";
        return Page<PhonePage>(
            new
            {
                Device = made.Name,
                Email = email,
                Secret = secret,
                Site = site,
                Link = link,
                Picture = Svg(link),
            }
        );
    }

    private static async Task<IResult> RemovePhone(Guid id, AppDb db, Actor actor, Screen screen, Go go)
    {
        var phone =
            await db.Set<AppPassword>().SingleOrDefaultAsync(p => p.Id == id && p.PersonId == actor.PersonId) ?? throw new Web.NotFound();
        db.Remove(phone);
        await db.SaveChangesAsync();
        return go.To("calendar/settings", null, screen.T["apppassword.removed", ("device", phone.Name)]);
    }

    private static IResult Profile(string token, PhoneProfiles profiles, HttpContext http)
    {
        if (profiles.Find(token) is not { } account)
            return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        return Results.File(
            System.Text.Encoding.UTF8.GetBytes(PhoneProfiles.Write(account)),
            "application/x-apple-aspen-config",
            "remit.mobileconfig"
        );
    }

    private static async Task<CalendarBook> Kept(Guid id, AppDb db, Actor actor) =>
        await db.Set<CalendarBook>().SingleOrDefaultAsync(c => c.Id == id) is { } book && book.KeptBy(actor)
            ? book
            : throw new Web.NotFound();

    private static string Site(HttpContext http, Screen screen) => $"{http.Request.Scheme}://{http.Request.Host}{screen.Base}";

    /// <summary>The code as a picture that may stand in a page: an image of data, no script, no style.</summary>
    private static string Svg(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        return "data:image/svg+xml;base64," + Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(new SvgQRCode(data).GetGraphic(6)));
    }
}

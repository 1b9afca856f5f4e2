using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Mail.Pages;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Mail;

/// <summary>The mail server of the firm: its settings, and a letter to oneself to see that it works.</summary>
public static class MailModule
{
    public static void MapMail(this WebApplication app)
    {
        app.MapGet("/mail", Show).Needs(Permission.FirmEdit);
        app.MapPost("/mail", Save).Needs(Permission.FirmEdit);
        app.MapPost("/mail/test", Test).Needs(Permission.FirmEdit);
        app.MapPost("/mail/mailbox", SaveMailbox).Needs(Permission.FirmEdit);
        app.MapPost("/mail/mailbox/look", Look).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Show(AppDb db) =>
        new RazorComponentResult<MailPage>(
            new
            {
                Settings = await Now(db),
                Mailbox = await db.Set<Mailbox>().AsNoTracking().SingleOrDefaultAsync(),
                State = await db.Set<MailboxState>().AsNoTracking().SingleOrDefaultAsync(),
                Positions = await db.Set<Position>().AsNoTracking().OrderBy(p => p.NameKey).ToListAsync(),
            }
        );

    private static async Task<IResult> Save(Form form, AppDb db, IDataProtectionProvider keys, Screen screen, Go go)
    {
        var settings = await Now(db);
        if (settings is null)
            db.Add(settings = new MailSettings());
        else
            form = await form.Merged(
                db,
                settings,
                s =>
                    [
                        ("mail_host", s.Host),
                        ("mail_port", $"{s.Port}"),
                        ("mail_encrypted", s.Encrypted ? "on" : ""),
                        ("mail_user", s.UserName),
                        ("mail_sender", s.Sender),
                        ("mail_sender_name", s.SenderName),
                    ]
            );
        var moved = settings.Host != form.Text("mail_host");
        settings.Describe(
            form.Text("mail_host"),
            form.Int("mail_port") ?? 0,
            form.Flag("mail_encrypted"),
            form.Text("mail_user"),
            form.Text("mail_sender"),
            form.Text("mail_sender_name")
        );
        // Another server must not be sent the password of the old one.
        if (form.Text("mail_password") is { } password)
            settings.SetPassword(password, keys);
        else
            Rules.Must(!moved || settings.PasswordSealed.Length == 0, "mail.password_again");
        await db.SaveChangesAsync();
        return go.To("mail", null, screen.T["mail.saved", ("host", settings.Host)]);
    }

    private static async Task<IResult> Test(AppDb db, Actor actor, Screen screen, Go go)
    {
        Rules.Must(await Now(db) is not null, "mail.not_set");
        var to = (await db.Set<Person>().One(actor.PersonId!.Value)).Email;
        db.Later(new Letter(to, screen.T["mail.test_subject", ("firm", screen.Firm!.Name)], screen.T["mail.test_text"]).Job());
        await db.SaveChangesAsync();
        return go.To("mail", null, screen.T["mail.test_sent", ("address", to)]);
    }

    private static async Task<IResult> SaveMailbox(Form form, AppDb db, IDataProtectionProvider keys, OutsideWeb web, Screen screen, Go go)
    {
        var box = await db.Set<Mailbox>().SingleOrDefaultAsync();
        if (box is null)
            db.Add(box = new Mailbox());
        else
            form = await form.Merged(
                db,
                box,
                b =>
                    [
                        ("mailbox_address", b.Address),
                        ("mailbox_sorter", $"{b.SorterPositionId}"),
                        ("mailbox_host", b.Host),
                        ("mailbox_port", $"{b.Port}"),
                        ("mailbox_line", $"{b.Line}"),
                        ("mailbox_user", b.UserName),
                        ("mailbox_folder", b.Folder),
                    ]
            );
        var (host, user, folder) = (box.Host, box.UserName, box.Folder);
        var position = form.Id("mailbox_sorter") is { } id ? await db.Set<Position>().One(id) : null;
        box.Describe(form.Text("mailbox_address"), position?.Id, screen.Root);
        box.ReadFrom(
            form.Text("mailbox_host"),
            form.Int("mailbox_port") ?? 993,
            Named.Of<MailboxLine>(form.Text("mailbox_line")) ?? MailboxLine.Tls,
            form.Text("mailbox_user"),
            form.Text("mailbox_folder")
        );
        Rules.Must(!box.IsRead || box.Line != MailboxLine.Open || web.OwnNetwork, "mailbox.open_line");
        // Another server must not be sent the password of the old one.
        if (form.Text("mailbox_password") is { } password && box.IsRead)
            box.SetPassword(password, keys);
        else
            Rules.Must(!box.IsRead || host == box.Host || box.PasswordSealed.Length == 0, "mail.password_again");
        // Another mailbox has other numbers.
        if (
            (host, user, folder) != (box.Host, box.UserName, box.Folder)
            && await db.Set<MailboxState>().SingleOrDefaultAsync() is { } state
        )
            state.Forget();
        if (box.IsRead)
            await db.AtOnce(MailboxLook.Job());
        await db.SaveChangesAsync();
        return go.To("mail", null, screen.T["mailbox.saved", ("address", box.Address)]);
    }

    private static async Task<IResult> Look(AppDb db, Screen screen, Go go)
    {
        Rules.Must(await db.Set<Mailbox>().AnyAsync(b => b.Host != ""), "mailbox.not_set");
        await db.AtOnce(MailboxLook.Job());
        await db.SaveChangesAsync();
        return go.To("mail", null, screen.T["mailbox.looking"]);
    }

    private static Task<MailSettings?> Now(AppDb db) => db.Set<MailSettings>().SingleOrDefaultAsync();
}

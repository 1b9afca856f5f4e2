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
        app.MapGet("/mail", async (AppDb db) => new RazorComponentResult<MailPage>(new { Settings = await Now(db) })).Needs(Permission.FirmEdit);
        app.MapPost("/mail", Save).Needs(Permission.FirmEdit);
        app.MapPost("/mail/test", Test).Needs(Permission.FirmEdit);
    }

    private static async Task<IResult> Save(Form form, AppDb db, IDataProtectionProvider keys, Screen screen, Go go)
    {
        var settings = await Now(db);
        if (settings is null) db.Add(settings = new MailSettings());
        else db.Entry(settings).Property(s => s.Version).OriginalValue = form.Int("version") ?? 0;
        var moved = settings.Host != form.Text("mail_host");
        settings.Describe(form.Text("mail_host"), form.Int("mail_port") ?? 0, form.Flag("mail_encrypted"), form.Text("mail_user"), form.Text("mail_sender"), form.Text("mail_sender_name"));
        // Another server must not be sent the password of the old one.
        if (form.Text("mail_password") is { } password) settings.SetPassword(password, keys);
        else Rules.Must(!moved || settings.PasswordSealed.Length == 0, "mail.password_again");
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

    private static Task<MailSettings?> Now(AppDb db) => db.Set<MailSettings>().SingleOrDefaultAsync();
}

using Microsoft.EntityFrameworkCore;
using Remit.Modules.Mail;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;
using Remit.Web.Jobs;

namespace Remit.Modules.Notices.Inbox;

/// <summary>Whom a digest is for.</summary>
public sealed record DigestFor(Guid Person);

/// <summary>What is new, in one letter at the hour a person chose; none where nothing is new, each notice once.</summary>
internal sealed class Digest : IJobHandler
{
    private const string Of = "notice.digest";
    private const int Most = 50;
    public string Kind => Of;

    /// <summary>With the first notice after a digest the next one is ordered.</summary>
    public static async Task Order(JobWork work, NoticeSettings settings, Person person)
    {
        if (settings.DigestHour is not { } hour)
            return;
        var once = $"{Of}-{person.Id:N}";
        if (!await work.Db.Set<Job>().AnyAsync(j => j.Once == once) && !work.Db.Set<Job>().Local.Any(j => j.Once == once))
            work.Db.Later(Job.Of(Of, new DigestFor(person.Id), work.Firm.NextIn(person.TimeZone, hour, work.Now), once));
    }

    public async Task Run(JobWork work)
    {
        var id = work.Job.Read<DigestFor>().Person;
        var settings = await work.Db.Set<NoticeSettings>().SingleOrDefaultAsync(s => s.PersonId == id);
        var person = await work.Db.Set<Person>().AsNoTracking().SingleOrDefaultAsync(p => p.Id == id && p.Active);
        if (settings?.DigestHour is null || person is null || !await work.Db.Set<MailSettings>().AnyAsync(work.Cancel))
            return;
        var fresh = await work
            .Db.Set<NoticeRow>()
            .Fresh(id, work.Now)
            .Where(n => n.MailedAt == null)
            .OrderByDescending(n => n.At)
            .Take(Most)
            .ToListAsync(work.Cancel);
        var told = fresh.Where(n => settings.Rings(n.Sort)).ToList();
        if (told.Count == 0)
            return;
        var t = new T(person.Language);
        var lines = told.Select(n => $"— {n.Says(t)}" + (settings.Root.Length > 0 ? $"\n  {settings.Root}{n.Path}" : ""));
        work.Db.Later(
            new Letter(
                person.Email,
                t["notice.digest_subject", ("firm", work.Firm.Name), ("n", told.Count)],
                string.Join("\n\n", lines)
            ).Job()
        );
        foreach (var notice in told)
            notice.Mailed(work.Now);
    }
}

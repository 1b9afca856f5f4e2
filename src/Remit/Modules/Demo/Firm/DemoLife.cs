using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Clients;
using Remit.Modules.Dispatch;
using Remit.Modules.People;
using Remit.Modules.Received;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Demo;

/// <summary>Questions of clients, meetings and notices: what makes a week look lived in. Its own dice, so that nothing else falls otherwise.</summary>
internal sealed class DemoLife(AppDb db, DemoCast cast, string language, DateOnly today)
{
    private readonly Random dice = new(44);
    private readonly Product[] products = [.. DemoWords.Products.Select(p => Product.Named(DemoNames.In(p, language)))];

    public IReadOnlyList<Product> Supplied => products;

    /// <summary>What the firm looks after, and who knows what.</summary>
    public void Products()
    {
        db.AddRange(products);
        for (var n = 0; n < products.Length; n++)
        for (var p = 0; p < 2; p++)
            db.Add(new Skill { PersonId = cast.Programmers[(n + p) % cast.Programmers.Length].Id, ProductId = products[n].Id });
        for (var n = 0; n < cast.Clients.Count; n++)
        {
            var used = new ClientProduct { ClientId = cast.Clients[n].Id, ProductId = products[n % products.Length].Id };
            used.IsNow($"3.0.{160 + n % 5}");
            db.Add(used);
        }
    }

    /// <summary>Three weeks of questions: most answered the same day, the last ones open, one of them late.</summary>
    public void Questions()
    {
        for (var back = 21; back >= 0; back--)
        {
            var day = today.AddDays(-back);
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
                continue;
            for (var n = dice.Next(1, 3); n > 0; n--)
                Ask(day, 6 + n * 2, open: back == 0 || back == 2 && n == 1);
        }
    }

    private void Ask(DateOnly day, int hour, bool open)
    {
        var at = dice.Next(cast.Clients.Count);
        var (client, product, words) = (
            cast.Clients[at],
            products[at % products.Length],
            DemoWords.Questions[dice.Next(DemoWords.Questions.Length)]
        );
        var (asked, programmer) = (Moment(day, hour), cast.Programmers[(at % products.Length + dice.Next(2)) % cast.Programmers.Length]);
        var contact = Contact(client);
        var question = Question.Ask(
            client.Id,
            product.Id,
            DemoNames.In(words.Asked, language),
            contact.Name,
            null,
            client.OwnerId,
            asked,
            asked.AddHours(8)
        );
        question.GoTo(programmer.Id, new RouteWhy("skill", programmer.Name, product.Name, dice.Next(4)));
        db.Add(question);
        if (!open)
            question.Reply(DemoNames.In(words.Answered, language), programmer.Id, asked.AddMinutes(dice.Next(20, 200)));
        else if (day < today)
        {
            question.Escalate(asked.AddHours(8));
            db.Tell(
                client.OwnerId,
                "notice.question_late",
                $"questions/{question.Id}",
                ("question", question.Title),
                ("client", client.Name)
            );
            db.Tell(
                cast.Owner.Id,
                "notice.question_late",
                $"questions/{question.Id}",
                ("question", question.Title),
                ("client", client.Name)
            );
        }
    }

    /// <summary>Clients met in the last weeks, with what came of it.</summary>
    public void Meet(Firm firm)
    {
        var own = db.Set<CalendarBook>()
            .Local.Where(b => b is { Kind: CalendarKind.Own, OwnerId: not null })
            .ToDictionary(b => b.OwnerId!.Value);
        var monday = today.AddDays(-((int)today.DayOfWeek + 6) % 7);
        for (var n = 0; n < 6; n++)
        {
            var client = cast.Clients.Where(c => c.Segment == "A").ElementAt(n * 4 + 1);
            Meet(firm, own[client.OwnerId!.Value], monday.AddDays(n / 2 * 7 - 20 + n % 2 * 2), 12 + n % 4, client);
        }
    }

    private void Meet(Firm firm, CalendarBook book, DateOnly day, int hour, Client client)
    {
        var words = $"{DemoNames.In(DemoWords.Upkeep, language)} · {client.Name}";
        var plan = new MeetingPlan(words, "", day.ToDateTime(new TimeOnly(hour, 0), DateTimeKind.Utc), 60, Clock.Of(firm.TimeZone, firm))
        {
            Kind = MeetingKind.ClientUpkeep,
            ClientId = client.Id,
        };
        var meeting = db.Meet(book, plan, firm, Moment(day.AddDays(-3), 8));
        var (outcome, next) = DemoWords.Outcomes[dice.Next(DemoWords.Outcomes.Length)];
        meeting.Hold(DemoNames.In(outcome, language), DemoNames.In(next, language), day);
        db.State(new Fact("meeting.held", client.OwnerId, day, meeting.Id, meeting.Id, client.Id, words));
    }

    /// <summary>Letters of the last days: of two clients, about one visit to come, of strangers and programs.</summary>
    public async Task Letters(FileStore? files)
    {
        var after = today.AddDays(1).ToDateTime(default, DateTimeKind.Utc);
        var visit = await db.Set<Visit>()
            .AsNoTracking()
            .Where(v => v.StartsAt >= after && v.State == VisitState.Confirmed && !v.Remote)
            .OrderBy(v => v.StartsAt)
            .FirstOrDefaultAsync();
        var client = visit is null ? null : cast.Clients.First(c => c.Id == visit.ClientId);
        await new DemoLetters(db, files, DemoFirm.Address, today, language).Fill(
            [Writer(16), Writer(41)],
            client is null ? null : (visit!, client, Contact(client))
        );
    }

    /// <summary>Asked for on the phone, and nobody to go yet: they wait at the side of the board.</summary>
    public void NobodyGoes(WorkCalendar calendar)
    {
        var day = today.AddDays(1);
        foreach (var (hour, at) in new[] { (10, 52), (14, 87) })
        {
            while (!calendar.IsWorkday(day))
                day = day.AddDays(1);
            var client = cast.Clients[at];
            var visit = Visit.Plan(
                client.Id,
                Guid.Empty,
                day.ToDateTime(new TimeOnly(hour, 0)),
                90,
                false,
                cast.Place.Subjects[at % cast.Place.Subjects.Length],
                client.OwnerId
            );
            db.Add(visit);
            db.State(new Fact("visit.planned", client.OwnerId, today, visit.Id, visit.Id, client.Id, $"{visit.Subject} · {client.Name}"));
            day = day.AddDays(1);
        }
    }

    private DemoWriter Writer(int at) =>
        new(
            cast.Clients[at],
            Contact(cast.Clients[at]),
            products[at % products.Length],
            cast.Programmers[at % products.Length % cast.Programmers.Length]
        );

    private Contact Contact(Client client) => cast.Records.OfType<Contact>().First(c => c.ClientId == client.Id);

    private DateTime Moment(DateOnly day, int hour) => day.ToDateTime(new TimeOnly(hour, dice.Next(60)), DateTimeKind.Utc);
}

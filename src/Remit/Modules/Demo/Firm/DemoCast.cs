using System.Text.Json;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;

namespace Remit.Modules.Demo;

/// <summary>Who and what the demo firm consists of; the same every time, made from one seed.</summary>
internal sealed class DemoCast(DateOnly start, string language)
{
    public const string Password = "demo-demo-demo";

    public readonly Random Chance = new(42);
    public readonly List<object> Records = [];
    public readonly Dictionary<Role, Position> Positions = [];
    public readonly List<Person> People = [];
    public readonly List<Client> Clients = [];
    public readonly DemoPlace Place = DemoPlace.Of(language);
    public OwnCompany Company = null!;

    public Person Owner => People[0];
    public Person[] Managers => [.. People.Where(p => p.Role == Role.Manager)];
    public Person[] Programmers => [.. People.Where(p => p.Role == Role.Programmer)];
    public Person Accountant => People.First(p => p.Role == Role.Accountant);

    public void Hire()
    {
        foreach (var ((mail, role, level), name) in DemoNames.Staff.Zip(Place.Staff))
        {
            var person = Person.Join(name, $"{mail}@demo.example", role, language);
            person.Place(level, Place.City);
            if (People.Count == 0)
                person.SetPassword(Password);
            else
                person.ShareThePasswordOf(People[0]);
            People.Add(person);
            if (!Positions.TryGetValue(role, out var position))
                Records.Add(Positions[role] = position = Position.Named(DemoNames.PositionOf(role, language)));
            Records.Add(person);
            Records.Add(Tenure.Of(position, person, start));
        }
    }

    /// <summary>Programmers and managers report to the director, all others to the owner.</summary>
    public void Order()
    {
        foreach (var role in new[] { Role.Manager, Role.Programmer })
            Positions[role].ReportTo(Positions[Role.Director], Positions.Values);
    }

    public void Describe()
    {
        foreach (var line in DemoNames.Duties)
        {
            var duty = Duty.Of(
                Positions[line.Role].Id,
                DemoNames.In(line.Section, language),
                line.Number,
                DemoNames.In(line.Text, language)
            );
            duty.Expect(DemoNames.In(line.Unit, language), DemoNames.In(line.Result, language), DemoNames.In(line.Proof, language));
            duty.Plan(line.Frequency);
            duty.Bind(line.Trigger, line.Condition);
            Records.Add(duty);
            Records.Add(DutyNorm.Of(duty, start, line.Minutes, line.Complexity, line.Points));
        }
        foreach (var (role, rate) in DemoNames.Rates)
            Records.Add(
                new Scheme
                {
                    PositionId = Positions[role].Id,
                    From = start,
                    Rules = JsonSerializer.Serialize(Rules(rate)),
                }
            );
    }

    public void Serve()
    {
        var (bic, account, corrAccount) = Place.BankAccount;
        Company = OwnCompany.Of(Place.Company, Place.Country, Place.Currency, Place.TaxId(0));
        Company.Describe(Company.Name, Company.TaxId, Place.Country == "RU" ? "780101001" : "", Place.Address(49), Place.Director);
        Company.BankAt(Place.Bank, bic, account, corrAccount);
        Company.Charge(hourMinor: Place.Minor(280_000), vatBasisPoints: Place.VatBasisPoints);
        Company.Prefer(true);
        Records.Add(Company);
        for (var n = 0; n < 120; n++)
        {
            var client = Client.New(Place.Client(n), Place.Country, Since(n));
            client.Register(Place.Country, Place.TaxId(n + 1), Place.Country == "RU" ? "780501001" : "", Place.Address(n));
            client.Describe(
                language,
                n % 4 == 0 ? "A"
                    : n % 3 == 0 ? "B"
                    : "C",
                n % 15 == 0,
                n % 7 == 0 ? Place.Route : "",
                Managers[n % 2].Id
            );
            if (n % 20 == 3)
                client.LiveBy("Asia/Novosibirsk");
            Clients.Add(client);
            Records.Add(client);
            for (var c = 0; c <= n % 3; c++)
                Records.Add(Contact(client, n, c));
        }
    }

    /// <summary>When a client came: five each month of the two years before, so that the oldest are the first in the list.</summary>
    public DateTime Since(int client) =>
        start.AddMonths(client / 5 - 24).AddDays(client % 5 * 5 + client % 3).ToDateTime(new TimeOnly(7, client % 60), DateTimeKind.Utc);

    private string Dialled =>
        Place.Country switch
        {
            "RU" => "+7 812",
            "BG" => "+359 2",
            "AZ" => "+994 12",
            _ => "+44 117",
        };

    private Contact Contact(Client client, int n, int c)
    {
        var contact = Remit.Modules.Clients.Contact.At(
            client,
            Place.Person(n * 3 + c),
            Place.Posts[Math.Min(c, 1)],
            $"{Dialled} {200 + n:000}-{c * 11:00}-{n % 100:00}",
            c == 0 ? $"client{n:000}@mail.example" : null,
            c == 0
        );
        // Their birthdays lie all over the year, so that there are some in every week.
        contact.WasBorn(start.AddYears(-30 - n % 25).AddDays((n * 7 + c * 50) % 365));
        return contact;
    }

    private SchemeRules Rules(long rateMilli) =>
        new SchemeRules
        {
            EffectiveFrom = start,
            Fixed = Place.Fixed,
            RateMilli = Place.Minor(rateMilli),
            BonusBaseMinor = Place.Minor(1_200_000),
            Samples = 5,
            Indicators =
            [
                new()
                {
                    Code = "paid_on_time",
                    Label = "pay.fact.paid_on_time",
                    Weight = 2,
                    Target = 90,
                    Curve = [new(0.6m, 0), new(1, 1), new(1.1m, 1.3m)],
                },
                new()
                {
                    Code = "acts_returned_14d",
                    Label = "pay.fact.acts_returned_14d",
                    Weight = 1,
                    Target = 80,
                    Curve = [new(0.5m, 0), new(1, 1), new(1.2m, 1.4m)],
                },
                new()
                {
                    Code = "own_visits_confirmed",
                    Label = "pay.fact.own_visits_confirmed",
                    Weight = 1,
                    Target = 90,
                },
            ],
        }.Checked();
}

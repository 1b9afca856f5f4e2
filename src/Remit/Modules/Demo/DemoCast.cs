using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using System.Text.Json;

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
    public OwnCompany Company = null!;

    public Person Owner => People[0];
    public Person[] Managers => [.. People.Where(p => p.Role == Role.Manager)];
    public Person[] Programmers => [.. People.Where(p => p.Role == Role.Programmer)];
    public Person Accountant => People.First(p => p.Role == Role.Accountant);

    public void Hire()
    {
        foreach (var (name, mail, role, level) in DemoNames.Staff)
        {
            var person = Person.Join(name, $"{mail}@demo.example", role, language);
            person.Describe(name, $"{mail}@demo.example", role, level, SampleScheme.StPetersburg);
            person.SetPassword(Password);
            People.Add(person);
            if (!Positions.TryGetValue(role, out var position))
                Records.Add(Positions[role] = position = Position.Named(DemoNames.PositionOf(role, language)));
            Records.Add(person);
            Records.Add(Tenure.Of(position, person, start));
        }
    }

    public void Describe()
    {
        foreach (var line in DemoNames.Duties)
        {
            var duty = Duty.Of(Positions[line.Role].Id, DemoNames.In(line.Section, language), line.Number, DemoNames.In(line.Text, language));
            duty.Plan(line.Frequency);
            duty.Bind(line.Trigger, line.Condition);
            Records.Add(duty);
            Records.Add(DutyNorm.Of(duty, start, line.Minutes, line.Complexity, line.Points));
        }
        foreach (var (role, rate) in DemoNames.Rates)
            Records.Add(new Scheme { PositionId = Positions[role].Id, From = start, Rules = JsonSerializer.Serialize(Rules(rate)) });
    }

    public void Serve()
    {
        Company = OwnCompany.Of("ООО «Регистр-Сервис»", "RU", "RUB", DemoNumbers.Inn(7_801_234_56));
        Company.Describe(Company.Name, Company.TaxId, "780101001", "Санкт-Петербург, Лиговский пр., 50", "Орлова В. С.");
        Company.BankAt("АО «Невский берег»", "044030790", DemoNumbers.Account("044030790", "4070281000000000123"), "30101810900000000790");
        Company.Charge(hourMinor: 280_000, vatBasisPoints: 2200);
        Company.Prefer(true);
        Records.Add(Company);
        for (var n = 0; n < 120; n++)
        {
            var client = Client.New(DemoNames.ClientName(n), "RU", new DateTime(start, TimeOnly.MinValue, DateTimeKind.Utc));
            client.Register("RU", DemoNumbers.Inn(780_500_000 + n * 37), "780501001", $"Санкт-Петербург, {DemoNames.Streets[n % DemoNames.Streets.Length]}, {n % 90 + 1}");
            client.Describe("ru", n % 4 == 0 ? "A" : n % 3 == 0 ? "B" : "C", n % 15 == 0, n % 7 == 0 ? "Вход со двора, второй этаж, домофон 12." : "", Managers[n % 2].Id);
            Clients.Add(client);
            Records.Add(client);
            for (var c = 0; c <= n % 3; c++)
                Records.Add(Contact.At(client, DemoNames.Person(n * 3 + c), c == 0 ? "директор" : "бухгалтер", $"+7 812 {200 + n:000}-{c * 11:00}-{n % 100:00}", null, c == 0));
        }
    }

    private SchemeRules Rules(long rateMilli) => new SchemeRules
    {
        EffectiveFrom = start, Fixed = SampleScheme.Fixed, RateMilli = rateMilli, BonusBaseMinor = 1_200_000, Samples = 5,
        Indicators =
        [
            new() { Code = "paid_on_time", Label = "pay.fact.paid_on_time", Weight = 2, Target = 90, Curve = [new(0.6m, 0), new(1, 1), new(1.1m, 1.3m)] },
            new() { Code = "acts_returned_14d", Label = "pay.fact.acts_returned_14d", Weight = 1, Target = 80, Curve = [new(0.5m, 0), new(1, 1), new(1.2m, 1.4m)] },
            new() { Code = "own_visits_confirmed", Label = "pay.fact.own_visits_confirmed", Weight = 1, Target = 90 },
        ],
    }.Checked();
}

/// <summary>Identifiers that are nobody's but pass their check digits.</summary>
internal static class DemoNumbers
{
    private static readonly int[] inn = [2, 4, 10, 3, 5, 9, 4, 6, 8];

    public static string Inn(int nine)
    {
        var digits = nine.ToString("000000000", System.Globalization.CultureInfo.InvariantCulture);
        return digits + digits.Select((d, i) => (d - '0') * inn[i]).Sum() % 11 % 10;
    }

    /// <summary>The account whose key fits the bank, by trying the ten digits in the key's place.</summary>
    public static string Account(string bic, string bare) =>
        Enumerable.Range(0, 10).Select(key => bare[..8] + key + bare[8..]).First(account => Identifiers.IsRuAccount(account, bic));
}

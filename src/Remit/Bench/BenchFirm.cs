using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Remit.Kernel;
using Remit.Modules.Clients;
using Remit.Modules.Demo;
using Remit.Modules.Duties;
using Remit.Modules.Papers;
using Remit.Modules.Pay;
using Remit.Modules.Pay.Calculation;
using Remit.Modules.People;
using Remit.Storage;
using Remit.Web;

namespace Remit;

/// <summary>How big a firm to make.</summary>
internal sealed record FirmSize(int Clients, int Contacts, int Invoices, int Entries, int People)
{
    public static readonly FirmSize Large = new(100_000, 300_000, 50_000, 1_000_000, 200);
    public static readonly FirmSize Small = new(500, 1_500, 300, 2_000, 10);

    public static FirmSize From(string[] args)
    {
        var start = args.Contains("--small") ? Small : Large;
        return new(
            Of("--clients", start.Clients),
            Of("--contacts", start.Contacts),
            Of("--invoices", start.Invoices),
            Of("--entries", start.Entries),
            Of("--people", start.People)
        );

        int Of(string name, int otherwise) =>
            Commands.Option(args, name) is not { } text ? otherwise
            : int.TryParse(text, out var n) && n > 0 ? n
            : throw new CannotRun($"{name} takes a whole number above zero, not {text}.");
    }
}

/// <summary>
/// Makes a firm to be measured: the same names, sums and days every time, from one seed; only the keys differ. Its staff
/// goes in like anybody's, its clients, papers and ledger in bulk and so without a journal.
/// </summary>
internal sealed class BenchFirm(AppDb db, FirmSize size, DateOnly today)
{
    public const string Address = "bench",
        Owner = "owner@bench.example",
        Password = "bench-bench-bench";
    private const int Months = 24,
        Duties = 60;

    private static readonly string[] first =
        "Северный Южный Восточный Западный Новый Большой Золотой Серебряный Быстрый Надёжный Городской Морской Речной Горный Лесной Степной Зелёный Красный Белый Тихий Вольный Верный Добрый Мирный Ясный Звёздный Солнечный Каменный Стеклянный Деловой".Split(
            ' '
        );
    private static readonly string[] second =
        "Ветер Берег Мост Квартал Проект Сервис Учёт Аудит Консалт Монтаж Ремонт Транзит Логист Склад Привод Насос Кабель Климат Контур Вектор Импульс Ресурс Капитал Партнёр Союз Альянс Дизайн Принт Текстиль Клиника Стандарт Эксперт Архив Парк Маркет Пекарня".Split(
            ' '
        );
    private static readonly string[] streets = "Ленина Мира Садовая Лесная Новая Полевая Школьная Заводская".Split(' ');

    private readonly Random chance = new(42);
    private readonly DateOnly start = Month.Of(today).First.AddMonths(1 - Months);

    public DateOnly Start => start;
    public Random Chance => chance;
    public List<Person> People { get; } = [];
    public List<Duty> Register { get; } = [];
    public List<Client> Clients { get; } = [];
    public OwnCompany Company { get; private set; } = null!;

    /// <summary>Four or five letters from inside a word of some clients' names.</summary>
    public static string Fragment(int n)
    {
        var word = (n % 2 == 0 ? second : first)[n * 7 % 30].ToLowerInvariant();
        return word.Length <= 5 ? word[..4] : word.Substring(n % (word.Length - 4), 4);
    }

    public async Task Make()
    {
        await Staff();
        Clients.AddRange(Enumerable.Range(1, size.Clients).Select(Client));
        var contacts = Enumerable.Range(0, size.Contacts).Select(Contact).ToList();
        foreach (var client in Clients)
            (client.NameKey, client.SegmentKey) = (Alphabet.Key(client.Name), Alphabet.Key(client.Segment));
        foreach (var contact in contacts)
            (contact.NameKey, contact.PostKey) = (Alphabet.Key(contact.Name), Alphabet.Key(contact.Post));
        await NewRows.Insert(db, Clients);
        await NewRows.Insert(db, contacts);
        var seq = 0L;
        await NewRows.Insert(
            db,
            Clients
                .Concat<ISearchable>(contacts)
                .Select(r => new SearchLine
                {
                    Seq = ++seq,
                    Kind = r.GetType().Name,
                    RecordId = r.Id,
                    OwnerId = r.FoundAs,
                    Text = Folding.Plain(r.SearchText),
                })
        );
        await new BenchLedger(db, this, size, today).Write();
        // As every night does.
        await SearchIndex.Order(db);
        await db.Engine.Count(db);
    }

    private async Task Staff()
    {
        db.Add(
            new Firm
            {
                Name = "Bench",
                Country = "RU",
                Currency = "RUB",
                Language = "ru",
                TimeZone = "Europe/Moscow",
            }
        );
        db.Add(Company = OwnCompany.Of("ООО «Мерная верста»", "RU", "RUB", DemoNumbers.Inn(770_100_001)));
        Company.BankAt("АО «Невский берег»", "044030790", DemoNumbers.Account("044030790", "4070281000000000777"), "30101810900000000790");
        Company.Charge(280_000, 2000);
        var position = Position.Named("Менеджер");
        db.Add(position);
        db.Add(
            new Scheme
            {
                PositionId = position.Id,
                From = start,
                Rules = JsonSerializer.Serialize(SampleScheme.From(start).Checked()),
            }
        );
        for (var n = 0; n < size.People; n++)
        {
            var person = Person.Join(
                $"Сотрудник {n:000}",
                n == 0 ? Owner : $"p{n}@bench.example",
                n == 0 ? Role.Owner : Role.Manager,
                "ru"
            );
            person.Place(n % 4 + 1, SampleScheme.Moscow);
            if (n == 0)
                person.SetPassword(Password);
            People.Add(person);
            db.AddRange(person, Tenure.Of(position, person, start));
        }
        for (var n = 1; n <= Duties; n++)
        {
            var duty = Duty.Of(
                position.Id,
                $"Раздел {n / 10 + 1}",
                $"{n / 10 + 1}.{n % 10 + 1}",
                $"Обязанность {n}: сделать и показать результат"
            );
            duty.Bind(n == 1 ? "invoice.issued" : null, n <= 12 ? "act.returned" : null);
            Register.Add(duty);
            db.AddRange(duty, DutyNorm.Of(duty, start, 15, n % 5 + 1, n % 9 + 1));
        }
        await db.SaveChangesAsync();
    }

    private Client Client(int n)
    {
        var client = Modules.Clients.Client.New(
            $"ООО «{Any(first)} {Any(second)} {n}»",
            "RU",
            DateTime.SpecifyKind(start.ToDateTime(TimeOnly.MinValue), DateTimeKind.Utc)
        );
        client.Register("RU", DemoNumbers.Inn(770_000_000 + n), "770101001", $"Москва, ул. {Any(streets)}, {chance.Next(1, 200)}");
        client.Describe("ru", "ABC"[n % 3].ToString(), n % 50 == 0, "", People[n % People.Count].Id);
        return client;
    }

    private Contact Contact(int n) =>
        Modules.Clients.Contact.At(
            Clients[n % Clients.Count],
            $"Контакт {n} {Any(second)}",
            "бухгалтер",
            $"+7916{chance.Next(1_000_000, 9_999_999)}",
            $"c{n}@example.test",
            n < Clients.Count
        );

    private string Any(string[] words) => words[chance.Next(words.Length)];
}

using Remit.Modules.People;
using Remit.Storage;

namespace Remit.Modules.Papers;

/// <summary>The demo firm's printed blanks: with the programmers, used, one spoiled, one given back. The same every time.</summary>
public static class DemoBlanks
{
    private static readonly string[] languages = ["ru", "bg", "az", "en"];
    private static readonly string[][] said =
    [
        ["Лист работ при переносе базы", "Лист при пренасяне на базата", "Baza köçürüləndə iş vərəqi", "The sheet of a database move"],
        [
            "Ошибка в реквизитах клиента",
            "Грешка в реквизитите на клиента",
            "Müştərinin rekvizitlərində səhv",
            "A mistake in the client's details",
        ],
    ];

    public static async Task Fill(AppDb db, OwnCompany company, IReadOnlyList<Person> programmers, Guid by, DateOnly today, string language)
    {
        string Say(int n) => said[n][Math.Max(0, Array.IndexOf(languages, language))];
        await db.StartWriting();
        foreach (var (n, programmer) in programmers.Take(3).Index())
        {
            var (acts, sheets) = (await Printed(BlankKind.Act, 4, programmer), await Printed(BlankKind.JobSheet, 3, programmer));
            sheets[0].Use(Say(0));
            if (n == 0)
                acts[0].Spoil(Say(1));
            if (n == 1)
                acts[3].Return();
        }

        async Task<List<Blank>> Printed(BlankKind kind, int count, Person holder)
        {
            var (batch, blanks) = (Guid.CreateVersion7(), new List<Blank>());
            for (var n = 0; n < count; n++)
            {
                blanks.Add(
                    Blank.Print(
                        company,
                        kind,
                        await db.Next(BlankEndpoints.Counter(kind, company.Id, today.Year)),
                        batch,
                        (holder.Id, by, today)
                    )
                );
                db.Add(blanks[^1]);
            }
            return blanks;
        }
    }
}

using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Storage;

namespace Remit;

/// <summary>Twenty calendars with two hundred events each: a tenth of them repeat, the rest lies over two years about today.</summary>
internal static class BenchWeek
{
    private const int Calendars = 20,
        Events = 200;

    // Of a calendar's twenty series: most come once a week, some on three days, two daily.
    private static readonly string[] rules =
    [
        .. Enumerable.Repeat("FREQ=WEEKLY", 15),
        .. Enumerable.Repeat("FREQ=WEEKLY;BYDAY=MO,WE,FR", 3),
        .. Enumerable.Repeat("FREQ=DAILY", 2),
    ];

    public static async Task Make(AppDb db, DateOnly today)
    {
        // A firm that was kept has them since its first run.
        if (await db.Set<CalendarBook>().AnyAsync(b => b.Name == Name(0)))
            return;
        var chance = new Random(7);
        for (var c = 0; c < Calendars; c++)
        {
            var book = CalendarBook.New(Name(c), CalendarKind.Shared, null);
            book.Paint(CalendarBook.Colours[c % CalendarBook.Colours.Count]);
            db.Add(book);
            for (var n = 0; n < Events; n++)
            {
                var day = n < rules.Length ? today.AddDays(-chance.Next(300, 700)) : today.AddDays(chance.Next(-365, 365));
                db.Add(
                    CalendarItem.In(
                        book.Id,
                        $"{c}-{n}.ics",
                        CalendarObject.Read(System.Text.Encoding.UTF8.GetBytes(Text(c, n, day, chance.Next(8, 18)))),
                        Zone.Named("Europe/Moscow")!
                    )
                );
            }
        }
        await db.SaveChangesAsync();
        db.ChangeTracker.Clear();
        // As every night does.
        await db.Engine.Count(db);
    }

    private static string Name(int c) => string.Create(CultureInfo.InvariantCulture, $"Календарь {c + 1}");

    private static string Text(int c, int n, DateOnly day, int hour) =>
        string.Create(
                CultureInfo.InvariantCulture,
                $"""
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Remit//Bench//EN
                BEGIN:VEVENT
                UID:{c}-{n}@bench
                DTSTAMP:20260101T000000Z
                DTSTART;TZID=Europe/Moscow:{day:yyyyMMdd}T{hour:00}0000
                DTEND;TZID=Europe/Moscow:{day:yyyyMMdd}T{hour + 1:00}0000
                SUMMARY:Встреча {n} календаря {c}
                LOCATION:Переговорная {n % 5 + 1}
                {(n < rules.Length ? "RRULE:" + rules[n] : "TRANSP:OPAQUE")}
                END:VEVENT
                END:VCALENDAR

                """
            )
            .ReplaceLineEndings("\r\n");
}

using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Remit.Kernel;
using Remit.Modules.Received.Pages;
using Remit.Modules.Received.Reading;
using Remit.Storage;
using Remit.Web;

namespace Remit.Modules.Received;

/// <summary>How many letters of one address were over a day's measure: they stay where they lie, and are counted here. No journal is kept of it.</summary>
public sealed class LeftLetters
{
    /// <summary>More than any person writes to one firm in a day.</summary>
    public const int MostADay = 50;

    public Guid Id { get; private init; } = Guid.CreateVersion7();
    public string FromAddress { get; private init; } = "";
    public DateOnly Day { get; private init; }
    public int Count { get; private set; }

    public static LeftLetters Of(string address, DateOnly day) => new() { FromAddress = address, Day = day };

    public void OneMore() => Count++;
}

internal static class Measure
{
    private const int DaysShown = 7;

    /// <summary>Whether a letter that nobody brought is over its sender's measure; then it is counted, and who sorts hears of the day's first. The caller saves.</summary>
    public static async Task<bool> IsOver(this AppDb db, ReadLetter read, Arrival here)
    {
        var (address, day) = (read.From.Address, here.Firm.Day(here.Now));
        var dawn = here.Firm.Moment(day.ToDateTime(default));
        if (
            await db.Set<ReceivedLetter>().CountAsync(l => l.FromAddress == address && l.ReceivedAt >= dawn && l.Way != ReceivedWay.Page)
            < LeftLetters.MostADay
        )
            return false;
        var left = await db.Set<LeftLetters>().SingleOrDefaultAsync(l => l.FromAddress == address && l.Day == day);
        if (left is null)
        {
            db.Add(left = LeftLetters.Of(address, day));
            foreach (var person in await db.Sorters(day))
                db.Tell(
                    NoticeSort.System,
                    person,
                    "notice.letters_left",
                    "letters",
                    ("from", address.Length > 0 ? address : "—"),
                    ("most", $"{LeftLetters.MostADay}")
                );
        }
        left.OneMore();
        return true;
    }

    /// <summary>Above the list of letters: what was left of whom in the last days.</summary>
    public static async Task<RenderFragment?> Above(AppDb db, Screen screen)
    {
        var since = screen.Today.AddDays(-DaysShown);
        var left = await db.Set<LeftLetters>()
            .AsNoTracking()
            .Where(l => l.Day >= since)
            .OrderByDescending(l => l.Day)
            .ThenByDescending(l => l.Count)
            .Take(10)
            .ToListAsync();
        if (left.Count == 0)
            return null;
        return page =>
        {
            page.OpenComponent<LeftBox>(0);
            page.AddComponentParameter(1, nameof(LeftBox.Left), left);
            page.CloseComponent();
        };
    }
}

internal sealed class LeftLettersTable : IEntityTypeConfiguration<LeftLetters>
{
    public void Configure(EntityTypeBuilder<LeftLetters> t)
    {
        t.ToTable("left_letters");
        t.HasIndex(l => new { l.Day, l.FromAddress }).IsUnique();
    }
}

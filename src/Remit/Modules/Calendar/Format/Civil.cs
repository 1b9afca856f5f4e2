namespace Remit.Modules.Calendar.Format;

/// <summary>Days and seconds counted from 1 January 1970 on a clock without a zone: whole numbers are what recurrences are reckoned in.</summary>
public static class Civil
{
    public const int Day = 86_400;

    /// <summary>The first and the last moment that is reckoned with: years 1 to 9999.</summary>
    public static readonly long First = Seconds(1, 1, 1);
    public static readonly long Last = Seconds(9999, 12, 31) + Day - 1;

    public static int Days(int year, int month, int day) => new DateOnly(year, month, day).DayNumber - Epoch;

    public static long Seconds(int year, int month, int day, int hour = 0, int minute = 0, int second = 0) =>
        Days(year, month, day) * (long)Day + hour * 3600 + minute * 60 + second;

    public static int DayOf(long seconds) => (int)(seconds >= 0 ? seconds / Day : -((Day - 1 - seconds) / Day));

    public static int TimeOf(long seconds) => (int)(seconds - DayOf(seconds) * (long)Day);

    public static DateOnly Date(int day) => DateOnly.FromDayNumber(day + Epoch);

    /// <summary>0 for Monday to 6 for Sunday.</summary>
    public static int Weekday(int day) => (int)(((day + 3L) % 7 + 7) % 7);

    public static bool Has(int day) => day + Epoch >= 0 && day + Epoch <= DateOnly.MaxValue.DayNumber;

    public static DateTime Moment(long seconds) => DateTime.UnixEpoch.AddSeconds(Math.Clamp(seconds, First, Last));

    public static long Seconds(DateTime moment) => (long)Math.Floor((moment - DateTime.UnixEpoch).TotalSeconds);

    // A constant, because the moments above are made of it before any field below them has its value.
    private const int Epoch = 719_162;
}

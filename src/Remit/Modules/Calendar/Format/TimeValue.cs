using System.Globalization;

namespace Remit.Modules.Calendar.Format;

public enum TimeForm
{
    Date,
    Floating,
    Utc,
    Zoned,
}

/// <summary>A DATE or DATE-TIME as it was written: what the clock shows, and whose clock it is.</summary>
/// <param name="Local">Seconds since 1970 on that clock.</param>
/// <param name="Tzid">The zone's name where the form is zoned.</param>
public readonly record struct TimeValue(long Local, TimeForm Form, string? Tzid = null)
{
    public bool IsDate => Form == TimeForm.Date;

    /// <summary>The value of a property that holds one time; null where it cannot be read.</summary>
    public static TimeValue? Of(ContentLine? line) => line is null ? null : Parse(line.Value, line.Of("TZID"));

    /// <summary>Every time of a property that holds a list; a period counts by its start.</summary>
    public static IEnumerable<TimeValue> List(ContentLine line)
    {
        foreach (var part in line.Value.Split(','))
            if (Parse(part, line.Of("TZID")) is { } time)
                yield return time;
    }

    public static TimeValue? Parse(ReadOnlySpan<char> text, string? tzid)
    {
        text = text.Trim();
        if (text.Length < 8 || !Number(text[..4], out var year) || !Number(text[4..6], out var month) || !Number(text[6..8], out var day))
            return null;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var date = Civil.Seconds(year, month, day);
        if (text.Length == 8)
            return new TimeValue(date, TimeForm.Date);
        if (text[8] is not ('T' or 't') || text.Length < 13 || !Number(text[9..11], out var hour) || !Number(text[11..13], out var minute))
            return null;
        var second = 0;
        if (text.Length >= 15 && !Number(text[13..15], out second))
            return null;
        if (hour > 24 || minute > 59 || second > 60)
            return null;
        // A leap second is taken for the one before it, as the standard says.
        var local = date + hour * 3600 + minute * 60 + Math.Min(second, 59);
        var utc = text[^1] is 'Z' or 'z';
        if (text.Length != (utc ? 16 : 15) && text.Length != 13)
            return null;
        return utc ? new TimeValue(local, TimeForm.Utc)
            : string.IsNullOrEmpty(tzid) ? new TimeValue(local, TimeForm.Floating)
            : new TimeValue(local, TimeForm.Zoned, tzid);
    }

    /// <summary>As the standard writes it, without the zone's name.</summary>
    public string Text
    {
        get
        {
            var moment = Civil.Moment(Local);
            return moment.ToString(
                Form switch
                {
                    TimeForm.Date => "yyyyMMdd",
                    TimeForm.Utc => "yyyyMMdd'T'HHmmss'Z'",
                    _ => "yyyyMMdd'T'HHmmss",
                },
                CultureInfo.InvariantCulture
            );
        }
    }

    /// <summary>The property that holds it.</summary>
    public ContentLine Line(string name) =>
        Form switch
        {
            TimeForm.Date => new ContentLine(name, Text, ("VALUE", "DATE")),
            TimeForm.Zoned => new ContentLine(name, Text, ("TZID", Tzid!)),
            _ => new ContentLine(name, Text),
        };

    private static bool Number(ReadOnlySpan<char> digits, out int n)
    {
        n = 0;
        foreach (var c in digits)
        {
            if (!char.IsAsciiDigit(c))
                return false;
            n = n * 10 + (c - '0');
        }
        return true;
    }
}

/// <summary>A DURATION: whole days go by the calendar, the rest by the clock.</summary>
public readonly record struct Length(long Days, long Seconds)
{
    private const long Most = 366L * 100;

    public static Length? Parse(string? text)
    {
        var rest = (text ?? "").AsSpan().Trim();
        var sign = 1;
        if (rest.Length > 0 && rest[0] is '+' or '-')
        {
            sign = rest[0] == '-' ? -1 : 1;
            rest = rest[1..];
        }
        if (rest.Length < 2 || rest[0] is not ('P' or 'p'))
            return null;
        var (days, seconds, number, timed, digits) = (0L, 0L, 0L, false, 0);
        foreach (var c in rest[1..])
        {
            if (char.IsAsciiDigit(c))
            {
                number = number * 10 + (c - '0');
                if (++digits > 9)
                    return null;
                continue;
            }
            if (c is 'T' or 't' && digits == 0 && !timed)
            {
                timed = true;
                continue;
            }
            if (digits == 0)
                return null;
            switch (char.ToUpperInvariant(c), timed)
            {
                case ('W', false):
                    days += number * 7;
                    break;
                case ('D', false):
                    days += number;
                    break;
                case ('H', true):
                    seconds += number * 3600;
                    break;
                case ('M', true):
                    seconds += number * 60;
                    break;
                case ('S', true):
                    seconds += number;
                    break;
                default:
                    return null;
            }
            (number, digits) = (0, 0);
        }
        if (digits > 0 || days > Most || seconds > Most * Civil.Day)
            return null;
        return new Length(sign * days, sign * seconds);
    }
}

using System.Text;
using Remit.Kernel;
using Remit.Modules.Calendar;
using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;

namespace Remit.Tests.Calendar;

public sealed class Calendar_fuzz
{
    private const string Seed = """
        BEGIN:VCALENDAR
        VERSION:2.0
        BEGIN:VTIMEZONE
        TZID:Our own
        BEGIN:STANDARD
        DTSTART:19961027T040000
        TZOFFSETFROM:+0300
        TZOFFSETTO:+0200
        RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
        END:STANDARD
        END:VTIMEZONE
        BEGIN:VEVENT
        UID:1
        DTSTART;TZID=Our own:20260101T090000
        DURATION:P1DT1H
        RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=-1FR,2MO;BYHOUR=9,17;BYSETPOS=1,-1
        RDATE;VALUE=PERIOD:20260103T120000Z/PT30M,20260104T120000Z/20260105T000000Z
        EXDATE;TZID="Europe/Sofia":20260130T090000
        SUMMARY;X="a^n^'b":Встреча\, утром
        END:VEVENT
        BEGIN:VEVENT
        UID:1
        RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Our own:20260327T090000
        DTSTART;TZID=Our own:20260328T090000
        DTEND;TZID=Our own:20260328T100000
        END:VEVENT
        END:VCALENDAR
        """;
    private const string Card =
        "BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=E5=\n=F2=F0;=C8\nitem1.TEL;CELL;TYPE=\"a,b\",c:+7\nPHOTO;ENCODING=b:\n AAAA\n BBBB\nEND:VCARD\n";

    private static readonly string[] Pieces =
    [
        "FREQ=SECONDLY",
        "FREQ=MINUTELY",
        "FREQ=DAILY",
        "FREQ=YEARLY",
        ";COUNT=2000000000",
        ";UNTIL=99991231",
        ";INTERVAL=1000000",
        ";BYSETPOS=366",
        ";BYSECOND=60",
        ";BYWEEKNO=53,-53",
        ";BYYEARDAY=-366",
        ";BYMONTHDAY=31;BYMONTH=2",
        ";WKST=SU",
        "00010101T000000",
        "99991231T235959Z",
        "DTSTART:99991231T235959",
        "DTSTART;VALUE=DATE:00010101",
        "RANGE=THISANDFUTURE",
        "BEGIN:VEVENT\n",
        "END:VEVENT\n",
        "\n ",
        "\r",
        "\0",
        "=\n",
        "\"",
        "^",
        ":",
        ";",
        "=",
        ",",
        "\\",
        "P99999W",
        "-PT1S",
        "TZID=Russian Standard Time",
        "RRULE:",
        "EXDATE:",
        "RDATE:20260101,20260102",
        "TZOFFSETTO:-2359",
        "\uFEFF",
        "😀",
        "ENCODING=QUOTED-PRINTABLE:",
    ];

    [Fact]
    public void Damaged_calendars_and_cards_never_break_hang_or_swell()
    {
        byte[][] seeds =
        [
            Encoding.UTF8.GetBytes(Seed),
            Encoding.UTF8.GetBytes(Seed.Replace("\n", "\r\n")),
            Encoding.UTF8.GetBytes(Card),
            [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Seed)],
        ];
        var pieces = Fuzz.Bytes(Pieces, Encoding.UTF8);
        var (random, zone) = (new Random(20261122), Zone.Named("Europe/Sofia")!);
        for (var i = Fuzz.Rounds(); i > 0; i--)
        {
            var input = Fuzz.Damaged(seeds[random.Next(seeds.Length)], random, pieces);
            Fuzz.Within(512, input, () => Read(input, zone));
        }
    }

    private static void Read(byte[] input, Zone zone)
    {
        try
        {
            var read = ContentReader.Read(input);
            var again = ContentReader.Read(ContentWriter.Write(read.Components));
            Assert.True(
                again.Notes.Count == 0 && read.Components.Zip(again.Components).All(p => p.First.SameAs(p.Second)),
                $"Does not read back equal: {Convert.ToBase64String(input)} {string.Join(' ', again.Notes)}"
            );
            foreach (var root in read.Components)
                Reckon(root, zone);
            CalendarObject.Read(input);
        }
        catch (Exception e) when (e is NotReadable or Refusal)
        {
            // The two ways in which a text may be refused.
        }
    }

    private static void Reckon(Component root, Zone zone)
    {
        foreach (var series in Series.Of(root, zone))
        {
            var (first, last) = series.Extent();
            Assert.True(last >= first);
            Assert.InRange(series.Between(Civil.Seconds(2026, 1, 1), Civil.Seconds(2027, 1, 1)).Count, 0, Series.Most + 20_000);
        }
    }
}

using System.Text;
using Remit.Modules.Calendar.Format;

namespace Remit.Tests.Calendar;

public sealed class Calendar_text
{
    [Fact]
    public void A_line_is_folded_at_75_octets_and_never_inside_a_letter()
    {
        var event_ = new Component("VEVENT");
        event_.SetText("SUMMARY", string.Concat(Enumerable.Repeat("Встреча 😀 ", 30)));
        var text = ContentWriter.Write(event_);
        foreach (var line in text.Split("\r\n"))
            Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.True(ContentReader.Read(text).Components[0].SameAs(event_));
    }

    [Fact]
    public void A_fold_inside_a_letter_is_read_as_Outlook_wrote_it()
    {
        var bytes = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nX-A:день\r\nEND:VCALENDAR\r\n").ToList();
        var middle = bytes.FindIndex(b => b >= 0x80) + 1;
        bytes.InsertRange(middle, "\r\n "u8.ToArray());
        Assert.Equal("день", ContentReader.Read(bytes.ToArray()).Components[0].Text("X-A"));
    }

    [Fact]
    public void Parameters_keep_quotes_line_breaks_and_carets_by_RFC_6868()
    {
        var line = ContentReader
            .Read(
                "BEGIN:VCARD\r\nADR;LABEL=\"1^nMain \nSt; ^'North^' ^^ ^x\";TYPE=home,work:;;x\r\nEND:VCARD"
                    .Replace("\n", "", StringComparison.Ordinal)
                    .Replace("\r", "\r\n", StringComparison.Ordinal)
            )
            .Components[0]
            .Find("ADR")!;
        Assert.Equal("1\nMain St; \"North\" ^ ^x", line.Of("LABEL"));
        Assert.Equal(["home", "work"], line.All("TYPE"));
        var card = new Component("VCARD");
        card.Lines.Add(line);
        Assert.True(ContentReader.Read(ContentWriter.Write(card)).Components[0].SameAs(card));
    }

    [Fact]
    public void Quoted_printable_of_an_old_phone_becomes_plain_text()
    {
        var card = ContentReader
            .Read(
                "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=windows-1251;ENCODING=QUOTED-PRINTABLE:=CF=E5=F2=F0=EE=E2;=\r\n=C8=E2=E0=ED\r\nTEL;CELL;VOICE:+7 900\r\nEND:VCARD"
            )
            .Components[0];
        Assert.Equal(["Петров", "Иван"], TextValue.Parts(card.Find("N")!.Value, ';'));
        Assert.Equal(["CELL", "VOICE"], card.Find("TEL")!.All("TYPE"));
        Assert.Null(card.Find("N")!.Of("CHARSET"));
    }

    [Theory]
    [InlineData("a\\, b\\; c\\\\ \\n", "a, b; c\\ \n")]
    [InlineData("trailing\\", "trailing\\")]
    public void Escapes_are_read_and_written_back(string value, string text)
    {
        Assert.Equal(text, TextValue.Read(value));
        Assert.Equal(text, TextValue.Read(TextValue.Write(text)));
    }

    [Fact]
    public void Unknown_properties_and_their_order_survive()
    {
        const string text =
            "BEGIN:VCALENDAR\r\nX-B;X-P=\"a:b\":1\r\nVERSION:2.0\r\nX-A:2\r\nBEGIN:X-THING\r\nZ:1\r\nEND:X-THING\r\nEND:VCALENDAR\r\n";
        Assert.Equal(text, ContentWriter.Write(ContentReader.Read(text).Components));
    }

    [Fact]
    public void What_is_broken_is_left_out_and_named_by_its_line()
    {
        var read = ContentReader.Read("BEGIN:VCALENDAR\nVERSION:2.0\nno colon here\nBEGIN:VEVENT\nUID:1\nEND:VCALENDAR\n");
        Assert.Equal("1", read.Components[0].Components[0].Text("UID"));
        Assert.Equal([3, 4], read.Notes.Select(n => n.Line));
    }

    [Fact]
    public void What_is_no_calendar_or_too_deep_is_refused_with_its_line()
    {
        Assert.Equal(1, Assert.Throws<NotReadable>(() => ContentReader.Read("%PDF-1.7")).Line);
        var deep = string.Concat(Enumerable.Repeat("BEGIN:VEVENT\n", TextLimits.Depth + 1));
        Assert.Equal(TextLimits.Depth + 1, Assert.Throws<NotReadable>(() => ContentReader.Read(deep)).Line);
    }

    [Theory]
    [
        InlineData("20260229", false),
        InlineData("20240229", true),
        InlineData("20261122T250000", false),
        InlineData("20261122T235960Z", true),
        InlineData("00000101", false)
    ]
    public void A_time_is_read_or_not(string text, bool readable) => Assert.Equal(readable, TimeValue.Parse(text, null) is not null);

    [Theory]
    [InlineData("P1DT2H", 1, 7200), InlineData("-PT15M", 0, -900), InlineData("P2W", 14, 0)]
    public void A_duration_is_days_by_the_calendar_and_seconds_by_the_clock(string text, long days, long seconds) =>
        Assert.Equal(new Length(days, seconds), Length.Parse(text));
}

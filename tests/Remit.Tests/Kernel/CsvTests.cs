using Remit.Web;

namespace Remit.Tests.Kernel;

/// <summary>The examples of RFC 4180, section 2, and what spreadsheets write.</summary>
public sealed class CsvTests
{
    [Theory]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("aaa,bbb,ccc\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|bbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx", "aaa|b\r\nbb|ccc/zzz|yyy|xxx")]
    [InlineData("\"aaa\",\"b\"\"bb\",\"ccc\"", "aaa|b\"bb|ccc")]
    [InlineData("a;b,c;d\n1;2,0;3\n", "a|b,c|d/1|2,0|3")]
    [InlineData("a\tb\n\tc\n", "a|b/|c")]
    [InlineData("12\" pipe,x\n", "12\" pipe|x")]
    [InlineData("a,\"never closed\nb", "a|never closed\nb")]
    [InlineData("", "")]
    public void A_text_is_read_into_its_fields(string text, string fields) =>
        Assert.Equal(fields, string.Join('/', Csv.Read(text).Select(l => string.Join('|', l))));
}

using Remit.Modules.Calendar.Format;
using Remit.Modules.Calendar.Recurrence;
using Remit.Tests.Kernel;

namespace Remit.Tests.Calendar;

/// <summary>Files that real programs wrote; they lie beside the project and are skipped where they do not.</summary>
public sealed class Sample_files
{
    // What is refused: the first begins no component at all, the second nests unfinished ones deeper than any calendar does.
    private static readonly string[] Refused = ["libical_issue250.ics", "libical_get_char_test.ics"];

    [Theory]
    [
        InlineData("ics/ical4j_3.ics"),
        InlineData("ics-vtimezone/Europe_Moscow.ics"),
        InlineData("vcard/vcardput_1.vcf"),
        InlineData("ics-recurrence/Yearly1.ics")
    ]
    public void Every_file_is_read_and_reads_back_equal_or_is_refused_with_its_reason(string first)
    {
        if (Samples.Find(first) is not { } found)
            return;
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(found)!).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)))
        {
            ReadFile read;
            try
            {
                read = ContentReader.Read(File.ReadAllBytes(file));
            }
            catch (NotReadable not)
            {
                Console.WriteLine($"refused: {Path.GetFileName(file)} {not.Message}");
                Assert.Contains(Path.GetFileName(file), Refused);
                continue;
            }
            var again = ContentReader.Read(ContentWriter.Write(read.Components));
            Assert.True(
                read.Components.Count == again.Components.Count && read.Components.Zip(again.Components).All(p => p.First.SameAs(p.Second)),
                file
            );
            Assert.Empty(again.Notes);
            foreach (var calendar in read.Components)
            foreach (var series in Series.Of(calendar, Zone.Utc))
            {
                series.Extent();
                series.Between(Civil.Seconds(2005, 1, 1), Civil.Seconds(2006, 1, 1));
            }
        }
    }
}

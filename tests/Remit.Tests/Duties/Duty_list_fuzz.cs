using System.Text;
using Remit.Modules.Duties.Reading;

namespace Remit.Tests.Duties;

public sealed class Duty_list_fuzz
{
    private static readonly string[] Shards =
    [
        "1.",
        "1)",
        "2.3.",
        "1.1.1",
        "12.05.2026",
        "1.5 часа",
        "- ",
        "•",
        "\n",
        "\r\n",
        "\t",
        " ",
        ";",
        "!!",
        "→",
        "999.",
        "0.",
        "\0",
        "\uFEFF",
        "\u2028",
        "\ud83d",
        "ние",
        "(",
        ")",
        "4.2. ",
        "\n1. ",
        "\n2.1 ",
    ];

    [Fact]
    public void No_input_crashes_the_reader_and_no_visible_character_is_lost()
    {
        var random = new Random(20261);
        for (var round = Fuzz.Rounds(); round > 0; round--)
        {
            var text = Mutated(random);
            var list = DutyListReader.Read(text);
            Assert.True(Visible(text) == Visible(Written(list)), $"round {round}: {text}");
            DutyReviewer.Review(list);
        }
    }

    [Theory]
    [InlineData("1.1. Отправка писем ")]
    [InlineData("2.1.")]
    [InlineData("- а\n")]
    [InlineData("1.\n")]
    [InlineData("отправканаписем")]
    [InlineData("((((")]
    [InlineData("1 ")]
    [InlineData("ние")]
    [InlineData("\n1. а\n2. б")]
    public void A_text_twice_as_long_costs_twice_as_much(string shard)
    {
        Cost(100);
        var (once, twice) = (Cost(200_000), Cost(400_000));
        Assert.True(twice < 3 * once, $"{once} bytes, then {twice}");

        long Cost(int length)
        {
            var text = string.Concat(Enumerable.Repeat(shard, length / shard.Length));
            var before = GC.GetAllocatedBytesForCurrentThread();
            DutyReviewer.Review(DutyListReader.Read(text));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    private static string Mutated(Random random)
    {
        var text = new StringBuilder(DutyFixture.Text[..random.Next(DutyFixture.Text.Length)]);
        for (var change = random.Next(12); change >= 0; change--)
        {
            var at = random.Next(text.Length + 1);
            if (random.Next(3) > 0)
                text.Insert(at, Shards[random.Next(Shards.Length)]);
            else
                text.Remove(at, Math.Min(random.Next(9), text.Length - at));
        }
        return text.ToString();
    }

    private static string Written(DutyList list) =>
        string.Concat(
            list.Sections.SelectMany(s => s.Items.Select(i => i.Marker + i.Text).Prepend(s.Marker + s.Title))
                .Concat(list.Unplaced.Select(u => u.Text))
        );

    private static string Visible(string text)
    {
        var visible = text.Where(c => !char.IsWhiteSpace(c) && c is not ('\uFEFF' or '\u200B')).ToArray();
        Array.Sort(visible);
        return new string(visible);
    }
}

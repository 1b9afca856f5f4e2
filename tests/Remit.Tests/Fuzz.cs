using System.Globalization;
using System.Text;

namespace Remit.Tests;

/// <summary>Damaged inputs for readers: the same in every run.</summary>
internal static class Fuzz
{
    /// <summary>How many inputs to try: what REMIT_FUZZ says, a few in an ordinary run.</summary>
    public static int Rounds(int usually = 20_000) =>
        int.TryParse(Environment.GetEnvironmentVariable("REMIT_FUZZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var wanted)
            ? wanted
            : usually;

    /// <summary>Pieces of text as the bytes that <see cref="Damaged"/> puts in, in each of the encodings.</summary>
    public static byte[][] Bytes(IEnumerable<string> pieces, params Encoding[] encodings) =>
        [.. pieces.SelectMany(p => encodings.Select(e => e.GetBytes(p)))];

    /// <summary>The input with one to seven changes: a byte made another, some torn out, some doubled, the rest cut off, a piece put in.</summary>
    /// <param name="spared">As many first bytes mostly stay, so that not every input ends as nothing of the kind.</param>
    public static byte[] Damaged(byte[] input, Random random, byte[][] pieces, int spared = 0)
    {
        var bytes = input.ToList();
        var from = random.Next(20) == 0 ? 0 : Math.Min(spared, bytes.Count);
        for (var change = random.Next(1, 8); change > 0 && bytes.Count > from; change--)
        {
            var at = random.Next(from, bytes.Count);
            switch (random.Next(12))
            {
                case 0 or 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2 or 3:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 60), bytes.Count - at));
                    break;
                case 4 or 5:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 200), bytes.Count - at)));
                    break;
                case 6:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                default:
                    var piece = pieces[random.Next(pieces.Length)];
                    for (var times = random.Next(20) == 0 ? 100 : 1; times > 0; times--)
                        bytes.InsertRange(at, piece);
                    break;
            }
        }
        return [.. bytes];
    }

    /// <summary>Fails where reading takes more memory than it may; a reader that hangs shows as a test that never ends.</summary>
    public static void Within(int megabytes, byte[] input, Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read();
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(cost < (long)megabytes << 20, $"Took {cost} bytes: {Convert.ToBase64String(input)}");
    }
}

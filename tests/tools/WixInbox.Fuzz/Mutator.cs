using System.Text;

namespace WixInbox.Fuzz;

/// <summary>
/// Makes an input of others: bytes changed, left out, repeated, put together, and words that mean something put in.
/// </summary>
/// <param name="random">Where chance comes from: the same seed makes the same inputs.</param>
/// <param name="words">What means something to the code under test.</param>
internal sealed class Mutator(Random random, IEnumerable<string> words)
{
    private const int Longest = 1 << 16;

    private static readonly byte[] s_telling = [0, 1, 9, 10, 13, 32, 34, 39, 44, 58, 59, 91, 92, 93, 123, 125, 127, 128,
        0xC3, 0xED, 0xEF, 254, 255];

    private static readonly string[] s_numbers =
    [
        "0", "-1", "1", "255", "65536", "2147483647", "2147483648", "-2147483649", "9223372036854775807", "1e400",
        "0.1", "00",
    ];

    private readonly byte[][] _words = [.. words.Concat(s_numbers).Select(Encoding.UTF8.GetBytes)];

    public byte[] Make(IReadOnlyList<byte[]> corpus)
    {
        var bytes = Choose(corpus).ToList();
        for (var changes = 1 << random.Next(5); changes > 0; changes--)
        {
            Change(bytes, corpus);
        }

        return bytes.Count <= Longest ? [.. bytes] : [.. bytes.Take(Longest)];
    }

    // The newest have gone where no other has been: half of all tries are theirs.
    private byte[] Choose(IReadOnlyList<byte[]> corpus) =>
        corpus[random.Next(2) == 0 ? random.Next(corpus.Count)
            : corpus.Count - 1 - random.Next(Math.Min(corpus.Count, 32))];

    private void Change(List<byte> bytes, IReadOnlyList<byte[]> corpus)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(1 << random.Next(11), random.Next(bytes.Count - at + 1));
        switch (random.Next(8))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = random.Next(2) == 0 ? (byte)random.Next(256) : s_telling[random.Next(s_telling.Length)];
                break;
            case 2:
                bytes.RemoveRange(at, length);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4:
                bytes.InsertRange(at, _words[random.Next(_words.Length)]);
                break;
            case 5:
                var word = _words[random.Next(_words.Length)];
                bytes.RemoveRange(at, Math.Min(word.Length, bytes.Count - at));
                bytes.InsertRange(at, word);
                break;
            case 6:
                var other = Choose(corpus);
                var from = random.Next(other.Length + 1);
                bytes.RemoveRange(at, bytes.Count - at);
                bytes.AddRange(other.AsSpan(from));
                break;
            default:
                bytes.InsertRange(at,
                    Enumerable.Repeat(s_telling[random.Next(s_telling.Length)], 1 << random.Next(10)));
                break;
        }
    }
}

using System.Globalization;
using System.Text;
using WixInbox.Journal;

namespace WixInbox.Fuzz;

/// <summary>A journal whose lines all have the right checksum, so that what they say is reached.</summary>
internal sealed class JournalLinesTarget : JournalTarget
{
    // ,"x":"01234567"}
    private const int SumLength = 16;

    public override string Name => "journal-lines";

    public override IEnumerable<byte[]> Seeds() => base.Seeds().Select(WithoutSums);

    public override void Run(byte[] input)
    {
        var journal = new List<byte>(input.Length);
        foreach (var line in Encoding.Latin1.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var body = Encoding.Latin1.GetBytes(line);
            var sum = Crc32C.Of(body, 0, body.Length).ToString("x8", CultureInfo.InvariantCulture);
            journal.AddRange([.. body, .. Encoding.ASCII.GetBytes($",\"x\":\"{sum}\"}}\n")]);
        }

        base.Run([.. journal]);
    }

    private static byte[] WithoutSums(byte[] journal)
    {
        var lines = Encoding.Latin1.GetString(journal).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return Encoding.Latin1.GetBytes(string.Join('\n',
            lines.Select(line => line[..Math.Max(0, line.Length - SumLength)])));
    }
}

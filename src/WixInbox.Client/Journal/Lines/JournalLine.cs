using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace WixInbox.Journal;

/// <summary>
/// A line as bytes: JSON whose last member is the checksum of all before it, <c>,"x":"e3069283"}</c>.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "A stream in memory holds nothing to be let go.")]
internal sealed class JournalLine
{
    // ,"x":"01234567"}
    private const int SumLength = 16;
    private const int SumDigits = 8;

    private static readonly byte[] s_sumStart = Encoding.ASCII.GetBytes(",\"x\":\"");

    private readonly MemoryStream _json = new();
    private readonly Utf8JsonWriter _writer;

    public JournalLine()
    {
        _writer = new Utf8JsonWriter(
            _json, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }

    /// <summary>Tells whether a line, without what ends it, has the checksum of its bytes.</summary>
    public static bool IsWhole(byte[] buffer, int start, int count)
    {
        if (count <= SumLength || buffer[start] != '{')
        {
            return false;
        }

        var end = start + count;
        var sumAt = end - SumLength;
        for (var index = 0; index < s_sumStart.Length; index++)
        {
            if (buffer[sumAt + index] != s_sumStart[index])
            {
                return false;
            }
        }

        var sum = Crc32C.Of(buffer, start, count - SumLength);
        for (var index = 0; index < SumDigits; index++)
        {
            var digit = "0123456789abcdef"[(int)(sum >> (4 * (SumDigits - 1 - index))) & 0xF];
            if (buffer[sumAt + s_sumStart.Length + index] != digit)
            {
                return false;
            }
        }

        return buffer[end - 2] == '"' && buffer[end - 1] == '}';
    }

    /// <summary>Adds a record's line to a stream. Not safe for several threads.</summary>
    public void Write(JournalRecord record, Stream to)
    {
        _json.SetLength(0);
        _writer.Reset();
        record.Write(_writer);
        _writer.Flush();

        // The closing brace comes after the checksum.
        var bytes = _json.GetBuffer();
        var count = (int)_json.Length - 1;
        to.Write(bytes, 0, count);
        to.Write(s_sumStart, 0, s_sumStart.Length);
        var end = Encoding.ASCII.GetBytes(TextOf(Crc32C.Of(bytes, 0, count)) + "\"}\n");
        to.Write(end, 0, end.Length);
    }

    private static string TextOf(uint sum) => sum.ToString("x8", CultureInfo.InvariantCulture);
}

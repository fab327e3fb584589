using System.Text;

namespace WixInbox.Journal;

/// <summary>
/// The start of a journal, which tells it from any other file: to a file that is no journal nothing is written, and
/// nothing is cut off it.
/// </summary>
internal static class JournalHeader
{
    public const int Version = 1;
    public const int ByteOrderMarkLength = 3;

    // What a header is known by, and how far one may be torn and still be known as ours.
    private const string Start = "{\"t\":\"H\",\"v\":";
    private const string LongStart = "{\"t\":\"H\",\"v\":1,\"tool\":\"WixInbox ";

    // The header and the line of the first run, which are written as one, are shorter than this.
    private const int FirstWrite = 4096;

    /// <summary>Reads the header.</summary>
    /// <param name="path">The file's name, for messages.</param>
    /// <param name="stream">The file, at its start. It is left where <paramref name="scan"/> goes on.</param>
    /// <param name="scan">What reads the lines after the header.</param>
    /// <returns>The header; null if the file is empty, or was being made when the power went.</returns>
    /// <exception cref="JournalException">
    /// It is no journal, or one of another version, or its header was changed.
    /// </exception>
    public static JournalRecord? Read(string path, Stream stream, out JournalScan scan)
    {
        var first = new byte[FirstWrite];
        var count = ReadInto(first, stream);
        var isAll = count < first.Length;
        stream.Position = 0;
        scan = new JournalScan(stream);
        if (isAll && Array.TrueForAll(first, value => value == 0))
        {
            return null;
        }

        var skipped = HasByteOrderMark(first, count) ? ByteOrderMarkLength : 0;
        var text = Encoding.UTF8.GetString(first, skipped, count - skipped);
        if (!AgreesWith(text, Start))
        {
            throw JournalException.NotAJournal(path);
        }

        var record = scan.Next();
        if (record is { Kind: RecordKind.Header } && scan.Line == 1)
        {
            return record.Version == Version ? record : throw JournalException.OtherVersion(path, record.Version ?? 0);
        }

        if (VersionIn(text) is { } other and not Version)
        {
            throw JournalException.OtherVersion(path, other);
        }

        // The header and the line of the first run are written as one: where not even the header's line has an end,
        // nothing was ever sent.
        if (record is null && isAll && text.IndexOf('\n') < 0 && AgreesWith(text.TrimEnd('\0'), LongStart))
        {
            return null;
        }

        throw text.StartsWith(LongStart, StringComparison.Ordinal)
            ? JournalException.Damaged(path, 1)
            : JournalException.NotAJournal(path);
    }

    /// <summary>
    /// Tells whether a file begins as a journal does, also one of another version or one that is damaged further on.
    /// </summary>
    /// <param name="stream">The file, at its start.</param>
    public static bool IsAt(Stream stream)
    {
        var first = new byte[ByteOrderMarkLength + Start.Length];
        var count = ReadInto(first, stream);
        var skipped = HasByteOrderMark(first, count) ? ByteOrderMarkLength : 0;
        return Encoding.UTF8.GetString(first, skipped, count - skipped).StartsWith(Start, StringComparison.Ordinal);
    }

    public static bool HasByteOrderMark(byte[] buffer, int count) =>
        count >= ByteOrderMarkLength && buffer[0] == 0xEF && buffer[1] == 0xBB && buffer[2] == 0xBF;

    // A stream may give less than it is asked for.
    private static int ReadInto(byte[] buffer, Stream stream)
    {
        int count = 0, read;
        while (count < buffer.Length && (read = stream.Read(buffer, count, buffer.Length - count)) > 0)
        {
            count += read;
        }

        return count;
    }

    private static bool AgreesWith(string text, string start) =>
        string.CompareOrdinal(text, 0, start, 0, Math.Min(text.Length, start.Length)) == 0;

    private static int? VersionIn(string text)
    {
        var digits = new string([.. text.Skip(Start.Length).TakeWhile(letter => letter is >= '0' and <= '9').Take(9)]);
        return digits.Length > 0 && text.Length > Start.Length + digits.Length
            ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
            : null;
    }
}

namespace WixInbox.Journal;

/// <summary>Reads a journal line by line and returns the whole ones.</summary>
/// <remarks>
/// What may lie between them: a line that was being written when the power went, at the end; zeros, which some file
/// systems leave where a later part of the file reached the disk and an earlier one did not. Whole lines after such a
/// hole are read, and <see cref="Holes"/> says that some may be missing. Anything else was changed by somebody.
/// </remarks>
internal sealed class JournalScan
{
    // No line of a journal comes near this length. A longer stretch is something else, and is read in pieces.
    private const int LongestLine = 1 << 20;

    private readonly Stream _stream;
    private byte[] _buffer;
    private long _bufferAt;
    private int _filled;
    private int _next;
    private bool _atEnd;
    private int _lineStart;
    private int _lineCount;
    private bool _lineEnded;
    private bool _endedByNul;
    private bool _isWithinLine;
    private int? _brokenFrom;
    private bool _isBrokenWithEnd;
    private int _nuls;

    /// <summary>Initializes a new instance of the <see cref="JournalScan"/> class.</summary>
    /// <param name="stream">The journal, at its start. The caller disposes of it.</param>
    /// <param name="bufferSize">How many bytes to read at once.</param>
    public JournalScan(Stream stream, int bufferSize = 1 << 16)
    {
        _stream = stream;
        _buffer = new byte[bufferSize];
    }

    /// <summary>Gets the number of the line that was read last. The first is 1.</summary>
    public int Line { get; private set; }

    /// <summary>Gets where the whole line that was found last begins, in bytes from the start of the file.</summary>
    public long Offset { get; private set; }

    /// <summary>Gets where the last whole line ends; 0 if there was none.</summary>
    public long WholeEnd { get; private set; }

    /// <summary>
    /// Gets a value indicating whether the last whole line has its line end, which may be the only part that is torn
    /// off.
    /// </summary>
    public bool HasLineEnd { get; private set; } = true;

    /// <summary>
    /// Gets the number of the first line that somebody changed: a broken line without zeros that is followed by whole
    /// lines or by a line end. A line that was being written when the power went has neither after it.
    /// </summary>
    public int? DamagedLine { get; private set; }

    /// <summary>
    /// Gets how often zeros lie between two of the whole lines, in place of what may have been lines.
    /// </summary>
    public int Holes { get; private set; }

    /// <summary>Goes to the next whole line.</summary>
    /// <returns>What it says; null at the end.</returns>
    public JournalRecord? Next()
    {
        while (NextLine())
        {
            if (JournalLine.IsWhole(_buffer, _lineStart, _lineCount)
                && JournalRecord.Parse(_buffer, _lineStart, _lineCount) is { } record)
            {
                // A single zero in place of a line's end has destroyed nothing.
                Holes += _nuls > 1 || (_nuls == 1 && _brokenFrom is not null) ? 1 : 0;
                DamagedLine ??= _nuls > 0 ? null : _brokenFrom;
                _brokenFrom = null;
                _isBrokenWithEnd = false;
                _nuls = _endedByNul ? 1 : 0;
                Offset = _bufferAt + _lineStart;
                HasLineEnd = _lineEnded && !_endedByNul;
                WholeEnd = _bufferAt + (_endedByNul ? _next - 1 : _next);
                return record;
            }

            // An editor may leave empty lines.
            _brokenFrom ??= _lineCount > 0 ? Line : null;
            _nuls += _endedByNul ? 1 : 0;
            _isBrokenWithEnd |= _lineCount > 0 && (_lineEnded || HasOtherEnd());
        }

        DamagedLine ??= _nuls == 0 && _isBrokenWithEnd ? _brokenFrom : null;
        return null;
    }

    /// <summary>
    /// Continues at another line, for <see cref="Next"/> alone: the other members are right only for lines in order.
    /// Where the line was read already, with one nearby, it is not read from the file again.
    /// </summary>
    /// <param name="offset">Where the line begins, in bytes from the start of the file.</param>
    public void Seek(long offset)
    {
        if (offset < _bufferAt || offset >= _bufferAt + _filled)
        {
            _stream.Position = offset;
            _bufferAt = offset;
            _filled = 0;
        }

        _next = (int)(offset - _bufferAt);
        _atEnd = false;
    }

    // Another byte in place of the one that ended it.
    private bool HasOtherEnd() => JournalLine.IsWhole(_buffer, _lineStart, _lineCount - 1);

    private bool NextLine()
    {
        var searched = _next;
        int end;
        while ((end = EndFrom(searched)) < 0 && !_atEnd && _filled - _next < LongestLine)
        {
            searched = _filled - _next;
            Fill();
        }

        if (_next == _filled)
        {
            return false;
        }

        _lineEnded = end >= 0;
        _endedByNul = _lineEnded && _buffer[end] == 0;
        Line += _isWithinLine ? 0 : 1;
        _isWithinLine = _endedByNul;
        _lineStart = _next;
        _next = _lineEnded ? end + 1 : _filled;
        _lineCount = (_lineEnded ? end : _filled) - _lineStart;
        if (_lineCount > 0 && _buffer[_lineStart + _lineCount - 1] == '\r')
        {
            _lineCount--;
        }

        if (_bufferAt + _lineStart == 0 && JournalHeader.HasByteOrderMark(_buffer, _lineCount))
        {
            _lineStart += JournalHeader.ByteOrderMarkLength;
            _lineCount -= JournalHeader.ByteOrderMarkLength;
        }

        return true;
    }

    // A zero ends a line as well: in JSON there is none.
    private int EndFrom(int start)
    {
        var end = new ReadOnlySpan<byte>(_buffer, start, _filled - start).IndexOfAny((byte)'\n', (byte)0);
        return end < 0 ? -1 : start + end;
    }

    private void Fill()
    {
        if (_next > 0)
        {
            Buffer.BlockCopy(_buffer, _next, _buffer, 0, _filled - _next);
            _bufferAt += _next;
            _filled -= _next;
            _next = 0;
        }

        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = _stream.Read(_buffer, _filled, _buffer.Length - _filled);
        _filled += read;
        _atEnd = read == 0;
    }
}

using System.Text;

namespace WixInbox.Csv;

/// <summary>Takes text apart into records and cells, as RFC 4180 has them, in constant memory.</summary>
/// <remarks>
/// Microsoft.VisualBasic.FileIO.TextFieldParser, which both editions have, was tried first. It took ten times as long,
/// fails at a quote within a quoted cell, drops the line breaks at the beginning of a cell, does not know which of
/// several lines a record begins with, and either trims quoted cells or keeps the blanks before a quote and the quote
/// with them.
/// </remarks>
internal sealed class CsvParser
{
    // A quote that is never closed would otherwise take the rest of the file as one cell. Excel's cells have 32,767
    // characters at most.
    private const int LongestCell = 1 << 20;
    private const int End = -1;
    private const char Unread = '\uFFFD';

    private readonly TextReader _text;
    private readonly char[] _buffer = new char[8192];
    private readonly StringBuilder _cell = new();
    private readonly char _separator;

    // The cells of the record that are in quotation marks, and the line that each begins with.
    private readonly List<(int Cell, int Line)> _quoted = [];
    private int _at;
    private int _length;
    private int _line;

    /// <summary>Initializes a new instance of the <see cref="CsvParser"/> class.</summary>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between two cells.</param>
    /// <param name="line">The number of the text's first line.</param>
    public CsvParser(TextReader text, char separator, int line = 1)
    {
        _text = text;
        _separator = separator;
        _line = line;
    }

    /// <summary>
    /// Gets how many columns the text has, so that a record can be refused that has taken in others; 0 if that is not
    /// known.
    /// </summary>
    public int Columns { get; init; }

    /// <summary>Gets the cells of the record. The list is filled anew by each read.</summary>
    public List<string> Cells { get; } = [];

    /// <summary>Gets the line that the record begins with.</summary>
    public int Line { get; private set; }

    /// <summary>Gets the line below the record.</summary>
    public int Next => _line;

    /// <summary>
    /// Gets a value indicating whether text followed a closing quote in any record so far: the separator may be
    /// another.
    /// </summary>
    public bool HasTextAfterQuote { get; private set; }

    /// <summary>
    /// Gets the first line so far with a quotation mark behind a backslash that closed its cell, and text behind it:
    /// the program that wrote the file has not doubled it. Null if there was none.
    /// </summary>
    public int? BackslashLine { get; private set; }

    /// <summary>
    /// Gets how many NULs were left out so far: they are no text, but what is left of a damaged file or a misread
    /// encoding.
    /// </summary>
    public int Nulls { get; private set; }

    /// <summary>Gets a value indicating whether any record so far has a letter that could not be read.</summary>
    public bool HasUnread { get; private set; }

    private int Current => _at < _length || Fill() ? _buffer[_at] : End;

    /// <summary>Reads the next record, an empty line among them.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="CsvException">A quote is not closed, or not where it should be.</exception>
    public bool Read()
    {
        Cells.Clear();
        _quoted.Clear();
        Line = _line;
        if (Current == End)
        {
            return false;
        }

        while (true)
        {
            SkipBlanks();
            if (Current == '"')
            {
                _quoted.Add((Cells.Count, _line));
                ReadQuoted();
            }
            else
            {
                ReadPlain();
                TrimEnd();
            }

            Cells.Add(_cell.Length == 0 ? string.Empty : _cell.ToString());
            _cell.Clear();
            if (Current != _separator)
            {
                break;
            }

            _at++;
        }

        if (_line > Line
            && Columns > 1
            && new SwallowedRow(_separator, Columns).Find(Cells, _quoted) is var (line, row))
        {
            throw ClosedInRow(line, row);
        }

        // The text may end without a line break.
        if (Current != End)
        {
            SkipLineBreak();
        }

        return true;
    }

    private void ReadPlain()
    {
        while (_at < _length || Fill())
        {
            // As much at once as the buffer has of the cell.
            var begin = _at;
            while (_at < _length
                && _buffer[_at] is var letter
                && letter != _separator
                && letter is not ('\r' or '\n' or '\0' or Unread))
            {
                _at++;
            }

            _cell.Append(_buffer, begin, _at - begin);
            if (_at == _length)
            {
                continue;
            }

            if (_buffer[_at] is not ('\0' or Unread))
            {
                return;
            }

            Append(_buffer[_at++]);
        }
    }

    private void ReadQuoted()
    {
        var first = _line;
        _at++;
        while (true)
        {
            switch (Current)
            {
                case End:
                    throw NotClosed(first);
                case '"':
                    _at++;
                    if (Current != '"')
                    {
                        ReadAfterQuote(first);
                        return;
                    }

                    Append('"');
                    _at++;
                    break;
                case '\r' or '\n':
                    AppendLineBreak();
                    break;
                case '\0' or Unread:
                    Append(_buffer[_at++]);
                    break;
                default:
                    AppendQuoted();
                    break;
            }

            if (_cell.Length > LongestCell)
            {
                throw NotClosed(first);
            }
        }
    }

    // As much at once as the buffer has of the cell.
    private void AppendQuoted()
    {
        var begin = _at;
        while (_at < _length && _buffer[_at] is not ('"' or '\r' or '\n' or '\0' or Unread))
        {
            _at++;
        }

        _cell.Append(_buffer, begin, _at - begin);
    }

    // A quote within a cell that nobody has doubled is one of its letters, as in Excel. In a cell of several lines it
    // is more likely the opening one of another cell, and the lines between are rows that would be lost.
    private void ReadAfterQuote(int first)
    {
        var blanks = SkipBlanks();
        if (Current == End || Current == _separator || Current is '\r' or '\n')
        {
            return;
        }

        if (_line > first)
        {
            throw NotClosed(first);
        }

        HasTextAfterQuote = true;
        BackslashLine ??= _cell.Length > 0 && _cell[_cell.Length - 1] == '\\' ? _line : null;
        _cell.Append(' ', blanks);
        ReadPlain();
    }

    private static CsvException ClosedInRow(int line, int row) =>
        new(
            line,
            "a cell begins with a quotation mark (\") that is not closed in its line, and line "
                + FormattableString.Invariant($"{row}, which would be part of its text, is a row by itself, with an ")
                + "address. Close the cell where it ends, or write \"\" for each quotation mark that is part of the "
                + "text. The lines from there on were not read. If it is one text all the same, Import-Csv reads it.");

    private static CsvException NotClosed(int line) =>
        new(
            line,
            "a cell begins with a quotation mark (\") that is not closed. Close it there, or write \"\" for each "
                + "quotation mark that is part of the text. The lines from there on were not read.");

    // A tab may be the separator, and a no-break space part of the text.
    private int SkipBlanks()
    {
        var blanks = 0;
        while (Current == ' ' && _separator != ' ')
        {
            _at++;
            blanks++;
        }

        return blanks;
    }

    private void TrimEnd()
    {
        while (_cell.Length > 0 && _cell[_cell.Length - 1] == ' ')
        {
            _cell.Length--;
        }
    }

    private void Append(char letter)
    {
        if (letter == '\0')
        {
            Nulls++;
        }
        else
        {
            HasUnread |= letter == Unread;
            _cell.Append(letter);
        }
    }

    private void AppendLineBreak()
    {
        if (Current == '\r')
        {
            _cell.Append('\r');
            _at++;
            if (Current != '\n')
            {
                _line++;
                return;
            }
        }

        _cell.Append('\n');
        _at++;
        _line++;
    }

    private void SkipLineBreak()
    {
        AppendLineBreak();
        _cell.Clear();
    }

    private bool Fill()
    {
        _at = 0;
        _length = _text.Read(_buffer, 0, _buffer.Length);
        return _length > 0;
    }
}

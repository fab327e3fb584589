using System.Text;
using System.Text.RegularExpressions;
using WixInbox.Errors;

namespace WixInbox.Csv;

/// <summary>
/// A file of rows, whichever program has written it. It is read row by row, in constant memory; only a pipe, which
/// cannot be read twice, is copied into memory first.
/// </summary>
internal sealed class CsvFile : IDisposable
{
    // As much as tells how a file is laid out.
    private const int SampleSize = 1 << 16;

    // Lines that may be a footer are held back until another row shows that they are none.
    private const int LongestFooter = 20;

    // J?rgen, ?zg?r. A question ends with a blank, and an address has more signs.
    private static readonly Regex s_lost =
        new(@"^[^/=&]*(?:\p{L}|^|\s)\?\p{Ll}[^/=&]*$", RegexOptions.CultureInvariant);

    private readonly Stream _bytes;
    private readonly CsvEncoding _encoding;
    private readonly CsvLayout _layout;
    private readonly bool _hasHeader;
    private int _rows;
    private int _empty;
    private bool _hasWarnedOfRowAbove;
    private int _footers;
    private int _firstFooter;
    private int _repeatedHeaders;

    private CsvFile(Stream bytes, CsvEncoding encoding, CsvLayout layout, string[]? header)
    {
        _bytes = bytes;
        _encoding = encoding;
        _layout = layout;
        _hasHeader = header is null;
        Columns = header is not null ? CsvColumns.Name(header, [])
            : CsvLayout.IsBlank(layout.Header) ? []
            : CsvColumns.Name(layout.Header, layout.Groups);
    }

    /// <summary>Gets the names of the columns, each but once. None if the file is empty.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>Opens a file, and finds out how it is written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">Its encoding, if the user names it.</param>
    /// <param name="separator">Its separator, if the user names it.</param>
    /// <param name="header">The names of its columns, if the user names them; then each line is a row.</param>
    /// <param name="systemCodePage">The code page of the system.</param>
    /// <param name="stopped">The token that ends the reading, of its rows too.</param>
    /// <exception cref="CsvException">It is no text.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static CsvFile Open(
        string path,
        Encoding? encoding,
        char? separator,
        string[]? header,
        int systemCodePage,
        CancellationToken stopped)
    {
        Stream bytes = new StoppableFile(path, stopped);
        try
        {
            if (!bytes.CanSeek)
            {
                bytes = CopyOf(bytes);
            }

            OtherFormats.RefuseBytes(bytes);
            var found = CsvEncoding.Find(bytes, encoding, systemCodePage);
            var (sample, isWhole) = ReadSample(bytes, found);
            OtherFormats.RefuseText(sample);
            return new CsvFile(bytes, found, CsvLayout.Find(sample, isWhole, separator, header?.Length), header);
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Reads the rows. Each has as many cells as there are columns; null for one that its line does not have.
    /// </summary>
    /// <param name="warn">Takes what may be wrong with the file.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="CsvException">The file cannot be read on.</exception>
    public IEnumerable<string?[]> Read(Action<string> warn)
    {
        if (_encoding.Doubt is { } doubt)
        {
            warn(doubt);
        }

        if (_hasHeader && _layout.IsHeaderDoubtful)
        {
            warn(FormattableString.Invariant($"line {_layout.HeaderLine}, which was taken for the names of the ")
                + "columns, has an address in it. If it is a row, and the file has no names, give them: "
                + $"-Header {_layout.SuggestHeader()}.");
        }

        var parser = Begin();
        var titles = new CsvTitles(warn);
        var widths = new CsvWidths(Columns, warn);
        var held = new List<(int Line, string[] Cells, bool IsTitle)>();
        var isAfterBlank = false;
        var (hasRow, hasUnread, hasEscaped) = (false, false, false);
        var mayHaveLost = _encoding.IsAscii;
        CsvException? broken;
        while (TryRead(parser, out broken))
        {
            if (_hasHeader && parser.Line <= _layout.HeaderLine)
            {
                WarnOfRowAbove(parser, warn);
                if (parser.Line < _layout.HeaderLine)
                {
                    titles.AddAbove(parser.Line, parser.Cells);
                }

                continue;
            }

            var cells = parser.Cells;
            Unwrap(cells);
            if (CsvLayout.IsBlank(cells))
            {
                _empty++;
                isAfterBlank = true;
                continue;
            }

            if (parser.HasUnread && !hasUnread)
            {
                hasUnread = true;
                warn(
                    FormattableString.Invariant($"line {parser.Line} has a '\uFFFD', which stands for a letter that ")
                        + FormattableString.Invariant($"could not be read. It was read as {_encoding.Name}: ")
                        + "if that is wrong, say in which encoding the file is with -Encoding. "
                        + "Otherwise the letter was lost before the file was written: export it again.");
            }

            if (parser.BackslashLine is { } escaped && !hasEscaped)
            {
                hasEscaped = true;
                warn(
                    FormattableString.Invariant($"line {escaped} has a quotation mark behind a backslash (\\\"), ")
                        + "which closes the cell in a CSV file: what was read there, and in further such lines, is "
                        + "not what was meant. Export the file with doubled quotation marks (\"\") in its place.");
            }

            if (mayHaveLost && cells.Exists(cell => cell.Contains('?') && s_lost.IsMatch(cell)))
            {
                mayHaveLost = false;
                warn(
                    FormattableString.Invariant($"line {parser.Line} has a question mark within a word, and no letter ")
                        + "of the file has an accent: a program that saves letters as ASCII writes a question mark for "
                        + "each that has one, as Export-Csv of Windows PowerShell does without -Encoding. "
                        + "If they are lost, export the file again: Export-Csv -Encoding UTF8.");
            }

            if (_hasHeader && HasNames(cells))
            {
                if (cells.SequenceEqual(_layout.Header))
                {
                    _repeatedHeaders++;
                    continue;
                }

                broken = new CsvException(
                    parser.Line,
                    "it has the names of the columns in another order, so another table follows. Bring "
                        + "its columns into the order of the first one, or make a file of it.");
                break;
            }

            var isTitle = titles.Add(parser.Line, cells);
            if (hasRow
                && held.Count < LongestFooter
                && Columns.Count > 1
                && CsvFooter.Is(cells, isAfterBlank || held.Count > 0))
            {
                held.Add((parser.Line, [.. cells], isTitle));
                continue;
            }

            if (!isTitle)
            {
                titles.Warn();
            }

            isAfterBlank = false;
            hasRow = true;
            foreach (var kept in held)
            {
                _rows++;
                yield return widths.Fit(kept.Line, kept.Cells, kept.IsTitle);
            }

            held.Clear();
            _rows++;
            yield return widths.Fit(parser.Line, cells, isTitle);
        }

        if (broken is not null)
        {
            foreach (var kept in held)
            {
                _rows++;
                yield return widths.Fit(kept.Line, kept.Cells, kept.IsTitle);
            }

            throw broken;
        }

        _footers = held.Count;
        _firstFooter = _footers > 0 ? held[0].Line : 0;
        foreach (var (line, _, _) in held.Where(one => CsvFooter.MayBePerson(one.Cells)))
        {
            warn(
                FormattableString.Invariant($"line {line} was left out, as one below the rows: it begins as a total ")
                    + "or a note does, and has neither an address nor an id. If it is a row, give it the one that it "
                    + "lacks, and it is read.");
        }

        if (parser.Nulls > 0)
        {
            warn(
                FormattableString.Invariant($"{parser.Nulls:N0} null characters (U+0000) were left out. ")
                    + "The file may be damaged, or in an encoding to name: -Encoding unicode, for example.");
        }

        if (_rows == 0 && _hasHeader && !_layout.IsHeaderDoubtful)
        {
            warn(FormattableString.Invariant($"there are no rows: line {_layout.HeaderLine} was taken for the names ")
                + "of the columns, and nothing follows it.");
        }

        widths.WarnOfAll();
    }

    // A title may stand above the names of the columns. A person does where the names were sorted into the rows.
    private void WarnOfRowAbove(CsvParser parser, Action<string> warn)
    {
        if (!_hasWarnedOfRowAbove
            && parser.Line < _layout.HeaderLine
            && parser.Cells.Count > 1
            && parser.Cells.Any(cell => cell.Contains('@')))
        {
            _hasWarnedOfRowAbove = true;
            warn(FormattableString.Invariant($"line {parser.Line} has an address in it, and stands above the names of ")
                + FormattableString.Invariant($"the columns in line {_layout.HeaderLine}: it was left out, as are all ")
                + "lines above the names. If these are rows, the file was sorted with the names among them: bring the "
                + "names back to the top.");
        }
    }

    /// <summary>Says how the file was read, and what in it was no row. For when it has been read.</summary>
    public string Describe()
    {
        var separator = _layout.Separator == '\t' ? "tab" : $"'{_layout.Separator}'";
        var skipped = new[]
        {
            Count(
                _layout.HeaderLine > 0 ? _layout.HeaderLine - 1 : 0,
                "line above the names of the columns",
                "lines above the names of the columns"),
            Count(_empty, "empty line", "empty lines"),
            Count(_repeatedHeaders, "line that repeats those names", "lines that repeat those names"),
            Count(
                _footers,
                FormattableString.Invariant($"line at the end that is not a row, line {_firstFooter}"),
                FormattableString.Invariant($"lines at the end that are not rows, from line {_firstFooter} on")),
        }.OfType<string>().ToArray();
        return $"{Words.Count(_rows, "row")}, {Words.Count(Columns.Count, "column")}; "
            + $"encoding: {_encoding.Name}; separator: {separator}."
            + (skipped.Length > 0 ? $" Skipped: {string.Join(", ", skipped)}." : string.Empty);

        static string? Count(int count, string one, string several) =>
            count == 0 ? null : Words.Count(count, one, several);
    }

    public void Dispose() => _bytes.Dispose();

    private static bool TryRead(CsvParser parser, out CsvException? broken)
    {
        try
        {
            broken = null;
            return parser.Read();
        }
        catch (CsvException exception)
        {
            broken = exception;
            return false;
        }
    }

    private CsvParser Begin()
    {
        _bytes.Position = _encoding.Start;
        var text = new StreamReader(
            _bytes, _encoding.Encoding, detectEncodingFromByteOrderMarks: false, 1 << 14, leaveOpen: true);
        for (var skipped = 0; skipped < _layout.Start; skipped++)
        {
            text.Read();
        }

        return new CsvParser(text, _layout.Separator, _layout.FirstLine) { Columns = Columns.Count };
    }

    private static (string Text, bool IsWhole) ReadSample(Stream bytes, CsvEncoding encoding)
    {
        bytes.Position = encoding.Start;
        using var text = new StreamReader(
            bytes, encoding.Encoding, detectEncodingFromByteOrderMarks: false, 1 << 14, leaveOpen: true);
        var sample = new char[SampleSize];
        var length = text.ReadBlock(sample, 0, sample.Length);
        return (new string(sample, 0, length), text.Read() < 0);
    }

    private static MemoryStream CopyOf(Stream pipe)
    {
        using (pipe)
        {
            var copy = new MemoryStream();
            pipe.CopyTo(copy);
            return copy;
        }
    }

    // Excel keeps the zeros at the beginning of a number with ="00042", and so do programs that write for it. Two files
    // that were put together have a mark in the midst.
    private static void Unwrap(List<string> cells)
    {
        if (cells[0].Length > 0 && cells[0][0] == '\uFEFF')
        {
            cells[0] = cells[0].TrimStart('\uFEFF');
        }

        for (var index = 0; index < cells.Count; index++)
        {
            var cell = cells[index];
            if (cell.Length < 2 || cell[0] is not ('\'' or '='))
            {
                continue;
            }

            if (cell[0] == '=' && cell[1] == '"' && cell.Length > 2 && cell.IndexOf('"', 2) == cell.Length - 1)
            {
                cells[index] = cell.Substring(2, cell.Length - 3);
            }
            else
            {
                cells[index] = CsvApostrophe.Remove(cell);
            }
        }
    }

    private bool HasNames(List<string> cells) =>
        cells.Count > 1
        && cells.Count == _layout.Header.Count
        && _layout.Header.Contains(cells[0])
        && cells.OrderBy(cell => cell, StringComparer.Ordinal)
            .SequenceEqual(_layout.Header.OrderBy(name => name, StringComparer.Ordinal));
}

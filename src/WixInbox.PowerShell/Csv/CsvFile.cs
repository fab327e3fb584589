using System.Text;
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

    private readonly Stream _bytes;
    private readonly CsvEncoding _encoding;
    private readonly CsvLayout _layout;
    private readonly bool _hasHeader;
    private readonly CsvFooter _footer;
    private int _rows;
    private int _empty;
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
        _footer = new CsvFooter(Columns.Count);
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
        var warnings = new CsvWarnings(_encoding, _layout, _hasHeader, warn);
        warnings.Begin();
        var parser = Begin();
        var titles = new CsvTitles(warn);
        var widths = new CsvWidths(Columns, warn);
        CsvException? broken;
        while (TryRead(parser, out broken))
        {
            var cells = parser.Cells;
            if (_hasHeader && parser.Line <= _layout.HeaderLine)
            {
                if (parser.Line < _layout.HeaderLine)
                {
                    warnings.AddAbove(parser);
                    titles.AddAbove(parser.Line, cells);
                }

                continue;
            }

            Unwrap(cells);
            if (CsvLayout.IsBlank(cells))
            {
                _empty++;
                _footer.AddBlank();
                continue;
            }

            warnings.Add(parser);
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
            if (_footer.Hold(parser.Line, cells, isTitle))
            {
                continue;
            }

            if (!isTitle)
            {
                titles.Warn();
            }

            foreach (var kept in _footer.Release())
            {
                _rows++;
                yield return widths.Fit(kept.Line, kept.Cells, kept.IsTitle);
            }

            _rows++;
            yield return widths.Fit(parser.Line, cells, isTitle);
        }

        if (broken is not null)
        {
            foreach (var kept in _footer.Release())
            {
                _rows++;
                yield return widths.Fit(kept.Line, kept.Cells, kept.IsTitle);
            }

            throw broken;
        }

        warnings.End(_footer, parser.Nulls, hasRows: _rows > 0);
        widths.WarnOfAll();
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
                _footer.Count,
                FormattableString.Invariant($"line at the end that is not a row, line {_footer.FirstLine}"),
                FormattableString.Invariant($"lines at the end that are not rows, from line {_footer.FirstLine} on")),
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

using WixInbox.Errors;
using WixInbox.Rows;

namespace WixInbox.Csv;

/// <summary>
/// How a file of rows is laid out: what separates its cells, and which line has the names of its columns.
/// </summary>
/// <remarks>
/// Found from the first part of a file: the layout that most of its lines follow. A program that exports rows writes
/// each with the same separators, while what stands above and below them, and what the cells contain, has none or
/// another number of them.
/// </remarks>
internal sealed class CsvLayout
{
    private const int MostRecords = 300;
    private const int MostNotes = 40;
    private const string Mark = "\uFEFF";

    // A mark whose three bytes were taken for letters when the file was saved anew.
    private const string MisreadMark = "\u00EF\u00BB\u00BF";

    private static readonly char[] s_separators = [',', ';', '\t', '|'];

    private CsvLayout(char separator, int start, int firstLine)
    {
        Separator = separator;
        Start = start;
        FirstLine = firstLine;
    }

    /// <summary>Gets what stands between two cells.</summary>
    public char Separator { get; }

    /// <summary>
    /// Gets how many characters come before the first record: marks, and a line that names the separator or a type.
    /// </summary>
    public int Start { get; }

    /// <summary>Gets the number of the line of the first record.</summary>
    public int FirstLine { get; }

    /// <summary>Gets the number of the line that has the names; 0 if there is none.</summary>
    public int HeaderLine { get; private set; }

    /// <summary>Gets the cells of that line.</summary>
    public IReadOnlyList<string> Header { get; private set; } = [];

    /// <summary>
    /// Gets the cells of the line directly above the names, where it has names of groups of them: several, but fewer.
    /// None if there is no such line.
    /// </summary>
    public IReadOnlyList<string> Groups { get; private set; } = [];

    /// <summary>Gets a value indicating whether that line looks like a row: it has an address in it.</summary>
    public bool IsHeaderDoubtful => Header.Any(cell => cell.Contains('@')) && !HasKnownName(Header);

    /// <summary>
    /// Names the columns of a file that has no names: the one with an address, and the others by their place.
    /// </summary>
    public string SuggestHeader()
    {
        var address = Array.FindIndex([.. Header], cell => cell.Contains('@'));
        return string.Join(
            ", ",
            Header.Select((_, index) => index == address ? "Email" : FormattableString.Invariant($"H{index + 1}")));
    }

    /// <summary>Finds the layout of a file.</summary>
    /// <param name="sample">The file's first part.</param>
    /// <param name="isWhole">Whether that is all of it.</param>
    /// <param name="separator">The separator, if it is known.</param>
    /// <param name="columns">
    /// How many columns there are, if their names are given; then no line is taken for a header.
    /// </param>
    public static CsvLayout Find(string sample, bool isWhole, char? separator, int? columns)
    {
        var (start, line, named) = FindStart(sample);
        var text = sample.Substring(start);
        if (isWhole && text.All(letter => char.IsWhiteSpace(letter) || s_separators.Contains(letter)))
        {
            return new CsvLayout(separator ?? named ?? s_separators[0], start, line);
        }

        (double Score, int Width, CsvLayout Layout)? best = null;
        foreach (var candidate in (separator ?? named) is { } known ? [known] : s_separators)
        {
            var layout = new CsvLayout(candidate, start, line);
            var (score, width) = layout.Hold(text, isWhole, columns);
            if (best is not { } so || score > so.Score + 1e-9 || (score > so.Score - 1e-9 && width > so.Width))
            {
                best = (score, width, layout);
            }
        }

        return best!.Value.Layout;
    }

    /// <summary>Tells whether a record has nothing in it: an empty line, or separators alone.</summary>
    public static bool IsBlank(IReadOnlyList<string> cells)
    {
        // Not with LINQ: it is asked for each row.
        for (var index = 0; index < cells.Count; index++)
        {
            if (!IsEmpty(cells[index]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Tells whether a cell has nothing that can be seen. Programs of old end a file with Ctrl+Z.</summary>
    public static bool IsEmpty(string cell) => Unseen.IsBlank(cell);

    private static (int Start, int Line, char? Separator) FindStart(string sample)
    {
        var (start, line) = (0, 1);
        while (StartsWith(sample, start, Mark) || StartsWith(sample, start, MisreadMark))
        {
            start += sample[start] == Mark[0] ? Mark.Length : MisreadMark.Length;
        }

        char? separator = null;
        while (true)
        {
            var end = sample.IndexOfAny(['\r', '\n'], start);
            var text = sample.Substring(start, (end < 0 ? sample.Length : end) - start);
            var bare = text.Trim(' ', '"');
            var isSeparator = bare.StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
                && bare.Length >= 5
                && bare.Substring(5).All(letter => letter == bare[4] || letter is ',' or ';' or ' ' or '"');
            if (!(isSeparator || text.StartsWith("#TYPE ", StringComparison.Ordinal)))
            {
                return (start, line, separator);
            }

            separator = isSeparator ? bare[4] : separator;
            if (end < 0)
            {
                return (sample.Length, line, separator);
            }

            start = end + (sample[end] == '\r' && end + 1 < sample.Length && sample[end + 1] == '\n' ? 2 : 1);
            line++;
        }
    }

    private static bool StartsWith(string text, int at, string part) =>
        string.CompareOrdinal(text, at, part, 0, part.Length) == 0;

    // How well the lines follow the layout, from 0 to 1, and how many columns it has.
    private (double Score, int Width) Hold(string text, bool isWhole, int? columns)
    {
        var (records, isTorn) = Take(text, isWhole);
        if (records.Count == 0)
        {
            return (0, 0);
        }

        var width = columns ?? Common(records.Where(record => record.Width > 1).Select(record => record.Width));
        var trimmed = columns ?? Common(records.Where(record => record.Trimmed > 1).Select(record => record.Trimmed));
        var header = columns is not null ? 0 : FindHeader(records, width, trimmed);
        if (columns is null)
        {
            HeaderLine = records[header].Line;
            Header = records[header].Cells;
            Groups = header > 0 && HasGroups(records[header - 1], records[header]) ? records[header - 1].Cells : [];
            width = records[header].Width;
            trimmed = records[header].Trimmed;
        }

        var fit = records.Skip(header).Sum(record =>
            record.Width < 2 || width < 2 ? 0
            : record.Width == width || (record.Trimmed <= trimmed && record.Width > width) ? 1
            : record.Width < width ? 0.5
            : 0.25);
        var doubt = columns is null && HasData(records[header].Cells) ? 0.5 : 1;
        return (fit / records.Count * doubt * (isTorn ? 0.3 : 1), width);
    }

    // The names are in the first line that has as many cells as most, all of which can be names. A note above them has
    // few, or is filled up with separators.
    private static int FindHeader(List<Record> records, int width, int trimmed)
    {
        var addresses = FindAddresses(records);
        var (best, most) = (-1, -1);
        for (var index = 0; index < Math.Min(records.Count, MostNotes); index++)
        {
            var record = records[index];
            if (record.Filled < 2 || record.Filled * 2 < trimmed)
            {
                continue;
            }

            var score = (record.Width == width || record.Trimmed == trimmed ? 2 : 0)
                + (HasData(record.Cells) || IsEmptyAt(record.Cells, addresses) ? 0 : 3);
            if (score > most
                || (score == most && best == index - 1 && records[best].Filled < record.Filled
                    && HasKnownName(record.Cells) && !HasKnownName(records[best].Cells)))
            {
                (best, most) = (index, score);
            }
        }

        // A list of addresses alone: a note may stand above it too.
        return best >= 0 ? best : Math.Max(
            0,
            records.FindIndex(
                0, Math.Min(records.Count, MostNotes), record => record.Width == 1 && IsKnownName(record.Cells[0])));
    }

    // A table may have its names on two levels: "Contacts" and "Consent" above "Email", "First Name", "Email", "SMS".
    private static bool HasGroups(Record above, Record names) =>
        above.Next == names.Line && above.Filled > 1 && above.Filled < names.Filled;

    // The column that has most addresses; -1 where no line has one.
    private static int FindAddresses(List<Record> records) =>
        records
            .SelectMany(record => Enumerable.Range(0, record.Width).Where(index => record.Cells[index].Contains('@')))
            .GroupBy(index => index)
            .OrderByDescending(column => column.Count())
            .ThenBy(column => column.Key)
            .Select(column => column.Key)
            .DefaultIfEmpty(-1)
            .First();

    // A row may lack an address. The line of the names has one for that column too.
    private static bool IsEmptyAt(string[] cells, int column) =>
        column >= 0 && column < cells.Length && IsEmpty(cells[column]);

    private static bool HasData(string[] cells) => !HasKnownName(cells) && cells.Any(LooksLikeData);

    // A name of ours says what its line is: then "2024", "Q1" and "Instagram @" beside it are names too. A row has it
    // where it says by what to write to somebody.
    private static bool HasKnownName(IReadOnlyCollection<string> cells) =>
        cells.Any(IsKnownName) && !cells.Any(HasAddress);

    // A form puts marks on names: "Email*", "E-mail:".
    private static bool IsKnownName(string cell) =>
        (ColumnNames.Find(cell) ?? ColumnNames.Find(string.Concat(cell.Where(char.IsLetter)))) is not null;

    private static bool HasAddress(string cell) =>
        cell.IndexOf('@') is > 0 and var at
        && at < cell.Length - 1
        && char.IsLetterOrDigit(cell[at - 1])
        && char.IsLetterOrDigit(cell[at + 1]);

    private static bool LooksLikeData(string cell) =>
        cell.Contains('@') || (cell.Length > 1 && cell.Count(char.IsDigit) * 3 >= cell.Length);

    // The width that covers most cells: of two, a line of many cells says more than one of few.
    private static int Common(IEnumerable<int> widths) =>
        widths.GroupBy(width => width).OrderByDescending(group => group.Count() * group.Key)
            .ThenByDescending(group => group.Key).Select(group => group.Key).FirstOrDefault();

    private (List<Record> Records, bool IsTorn) Take(string text, bool isWhole)
    {
        var records = new List<Record>();
        var parser = new CsvParser(new StringReader(text), Separator, FirstLine);
        try
        {
            while (records.Count < MostRecords && parser.Read())
            {
                if (!IsBlank(parser.Cells))
                {
                    records.Add(new Record(parser.Line, parser.Next, [.. parser.Cells]));
                }
            }
        }
        catch (CsvException)
        {
            return (records, isWhole || parser.HasTextAfterQuote);
        }

        // The last line of a part is a part of a line.
        if (!isWhole && records.Count is > 1 and < MostRecords)
        {
            records.RemoveAt(records.Count - 1);
        }

        return (records, parser.HasTextAfterQuote);
    }

    private sealed class Record
    {
        public Record(int line, int next, string[] cells)
        {
            Line = line;
            Next = next;
            Cells = cells;
            Trimmed = Array.FindLastIndex(cells, cell => !IsEmpty(cell)) + 1;
            Filled = cells.Count(cell => !IsEmpty(cell));
        }

        public int Line { get; }

        /// <summary>Gets the line below it.</summary>
        public int Next { get; }

        public string[] Cells { get; }

        public int Width => Cells.Length;

        public int Trimmed { get; }

        public int Filled { get; }
    }
}

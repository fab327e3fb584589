using System.Text.RegularExpressions;

namespace WixInbox.Csv;

/// <summary>What may be wrong with a file of rows. Of each kind, the first line alone is told of.</summary>
/// <param name="encoding">Its encoding.</param>
/// <param name="layout">How it is laid out.</param>
/// <param name="hasHeader">Whether it has the names of its columns.</param>
/// <param name="warn">Takes a warning.</param>
internal sealed class CsvWarnings(CsvEncoding encoding, CsvLayout layout, bool hasHeader, Action<string> warn)
{
    // J?rgen, ?zg?r. A question ends with a blank, and an address has more signs.
    private static readonly Regex s_lost =
        new(@"^[^/=&]*(?:\p{L}|^|\s)\?\p{Ll}[^/=&]*$", RegexOptions.CultureInvariant);

    private bool _hasRowAbove;
    private bool _hasUnread;
    private bool _hasEscaped;
    private bool _mayHaveLost = encoding.IsAscii;

    /// <summary>Tells what is doubtful of how the file is read, before its first line.</summary>
    public void Begin()
    {
        if (encoding.Doubt is { } doubt)
        {
            warn(doubt);
        }

        if (hasHeader && layout.IsHeaderDoubtful)
        {
            warn(FormattableString.Invariant($"line {layout.HeaderLine}, which was taken for the names of the ")
                + "columns, has an address in it. If it is a row, and the file has no names, give them: "
                + $"-Header {layout.SuggestHeader()}.");
        }
    }

    /// <summary>
    /// Takes a line above the names of the columns. A title may stand there. A person does where the names were sorted
    /// into the rows.
    /// </summary>
    public void AddAbove(CsvParser parser)
    {
        if (!_hasRowAbove && parser.Cells.Count > 1 && parser.Cells.Any(cell => cell.Contains('@')))
        {
            _hasRowAbove = true;
            warn(FormattableString.Invariant($"line {parser.Line} has an address in it, and stands above the names of ")
                + FormattableString.Invariant($"the columns in line {layout.HeaderLine}: it was left out, as are all ")
                + "lines above the names. If these are rows, the file was sorted with the names among them: bring the "
                + "names back to the top.");
        }
    }

    /// <summary>Takes a line that may be a row.</summary>
    public void Add(CsvParser parser)
    {
        if (parser.HasUnread && !_hasUnread)
        {
            _hasUnread = true;
            warn(
                FormattableString.Invariant($"line {parser.Line} has a '\uFFFD', which stands for a letter that ")
                    + FormattableString.Invariant($"could not be read. It was read as {encoding.Name}: ")
                    + "if that is wrong, say in which encoding the file is with -Encoding. "
                    + "Otherwise the letter was lost before the file was written: export it again.");
        }

        if (parser.BackslashLine is { } escaped && !_hasEscaped)
        {
            _hasEscaped = true;
            warn(
                FormattableString.Invariant($"line {escaped} has a quotation mark behind a backslash (\\\"), ")
                    + "which closes the cell in a CSV file: what was read there, and in further such lines, is "
                    + "not what was meant. Export the file with doubled quotation marks (\"\") in its place.");
        }

        if (_mayHaveLost && parser.Cells.Exists(cell => cell.Contains('?') && s_lost.IsMatch(cell)))
        {
            _mayHaveLost = false;
            warn(
                FormattableString.Invariant($"line {parser.Line} has a question mark within a word, and no letter ")
                    + "of the file has an accent: a program that saves letters as ASCII writes a question mark for "
                    + "each that has one, as Export-Csv of Windows PowerShell does without -Encoding. "
                    + "If they are lost, export the file again: Export-Csv -Encoding UTF8.");
        }
    }

    /// <summary>Tells what is doubtful of the file as a whole, behind its last line.</summary>
    /// <param name="footer">What was left out below the rows.</param>
    /// <param name="nulls">How many null characters were left out.</param>
    /// <param name="hasRows">Whether there are rows.</param>
    public void End(CsvFooter footer, int nulls, bool hasRows)
    {
        foreach (var line in footer.Doubtful)
        {
            warn(
                FormattableString.Invariant($"line {line} was left out, as one below the rows: it begins as a total ")
                    + "or a note does, and has neither an address nor an id. If it is a row, give it the one that it "
                    + "lacks, and it is read.");
        }

        if (nulls > 0)
        {
            warn(
                FormattableString.Invariant($"{nulls:N0} null characters (U+0000) were left out. ")
                    + "The file may be damaged, or in an encoding to name: -Encoding unicode, for example.");
        }

        if (!hasRows && hasHeader && !layout.IsHeaderDoubtful)
        {
            warn(FormattableString.Invariant($"there are no rows: line {layout.HeaderLine} was taken for the names ")
                + "of the columns, and nothing follows it.");
        }
    }
}

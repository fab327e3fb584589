using System.Globalization;
using System.Management.Automation;

namespace WixInbox.Rows;

/// <summary>
/// Sees in the texts that script blocks give what is no error of a row: the same text for all rows, and a gap where a
/// column is empty.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class TextWarnings(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private readonly RowBlock? _block = blocks.FirstOrDefault(block => block.Parameter is "Text" or "Title");
    private readonly RowTally _gaps = new("Gaps");
    private string? _emptyColumn;
    private string? _first;
    private int _rows;
    private bool _differ;

    /// <summary>
    /// Tells whether a text has a gap, such as that of "Hi , your order is ready.": a blank or a mark at the beginning,
    /// a blank before a mark or beside another, or a word or a comma with a blank at the end of a line. A blank after a
    /// sentence, such as that before a note that most rows have not, is seen by nobody.
    /// </summary>
    public static bool HasGap(string text)
    {
        if (text.Length > 0 && (char.IsWhiteSpace(text[0]) || IsMark(text[0])))
        {
            return true;
        }

        for (var blank = text.IndexOf(' '); blank > 0; blank = text.IndexOf(' ', blank + 1))
        {
            var before = text[blank - 1];
            var after = blank + 1 < text.Length ? text[blank + 1] : '\n';
            if (before == ' '
                || IsMark(after)
                || (after is '\r' or '\n' && (char.IsLetterOrDigit(before) || before is ',' or ';' or ':')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the text of a row.</summary>
    public void Add(Row row)
    {
        if (_block is null || row.Get<string>(_block.Parameter) is not { } text)
        {
            return;
        }

        if (HasGap(text) && _block.Columns.FirstOrDefault(row.IsEmpty) is { } empty)
        {
            _emptyColumn ??= empty;
            _gaps.Add(row.Number ?? 1);
        }

        if (!_differ)
        {
            _first ??= text;
            _differ = text != _first;
            _rows++;
        }
    }

    /// <summary>Says at the end what was seen.</summary>
    /// <param name="isSameMeant">Whether the same text for all rows is meant so.</param>
    public void Warn(bool isSameMeant)
    {
        if (_rows > 1 && !_differ && !isSameMeant)
        {
            cmdlet.WriteWarning(string.Format(
                CultureInfo.InvariantCulture,
                "The block of -{0} gave the same text for all {1:N0} rows. "
                    + "If that is intended, give the text without braces, or -SkipCheck SameText.",
                _block!.Parameter,
                _rows));
        }

        if (_gaps.Count > 0)
        {
            var column = $"$_.'{_emptyColumn!.Replace("'", "''")}'";
            cmdlet.WriteWarning(
                $"A column that the text reads is empty and leaves a gap in it: {_gaps.Describe()}. To fill it: "
                    + $"$(if ({column}) {{ {column} }} else {{ 'there' }}). "
                    + "Test-WixInboxMessage -Summary finds such rows before a run.");
        }
    }

    private static bool IsMark(char letter) => letter is ',' or '.' or ';' or ':' or '!' or '?';
}

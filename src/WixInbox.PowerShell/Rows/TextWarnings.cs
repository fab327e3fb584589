using System.Globalization;
using System.Management.Automation;
using WixInbox.Commands;

namespace WixInbox.Rows;

/// <summary>
/// Sees in the texts that script blocks give what is no error of a row: the same text for all rows, and a gap where a
/// column is empty.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class TextWarnings(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private const int MostColumns = 3;

    private readonly RowBlock? _block = blocks.FirstOrDefault(block => block.Parameter is "Text" or "Title");
    private readonly RowTally[] _gaps =
    [
        .. (blocks.FirstOrDefault(block => block.Parameter is "Text" or "Title")?.Columns ?? [])
            .Select(column => new RowTally(column)),
    ];

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

        if (_gaps.Length > 0 && HasGap(text))
        {
            foreach (var gap in _gaps)
            {
                if (row.IsEmpty(gap.Name))
                {
                    gap.Add(row.Number ?? 1);
                }
            }
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

        RowTally[] gaps = [.. _gaps.Where(gap => gap.Count > 0)];
        if (gaps.Length > 0)
        {
            var column = ColumnNames.Read(gaps[0].Name);
            cmdlet.WriteWarning(
                $"{Describe(gaps)}: the text has a gap there. To fill {(gaps.Length > 1 ? "the first" : "it")}: "
                    + $"$(if ({column}) {{ {column} }} else {{ 'there' }})."
                    + (cmdlet is TestWixInboxMessageCommand
                        ? string.Empty
                        : " Test-WixInboxMessage -Summary finds such rows before a run."));
        }
    }

    // Which of several empty columns has left the gap is not known: each is named, in its order in the block.
    private static string Describe(RowTally[] gaps)
    {
        List<string> named = [.. gaps.Take(MostColumns).Select(gap => $"{gap.Name} in {gap.Describe()}")];
        named[0] = $"{gaps[0].Name} is empty in {gaps[0].Describe()}";
        if (gaps.Length > MostColumns)
        {
            named.Add(FormattableString.Invariant($"{gaps.Length - MostColumns} more in some"));
        }

        var last = named[named.Count - 1];
        return named.Count == 1 ? last : $"{string.Join(", ", named.Take(named.Count - 1))} and {last}";
    }

    private static bool IsMark(char letter) => letter is ',' or '.' or ';' or ':' or '!' or '?';
}

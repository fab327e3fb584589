using System.Globalization;
using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Internal;

namespace WixInbox.Rows;

/// <summary>
/// Sees in texts what is no error of a row: of those that script blocks give, the same text for all rows, and a gap
/// where a column is empty, or what a block looks up; of one that was typed whole, a gap where a column should have
/// been.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="blocks">The blocks that were typed.</param>
internal sealed class TextWarnings(PSCmdlet cmdlet, IReadOnlyList<RowBlock> blocks)
{
    private const int MostColumns = 3;
    private const int LongestShown = 40;

    // What a name comes after.
    private static readonly string[] s_greetings = ["Hi", "Hello", "Hey", "Dear"];

    private readonly RowBlock? _block = BlockOf(blocks);
    private readonly RowTally[] _gaps = [.. (BlockOf(blocks)?.Columns ?? []).Select(column => new RowTally(column))];

    private readonly FileWarnings _files = new(cmdlet, blocks);
    private readonly RowTally _otherGaps = new("text");
    private string? _first;
    private int _rows;
    private int _withGap;
    private bool _differ;
    private bool _hasLooked;

    /// <summary>
    /// Gets or sets a value indicating whether the first gap is told of at once, before its row leaves.
    /// </summary>
    public bool SaysFirst { get; set; }

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

    /// <summary>Tells whether a text shows that there was nothing in a column.</summary>
    /// <param name="text">The text.</param>
    /// <param name="nothing">What stood in the column: an empty text, or a word such as NULL.</param>
    public static bool HasGap(string text, string nothing)
    {
        if (nothing.Length == 0)
        {
            return HasGap(text);
        }

        for (var at = text.IndexOf(nothing, StringComparison.Ordinal);
            at >= 0;
            at = text.IndexOf(nothing, at + 1, StringComparison.Ordinal))
        {
            var end = at + nothing.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1]))
                && (end == text.Length || !char.IsLetterOrDigit(text[end])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes the text of a row, before it is sent.</summary>
    public void Add(Row row)
    {
        if (!_hasLooked && row.Shape.Columns.Length > 0)
        {
            _hasLooked = true;
            WarnOfTyped("Text", row);
            WarnOfTyped("Title", row);
        }

        _files.Add(row, SaysFirst);
        if (_block is null || row.Get<string>(_block.Parameter) is not { } text)
        {
            return;
        }

        if (!HasGap(row, text))
        {
            AddOtherGap(row, text);
        }
        else if (++_withGap == 1 && SaysFirst && row.Number is not null)
        {
            RowTally[] gaps = [.. _gaps.Where(gap => gap.Count > 0)];
            var found = gaps[0].Example is { } nothing
                ? $"'{nothing}', which goes into the text"
                : "empty, which leaves a gap in the text";
            cmdlet.WriteWarning(row.Begin(
                $"{List(gaps.Select(gap => gap.Name))} {(gaps.Length > 1 ? "are" : "is")} {found}. {Advice(gaps)} "
                    + "Further such rows are counted at the end."));
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
                    + "If that is intended: -SkipCheck SameText.",
                _block!.Parameter,
                _rows));
        }

        if (_otherGaps.Count > (SaysFirst ? 1 : 0))
        {
            cmdlet.WriteWarning(
                $"The text has a gap in it in {_otherGaps.Describe()}, where no column is empty.");
        }

        _files.Warn(SaysFirst);
        if (_withGap > (SaysFirst ? 1 : 0))
        {
            RowTally[] gaps = [.. _gaps.Where(gap => gap.Count > 0)];
            cmdlet.WriteWarning(
                $"{Describe(gaps)}: the text has a gap there. {Advice(gaps)}"
                    + (cmdlet is TestWixInboxMessageCommand
                        ? string.Empty
                        : " Test-WixInboxMessage -Summary finds such rows before a run."));
        }
    }

    // What the block looks up, in a hashtable for example, is not there. A blank too many may be a cell's own.
    private void AddOtherGap(Row row, string text)
    {
        if (row.Recipient is null
            || FindTypedGap(text) is not (>= 0 and var at)
            || (at + 1 < text.Length && char.IsWhiteSpace(text[at + 1]) && text[at + 1] is not ('\r' or '\n')))
        {
            return;
        }

        _otherGaps.Add(row.Number ?? 1);
        if (_otherGaps.Count == 1 && SaysFirst && row.Number is not null)
        {
            cmdlet.WriteWarning(row.Begin(
                $"the text has a gap in it, and no column that the block of -{_block!.Parameter} reads is empty. "
                    + "Further such rows are counted at the end."));
        }
    }

    private bool HasGap(Row row, string text)
    {
        var hasGap = false;
        foreach (var gap in _gaps)
        {
            if (row.NothingIn(gap.Name) is { } nothing && HasGap(text, nothing))
            {
                gap.Add(row.Number ?? 1, nothing.Length == 0 ? null : nothing);
                hasGap = true;
            }
        }

        return hasGap;
    }

    private static RowBlock? BlockOf(IReadOnlyList<RowBlock> blocks) =>
        blocks.FirstOrDefault(block => block.Parameter is "Text" or "Title");

    // A string that reads $_ in a line of its own, before the command, has nothing where the column should be.
    private void WarnOfTyped(string parameter, Row row)
    {
        if (!row.IsTyped(parameter)
            || blocks.Any(block => block.Parameter == parameter)
            || row.Get<string>(parameter) is not { } text
            || FindTypedGap(text) is not (>= 0 and var at))
        {
            return;
        }

        var start = Math.Max(0, at - (LongestShown / 2));
        start += char.IsLowSurrogate(text[start]) ? 1 : 0;
        var around = (start > 0 ? "…" : string.Empty)
            + Row.Shorten(FormatText.Line(text.Substring(start).TrimStart()), LongestShown);
        var columns = row.Shape.Columns;
        var column = columns.FirstOrDefault(one => ColumnNames.Normalize(one).Contains("name")) ?? columns[0];
        cmdlet.WriteWarning(
            $"-{parameter} is the same for all rows, and has a gap in it: '{around}'. "
                + "A string is made once, before the first row comes, when $_ is empty. In braces it is made for each "
                + $"row: -{parameter} {{ \"Hi $({ColumnNames.Read(column)})\" }}.");
    }

    // No empty column shows that the gap is none that was typed: "Bonjour !", "Mon  9:00" and ".NET" are meant so.
    private static int FindTypedGap(string text)
    {
        if (text.Length > 1 && IsMark(text[0]) && text[1] == ' ')
        {
            return 0;
        }

        for (var blank = text.IndexOf(' '); blank >= 0; blank = text.IndexOf(' ', blank + 1))
        {
            var after = blank + 1 < text.Length ? text[blank + 1] : '\n';
            var next = blank + 2 < text.Length ? text[blank + 2] : '\n';
            if ((after is ',' or '.' && char.IsWhiteSpace(next))
                || ((char.IsWhiteSpace(after) || IsMark(after)) && IsGreeting(text, blank)))
            {
                return blank;
            }
        }

        return -1;
    }

    // The blank is the first one of its line.
    private static bool IsGreeting(string text, int blank)
    {
        var start = text.LastIndexOf('\n', blank) + 1;
        foreach (var greeting in s_greetings)
        {
            if (blank - start == greeting.Length
                && string.Compare(text, start, greeting, 0, greeting.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return true;
            }
        }

        return false;
    }

    // Which of several empty columns has left the gap is not known: each is named, in its order in the block.
    private static string Describe(RowTally[] gaps)
    {
        List<string> named = [.. gaps.Take(MostColumns).Select(gap => $"{gap.Name} in {gap.Describe()}")];
        named[0] = $"{gaps[0].Name} is {NothingOf(gaps[0])} in {gaps[0].Describe()}";
        if (gaps.Length > MostColumns)
        {
            named.Add(FormattableString.Invariant($"{gaps.Length - MostColumns} more in some"));
        }

        return List(named);
    }

    // The example of a column is the first word that stood there for nothing.
    private static string NothingOf(RowTally gap) => gap.Example is null ? "empty" : $"empty or '{gap.Example}'";

    private static string Advice(RowTally[] gaps)
    {
        var column = ColumnNames.Read(gaps[0].Name);
        var isFilled = gaps[0].Example is { } nothing ? $"{column} -notin '', '{nothing.Replace("'", "''")}'" : column;
        return $"To fill {(gaps.Length > 1 ? "the first" : "it")}: "
            + $"$(if ({isFilled}) {{ {column} }} else {{ 'there' }}).";
    }

    private static string List(IEnumerable<string> names)
    {
        string[] all = [.. names];
        return all.Length == 1 ? all[0] : $"{string.Join(", ", all.Take(all.Length - 1))} and {all[all.Length - 1]}";
    }

    private static bool IsMark(char letter) => letter is ',' or '.' or ';' or ':' or '!' or '?';
}

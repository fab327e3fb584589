using System.Globalization;
using WixInbox.Commands;
using WixInbox.Errors;
using WixInbox.Internal;

namespace WixInbox.Rows;

/// <summary>
/// Warns about texts that may be mistakes: a script block that gives the same text for all rows, a gap that it leaves
/// where a value is missing, and a gap in a typed text where a column should have been; and about the rows that they
/// are for.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="rows">The reader of the rows.</param>
internal sealed class TextWarnings(MessageCommand cmdlet, RowReader rows)
{
    private readonly RowBlock? _block = rows.Blocks.FirstOrDefault(block => block.Parameter is "Text" or "Title");
    private readonly TextGaps[] _gaps =
    [
        .. rows.Blocks.Where(block => RowTexts.Read.Contains(block.Parameter))
            .Select(block => new TextGaps(cmdlet, block)),
    ];

    private readonly FileWarnings _files = new(cmdlet, rows.Blocks);
    private readonly CastWarnings _casts = new(cmdlet, rows.Blocks);
    private readonly DateNumberWarnings _dates = new(cmdlet, rows.Blocks);
    private readonly ConsentWarnings _consents = new(cmdlet, rows);
    private string? _first;
    private int _rows;
    private bool _differ;
    private bool _hasLooked;
    private bool _hasLookedAtBlocks;

    /// <summary>Takes the texts of a row, before it is sent.</summary>
    public void Add(Row row)
    {
        if (!_hasLookedAtBlocks)
        {
            _hasLookedAtBlocks = true;
            WarnOfUnset(row);
        }

        if (!_hasLooked && (row.Shape.Columns.Length > 0 || row.Number is null))
        {
            _hasLooked = true;
            foreach (var parameter in RowTexts.All)
            {
                WarnOfTyped(parameter, row);
            }

            WarnOfOuter(row);
        }

        _consents.Add(row);
        _files.Add(row);

        // Nobody reads the text of a row that is left out.
        if (row.OptOut is null || cmdlet.IncludeUnsubscribed)
        {
            _casts.Add(row);
            _dates.Add(row);
            Array.ForEach(_gaps, gaps => gaps.Add(row));
        }

        if (_block is not null && !_differ && row.Get<string>(_block.Parameter) is { } text)
        {
            _first ??= text;
            _differ = text != _first;
            _rows++;
            if (_rows == 2 && !_differ && cmdlet.Sends && _block.IsConstant)
            {
                WarnOfSame();
                _differ = true;
            }
        }
    }

    /// <summary>Writes the warnings that are due at the end.</summary>
    public void Warn()
    {
        if (_rows > 1 && !_differ)
        {
            WarnOfSame();
        }

        _consents.Warn();
        _files.Warn();
        _casts.Warn();
        _dates.Warn();
        Array.ForEach(_gaps, gaps => gaps.Warn());
    }

    // A variable of a column's name, and a sum of money, are the row's error.
    private void WarnOfUnset(Row row)
    {
        if (!cmdlet.IsOn(TextCheck.ColumnUnknown))
        {
            return;
        }

        foreach (var (parameter, variable) in TypedValues.FindUnset(cmdlet).Where(one => !one.Variable.IsSign))
        {
            Warn($"-{parameter}", variable);
        }

        foreach (var (parameter, variable) in rows.UnsetInTexts)
        {
            if (!variable.IsSign && !row.Shape.Columns.Any(column =>
                ColumnNames.Normalize(column) == ColumnNames.Normalize(variable.Name)))
            {
                Warn($"The block of -{parameter}", variable);
            }
        }

        void Warn(string where, UnsetVariable variable) => cmdlet.WriteWarning(
            $"{where} reads a variable ${variable.Name}, which is set nowhere: nothing stands in its place. If a "
                + $"dollar sign is meant, it is written with a backtick: {variable.Meant}.");
    }

    // A string in the block of ForEach-Object reads the $_ of that block, and not the rows that are piped into the
    // command.
    private void WarnOfOuter(Row row)
    {
        if (cmdlet.MyInvocation.ExpectingInput && TypedValues.FindOuter(cmdlet, row) is var (parameter, column))
        {
            var read = ColumnExpression.For(column);
            cmdlet.WriteWarning(row.Begin(
                $"-{parameter} reads {read} of the block around the command, once for all rows, and the rows have a "
                    + $"column {column} of their own. In braces it is read for each row: "
                    + $"-{parameter} {{ … {read} … }}."));
        }
    }

    private void WarnOfSame()
    {
        if (cmdlet.IsOn(TextCheck.SameText))
        {
            cmdlet.WriteWarning(
                $"The block of -{_block!.Parameter} "
                    + (_block.IsConstant
                        ? "does not read the row, which is $_, and gives the same text for all rows. "
                        : string.Format(
                            CultureInfo.InvariantCulture, "gave the same text for all {0:N0} rows. ", _rows))
                    + "If that is intended: -SkipCheck SameText.");
        }
    }

    // A string that reads $_ in a line of its own, before the command, as one that is splatted does, has nothing where
    // the column should be.
    private void WarnOfTyped(string parameter, Row row)
    {
        if (!row.IsTyped(parameter)
            || rows.Blocks.Any(block => block.Parameter == parameter)
            || Array.Find(RowTexts.Of(row, parameter), one => TextGaps.FindEmptied(one) >= 0) is not { } text)
        {
            return;
        }

        var gap = TextGaps.FindEmptied(text);
        var end = gap + text.Skip(gap).TakeWhile(letter => letter == ' ').Count();
        var start = Math.Max(0, gap - (Words.LongestExcerpt / 2));
        start += char.IsLowSurrogate(text[start]) ? 1 : 0;

        // The blanks of the gap are all that shows it.
        var line = FormatText.Line(text.Substring(start, gap - start)) + new string(' ', end - gap)
            + FormatText.Line(text.Substring(end));
        var around = (start > 0 ? "…" : string.Empty) + Words.Shorten(line, Words.LongestExcerpt);
        if (row.Shape.Columns.Length == 0)
        {
            cmdlet.WriteWarning(
                $"-{parameter} has a gap in it: '{around}'. What was to stand there may have been empty.");
            return;
        }

        var columns = row.Shape.Columns;
        var column = columns.FirstOrDefault(one => ColumnNames.Normalize(one).Contains("name")) ?? columns[0];
        cmdlet.WriteWarning(
            $"-{parameter} is the same for all rows, and has a gap in it: '{around}'. "
                + "A string is evaluated once, before the first row comes, when $_ is empty. In braces it is evaluated "
                + $"for each row: -{parameter} {{ \"Hi $({ColumnExpression.For(column)})\" }}.");
    }
}

using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.RegularExpressions;
using WixInbox.Commands;
using WixInbox.Errors;

namespace WixInbox.Rows;

/// <summary>
/// Warns of columns that may say who wants no messages, and of which that is not certain enough to leave a row out: by
/// their names, or by a word such as unsubscribed in a column of any name.
/// </summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="rows">The reader of the rows.</param>
internal sealed class ConsentWarnings(MessageCommand cmdlet, RowReader rows)
{
    private const int MostNamed = 3;
    private const string LeftOut = "nobody is left out for it";
    private const string Known = LeftOut + ": the names that are known are in Get-Help "
        + "about_WixInbox_BulkSend. Give it one of them, or leave ";

    private const string Advice = Known + "those rows out with Where-Object.";

    private const string CellAdvice = LeftOut + ": write yes or no into the cell, or leave those rows out with "
        + "Where-Object.";

    private static readonly Regex s_list = new(
        @"^\s*(System\.([\w.]+\[\]|Collections\.\S+)|<>z__ReadOnly\S+)\s*$", RegexOptions.CultureInvariant);

    private readonly HashSet<string> _named = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, (CountedWarning Warning, string Advice, bool IsOfDeath)> _words =
        new(StringComparer.OrdinalIgnoreCase);

    private readonly HashSet<string> _lost = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, RowShape> _shapes = new(StringComparer.OrdinalIgnoreCase);
    private bool _hasWarnedOfTyped;

    /// <summary>Takes a row, before it is sent.</summary>
    public void Add(Row row)
    {
        if (cmdlet.IncludeUnsubscribed)
        {
            return;
        }

        // The columns of a row say nothing of somebody who was typed.
        if (rows.IsFixed)
        {
            WarnOfTyped(row);
            return;
        }

        Look(row, row.OptOut is not null, OptOut.DeepestRow);
    }

    // Whoever goes through the rows one by one, and types what was looked up for each, means the row's person. A trial
    // on oneself is made with rows that come down a pipeline.
    private void WarnOfTyped(Row row)
    {
        var call = cmdlet.MyInvocation;
        if (!_hasWarnedOfTyped
            && row is { OptOut: null, Recipient: { } recipient }
            && (call.PipelineLength == 1 || !call.ExpectingInput)
            && OptOut.Find(row) is { } optOut)
        {
            _hasWarnedOfTyped = true;
            cmdlet.WriteWarning(row.Begin(
                $"column {optOut.Column} has '{Words.Shorten(optOut.Value)}', and the message goes to {recipient} "
                    + "nevertheless, who is typed, and whom no column of the row names. If it is the same person, pipe "
                    + "the rows into one command, and name the person by a script block: who has opted out is left "
                    + "out then."));
        }
    }

    // A row that is left out needs no warning of its cells. What stands in a row is looked at as the row is.
    private void Look(Row row, bool isLeftOut, int depth)
    {
        var path = row.Shape.Path;
        if (!_shapes.TryGetValue(path, out var shape) || row.Shape != shape)
        {
            _shapes[path] = row.Shape;
            Name([.. row.Shape.Consent.LikeOptOuts.Select(column => path + column)]);
        }

        if (!isLeftOut)
        {
            LookAtCells(row, path);
        }

        foreach (var (_, inner) in depth == 0 ? [] : row.Inner)
        {
            Look(inner, isLeftOut, depth - 1);
        }
    }

    private void LookAtCells(Row row, string path)
    {
        foreach (var (column, meaning) in row.Shape.Consent.OptOuts)
        {
            if (Array.IndexOf(row.Shape.Nested, column) < 0)
            {
                WarnOfLost(row, column, path + column);
            }
            else if (meaning != OptOutMeaning.Status
                && !ConsentAnswers.In(row, column, isLabel: false).Any()
                && !row.Inner.Any(one => one.Column == column && one.Row.Shape.Consent.OptOuts.Length > 0))
            {
                // An object that says nothing by the members that are known.
                Name([path + column]);
            }

            if (meaning == OptOutMeaning.StatusOrNo && UnclearIn(row, column) is { } unclear)
            {
                AddWord(row, path + column, unclear, CellAdvice);
            }
        }

        foreach (var (question, answer) in row.Shape.Consent.Questions)
        {
            if (NoTo(row, question, answer) is { } no)
            {
                AddWord(row, path + answer, no, Advice);
            }
        }

        foreach (var (index, column, doubts, isStatus) in row.Shape.Consent.Others)
        {
            var word = doubts == Doubts.Filled ? null : WordIn(row, row.Properties[index], isStatus);
            if (doubts == Doubts.Filled)
            {
                if (FactIn(row, column) is { } fact)
                {
                    AddWord(row, path + column, fact, Advice);
                }
            }
            else if (doubts.HasFlag(Doubts.Death) && DeathIn(row, column) is { } death)
            {
                AddWord(row, path + column, death, Advice, isOfDeath: true);
            }
            else if (doubts.HasFlag(Doubts.OtherChannels) && ChannelsIn(row, column, doubts) is { } channels)
            {
                AddWord(row, path + column, channels, Advice);
            }
            else if (word is not null)
            {
                if (!(OtherChannels.IsCalls(column) && OptOutWords.IsNotAllowed(word))
                    && !(DeathColumns.IsOfMemory(column) && OptOutWords.IsNothingButDeath(row.TextIn(column)!)))
                {
                    AddWord(row, path + column, word, Advice);
                }
            }
            else if (doubts != Doubts.None && !_named.Contains(path + column) && IsDoubtful(row, column, doubts))
            {
                Name([path + column], row, column);
            }
        }
    }

    // A list that was exported by the name of its type.
    private void WarnOfLost(Row row, string column, string path)
    {
        if (row.TextIn(column) is { } text && s_list.IsMatch(text) && _lost.Add(path))
        {
            cmdlet.WriteWarning(row.Begin(
                $"column {path}: '{Words.Shorten(text)}' is what Export-Csv writes in place of a list. "
                    + "Who wants no messages by a word in the list is lost, in further such rows too, and nobody is "
                    + "left out for it. Export the values of the list joined: "
                    + $"{ColumnExpression.For(column)} -join '; '."));
        }
    }

    /// <summary>Says at the end how many rows there were.</summary>
    public void Warn()
    {
        foreach (var (warning, advice, isOfDeath) in _words.Values)
        {
            var rows = warning.Rows;
            var isNamed = _named.Contains(rows.Name);
            if (isNamed || warning.IsDue)
            {
                var areDead = isOfDeath || rows.Examples.All(one => OptOutWords.IsDeath(one.Trim('\'')));
                cmdlet.WriteWarning(
                    $"Column {rows.Name} says {Shown(rows)} in {rows.Describe()}, by which these people may "
                        + $"{(areDead ? "have died" : "want no messages")}, and "
                        + $"{(isNamed || warning.IsTold ? LeftOut + "." : advice)}");
            }
        }
    }

    // By their names alone, or one by what stands in a row.
    private void Name(string[] columns, Row? row = null, string column = "")
    {
        string[] others = [.. columns.Where(_named.Add)];
        if (others.Length > 0)
        {
            cmdlet.WriteWarning(
                $"{(others.Length == 1 ? "Column" : "Columns")} "
                    + Words.First([.. others.Take(MostNamed)], others.Length)
                    + $" may say who wants no messages, {(row is null ? $"and {Advice}" : AdviceOf(row, column))}");
        }
    }

    // A line that leaves out the rows with the same value, where one can be typed: not of what stands in an object, nor
    // of a text of several lines.
    private static string AdviceOf(Row row, string column)
    {
        var text = row.TextIn(column) ?? string.Empty;
        var by = $"as by '{Words.Shorten(text.Trim())}', and ";
        return row.Shape.Path.Length > 0 || text.Any(char.IsControl) || Words.Shorten(text) != text
            ? by + Advice
            : by + Known + "such rows out: Where-Object { "
                + $"'{CodeGeneration.EscapeSingleQuotedStringContent(text)}' -ne {ColumnExpression.For(column)} }}.";
    }

    private void AddWord(Row row, string column, string word, string advice, bool isOfDeath = false)
    {
        if (!_words.TryGetValue(column, out var words))
        {
            _words[column] = words = (new CountedWarning(cmdlet, column) { TellsOfLone = true }, advice, isOfDeath);
        }

        words.Warning.Add(
            row,
            _named.Contains(column)
                ? null
                : () => $"column {column}: '{word}' may say that this person "
                    + $"{(isOfDeath || OptOutWords.IsDeath(word) ? "has died" : "wants no messages")}, and {advice}",
            $"'{word}'");
    }

    // People who are counted together need not all have said the same.
    private static string Shown(RowTally rows) => Words.List(
        rows.Examples.Count > MostNamed
            ? rows.Examples.Take(MostNamed).Append("something else")
            : rows.Examples,
        "or");

    // Of a status, many words are those of a plan or an order.
    private static string? UnclearIn(Row row, string column) =>
        ColumnNames.Normalize(column) is var name
        && !name.EndsWith("status", StringComparison.Ordinal)
        && name != "state"
        && Array.IndexOf(row.Shape.Nested, column) < 0
        && row.TextIn(column) is { } text
        && (OptOutCells.IsUnclear(text) || AreOthers(column, text))
        && EmptyText.Find(text) is null
            ? text.Trim()
            : null;

    // A question is read as the name of a column with the answer in it. A yes to one about messages is no refusal.
    private static string? NoTo(Row row, string question, string answer) =>
        row.TextIn(question) is { } asked
        && row.TextIn(answer) is { } said
        && (OptOutColumns.Find(asked) is { } meaning
            ? OptOutCells.IsOptOut(meaning, said) is not false
            : MayRefuse(said, DoubtfulColumns.DoubtsOf(asked), isAsked: true))
            ? said.Trim()
            : null;

    private static bool IsDoubtful(Row row, string column, Doubts doubts) =>
        row.TextIn(column) is { } text
        && MayRefuse(text, doubts, isAsked: false)
        && (doubts.HasFlag(Doubts.Numbers) || YesNo.Read(text) is null || !text.Any(char.IsDigit));

    // A yes to a question in a cell of its own is no refusal where a no may be one. A refusal in words is one whatever
    // was asked; a word alone, such as declined, may be said of a mailing where nobody was asked.
    private static bool MayRefuse(string text, Doubts doubts, bool isAsked)
    {
        var (yes, no) = (doubts.HasFlag(Doubts.Yes), doubts.HasFlag(Doubts.No));
        return OptOutCells.ReadAnswer(text, out var isPlain) is { } isYes
            ? isPlain
                ? isYes ? yes && !(isAsked && no) : no
                : yes != no || (yes && Refusals.AreSaid(text, OptOutWords.WordOf(text)))
            : no && !yes && Refusals.Are(OptOutWords.WordOf(text));
    }

    // How or by which campaign somebody opted out, which may be left from before, where a column says that the person
    // has not.
    private static string? FactIn(Row row, string column) =>
        row.TextIn(column) is { } text
        && !EmptyText.StandsForNothing(text)
        && OptOutCells.IsOptOut(OptOutMeaning.Filled, text) == true
        && !HasAnswered(row)
            ? text.Trim()
            : null;

    private static string? DeathIn(Row row, string column) =>
        row.TextIn(column) is { } text && DeathColumns.IsDeath(text) ? text.Trim() : null;

    private static string? ChannelsIn(Row row, string column, Doubts doubts) =>
        row.TextIn(column) is { } text
        && ((OptOutCells.ReadAnswer(text, out var isPlain) == false && !isPlain)
            || ((AreOthers(column, text) || (doubts.HasFlag(Doubts.NoChannel) && ChannelChoice.IsNone(text)))
                && !HasAnswered(row)))
            ? text.Trim()
            : null;

    // A newsletter comes as HTML or as text.
    private static bool AreOthers(string column, string text) =>
        ChannelChoice.AreOthers(text)
        && !(OtherChannels.IsMail(column) && ColumnNames.WordsOf(text).Trim() == "text");

    // A row that is looked at is not left out, so that the answer is none by which somebody has opted out.
    private static bool HasAnswered(Row row) => row.Shape.Consent.OptOuts.Any(one =>
        one.Meaning is OptOutMeaning.StatusOrNo or OptOutMeaning.Yes or OptOutMeaning.No
        && !OptOutColumns.IsOfDeath(one.Column)
        && ConsentAnswers.In(row, one.Column, isLabel: false).Any(value => !EmptyText.StandsForNothing(value)));

    // What a file, a table or a script has. What is computed when it is read is left alone. A status may be that of a
    // plan to which somebody has not subscribed.
    private static string? WordIn(Row row, PSPropertyInfo cell, bool isStatus)
    {
        var text = cell is PSNoteProperty note ? TextOf(RowValues.Unwrap(note.Value))
            : cell is { MemberType: PSMemberTypes.Property, TypeNameOfValue: "System.String" } ? row.TextIn(cell.Name)
            : null;
        return text is null ? null
            : OptOutWords.FindAlone(text)
                ?? (isStatus && Refusals.IsNotSubscribedIn(text) ? text.Trim() : null);
    }

    // A list of a JSON file is read as one that a cell has.
    private static string? TextOf(object? value) => value is object?[] several
        ? string.Join(";", several.Select(RowValues.Unwrap).OfType<string>())
        : value as string;
}

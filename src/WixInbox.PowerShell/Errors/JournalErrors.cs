using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The errors of a journal, which end a command, and of the keys of its rows.</summary>
internal static class JournalErrors
{
    public static ErrorRecord Unusable(JournalException exception, string path) => new(
        new WixInboxException(exception.Message, exception),
        exception.Problem switch
        {
            JournalProblem.NotAJournal => ErrorIds.JournalInvalid,
            JournalProblem.OtherVersion => ErrorIds.JournalVersionUnknown,
            JournalProblem.OtherConnection => ErrorIds.JournalOfOtherConnection,
            JournalProblem.OtherKeyProperty => ErrorIds.JournalKeyMismatch,
            JournalProblem.Damaged => ErrorIds.JournalDamaged,
            JournalProblem.Locked => ErrorIds.JournalInUse,
            _ => ErrorIds.JournalUnusable,
        },
        exception.Problem switch
        {
            JournalProblem.Locked => ErrorCategory.ResourceBusy,
            JournalProblem.Unusable => ErrorCategory.OpenError,
            JournalProblem.NotAJournal or JournalProblem.OtherVersion or JournalProblem.Damaged =>
                ErrorCategory.InvalidData,
            _ => ErrorCategory.InvalidArgument,
        },
        path);

    /// <summary>A journal that is read and not gone on with.</summary>
    public static ErrorRecord Unreadable(Exception exception, string path) =>
        exception is JournalException { InnerException: not (
            FileNotFoundException or DirectoryNotFoundException) } known ? Unusable(known, path) : NotFound(path);

    private static ErrorRecord NotFound(string path) => new(
        new WixInboxException($"There is no journal '{path}'. Send-WixInboxMessage -Journal creates one."),
        ErrorIds.JournalNotFound,
        ErrorCategory.ObjectNotFound,
        path);

    /// <summary>A path with wildcards that finds no file.</summary>
    public static ErrorRecord NotFoundBy(string pattern, string problem) => new(
        new WixInboxException(problem),
        ErrorIds.JournalNotFound,
        ErrorCategory.ObjectNotFound,
        pattern);

    public static ErrorRecord Missing(IReadOnlyList<string> parameters) => new(
        new WixInboxException(
            $"{Words.List(parameters)} need{(parameters.Count > 1 ? string.Empty : "s")} -Journal: "
                + "without a journal, nothing is known of earlier runs."),
        ErrorIds.JournalMissing,
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A connection whose rows could not be found again.</summary>
    public static ErrorRecord ConnectionUnnamed(WixInboxConnection connection) => new(
        new WixInboxException(
            $"The connection {connection} has only a token, which says nothing of whose journal it is: with a token of "
                + "another site, none of its rows would be sent. Give it a name with Connect-WixInbox -Name, or the "
                + "site with -SiteId."),
        ErrorIds.ConnectionUnnamed,
        ErrorCategory.InvalidArgument,
        connection);

    /// <summary>Two connections to one site: the journal cannot tell their rows apart.</summary>
    public static ErrorRecord ConnectionShared(WixInboxConnection connection, WixInboxConnection other) => new(
        new WixInboxException(
            $"The connections {connection.Label} and {other.Label} lead to the same place, and a run with -Journal can "
                + "use only one of them. Name the same one in all rows."),
        ErrorIds.ConnectionRepeated,
        ErrorCategory.InvalidArgument,
        connection);

    /// <summary>A journal beside the run's own that an earlier run has begun, and that is not there.</summary>
    /// <param name="connection">The connection whose rows it has.</param>
    /// <param name="path">Its path now.</param>
    /// <param name="earlier">Its path then: the connection may have been known by its name alone.</param>
    public static ErrorRecord BesideGone(WixInboxConnection connection, string path, string earlier) => new(
        new WixInboxException(
            $"An earlier run has the rows over {connection.Label} in '{earlier}', and "
                + (path == earlier ? "the file is not there" : $"this one would begin '{Path.GetFileName(path)}'")
                + ": all would be sent again. "
                + (path == earlier ? "Put it back beside the journal of the run" : "Connect as before")
                + ", or give another -Journal if these are other messages."),
        ErrorIds.JournalNotFound,
        ErrorCategory.ObjectNotFound,
        connection);

    /// <summary>Two connections whose journals would be one file.</summary>
    public static ErrorRecord ConnectionAlike(WixInboxConnection connection, WixInboxConnection other) => new(
        new WixInboxException(
            $"The journals of the connections {connection.Label} and {other.Label} would be one file, with "
                + $"{connection.Tag} in its name. Give one of them another name with Connect-WixInbox -Name."),
        ErrorIds.ConnectionRepeated,
        ErrorCategory.InvalidArgument,
        connection);

    /// <summary>A run whose rows are all new to a journal that knows their recipients.</summary>
    /// <param name="changed">How many these are.</param>
    /// <param name="first">Among how many first rows they are.</param>
    /// <param name="areAll">Whether the run has no others.</param>
    /// <param name="path">The journal.</param>
    public static ErrorRecord TextChanged(int changed, int first, bool areAll, string path) => new(
        new WixInboxException(
            $"The journal '{path}' knows whom "
                + (first == 1 ? "the row is"
                    : changed < first ? FormattableString.Invariant($"{changed:N0} of the first {first:N0} rows are")
                    : FormattableString.Invariant($"{(areAll ? "all" : "the first")} {first:N0} rows are"))
                + $" for, and has another message for {(changed == 1 ? "it" : "each")}. "
                + $"Nothing was sent{(changed < first ? " to them" : string.Empty)}: a text with the time in it, or "
                + "another parameter, makes each message a new one, and "
                + $"{(changed == 1 ? "the recipient" : "all")} would be written to again. To go on with the earlier "
                + "run, give the same texts and parameters, or identify rows by a column from the first run on: "
                + "-KeyProperty. "
                + "If these are other messages, name another -Journal, or send them with -SkipCheck TextChanged."),
        ErrorIds.TextChanged,
        ErrorCategory.InvalidOperation,
        path);

    /// <summary>A row without a key, where the rows are known by a column.</summary>
    public static RowViolation KeyMissing(Row row, string column) =>
        row.HasColumn(column)
            ? Key(
                row,
                column,
                RuleNames.KeyMissing,
                $"Column {column}, which identifies the row (-KeyProperty), is empty.")
            : Key(
                row,
                column,
                RuleNames.KeyMissing,
                $"There is no column {column}, which identifies the row (-KeyProperty)."
                    + (NearestName.Find(column, row.Shape.Columns) is { } near
                        ? ColumnExpression.AskFor(near, "-KeyProperty " + ColumnExpression.Quote(near))
                        : row.Hint));

    public static RowViolation KeyUnreadable(Row row, string column, string problem) =>
        Key(
            row,
            column,
            RuleNames.KeyMissing,
            Words.Sentence($"Column {column}, which identifies the row (-KeyProperty), cannot be read: {problem}"));

    public static RowViolation KeyTooLong(Row row, string column, int length) =>
        Key(
            row,
            column,
            RuleNames.KeyTooLong,
            FormattableString.Invariant($"Column {column}, which identifies the row (-KeyProperty), has {length:N0} ")
                + FormattableString.Invariant($"characters, and a key has {BulkMessage.LongestKey} at most."));

    public static RowViolation KeyRepeated(Row row, string column) =>
        Key(
            row,
            column,
            ErrorIds.KeyRepeated,
            $"An earlier row has the same key: column {column} is '{Shown(row, column)}' there too. "
                + "Each row needs its own key, since the journal identifies it by that.");

    /// <summary>A row whose key has moved, as running numbers do when a row is added in front.</summary>
    public static RowViolation KeyOfAnother(Row row, string column) =>
        Key(
            row,
            column,
            ErrorIds.KeyOfAnother,
            $"An earlier run has sent a message to another recipient under this key: column {column} is "
                + $"'{Shown(row, column)}'. If the keys have moved, as running numbers do, identify rows by a column "
                + "that stays with the person or order; or give this row a key of its own.");

    // The value in the row, and not the hash that replaces an address in the journal.
    private static string Shown(Row row, string column) =>
        Words.Shorten((row.TextIn(column) ?? string.Empty).Trim());

    private static RowViolation Key(Row row, string column, string rule, string description) =>
        RowViolation.OfSentence(row, ValueSource.Column(column), rule, description);
}

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
            JournalProblem.Unwritable => ErrorCategory.OpenError,
            JournalProblem.NotAJournal or JournalProblem.OtherVersion or JournalProblem.Damaged => ErrorCategory.InvalidData,
            _ => ErrorCategory.InvalidArgument,
        },
        path);

    /// <summary>A journal that is read and not gone on with.</summary>
    public static ErrorRecord Unreadable(Exception exception, string path) =>
        exception is JournalException { InnerException: not (FileNotFoundException or DirectoryNotFoundException) } known ? Unusable(known, path) : NotFound(path);

    private static ErrorRecord NotFound(string path) => new(
        new WixInboxException($"There is no journal '{path}'. Send-WixInboxMessage -Journal makes one."),
        ErrorIds.JournalNotFound,
        ErrorCategory.ObjectNotFound,
        path);

    public static ErrorRecord NotFoundBy(string pattern) => new(
        new WixInboxException($"No file is found by '{pattern}'."),
        ErrorIds.JournalNotFound,
        ErrorCategory.ObjectNotFound,
        pattern);

    public static ErrorRecord NotAFile(string path, string problem) => new(
        new WixInboxException($"'{path}' is not the file of a journal: {problem}"),
        ErrorIds.JournalInvalid,
        ErrorCategory.InvalidArgument,
        path);

    public static ErrorRecord Missing(string parameters) => new(
        new WixInboxException($"{parameters} need{(parameters.Contains(" and ") ? string.Empty : "s")} -Journal: without one, a run knows nothing of those before it."),
        ErrorIds.JournalMissing,
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A connection whose rows could not be found again.</summary>
    public static ErrorRecord ConnectionUnnamed(WixInboxConnection connection) => new(
        new WixInboxException($"The connection {connection} has nothing by which its journal is found again. Connect-WixInbox -Name gives it a name."),
        ErrorIds.ConnectionUnnamed,
        ErrorCategory.InvalidArgument,
        connection);

    /// <summary>Two connections to one place, of which the journal cannot tell over which a row was sent.</summary>
    public static ErrorRecord ConnectionShared(WixInboxConnection connection, WixInboxConnection other) => new(
        new WixInboxException($"The connections {connection.Label} and {other.Label} lead to the same place, and with -Journal a run uses one of them. Let all rows name the same."),
        ErrorIds.ConnectionDuplicate,
        ErrorCategory.InvalidArgument,
        connection);

    /// <summary>A row without a key, where the rows are known by a column.</summary>
    public static RowFault KeyMissing(Row row, string column)
    {
        var description = row.HasColumn(column)
            ? $"Column {column}, which the row is to be known by (-KeyProperty), is empty."
            : $"There is no column {column}, which the row is to be known by (-KeyProperty).{row.Hint}";
        return Fault(row, column, ErrorIds.KeyMissing, description);
    }

    public static RowFault KeyUnreadable(Row row, string column, string problem) =>
        Fault(row, column, ErrorIds.KeyMissing, Row.Sentence($"Column {column}, which the row is to be known by (-KeyProperty), cannot be read: {problem}"));

    public static RowFault KeyTooLong(Row row, string column, int length) =>
        Fault(row, column, ErrorIds.KeyTooLong, FormattableString.Invariant($"Column {column}, which the row is known by (-KeyProperty), has {length:N0} characters, and a key has {SendJournal.LongestKey} at most."));

    public static RowFault KeyDuplicate(Row row, string column, string key) =>
        Fault(row, column, ErrorIds.KeyDuplicate, $"An earlier row has the same key: column {column} is '{Row.Shorten(key, 60)}' there too. Each row needs a key of its own, by which it is known that it was sent.");

    private static RowFault Fault(Row row, string column, string id, string description) =>
        new(char.ToLowerInvariant(description[0]) + description.Substring(1) + " Nothing was sent.", [new RowViolation(row.Number, "column " + column, id, description, description)]);
}

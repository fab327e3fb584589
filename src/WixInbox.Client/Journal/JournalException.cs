using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace WixInbox;

/// <summary>A journal cannot be used. The message says what is wrong and what to do.</summary>
[SuppressMessage("Design", "CA1032", Justification = "It has no meaning without its problem.")]
public sealed class JournalException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="JournalException"/> class.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">What is wrong and what to do, for a person.</param>
    /// <param name="innerException">What the file system said.</param>
    public JournalException(JournalProblem problem, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Problem = problem;
    }

    /// <summary>Gets what is wrong.</summary>
    public JournalProblem Problem { get; }

    internal static JournalException NotAJournal(string path) =>
        new(
            JournalProblem.NotAJournal,
            $"'{path}' is not a journal: its first line is not a journal's header. It was left as it is. "
                + "Name another file.");

    internal static JournalException Pipe(string path) =>
        new(JournalProblem.NotAJournal, $"'{path}' is not a journal: it is a pipe, and keeps nothing. Name a file.");

    internal static JournalException OtherVersion(string path, int version) =>
        new(
            JournalProblem.OtherVersion,
            $"The journal '{path}' has version {version} of the format, and this version of WixInbox knows version "
                + $"{Journal.JournalHeader.Version} alone. Continue with the version of WixInbox that wrote it.");

    internal static JournalException OtherConnection(string path, string journal, string connection) =>
        new(
            JournalProblem.OtherConnection,
            $"The journal '{path}' is for {journal}, and this connection is {connection}. "
                + "Connect as before to continue it: with another file, all rows are new, and are sent.");

    internal static JournalException OtherKeyProperty(string path, string? journal, string? given) =>
        new(
            JournalProblem.OtherKeyProperty,
            $"The journal '{path}' knows its rows by {NameOf(journal)}, and this run by {NameOf(given)}: "
                + "no row would be recognized, and all would be sent again. "
                + $"Use {NameOf(journal)} again to continue it: with another file, all rows are new, and are sent.");

    internal static JournalException Damaged(string path, int line) =>
        new(
            JournalProblem.Damaged,
            $"The journal '{path}' was changed by something other than WixInbox: "
                + $"line {line.ToString(CultureInfo.InvariantCulture)} does not match its checksum. "
                + "What was sent to whom can no longer be told from it, so nothing is sent. "
                + "Restore the file from a copy. With a new journal, everybody is written to again.");

    internal static JournalException Locked(string path, string holder) =>
        new(
            JournalProblem.Locked,
            $"The journal '{path}' is in use by {holder}. Wait until that run is over, or stop it.");

    internal static JournalException Unwritable(string path, Exception exception) =>
        new(
            JournalProblem.Unusable,
            $"The journal '{path}' cannot be used: {exception.Message.TrimEnd('.')}. Nothing is sent that cannot be "
                + "written down first. Once the cause is corrected, the same command continues where it stopped.",
            exception);

    internal static JournalException Unreadable(string path, Exception exception) =>
        new(
            JournalProblem.Unusable,
            $"The journal '{path}' cannot be read: {exception.Message.TrimEnd('.')}.",
            exception);

    internal static JournalException Closed(string path) =>
        new(
            JournalProblem.Unusable,
            $"The journal '{path}' was closed. Nothing is sent that cannot be written down first.");

    /// <summary>Gets why a row is not sent whose journal cannot be used.</summary>
    internal Failure ToFailure() => new()
    {
        Operation = Operation.SendMessage,
        Cause = FailureCause.Journal,
        Message = Message,
        Exception = this,
    };

    private static string NameOf(string? property) => property is null ? "their content" : $"the property '{property}'";
}

using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The errors of the file with what became of each row.</summary>
internal static class ResultErrors
{
    /// <summary>A file that cannot be begun, without which no row is sent.</summary>
    public static ErrorRecord Unwritable(string path, Exception exception) => new(
        new WixInboxException(
            $"The result file '{path}' cannot be written: {Words.Sentence(exception.Message)} Nothing was sent.",
            exception),
        ErrorIds.ResultUnwritable,
        ErrorCategory.WriteError,
        path);

    /// <summary>A file that can no longer be written, without which the run goes on.</summary>
    public static ErrorRecord Ended(string path, Row row, Exception exception) => new(
        new WixInboxException(
            row.Begin($"the result file '{path}' can no longer be written: {Words.Sentence(exception.Message)} ")
                + "What becomes of this row and those after it is not in the file. "
                + "Without -ErrorAction Stop, the messages are sent nevertheless.",
            exception),
        ErrorIds.ResultUnwritable,
        ErrorCategory.WriteError,
        path);
}

using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>The errors of a path that cannot be that of a file, whatever the file is for.</summary>
internal static class PathErrors
{
    /// <summary>A path that is no file's.</summary>
    /// <param name="path">What was given.</param>
    /// <param name="of">What the file was to be.</param>
    /// <param name="problem">Why it is none, as the rest of a sentence after a colon.</param>
    public static ErrorRecord NotAFile(string path, string of, string problem) => new(
        new WixInboxException($"'{path}' cannot be {of}: {problem}"),
        ErrorIds.PathInvalid,
        ErrorCategory.InvalidArgument,
        path);

    /// <summary>A file that is a journal, of this run or of another.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">What would replace the journal.</param>
    /// <param name="parameter">The parameter that names the file.</param>
    public static ErrorRecord IsJournal(string path, string content, string parameter) => new(
        new WixInboxException(
            $"'{path}' is a journal, which the {content} would replace. "
                + $"Name another file with -{parameter}."),
        ErrorIds.PathIsJournal,
        ErrorCategory.InvalidArgument,
        path);
}

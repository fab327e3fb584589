using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>The errors of the file that a page is written to.</summary>
internal static class PageErrors
{
    public static ErrorRecord Exists(string path) => new(
        new WixInboxException(
            $"The file '{path}' exists, and -NoClobber keeps it. Name another one, or leave -NoClobber out."),
        ErrorIds.FileExists,
        ErrorCategory.ResourceExists,
        path);

    public static ErrorRecord Unwritable(string path, Exception exception) => new(
        new WixInboxException($"The page '{path}' cannot be written: {exception.Message}", exception),
        ErrorIds.PageUnwritable,
        ErrorCategory.WriteError,
        path);

    public static ErrorRecord Repeated(string path) => new(
        new WixInboxException(
            $"The report of an earlier journal was written to '{path}', and this one would replace it. "
                + "Give each its own, for example -Path { $_.BaseName + '.html' }."),
        ErrorIds.PathRepeated,
        ErrorCategory.InvalidArgument,
        path);
}

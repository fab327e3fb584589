using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>The errors of a file of rows. None ends the command, which goes on with the next file.</summary>
internal static class CsvErrors
{
    public static ErrorRecord NotFound(string path) => NotFound(path, $"There is no file '{path}'.");

    public static ErrorRecord Invalid(string path, string message) =>
        new(new WixInboxException(message), ErrorIds.CsvInvalid, ErrorCategory.InvalidData, path);

    public static ErrorRecord Unreadable(string path, Exception exception) =>
        new(
            new WixInboxException($"'{path}' cannot be read: {exception.Message}", exception),
            ErrorIds.FileUnreadable,
            ErrorCategory.ReadError,
            path);

    public static ErrorRecord NotFound(string path, string message) =>
        new(new WixInboxException(message), ErrorIds.FileNotFound, ErrorCategory.ObjectNotFound, path);
}

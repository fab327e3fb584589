using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The errors of files that could not be uploaded, for any cmdlet.</summary>
internal static class MediaErrors
{
    public const string Permission = "Manage Media Manager (SCOPE.DC-MEDIA.MANAGE-MEDIAMANAGER)";

    /// <summary>A path that does not lead to a file which can be uploaded.</summary>
    public static ErrorRecord Unusable(FileCheck check) => new(
        new WixInboxException(check.Problem + " Nothing was uploaded.") { Outcome = OutcomeKind.Rejected },
        check.Rule,
        check.Rule switch
        {
            ErrorIds.FileNotFound => ErrorCategory.ObjectNotFound,
            ErrorIds.FileUnreadable => ErrorCategory.ReadError,
            _ => ErrorCategory.InvalidData,
        },
        check.Path);

    /// <summary>A path with wildcards that finds no file.</summary>
    public static ErrorRecord NotFoundBy(string pattern, string problem) =>
        Unusable(new FileCheck(pattern, null, ErrorIds.FileNotFound, problem));

    /// <summary>Gets the id, the category and the advice of a failure that only files have.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="again">The advice for an upload that may be made again.</param>
    /// <returns>These; null if the failure is not particular to files.</returns>
    public static FailureAdvice? Advise(Failure failure, string again)
    {
        if (!failure.ConcernsMedia)
        {
            return null;
        }

        return (failure.Cause, failure.StatusCode, failure.Code) switch
        {
            (FailureCause.File, _, ErrorIds.MediaFailed) => new(
                ErrorIds.MediaFailed,
                ErrorCategory.InvalidResult,
                "Check that the file is complete, and can be opened elsewhere. An address has to be public."),
            (FailureCause.File, _, ErrorIds.MediaNotReady) => new(
                ErrorIds.MediaNotReady,
                ErrorCategory.OperationTimeout,
                "Wix may have it ready later: Import-WixInboxMedia -ReadyWaitSec waits for longer."),
            (FailureCause.File, _, ErrorIds.FileChanged) => new(
                ErrorIds.FileChanged, ErrorCategory.ReadError, "Wait until no program writes to it any more. " + again),
            (FailureCause.File, _, var code) => new(
                code!,
                code == ErrorIds.FileNotFound ? ErrorCategory.ObjectNotFound : ErrorCategory.ReadError,
                again),
            (FailureCause.Timeout, _, _) => new(
                ErrorIds.ConnectionTimedOut,
                ErrorCategory.OperationTimeout,
                again + " Connect-WixInbox -TimeoutSec gives it more time."),
            (_, 403, _) when failure.Operation != Operation.UploadFile => new(
                ErrorIds.PermissionDenied,
                ErrorCategory.PermissionDenied,
                $"To upload files, the app or key needs the permission {Permission}; "
                    + "or, by Connect-WixInbox -MediaStore Channels, no other than to send."),
            (_, 401 or 403 or 404 or 410, _) when failure.Operation == Operation.UploadFile => new(
                ErrorIds.UploadRefused,
                ErrorCategory.PermissionDenied,
                "The upload server does not accept the file at the address that Wix gave. " + again),
            (_, 400, _) when Breaks(FailureCodes.SiteQuotaExceeded) => new(
                ErrorIds.MediaQuotaExceeded,
                ErrorCategory.QuotaExceeded,
                "The site has no space left for files. Free some in its Media Manager."),
            (_, 400 or 413, _) when failure.StatusCode == 413 || Breaks("FILE_SIZE_OVER_LIMIT") => new(
                ErrorIds.FileTooLarge,
                ErrorCategory.LimitsExceeded,
                "Wix does not accept files of this size. Make it smaller."),
            (_, 400 or 415, _) => new(
                ErrorIds.FileRefused,
                ErrorCategory.InvalidData,
                "Wix does not accept the file. Correct what it names, or send the file in another format."),
            (_, 404, _) when failure.Operation == Operation.GetFile => new(
                ErrorIds.MediaNotFound,
                ErrorCategory.ObjectNotFound,
                "The Media Manager no longer has the file. " + again),
            _ => null,
        };

        // The Media Manager has names of rules, and Communication Channels Media codes.
        bool Breaks(string rule) => failure.Code == rule || failure.Violations.Any(violation => violation.Rule == rule);
    }
}

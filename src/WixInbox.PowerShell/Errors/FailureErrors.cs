using System.Globalization;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The error record of a failed call of any kind: its id, its text and its advice.</summary>
internal static class FailureErrors
{
    // A server may answer with a page.
    private const int LongestMessage = 500;

    /// <summary>Tells whether Wix says that the site has no Inbox.</summary>
    public static bool IsInboxMissing(Failure failure) =>
        failure.Code is FailureCodes.InboxInstanceNotFound or FailureCodes.NoInboxInstance;

    /// <summary>Tells whether a call was refused for what it would do, and not for who makes it.</summary>
    public static bool IsNotJoined(Failure failure) => failure.Code == FailureCodes.NotJoinedChatroom;

    /// <summary>Makes the record.</summary>
    /// <typeparam name="T">What the call was to give.</typeparam>
    /// <param name="row">The row that it was made for.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="advice">Its id and category, and the advice.</param>
    /// <param name="consequence">What was not done, as it goes on after the row's number.</param>
    /// <param name="end">
    /// The sentence for a failure after which no further row is tried; null if the others go on.
    /// </param>
    public static ErrorRecord Record<T>(
        Row row,
        Outcome<T> outcome,
        FailureAdvice advice,
        string consequence,
        string? end)
        where T : class
    {
        var failure = outcome.Failure!;
        string?[] parts =
        [
            consequence,
            Answer(failure),
            .. failure.Violations.Select(row.Sentence),
            advice.Text,
            row.Number is null ? null : end,
            outcome.RequestId is null ? null : $"Request id: {outcome.RequestId}.",
        ];
        var exception = new WixInboxException(
            row.Begin(string.Join(" ", parts.Where(part => !string.IsNullOrEmpty(part)))), failure.Exception)
        {
            Row = row.Number,
            Outcome = outcome.Kind,
            StatusCode = failure.StatusCode,
            Code = failure.Code,
            RequestId = outcome.RequestId,
            Attempts = outcome.Attempts,
            RetryAfter = failure.RetryAfter,
            Violations = failure.Violations,
        };
        return new ErrorRecord(exception, advice.Id, advice.Category, row.Target);
    }

    /// <summary>A row that was not tried, since it would fail as an earlier one over the same connection did.</summary>
    /// <param name="row">The row.</param>
    /// <param name="connection">The connection.</param>
    /// <param name="advice">Those of the earlier failure.</param>
    /// <param name="consequence">What was not done, as it goes on after the row's number.</param>
    public static ErrorRecord NotTried(
        Row row, WixInboxConnection connection, FailureAdvice advice, string consequence)
    {
        var message = $"{consequence}: the connection {connection.Label} has failed for an earlier row. {advice.Text}";
        return new ErrorRecord(
            new WixInboxException(row.Begin(message.TrimEnd())) { Row = row.Number, Outcome = OutcomeKind.NotSent },
            advice.Id,
            advice.Category,
            row.Target);
    }

    /// <summary>
    /// Gets the id, the category and the advice of a failure, where they are the same for a message and for a read.
    /// </summary>
    /// <param name="failure">The failure.</param>
    /// <param name="again">The advice for a call that may be made again.</param>
    public static FailureAdvice Advise(Failure failure, string again)
    {
        var permission = PermissionFor(failure.Operation);
        if (IsInboxMissing(failure))
        {
            var lacking = failure.StatusCode == 401
                ? $" The app or key may also lack the permission {permission}."
                : string.Empty;
            return new FailureAdvice(
                ErrorIds.InboxNotFound,
                ErrorCategory.ObjectNotFound,
                "The site has no Inbox for these credentials. "
                    + "Check the site id, and that Wix Inbox is set up on the site." + lacking);
        }

        return MediaErrors.Advise(failure, again)
            ?? AdviseByCause(failure, again)
            ?? AdviseByStatus(failure, again, permission);
    }

    private static string PermissionFor(Operation operation) => operation switch
    {
        Operation.SendMessage or Operation.GetOrCreateConversation =>
            "Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS)",
        Operation.QueryContacts or Operation.GetContact => "Read Contacts",
        Operation.ListLabels => "Manage Contact Labels (SCOPE.DC-CONTACTS.MANAGE-LABELS)",
        Operation.GenerateUploadUrl or Operation.ImportFile or Operation.GetFile =>
            MediaErrors.Permission + ", or with -MediaStore Channels the one to send",
        _ => "Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)",
    };

    // The first that fits is the one.
    private static FailureAdvice? AdviseByCause(Failure failure, string again) =>
        (failure.Cause, failure.Code) switch
        {
            (FailureCause.Contact, FailureCodes.ContactAmbiguous) => new(
                ErrorIds.ContactAmbiguous,
                ErrorCategory.InvalidData,
                "Several contacts have this address. Give -ContactId to say which, or merge them in Wix."),
            (FailureCause.Contact, _) => new(
                ErrorIds.ContactNotFound,
                ErrorCategory.ObjectNotFound,
                "No contact of the site has this address. Check it, or give -ContactId."),
            (FailureCause.Key, FailureCodes.KeyOfAnother) => new(
                ErrorIds.KeyOfAnother,
                ErrorCategory.InvalidData,
                "An earlier run has sent a message to another recipient under this key. If the keys have moved, as "
                    + "running numbers do, identify rows by a column that stays with the person or order; or give this "
                    + "row a key of its own."),
            (FailureCause.Outage, _) => new(
                ErrorIds.ServiceUnreachable,
                ErrorCategory.ConnectionError,
                "Wix could not be reached: most requests failed, and so did a retry every 15 s. "
                    + "Check the network and the proxy."),
            (FailureCause.Closed, _) => new(
                ErrorIds.ConnectionClosed,
                ErrorCategory.ConnectionError,
                "The connection was closed with Disconnect-WixInbox before the request left. Connect again."),
            (FailureCause.Proxy, _) => new(
                ErrorIds.ProxySignInNeeded,
                ErrorCategory.AuthenticationError,
                "A proxy asks for a sign-in before it lets anything through. "
                    + "Give Connect-WixInbox its -Proxy and a valid -ProxyCredential."),
            _ when failure is { Operation: Operation.SignIn, StatusCode: not null } => new(
                ErrorIds.SignInFailed,
                ErrorCategory.AuthenticationError,
                "Wix did not give the app a token. Check -ClientId, -ClientSecret and -InstanceId, and that the app is "
                    + "installed on the site. A headless project has no instance."),
            (FailureCause.Token, _) => new(
                ErrorIds.TokenUnavailable,
                ErrorCategory.AuthenticationError,
                "The secret to sign the request with is not available. Connect again."),
            (FailureCause.Connection, _) => new(ErrorIds.ConnectionFailed, ErrorCategory.ConnectionError, again),
            (FailureCause.Timeout, _) => new(ErrorIds.ConnectionTimedOut, ErrorCategory.OperationTimeout, again),
            (FailureCause.UnreadableResponse, _) =>
                new(ErrorIds.ResponseUnreadable, ErrorCategory.InvalidResult, again),
            _ => null,
        };

    private static FailureAdvice AdviseByStatus(Failure failure, string again, string permission) =>
        (failure.StatusCode, failure.Code) switch
        {
            (401, FailureCodes.NotJoinedChatroom) => new(
                ErrorIds.PermissionDenied,
                ErrorCategory.PermissionDenied,
                $"The app or key is not part of this conversation, or lacks the permission {permission}."),
            (401, _) => new(
                ErrorIds.Unauthorized,
                ErrorCategory.AuthenticationError,
                $"Wix does not accept the token or key: it may have expired, or lack the permission {permission}. "
                    + "Connect again with a valid one."),
            (403, "IDENTITY_DOES_NOT_MATCH") => new(
                ErrorIds.IdentityDoesNotMatch,
                ErrorCategory.PermissionDenied,
                "The identity that the message is sent as is not part of this conversation. "
                    + "Leave -SendAs out, or check the conversation."),
            (403, null) when failure.SucceededBefore > 0 => new(
                ErrorIds.PermissionDenied,
                ErrorCategory.PermissionDenied,
                RefusedSince(failure.SucceededBefore, permission)),
            (403, null or FailureCodes.PermissionDenied) => new(
                ErrorIds.PermissionDenied,
                ErrorCategory.PermissionDenied,
                $"The app or key may lack the permission {permission}; it may be an API key, which may not be allowed "
                    + "to do this at all; or it may be for another site."),
            (403, _) => new(
                ErrorIds.PermissionDenied,
                ErrorCategory.PermissionDenied,
                "Wix does not permit the app or key to do this. "
                    + $"It needs the permission {permission}, and may need more."),
            (404, FailureCodes.ConversationNotFound) => new(
                ErrorIds.ConversationNotFound,
                ErrorCategory.ObjectNotFound,
                "The id may be of another site, or an old one: "
                    + "it changes when a visitor becomes a contact or a member. " + FindAnew(failure)),
            (404, "NOT_OWNED_BY_BUSINESS") => new(
                ErrorIds.ConversationNotFound,
                ErrorCategory.ObjectNotFound,
                "The conversation is not one of the site that is connected."),
            (404, _) when failure.Operation == Operation.GetContact => new(
                ErrorIds.ContactNotFound,
                ErrorCategory.ObjectNotFound,
                "The site has no contact with this id. Check it: Get-WixInboxContact finds contacts by their address."),
            (404, _) when failure.Operation == Operation.GetOrCreateConversation => new(
                ErrorIds.ParticipantNotFound,
                ErrorCategory.ObjectNotFound,
                "The site has no participant with this id. "
                    + "Check that the id belongs to this site, and is of this kind."),
            (404, _) => new(
                ErrorIds.NotFound,
                ErrorCategory.ObjectNotFound,
                "Check the id, and the address of the API (Connect-WixInbox -BaseUri)."),
            (400, "INVALID_MEDIA_URL") => new(
                ErrorIds.MediaUrlInvalid,
                ErrorCategory.InvalidData,
                "Wix does not accept the address of the image or file. "
                    + "It has to be public, or that of a file in Wix Media."),
            (400, _) => new(
                ErrorIds.RequestRefused,
                ErrorCategory.InvalidData,
                "Wix rejects the request, and would reject it again. Correct what it names."),
            (429, _) => new(ErrorIds.RateLimited, ErrorCategory.LimitsExceeded, GoOn(failure.RetryAfter)),
            (>= 300 and < 400, _) => new(
                ErrorIds.Redirected,
                ErrorCategory.ProtocolError,
                "Check the address of the API (Connect-WixInbox -BaseUri)."),
            (408 or 425 or (>= 500 and not 501), _) =>
                new(ErrorIds.ServiceUnavailable, ErrorCategory.ResourceUnavailable, again),
            _ => new(
                ErrorIds.RequestRefused,
                ErrorCategory.InvalidOperation,
                "Wix refuses the request, and would refuse it again. Its support can tell why from the request id."),
        };

    private static string RefusedSince(int succeeded, string permission) =>
        $"{Words.Count(succeeded, "call")} of this kind succeeded before, and Wix has refused them since. "
            + $"The app or key may have lost the permission {permission}, or something between here and Wix refuses.";

    private static string FindAnew(Failure failure) =>
        failure.Operation == Operation.SendMessage
            ? "With -ContactId or -MemberId, the current conversation is found."
            : "Resolve-WixInboxConversation finds the one of a contact or member.";

    private static string GoOn(TimeSpan? wait) =>
        wait is { } given
            ? string.Format(
                CultureInfo.InvariantCulture,
                "Wix asks for a wait of {0:N0} s, which is longer than -MaxWaitSec of the connection allows. "
                    + "Continue after {1:yyyy-MM-dd HH:mm:ss}.",
                given.TotalSeconds,
                TimeProvider.System.GetLocalNow() + given)
            : "Wix has accepted no request for longer than -MaxWaitSec of the connection. Continue later.";

    /// <summary>Gets the answer of the server, or the message of the network, as a sentence.</summary>
    public static string Answer(Failure failure)
    {
        var message = Words.Sentence(Words.Shorten(failure.Message, LongestMessage));
        if (failure.StatusCode is not { } status)
        {
            return message;
        }

        // The client's text for such an answer speaks of a message that was sent.
        var isRead = failure.Cause == FailureCause.UnreadableResponse && failure.Operation != Operation.SendMessage;
        var said = isRead ? "the answer cannot be read." : message;
        var answered = string.Format(CultureInfo.InvariantCulture, "The server answered {0}", status);
        return answered + (failure.Code is null ? string.Empty : " " + failure.Code)
            + (said.Length == 0 ? "." : ": " + said);
    }
}

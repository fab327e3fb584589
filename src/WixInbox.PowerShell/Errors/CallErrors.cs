using System.Globalization;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The error records of calls that read, or that find a conversation. All of them may be made again; none of them sends a message.</summary>
internal static class CallErrors
{
    private const string ReadPermission = "Read Inbox Messages (SCOPE.DC-INBOX.READ-MSGS)";
    private const string ContactsPermission = "Read Contacts";
    private const string ManagePermission = "Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS)";
    private const string NotJoined = "NOT_JOINED_CHATROOM";

    private static readonly string[] s_missingInbox = ["INBOX_INSTANCE_NOT_FOUND", "NO_INBOX_INSTANCE"];

    /// <summary>
    /// Tells whether every further call would meet the same. A read that fails within a run of sends does not end that; here the reads are the run.
    /// </summary>
    public static bool EndsRun(Failure failure) =>
        failure.ConcernsAll
        || (failure.Operation == Operation.ListMessages
            && (failure.Cause is FailureCause.Outage or FailureCause.Token or FailureCause.Proxy
                || s_missingInbox.Contains(failure.Code)
                || failure.StatusCode is 429
                || (failure.StatusCode is 401 && failure.Code != NotJoined)
                || (failure.StatusCode is 403 && failure.Code is null or "PERMISSION_DENIED")));

    /// <summary>Times that leave none between them.</summary>
    public static ErrorRecord NoTimeBetween() => new(
        new WixInboxException("-After is not earlier than -Before: no message can be between them."),
        "TimeRangeEmpty",
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A row with a fault that was found before a request was spent on it.</summary>
    /// <param name="row">The row.</param>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="target">What the error is about.</param>
    public static ErrorRecord Faulty(Row row, RowFault fault, object? target) => new(
        new WixInboxException(row.Begin(fault.Message)) { Row = row.Number, Outcome = OutcomeKind.Rejected, Violations = fault.Fields },
        fault.Id,
        ErrorCategory.InvalidData,
        target);

    /// <summary>An address that no contact has.</summary>
    public static ErrorRecord ContactNotFound(Row row, string address) => new(
        new WixInboxException(row.Begin($"no contact of the site has '{address}' as its main address.")) { Row = row.Number, Outcome = OutcomeKind.Rejected },
        "ContactNotFound",
        ErrorCategory.ObjectNotFound,
        address);

    /// <summary>A call that did not come to what was asked for.</summary>
    /// <typeparam name="T">What was asked for.</typeparam>
    /// <param name="row">The row that it was made for.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="consequence">What could not be done, as it goes on after the row's number.</param>
    /// <param name="target">What the error is about.</param>
    public static ErrorRecord Failed<T>(Row row, Outcome<T> outcome, string consequence, object? target)
        where T : class
    {
        var failure = outcome.Failure!;
        if (failure.Cause == FailureCause.InvalidRequest)
        {
            return Faulty(row, RowIds.Invalid(row, failure.Violations), target);
        }

        var (id, category, advice) = Name(failure);
        var exception = new WixInboxException(row.Begin(Describe(row, outcome, consequence, advice)), failure.Exception)
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
        return new ErrorRecord(exception, id, category, target);
    }

    private static (string Id, ErrorCategory Category, string Advice) Name(Failure failure)
    {
        var permission = failure.Operation switch
        {
            Operation.GetOrCreateConversation or Operation.SendMessage => ManagePermission,
            Operation.QueryContacts or Operation.GetContact => ContactsPermission,
            _ => ReadPermission,
        };
        if (s_missingInbox.Contains(failure.Code))
        {
            var advice = "The site has no Inbox for these credentials. Check the site id, and that Wix Inbox is set up on the site.";
            return ("InboxNotFound", ErrorCategory.ObjectNotFound, failure.StatusCode == 401 ? $"{advice} The app or key may also lack the permission {permission}." : advice);
        }

        return (failure.Cause, failure.StatusCode, failure.Code) switch
        {
            (FailureCause.Outage, _, _) => ("ServiceUnreachable", ErrorCategory.ConnectionError, "Wix could not be reached: most requests failed, and so did three more, 15 s apart."),
            (not FailureCause.Proxy, not null, _) when failure.Operation == Operation.SignIn => ("SignInFailed", ErrorCategory.AuthenticationError, "Wix gives the app no token. Check -ClientId, -ClientSecret and -InstanceId, and that the app is installed on the site."),
            (FailureCause.Proxy, _, _) => ("ProxySignInNeeded", ErrorCategory.AuthenticationError, ConnectionErrors.ProxyAdvice),
            (FailureCause.Token, _, _) => ("TokenUnavailable", ErrorCategory.AuthenticationError, "The token to sign the request with could not be had."),
            (FailureCause.Connection, _, _) => ("ConnectionFailed", ErrorCategory.ConnectionError, "It may be tried again."),
            (FailureCause.Timeout, _, _) => ("ConnectionTimedOut", ErrorCategory.OperationTimeout, "It may be tried again."),
            (FailureCause.UnreadableResponse, _, _) => ("ResponseUnreadable", ErrorCategory.InvalidResult, "It may be tried again."),
            (_, 401, NotJoined) => ("PermissionDenied", ErrorCategory.PermissionDenied, $"The app or key takes no part in this conversation, or lacks the permission {permission}."),
            (_, 401, _) => ("Unauthorized", ErrorCategory.AuthenticationError, $"Wix does not take the token or key: it may have ended, or lack the permission {permission}. Connect again with a valid one."),
            (_, 403, _) => ("PermissionDenied", ErrorCategory.PermissionDenied, $"The app or key needs the permission {permission}."),
            (_, 404, "CONVERSATION_NOT_FOUND") => ("ConversationNotFound", ErrorCategory.ObjectNotFound, "The id may be of another site, or an old one: it changes when a visitor becomes a contact or a member. Resolve-WixInboxConversation finds the one of a contact or member."),
            (_, 404, "NOT_OWNED_BY_BUSINESS") => ("ConversationNotFound", ErrorCategory.ObjectNotFound, "The conversation is not one of the site that is connected."),
            (_, 404, _) when failure.Operation == Operation.GetContact => ("ContactNotFound", ErrorCategory.ObjectNotFound, "The site has no contact with this id."),
            (_, 404, _) when failure.Operation == Operation.GetOrCreateConversation => ("ParticipantNotFound", ErrorCategory.ObjectNotFound, "The site knows nobody with this id."),
            (_, 404, _) => ("NotFound", ErrorCategory.ObjectNotFound, "Check the id and the address of the API."),
            (_, 400, _) => ("RequestRefused", ErrorCategory.InvalidData, "Wix finds the request wrong."),
            (_, 429, _) => ("RateLimited", ErrorCategory.LimitsExceeded, GoOn(failure.RetryAfter)),
            (_, >= 300 and < 400, _) => ("Redirected", ErrorCategory.ProtocolError, "Check the address of the API."),
            (_, 408 or 425 or (>= 500 and not 501), _) => ("ServiceUnavailable", ErrorCategory.ResourceUnavailable, "It may be tried again."),
            _ => ("RequestRefused", ErrorCategory.InvalidOperation, "Wix refuses the request."),
        };
    }

    private static string GoOn(TimeSpan? wait) =>
        wait is { } given
            ? string.Format(CultureInfo.CurrentCulture, "Wix asks to wait for {0:N0} s, which is more than -MaxWaitSec of the connection leaves. Go on after {1:G}.", given.TotalSeconds, DateTime.Now + given)
            : "Wix has taken no more requests for longer than -MaxWaitSec of the connection. Go on later.";

    private static string Describe<T>(Row row, Outcome<T> outcome, string consequence, string advice)
        where T : class
    {
        var failure = outcome.Failure!;
        var parts = new List<string> { consequence };
        if (failure.StatusCode is { } status)
        {
            // What is said of such an answer elsewhere speaks of a message that was sent.
            var said = failure.Cause == FailureCause.UnreadableResponse ? "what it says cannot be read." : Row.Sentence(failure.Message);
            var answered = string.Format(CultureInfo.InvariantCulture, "The server answered {0}", status);
            parts.Add(answered + (failure.Code is null ? string.Empty : " " + failure.Code) + (said.Length == 0 ? "." : ": " + said));
        }
        else if (failure.Message.Length > 0)
        {
            parts.Add(Row.Sentence(failure.Message));
        }

        parts.AddRange(failure.Violations.Select(row.Sentence));
        parts.Add(advice);
        if (row.Number is not null && EndsRun(failure))
        {
            parts.Add("No further row was tried, since each would meet the same.");
        }

        if (outcome.RequestId is not null)
        {
            parts.Add($"Request id: {outcome.RequestId}.");
        }

        return string.Join(" ", parts.Where(part => part.Length > 0));
    }
}

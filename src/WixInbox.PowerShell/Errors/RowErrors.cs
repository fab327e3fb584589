using System.Globalization;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The error records of rows that were not sent, or may not have been.</summary>
internal static class RowErrors
{
    private const string GoOnWithJournal = " The same command with the same -Journal goes on where this run stopped.";

    private static readonly string[] s_missingInbox = ["INBOX_INSTANCE_NOT_FOUND", "NO_INBOX_INSTANCE"];

    /// <summary>A row with a fault that was found before a request was spent on it.</summary>
    public static ErrorRecord Faulty(Row row, RowFault fault)
    {
        var exception = new WixInboxException(row.Begin(fault.Message))
        {
            Row = row.Number,
            Outcome = OutcomeKind.Rejected,
            Violations = fault.Fields,
        };
        return Record(row, exception, fault.Id, ErrorCategory.InvalidData);
    }

    /// <summary>A row whose request did not come to a message.</summary>
    /// <param name="row">The row.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="hasJournal">Whether the same command goes on where it stopped.</param>
    /// <param name="connection">The connection that alone is given up where no further row can be sent over it; null if the run ends.</param>
    public static ErrorRecord Failed(Row row, Outcome<Message> outcome, bool hasJournal, WixInboxConnection? connection)
    {
        var failure = outcome.Failure!;
        var (id, category, advice) = Name(outcome.Kind, failure);
        var exception = new WixInboxException(row.Begin(Describe(row, outcome, advice, hasJournal, connection)), failure.Exception)
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
        return Record(row, exception, id, category);
    }

    /// <summary>A row that was not tried, since an earlier one over the same connection has met what it would meet too.</summary>
    public static ErrorRecord NotTried(Row row, Outcome<Message> earlier, WixInboxConnection connection)
    {
        var (id, category, advice) = Name(OutcomeKind.NotSent, earlier.Failure!);
        var message = $"the message to {row.Recipient} was not sent: the connection {connection.Label} has failed for an earlier row. {advice}";
        return Record(row, new WixInboxException(row.Begin(message.TrimEnd())) { Row = row.Number, Outcome = OutcomeKind.NotSent }, id, category);
    }

    /// <summary>A run in which more rows have failed than is wanted.</summary>
    public static ErrorRecord TooMany(int failed, bool hasJournal) => new(
        new WixInboxException(string.Format(CultureInfo.CurrentCulture, "{0:N0} {1} failed, which is what -MaxErrorCount allows. No further row was tried.{2}", failed, failed == 1 ? "row has" : "rows have", hasJournal ? GoOnWithJournal : string.Empty)),
        "TooManyErrors",
        ErrorCategory.LimitsExceeded,
        null);

    private static ErrorRecord Record(Row row, Exception exception, string errorId, ErrorCategory category) =>
        new(exception, errorId, category, row.Target);

    private static (string Id, ErrorCategory Category, string Advice) Name(OutcomeKind kind, Failure failure)
    {
        if (s_missingInbox.Contains(failure.Code))
        {
            return ("InboxNotFound", ErrorCategory.ObjectNotFound, "The site has no Inbox for these credentials. Check the site id, and that Wix Inbox is set up on the site.");
        }

        if (kind == OutcomeKind.Ambiguous)
        {
            var category = failure.Cause == FailureCause.Timeout ? ErrorCategory.OperationTimeout : ErrorCategory.InvalidResult;
            return ("OutcomeUnknown", category, "Look in the conversation whether the message is there before you send it again.");
        }

        return (failure.Cause, failure.StatusCode, failure.Code) switch
        {
            (not (FailureCause.Outage or FailureCause.Proxy), not null, _) when failure.Operation == Operation.SignIn => ("SignInFailed", ErrorCategory.AuthenticationError, "Wix gives the app no token. Check -ClientId, -ClientSecret and -InstanceId, and that the app is installed on the site."),
            (FailureCause.Outage, _, _) => ("ServiceUnreachable", ErrorCategory.ConnectionError, "Wix could not be reached: most requests failed, and so did three more, 15 s apart."),
            (FailureCause.Proxy, _, _) => ("ProxySignInNeeded", ErrorCategory.AuthenticationError, ConnectionErrors.ProxyAdvice),
            (FailureCause.Journal, _, _) => ("JournalUnusable", ErrorCategory.WriteError, string.Empty),
            (FailureCause.Contact, _, "ContactNotFound") => ("ContactNotFound", ErrorCategory.ObjectNotFound, "No contact of the site has this as its main address. Check it, or give -ContactId."),
            (FailureCause.Contact, _, "ContactAmbiguous") => ("ContactAmbiguous", ErrorCategory.InvalidData, "Several contacts have this address. Give -ContactId to say which, or merge them in Wix."),
            (FailureCause.Contact, _, _) => ("ContactUnsubscribed", ErrorCategory.PermissionDenied, "The contact wants no messages. -IncludeUnsubscribed sends it all the same."),
            (FailureCause.EarlierMessage, _, _) => ("EarlierMessageNotSent", ErrorCategory.ResourceUnavailable, "An earlier row to the same conversation was not sent, and this message would have come before it. Send both again, in this order."),
            (FailureCause.Token, _, _) => ("TokenUnavailable", ErrorCategory.AuthenticationError, "The token to sign the request with could not be had."),
            (FailureCause.Connection, _, _) => ("ConnectionFailed", ErrorCategory.ConnectionError, "The request did not leave: the row may be sent again."),
            (FailureCause.Timeout, _, _) => ("ConnectionTimedOut", ErrorCategory.OperationTimeout, "The request did not leave: the row may be sent again."),
            (_, 401, _) => ("Unauthorized", ErrorCategory.AuthenticationError, "Wix does not take the token or key: it may have ended, or lack the permission to send. Connect again with a valid one."),
            (_, 403, null or "PERMISSION_DENIED") when failure.Operation == Operation.QueryContacts => ("PermissionDenied", ErrorCategory.PermissionDenied, "To find contacts by their address, the app or key needs the permission Read Contacts."),
            (_, 403, null or "PERMISSION_DENIED") => ("PermissionDenied", ErrorCategory.PermissionDenied, "The app or key needs the permission Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS)."),
            (_, 403, "IDENTITY_DOES_NOT_MATCH") => ("IdentityDoesNotMatch", ErrorCategory.PermissionDenied, "The identity that the message is sent as is not part of this conversation."),
            (_, 403, _) => ("PermissionDenied", ErrorCategory.PermissionDenied, "Wix does not permit this message."),
            (_, 404, "CONVERSATION_NOT_FOUND") => ("ConversationNotFound", ErrorCategory.ObjectNotFound, "The id may be of another site, or an old one: it changes when a visitor becomes a contact or a member. With -ContactId or -MemberId the conversation is found anew."),
            (_, 404, _) when failure.Operation == Operation.GetOrCreateConversation => ("ParticipantNotFound", ErrorCategory.ObjectNotFound, "The site knows nobody with this id."),
            (_, 404, _) => ("NotFound", ErrorCategory.ObjectNotFound, "Check the id and the address of the API."),
            (_, 400, "INVALID_MEDIA_URL") => ("MediaUrlInvalid", ErrorCategory.InvalidData, "Wix does not take the address of the image or file. It has to be public, or a file of Wix Media."),
            (_, 400, _) => ("RequestRefused", ErrorCategory.InvalidData, "Wix finds the request wrong."),
            (_, 429, _) => ("RateLimited", ErrorCategory.LimitsExceeded, GoOn(failure.RetryAfter)),
            (_, >= 300 and < 400, _) => ("Redirected", ErrorCategory.ProtocolError, "Check the address of the API."),
            _ when kind == OutcomeKind.NotSent => ("ServiceUnavailable", ErrorCategory.ResourceUnavailable, "Wix did not take the request up: the row may be sent again."),
            _ => ("RequestRefused", ErrorCategory.InvalidOperation, "Wix refuses the request."),
        };
    }

    private static string GoOn(TimeSpan? wait) =>
        wait is { } given
            ? string.Format(CultureInfo.CurrentCulture, "Wix asks to wait for {0:N0} s, which is more than -MaxWaitSec of the connection leaves. Go on after {1:G}.", given.TotalSeconds, DateTime.Now + given)
            : "Wix has taken no more requests for longer than -MaxWaitSec of the connection. Go on later.";

    private static string Describe(Row row, Outcome<Message> outcome, string advice, bool hasJournal, WixInboxConnection? connection)
    {
        var failure = outcome.Failure!;
        var recipient = row.Recipient?.ToString() ?? "the recipient";
        var parts = new List<string>
        {
            outcome.Kind == OutcomeKind.Ambiguous
                ? $"the message to {recipient} may or may not have been sent."
                : failure.Operation is Operation.GetOrCreateConversation or Operation.QueryContacts && failure.Cause != FailureCause.Contact
                    ? $"the conversation of {recipient} could not be found, and no message was sent."
                    : $"the message to {recipient} was not sent.",
        };

        if (failure.StatusCode is { } status)
        {
            var answered = string.Format(CultureInfo.InvariantCulture, "The server answered {0}", status);
            parts.Add(answered + (failure.Code is null ? string.Empty : " " + failure.Code) + (failure.Message.Length == 0 ? "." : ": " + Row.Sentence(failure.Message)));
        }
        else if (failure.Message.Length > 0)
        {
            parts.Add(Row.Sentence(failure.Message));
        }

        if (failure.Cause == FailureCause.EarlierRun)
        {
            parts.Add("An earlier run was cut off while it sent it.");
        }

        parts.AddRange(failure.Violations.Select(row.Sentence));
        parts.Add(advice);
        if (failure.ConcernsAll)
        {
            parts.Add(connection is null
                ? "No further row was tried, since each would meet the same." + (hasJournal ? GoOnWithJournal : string.Empty)
                : $"No further row of the connection {connection.Label} is tried, since each would meet the same.");
        }

        if (outcome.RequestId is not null)
        {
            parts.Add($"Request id: {outcome.RequestId}.");
        }

        return string.Join(" ", parts.Where(part => part.Length > 0));
    }

}

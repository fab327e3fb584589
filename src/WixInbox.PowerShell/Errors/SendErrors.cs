using System.Management.Automation;
using WixInbox.Commands;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>The error records of rows that were not sent, or may not have been.</summary>
internal static class SendErrors
{
    private const string SafeToSend = "It is safe to send the message again.";
    private const string GoOnWithJournal = " The same command with the same -Journal continues where this run stopped.";

    /// <summary>A row whose request did not come to a message.</summary>
    /// <param name="row">The row.</param>
    /// <param name="request">What was to be sent.</param>
    /// <param name="outcome">What became of it.</param>
    /// <param name="mayHaveBeenSent">Whether an earlier run may have sent it.</param>
    /// <param name="connection">
    /// The connection that alone is given up where no further row can be sent over it; null where the run ends.
    /// </param>
    public static ErrorRecord Failed(
        Row row,
        SendMessageRequest request,
        Outcome<Message> outcome,
        bool mayHaveBeenSent,
        WixInboxConnection? connection)
    {
        var failure = outcome.Failure!;
        var end = failure.ConcernsAll && connection is not null ? ReadErrors.NoFurtherRow(connection) : null;
        var isOpen = mayHaveBeenSent && outcome.Kind != OutcomeKind.Ambiguous;
        var advice = Advise(outcome.Kind, failure, row, isOpen ? string.Empty : SafeToSend);
        if (isOpen)
        {
            advice = advice with { Text = $"{advice.Text} {RowErrors.MayHaveBeenSent}".Trim() };
        }

        return FailureErrors.Record(row, outcome, advice, Consequence(row, request, outcome.Kind, failure), end);
    }

    /// <summary>The end of a run, in which a row failed as every other would.</summary>
    /// <param name="outcome">What became of the row.</param>
    /// <param name="error">Its error.</param>
    /// <param name="hasJournal">Whether the same command continues where it stopped.</param>
    public static ErrorRecord Ended(Outcome<Message> outcome, ErrorRecord error, bool hasJournal)
    {
        var met = (WixInboxException)error.Exception;
        var failure = outcome.Failure!.Cause == FailureCause.EarlierRun ? outcome.Failure.ReadBack! : outcome.Failure;
        var (id, category, advice) = Advise(OutcomeKind.NotSent, failure);
        var why = advice.Length > 0 ? advice : Words.Sentence(failure.Message);

        // An error of the journal says itself how to continue.
        var goOn = hasJournal && failure.Cause != FailureCause.Journal ? GoOnWithJournal : string.Empty;
        var message = $"{why} No further row was tried, since each would fail as row {met.Row} did.{goOn}";
        var ended = new WixInboxException(message, met)
        {
            StatusCode = met.StatusCode,
            Code = met.Code,
            RequestId = met.RequestId,
            RetryAfter = met.RetryAfter,
        };
        return new ErrorRecord(ended, id, category, null);
    }

    /// <summary>The end of a run whose rows all lack what the first two lack.</summary>
    /// <param name="error">The error of the second row.</param>
    public static ErrorRecord AllLack(ErrorRecord error)
    {
        var row = (WixInboxException)error.Exception;
        var ended = new WixInboxException(
            Words.Sentence(row.Message) + " No further row was tried, since row 1 has the same columns.", row)
        {
            Row = row.Row,
            Outcome = row.Outcome,
        };
        return new ErrorRecord(ended, ErrorIds.Of(error), error.CategoryInfo.Category, null);
    }

    /// <summary>A row that was not tried, since it would fail as an earlier one over the same connection did.</summary>
    public static ErrorRecord NotTried(Row row, Outcome<Message> earlier, WixInboxConnection connection) =>
        FailureErrors.NotTried(
            row,
            connection,
            Advise(OutcomeKind.NotSent, earlier.Failure!),
            $"the message to {row.Recipient} was not sent");

    /// <summary>
    /// A row that was on its way when an earlier one failed as every other would, and failed so too: the reason is
    /// said once.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="error">Its error.</param>
    /// <param name="earlier">The number of the row whose error gives the reason.</param>
    public static ErrorRecord AsBefore(Row row, ErrorRecord error, int earlier)
    {
        var full = (WixInboxException)error.Exception;
        var message = FormattableString.Invariant(
            $"the message to {row.Recipient} was not sent, for the same reason as row {earlier}.");
        var exception = new WixInboxException(row.Begin(message), full.InnerException)
        {
            Row = full.Row,
            Outcome = full.Outcome,
            StatusCode = full.StatusCode,
            Code = full.Code,
            RequestId = full.RequestId,
            Attempts = full.Attempts,
            RetryAfter = full.RetryAfter,
            Violations = full.Violations,
        };
        return new ErrorRecord(exception, ErrorIds.Of(error), error.CategoryInfo.Category, row.Target);
    }

    /// <summary>
    /// A row that may have been sent, by this run or an earlier one, when the pipeline ended before that was known.
    /// </summary>
    public static ErrorRecord CutOff(Row row) => new(
        new WixInboxException(row.Begin(
            $"the message to {row.Recipient} may or may not have been sent. The run ended before that was known. "
                + "Look in the conversation for the message before you send it again."))
        {
            Outcome = OutcomeKind.Ambiguous,
            Row = row.Number,
        },
        ErrorIds.OutcomeUnknown,
        ErrorCategory.InvalidResult,
        row.Target);

    /// <summary>A run in which more rows have failed than is wanted.</summary>
    public static ErrorRecord TooMany(int failed, int most, bool hasJournal) => new(
        new WixInboxException(
            $"{Words.Count(failed, "row has", "rows have")} failed, and -MaxErrorCount {Words.Number(most)} is "
            + "reached. No further row was tried."
            + (hasJournal
                ? " Once they are corrected, or with a larger -MaxErrorCount, the same command with the same -Journal "
                    + "continues where this run stopped."
                : string.Empty)),
        ErrorIds.TooManyErrors,
        ErrorCategory.LimitsExceeded,
        null);

    /// <summary>
    /// Gets the id, the category and the advice of a failed row: the failures that only messages have come first, and
    /// then those of any call.
    /// </summary>
    /// <param name="kind">What became of the row.</param>
    /// <param name="failure">Why.</param>
    /// <param name="row">The row, by whose columns the advice goes; null where it is not at hand.</param>
    /// <param name="again">The advice for a message that may be sent again.</param>
    public static FailureAdvice Advise(OutcomeKind kind, Failure failure, Row? row = null, string again = SafeToSend) =>
        failure switch
    {
        _ when kind == OutcomeKind.Ambiguous => new(
            ErrorIds.OutcomeUnknown,
            failure.Cause == FailureCause.Timeout ? ErrorCategory.OperationTimeout : ErrorCategory.InvalidResult,
            "Look in the conversation for the message before you send it again."),
        { Cause: FailureCause.Journal } => new(ErrorIds.JournalUnusable, ErrorCategory.WriteError, string.Empty),
        { Cause: FailureCause.EarlierMessage } => new(
            ErrorIds.EarlierMessageNotSent,
            ErrorCategory.ResourceUnavailable,
            "An earlier row to the same conversation was not sent, and this message would have come before it. "
                + "Send both again, in this order."),
        { Cause: FailureCause.Contact, Code: FailureCodes.ContactMismatch } => new(
            ErrorIds.ContactMismatch,
            ErrorCategory.InvalidData,
            "The row names two people, as in a file of which some columns were sorted and others were not. "
                + $"To go by one of them alone, name its column: {ByOneOf(row)}, for example."),
        { Cause: FailureCause.Contact, Code: FailureCodes.ContactUnsubscribed } => new(
            ErrorIds.ContactUnsubscribed,
            ErrorCategory.PermissionDenied,
            "The contact has unsubscribed. -IncludeUnsubscribed sends to everybody who has unsubscribed, not to this "
                + "person alone."),
        _ => FailureErrors.Advise(failure, again),
    };

    // The row may have been sent, and the look for its message has failed.
    private static string NotReadBack(Failure? readBack)
    {
        switch (readBack?.Cause)
        {
            case null:
                return string.Empty;
            case FailureCause.RunEnded:
                return " The run ended before that was found out.";
            case FailureCause.EarlierMessage:
                return " That was not found out, since an earlier row to the same conversation was not sent.";
        }

        var how = readBack!.Operation is Operation.QueryContacts or Operation.GetOrCreateConversation
            ? "looked up"
            : "read back";
        string[] parts =
        [
            $"The conversation could not be {how} to find out:",
            FailureErrors.Answer(readBack) is { Length: > 0 } answer ? answer : $"{readBack.Code ?? "no answer"}.",
            FailureErrors.Advise(readBack, string.Empty).Text,
        ];
        return " " + string.Join(" ", parts.Where(part => part.Length > 0));
    }

    // One of the further columns by which the row names somebody, as it is called there.
    private static string ByOneOf(Row? row) =>
        new[] { nameof(RecipientCommand.Email), nameof(RecipientCommand.ContactId) }
            .SelectMany(parameter => row?.Shape.ColumnsFor(parameter) ?? [], (parameter, column) => (parameter, column))
            .Where(one => !string.IsNullOrWhiteSpace(row!.TextIn(one.column)))
            .Select(one => $"-{one.parameter} {{ {ColumnExpression.For(one.column)} }}")
            .FirstOrDefault() ?? "-Email { $_.Email }";

    private static string Consequence(Row row, SendMessageRequest request, OutcomeKind kind, Failure failure)
    {
        var recipient = row.Recipient?.ToString() ?? "the recipient";
        if (kind == OutcomeKind.Ambiguous)
        {
            var cutOff = failure.Cause == FailureCause.EarlierRun
                ? " An earlier run was cut off while it sent it."
                : string.Empty;
            return $"the message to {recipient} may or may not have been sent.{cutOff}{NotReadBack(failure.ReadBack)}";
        }

        if (failure.Path is { } path)
        {
            var isImage = request.Message!.Content!.Basic!.Items!.Any(
                item => item?.LocalFile?.Path == path && item.Image is not null);
            var source = row.NameOf(isImage ? nameof(MessageCommand.ImagePath) : nameof(MessageCommand.FilePath));
            return $"{source}: '{path}' could not be uploaded, and the message to {recipient} was not sent.";
        }

        return failure.Operation is Operation.GetOrCreateConversation or Operation.QueryContacts
            && failure.Cause != FailureCause.Contact
            ? $"the conversation of {recipient} could not be looked up, and no message was sent."
            : $"the message to {recipient} was not sent.";
    }
}

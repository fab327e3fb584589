using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Sending;

/// <summary>
/// A row on its way through the run, which gains what is known of it: it comes, may be held, waits in the window while
/// it is sent or until it has its turn, and is written.
/// </summary>
internal sealed class SendingRow(Row row)
{
    public Row Row { get; } = row;

    /// <summary>
    /// Gets or sets what stood in the columns of the result file when the row came; null without such a file.
    /// </summary>
    public string?[]? Cells { get; set; }

    /// <summary>Gets or sets the site that it goes to; null if there is none.</summary>
    public SiteRun? Site { get; set; }

    /// <summary>Gets or sets what is to be sent for it; null if nothing is.</summary>
    public BulkRow? ToSend { get; set; }

    /// <summary>Gets or sets what sends it, once that has begun.</summary>
    public Task<Outcome<Message>>? Sending { get; set; }

    /// <summary>Gets or sets why it was not tried at all.</summary>
    public ErrorRecord? Error { get; set; }

    /// <summary>Gets or sets what an earlier run made of it.</summary>
    public Message? Earlier { get; set; }

    /// <summary>
    /// Gets or sets why nothing is done or returned for it, which only the result file has; null for any other.
    /// </summary>
    public RowState? Skipped { get; set; }

    public bool IsDone => Sending?.IsCompleted ?? true;

    /// <summary>Gets what became of it, if it was to be sent and that has come to its end.</summary>
    public Outcome<Message>? Outcome => Sending is { Status: TaskStatus.RanToCompletion } sent ? sent.Result : null;

    /// <summary>
    /// Gets a value indicating whether nothing was done for the row, since no further row over its connection is tried.
    /// </summary>
    public bool IsNotTried => IsUntried(Outcome);

    /// <summary>
    /// Gets a value indicating whether it was tried in vain, and may have been sent nevertheless, by an earlier run
    /// perhaps.
    /// </summary>
    private bool IsInDoubt =>
        !IsNotTried
        && (Outcome is { Kind: OutcomeKind.Ambiguous }
            || (Outcome is { Value: null } && ToSend is { MayHaveBeenSent: true }));

    /// <summary>Gets the message that there is of it; null if it was not sent.</summary>
    public Message? Message => Outcome?.Value ?? Earlier;

    /// <summary>
    /// Gets a value indicating whether an earlier run has sent it, which turned out only when the person was looked up.
    /// </summary>
    public bool IsFoundSent => Outcome is { Value.Delivery: MessageDelivery.Journaled };

    /// <summary>Gets a value indicating whether it was left out, since an earlier row has sent the same.</summary>
    public bool IsDuplicate => Outcome is { Failure.Cause: FailureCause.Duplicate };

    /// <summary>Gets what became of it; null as long as that is not known, and where it was not tried.</summary>
    public RowState? State =>
        Skipped is not null ? Skipped
        : IsDuplicate ? RowState.Duplicate
        : Message is { } message
            ? message.Delivery == MessageDelivery.Journaled ? RowState.AlreadySent : RowState.Sent
        : IsInDoubt ? RowState.Unknown
        : Error is not null || (Outcome is not null && !IsNotTried) ? RowState.Failed
        : null;

    /// <summary>
    /// Tells whether an outcome is that of a row for which nothing was done, or that was put off when the run ended.
    /// </summary>
    public static bool IsUntried(Outcome<Message>? outcome) =>
        outcome is { Value: null, Failure: { ConcernsAll: true } failure }
        && (outcome.Kind == OutcomeKind.NotSent || failure.Cause == FailureCause.EarlierRun)
        && (outcome.Attempts == 0 || failure.Cause == FailureCause.RunEnded);
}

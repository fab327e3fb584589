namespace WixInbox;

/// <summary>What became of a row.</summary>
public sealed class BulkResult
{
    internal BulkResult(BulkRow row, Outcome<Message> outcome)
    {
        Row = row;
        Outcome = outcome;
    }

    /// <summary>Gets the row.</summary>
    public BulkRow Row { get; }

    /// <summary>Gets the outcome, with all that is known of its attempts.</summary>
    public Outcome<Message> Outcome { get; }

    /// <summary>Gets a value indicating whether the message was sent, by this run or an earlier one.</summary>
    public bool IsSent => Outcome.Value is not null;

    /// <summary>Gets the message as it was stored; null if it was not sent, or may not have been.</summary>
    public Message? Message => Outcome.Value;

    /// <summary>Gets why the message was not sent, or may not have been.</summary>
    public Failure? Failure => Outcome.Failure;
}

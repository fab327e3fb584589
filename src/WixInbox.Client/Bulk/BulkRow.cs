namespace WixInbox;

/// <summary>One message of many.</summary>
/// <param name="recipient">Whom it is for.</param>
/// <param name="request">The message. Its <see cref="SendMessageRequest.ConversationId"/> is not used.</param>
public sealed class BulkRow(Recipient recipient, SendMessageRequest request)
{
    /// <summary>Gets whom it is for.</summary>
    public Recipient Recipient { get; } = recipient;

    /// <summary>Gets the message.</summary>
    public SendMessageRequest Request { get; } = request ?? throw new ArgumentNullException(nameof(request));

    /// <summary>Gets the row's number, by which notes name it; null for notes without one.</summary>
    public int? Number { get; init; }

    /// <summary>Gets its row in <see cref="BulkSenderOptions.Journal"/>, if there is one.</summary>
    public JournalRow? Journaled { get; init; }
}

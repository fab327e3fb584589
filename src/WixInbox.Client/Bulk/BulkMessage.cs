using WixInbox.Journal;

namespace WixInbox;

/// <summary>One message of many, and whom it is for.</summary>
public sealed class BulkMessage
{
    /// <summary>The most characters that a row's key has.</summary>
    public const int LongestKey = RowKey.Longest;

    /// <summary>Initializes a new instance of the <see cref="BulkMessage"/> class.</summary>
    /// <param name="recipient">Whom the message is for.</param>
    /// <param name="message">The message.</param>
    public BulkMessage(Recipient recipient, Message message)
        : this(
            recipient, new SendMessageRequest { Message = message ?? throw new ArgumentNullException(nameof(message)) })
    {
    }

    /// <summary>Initializes a new instance of the <see cref="BulkMessage"/> class.</summary>
    /// <param name="recipient">
    /// Whom the message is for; null where that is not known, so that it can be written down and not sent.
    /// </param>
    /// <param name="request">
    /// The message, and how it is sent. Its <see cref="SendMessageRequest.ConversationId"/> is not used.
    /// </param>
    public BulkMessage(Recipient? recipient, SendMessageRequest request)
    {
        Recipient = recipient;
        Request = request ?? throw new ArgumentNullException(nameof(request));
    }

    /// <summary>Gets whom the message is for.</summary>
    public Recipient? Recipient { get; }

    /// <summary>Gets the message, and how it is sent.</summary>
    public SendMessageRequest Request { get; }

    /// <summary>
    /// Gets further ids and addresses of the recipient as a contact: only contacts have a subscription status. Nothing
    /// is sent if one of them has unsubscribed or is another person.
    /// </summary>
    public IReadOnlyList<Recipient> Contacts { get; init; } = [];

    /// <summary>
    /// Gets the key that identifies the row in the journal, 1 to 256 characters, such as an order number; null to
    /// identify the row by its content. The key is written to the journal, so it should not be an e-mail address. A
    /// second row of the run with the same key is not sent, with a journal or without.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// Gets the row's number, by which notes and the journal name it; null for the next one of the run.
    /// </summary>
    public int? Number { get; init; }

    /// <summary>Gets a hash that equal messages to one recipient have in common.</summary>
    /// <returns>The first half of a SHA-256. A file of this machine counts by its content.</returns>
    public Guid HashContent() => new BulkRow(this, 0, 0).HashContent();
}

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
    /// Gets the contacts, by id or address, who the recipient is said to be besides: Wix tells of contacts alone
    /// whether they have unsubscribed. If one of them has, or is somebody else, nothing is sent.
    /// </summary>
    public IReadOnlyList<Recipient> Contacts { get; init; } = [];

    /// <summary>
    /// Gets what the row is known by in the journal, 1 to 256 characters, such as an order number; null for its
    /// content. It is written to the journal, so it should be nobody's address.
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

using System.Globalization;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// Reads the messages of a conversation, newest first. Each has its ConversationId, so that it can be piped into
/// Send-WixInboxMessage to answer it. A page costs one request and is read only when it is needed: <c>| Select-Object
/// -First 5</c> costs one. It needs the permission Read Inbox Messages, and to find the conversation of a person Manage
/// Inbox Messages.
/// </summary>
[Cmdlet(VerbsCommon.Get, "WixInboxMessage")]
[OutputType(typeof(Message))]
public sealed class GetWixInboxMessageCommand : RecipientCommand, IDisposable
{
    // Messages that were read are shown as a chat, and those that were sent as what was sent.
    private const string ChatType = "WixInbox.Message#Chat";

    private readonly CallRun _calls;
    private readonly ConversationRows _conversations;
    private readonly HashSet<string> _ofJournal = new(StringComparer.OrdinalIgnoreCase);
    private RowReader _rows = null!;

    /// <summary>Initializes a new instance of the <see cref="GetWixInboxMessageCommand"/> class.</summary>
    public GetWixInboxMessageCommand()
    {
        _calls = new CallRun(this);
        _conversations = new ConversationRows(this, _calls, Write);
    }

    /// <summary>
    /// Gets or sets the ids of conversations, GUIDs. If they are given, other ids are not used. Default: the column
    /// ConversationId, or the row itself if it is an id.
    /// </summary>
    [Parameter(Position = 0)]
    [ListArgument]
    public override RowValue<string>? ConversationId { get; set; }

    /// <summary>
    /// Gets or sets who wrote the messages that are returned: the participant, or the business. Default: both.
    /// </summary>
    [Parameter]
    public MessageAuthor? From { get; set; }

    /// <summary>Gets or sets the largest number of messages to return of each conversation. Default: all.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>
    /// Gets or sets a time. Only messages that were created after it are returned. Reading ends with the first older
    /// message.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public DateTimeOffset? After { get; set; }

    /// <summary>
    /// Gets or sets a time. Only messages that were created before it are returned. The newer ones have to be read
    /// nevertheless.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public DateTimeOffset? Before { get; set; }

    /// <summary>
    /// Gets or sets which messages to read: all of them with Business, which is the default, or only those that both
    /// sides see with BusinessAndParticipant.
    /// </summary>
    [Parameter]
    public MessageVisibility Visibility { get; set; } = MessageVisibility.Business;

    /// <inheritdoc/>
    public void Dispose() => _calls.Dispose();

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (After >= Before)
        {
            ThrowTerminatingError(ReadErrors.NoTimeBetween());
        }

        _rows = new RowReader(
            this,
            RecipientParameters.Names,
            [],
            text => RecipientParameters.OfAddress(text) ?? nameof(ConversationId));
        _calls.Begin();
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (InputObject?.BaseObject is JournalEntry entry
            && (entry.ConversationId is null || !_ofJournal.Add(entry.ConversationId)))
        {
            // The rows behind it keep their numbers.
            _ = _rows.Take(InputObject);
            return;
        }

        foreach (var row in _rows.ReadEach(InputObject))
        {
            _conversations.Add(row);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _conversations.WriteAll();

    /// <inheritdoc/>
    protected override void StopProcessing() => _calls.Stop();

    private void Write(Row row, WixInboxConnection connection)
    {
        var recipient = row.Recipient!.Value;
        if (recipient.Kind == RecipientKind.Conversation)
        {
            var piped = row.Input?.BaseObject as Conversation;
            Read(row, recipient.Id, piped?.Id == recipient.Id ? piped.ParticipantName : null, connection);
        }
        else if (_conversations.Find(row, connection) is { Id: { } id, Created: not true } found)
        {
            // One that was just created has no messages.
            Read(row, id, found.ParticipantName, connection);
        }
    }

    private void Read(Row row, string id, string? participantName, WixInboxConnection connection)
    {
        var request = new ListMessagesRequest
        {
            ConversationId = id,
            Visibility = Visibility,

            // A short page is enough for a few messages, but not to get past those that are newer than -Before, or
            // somebody else's.

            // Requests are what is scarce, and a page is one however long it is. Where Wix gives no more than 30, as
            // some of its pages say, the same messages come in more pages.
            Limit = Before is null && From is null && First < ListMessagesRequest.LargestPage
                ? First
                : ListMessagesRequest.LargestPage,
        };
        var written = 0;
        do
        {
            if (_calls.Ask(
                row,
                connection,
                (client, token) => client.ListMessagesAsync(request, token),
                Consequence(row, written)) is not { } page)
            {
                return;
            }

            var messages = page.Messages!;
            WriteVerbose(string.Format(
                CultureInfo.InvariantCulture, "Read {0:N0} messages of conversation {1}.", messages.Length, id));
            foreach (var message in messages)
            {
                // Newest first: none that follows is of the time that is asked for.
                if (message?.CreatedDate <= After)
                {
                    return;
                }

                if (message is null
                    || !IsInTime(message)
                    || (From is not null && message.Direction != DirectionOf(From.Value)))
                {
                    continue;
                }

                Write(row, message, participantName, connection);
                written++;
                if (written == First)
                {
                    return;
                }
            }

            // A server that gives a page as the one after itself would be asked for ever.
            if (page.NextCursor is not null && page.NextCursor == request.Cursor)
            {
                WriteWarning(
                    $"Wix returns the same page of {row.Recipient} again and again. Older messages were not read.");
                return;
            }

            request.Cursor = page.NextCursor;
        }
        while (request.Cursor is not null);
    }

    private static MessageDirection DirectionOf(MessageAuthor author) =>
        author == MessageAuthor.Participant
            ? MessageDirection.ParticipantToBusiness
            : MessageDirection.BusinessToParticipant;

    private bool IsInTime(Message message) =>
        (After is null || message.CreatedDate > After) && (Before is null || message.CreatedDate < Before);

    private void Write(Row row, Message message, string? participantName, WixInboxConnection connection)
    {
        var shown = row.AddTo(message, connection);
        shown.Properties.Add(new PSNoteProperty(nameof(Conversation.ParticipantName), participantName));
        shown.TypeNames.Insert(0, ChatType);
        WriteObject(shown);
    }

    private static string Consequence(Row row, int written) =>
        written == 0
            ? $"the messages of {row.Recipient} could not be read."
            : string.Format(
                CultureInfo.InvariantCulture,
                "the older messages of {0} could not be read, after {1:N0} that were.",
                row.Recipient,
                written);
}

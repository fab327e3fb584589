using System.Text.Json;
using WixInbox.Journal;
using WixInbox.Json;
using WixInbox.Reconcile;

namespace WixInbox;

/// <summary>
/// One row of a run, from its arrival to its outcome: its key, the request that is sent for it, and what earlier runs
/// made of it.
/// </summary>
public sealed class BulkRow
{
    private readonly BulkMessage _message;
    private IReadOnlyList<FieldViolation>? _violations;
    private byte[]? _json;
    private Hash128? _fingerprint;
    private Hash128? _content;
    private Hash128? _recipient;

    internal BulkRow(BulkMessage message, int number, long order)
    {
        _message = message;
        Number = number;
        Order = order;
        Key = message.Key;
        HasOwnKey = message.Key is not null;
        HasFiles = Array.Exists(
            Request.Message?.Content?.Basic?.Items ?? [], item => item?.LocalFile is not null);
        SendAsName = Request.SendAsName;
        DirectionName = Request.Message?.DirectionName;
    }

    /// <summary>Gets the number of the row, counted from 1.</summary>
    public int Number { get; }

    /// <summary>
    /// Gets the key that identifies the row in the journal; null without a journal, unless the row brings a key.
    /// </summary>
    public string? Key { get; private set; }

    /// <summary>Gets whom the message is for.</summary>
    public Recipient? Recipient => _message.Recipient;

    /// <inheritdoc cref="BulkMessage.Contacts"/>
    public IReadOnlyList<Recipient> Contacts => _message.Contacts;

    /// <summary>Gets the message, and how it is sent.</summary>
    public SendMessageRequest Request => _message.Request;

    /// <summary>Gets what earlier runs made of the row; null if it is new.</summary>
    public JournalState? Earlier { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether earlier runs have settled the row, so that it is not sent: they have sent it, or
    /// it failed in them. A row that broke a rule is checked anew, and one that failed under its key is tried again if
    /// it has been changed, as it is to mend it. With <see cref="BulkRunOptions.RetryFailed"/>, so is any that failed.
    /// </summary>
    public bool IsSettled { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether an earlier run was cut off while it sent the message, and the outcome is not
    /// known yet.
    /// </summary>
    public bool IsOpen => Open is not null;

    /// <summary>
    /// Gets a value indicating whether the message may have been sent, and it is not known yet whether it was: an
    /// earlier run was cut off while it sent the message, or a request of this run has left.
    /// </summary>
    public bool MayHaveBeenSent => IsOpen || IsInDoubt;

    /// <summary>Gets a value indicating whether earlier runs know the row's key with another content.</summary>
    public bool IsChanged { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether earlier runs have sent a message under the row's given key to another recipient.
    /// Such a row cannot be sent: the key stands for that message.
    /// </summary>
    public bool IsKeyOfAnother { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether this run has had a row with the same given key. Such a row cannot be sent: the
    /// key stands for one message.
    /// </summary>
    public bool IsKeyRepeated { get; internal set; }

    /// <summary>Gets how the row compares with the journal.</summary>
    public JournalNews News { get; internal set; }

    /// <summary>
    /// Gets a value indicating whether a new row with a given key may have been sent under another key: earlier runs
    /// have sent this recipient the same message, under a key that this run has not matched.
    /// </summary>
    public bool IsKnownByOtherKey { get; internal set; }

    /// <summary>
    /// Gets the number of the earlier row of this run that has sent the same message to the same conversation, or may
    /// have; null if there is none, and until the row has its turn in the conversation.
    /// </summary>
    public int? DuplicateOf { get; internal set; }

    /// <summary>Gets a value indicating whether the row gave its number itself, so that notes name it.</summary>
    internal bool IsNumbered => _message.Number is not null;

    /// <summary>Gets the row's place in the order of all rows of the connection.</summary>
    internal long Order { get; }

    /// <summary>
    /// Gets a value indicating whether the row brings its key, so that it is not known by its content.
    /// </summary>
    internal bool HasOwnKey { get; }

    /// <summary>
    /// Gets or sets how many equal rows came before it in this run; 0 for a row that brings its key.
    /// </summary>
    internal int EqualBefore { get; set; }

    /// <summary>Gets or sets the other ids and addresses of the person, as far as they were looked up.</summary>
    internal IReadOnlyList<Recipient> Names { get; set; } = [];

    /// <summary>Gets the hash of the row's key, under which the journal's table has it.</summary>
    internal Hash128 KeyHash { get; private set; }

    /// <summary>Gets the hash that identifies the recipient in the journal; all zeros for none.</summary>
    internal Hash128 RecipientHash =>
        _recipient ??= Recipient is { } recipient ? RowKey.OfRecipient(recipient) : default;

    /// <summary>Gets or sets what the journal's lines say of the row: those of earlier runs, and its own.</summary>
    internal RowFacts Facts { get; set; }

    /// <summary>Gets or sets the row as an earlier run left it open; null if its outcome is known.</summary>
    internal OpenRow? Open { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether a request of this run has left of which it is not known whether it has
    /// sent the message.
    /// </summary>
    internal bool IsInDoubt { get; set; }

    /// <summary>Gets or sets how many requests with the message have left in this run.</summary>
    internal int Attempts { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether this run has written down that the row is about to leave.
    /// </summary>
    internal bool HasIntent { get; set; }

    /// <summary>Gets a value indicating whether files of this machine have to be uploaded first.</summary>
    internal bool HasFiles { get; }

    /// <summary>Gets in whose name the message is sent; null for the caller's.</summary>
    internal string? SendAsName { get; }

    /// <summary>Gets who speaks to whom; null if that is not known.</summary>
    internal string? DirectionName { get; }

    /// <summary>Finds all rules that the row breaks. Nothing is sent.</summary>
    /// <returns>The violations; empty if it may be sent.</returns>
    public IReadOnlyList<FieldViolation> Validate() => _violations ??= Contacts.Count == 0
        ? BulkRun.Validate(Recipient, Request)
        :
        [
            .. BulkRun.Validate(Recipient, Request),

            // Wix would refuse the look-up of all others that it is asked for with such a contact.
            .. Contacts.SelectMany(contact => new Recipient(contact.Kind, contact.Id.Trim()).Validate()),
        ];

    /// <inheritdoc cref="BulkMessage.HashContent"/>
    public Guid HashContent() => ContentHash().ToGuid();

    /// <summary>Gets the fingerprint that identifies the message when it is read back.</summary>
    internal Hash128 Fingerprint => _fingerprint ??= MessageFingerprint.Of(
        JsonSerializer.Deserialize(Json, WixJson.Wire.SendMessageRequest)!.Message);

    /// <summary>Gets a value indicating whether the fingerprint says all of the message.</summary>
    internal bool IsFingerprintWhole { get; private set; }

    /// <summary>
    /// Gets the request without a conversation, as it was when the row came. Its object is the caller's.
    /// </summary>
    internal byte[] Json =>
        _json ??= JsonSerializer.SerializeToUtf8Bytes(Request.To(null!), WixJson.Wire.SendMessageRequest);

    /// <summary>Gets the hash that all rows with the same recipient and message have in common.</summary>
    internal Hash128 ContentHash() => _content ??= RowKey.OfContent(Recipient, Json, Request);

    /// <summary>Gets the hash that the row would have if it named its recipient in another way.</summary>
    internal Hash128 ContentHash(Recipient recipient) =>
        recipient == Recipient ? ContentHash() : RowKey.OfContent(recipient, Json, Request);

    /// <summary>Keeps what is sent: a caller may use one object for all rows.</summary>
    /// <param name="isJournaled">Whether the fingerprint will be needed to recognize the message.</param>
    internal void Freeze(bool isJournaled)
    {
        _ = Json;
        if (isJournaled || HasFiles)
        {
            _fingerprint = MessageFingerprint.Of(Request.Message);
            IsFingerprintWhole = MessageFingerprint.IsWhole(Request.Message);
        }
    }

    /// <summary>Takes the key under which the journal has the row.</summary>
    internal void SetKey(string key, Hash128 hash)
    {
        Key = key;
        KeyHash = hash;
    }

    /// <summary>Gets the body of the request to a conversation.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="json">The request without one.</param>
    internal static byte[] BodyTo(string conversationId, byte[] json)
    {
        // {"message":…} becomes {"conversationId":"…","message":…}: the request is serialized once, wherever it goes.
        var start = "{\"conversationId\":\""u8;
        var id = JsonEncodedText.Encode(conversationId).EncodedUtf8Bytes;
        var end = "\","u8;
        var body = new byte[start.Length + id.Length + end.Length + json.Length - 1];
        start.CopyTo(body);
        id.CopyTo(body.AsSpan(start.Length));
        end.CopyTo(body.AsSpan(start.Length + id.Length));
        json.AsSpan(1).CopyTo(body.AsSpan(start.Length + id.Length + end.Length));
        return body;
    }
}

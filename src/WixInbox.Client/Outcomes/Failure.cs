namespace WixInbox;

/// <summary>Why a request was not sent, or may not have been.</summary>
public sealed class Failure
{
    /// <summary>Gets which call failed.</summary>
    public Operation Operation { get; internal init; }

    /// <summary>Gets what kind of thing went wrong.</summary>
    public FailureCause Cause { get; internal init; }

    /// <summary>Gets what the server or the network said, for a person. Empty where it said nothing.</summary>
    public string Message { get; internal init; } = string.Empty;

    /// <summary>Gets the HTTP status, if there was an answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>
    /// Gets Wix's application code, for example <c>CONVERSATION_NOT_FOUND</c>, if the answer carried one, or the run's
    /// own for what it found out by itself: see <see cref="FailureCodes"/>.
    /// </summary>
    public string? Code { get; internal init; }

    /// <summary>Gets the fields at fault.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; internal init; } = [];

    /// <summary>Gets how long the server asks to wait, if it does: a day at most, however long that is.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>
    /// Gets a value indicating whether every further message would fail in the same way, so that the message itself is
    /// not at fault: there is no token, the key or token is refused, the site has no Inbox, there is no network or a
    /// proxy lets nothing through, the journal cannot be written, or Wix asks to wait longer than
    /// <see cref="WixInboxClientOptions.MaxWait"/>. Where no file may be uploaded, only messages with a file fail; and
    /// where messages may not be read, they may still be sent. So it is where such a failure keeps it from being found
    /// out whether an earlier run has sent the message.
    /// </summary>
    public bool ConcernsAll => Cause == FailureCause.EarlierRun ? ReadBack is { ConcernsAll: true } : ConcernsRequests;

    private bool ConcernsRequests =>
        Operation != Operation.ListMessages
        && ((Operation == Operation.SignIn && StatusCode is not null)
            || Cause is FailureCause.Outage or FailureCause.Closed or FailureCause.RunEnded or FailureCause.Journal
            or FailureCause.Token or FailureCause.Proxy
            || (StatusCode is 429 && Operation != Operation.UploadFile)
            || (StatusCode is 401 && Operation != Operation.UploadFile)
            || Code is FailureCodes.InboxInstanceNotFound or FailureCodes.NoInboxInstance
            || (StatusCode is 403 && Code is null or FailureCodes.PermissionDenied && !ConcernsMedia));

    /// <summary>
    /// Gets a value indicating whether it is a call to the site's Media Manager, or a file, that failed.
    /// </summary>
    public bool ConcernsMedia =>
        Cause == FailureCause.File
        || Operation is Operation.GenerateUploadUrl or Operation.UploadFile or Operation.ImportFile
            or Operation.GetFile;

    /// <summary>Gets the file on this machine that could not be uploaded, if it was one.</summary>
    public string? Path { get; private set; }

    /// <summary>
    /// Gets how many calls of the kind the connection had made with success before. A 403 without a code after some of
    /// them is no proof of a missing permission: it was tried again for over two minutes.
    /// </summary>
    public int SucceededBefore { get; internal init; }

    /// <summary>
    /// Gets why it could not be found out whether the message was sent: the conversation could not be read back, or not
    /// be found, an earlier row to it was not sent, or the run was ended before. Null if it was not read, or could be.
    /// </summary>
    public Failure? ReadBack { get; internal set; }

    /// <summary>Gets the exception behind it, if there was one.</summary>
    public Exception? Exception { get; internal init; }

    /// <summary>Makes that of a message that an earlier run may have sent.</summary>
    /// <param name="readBack">Why it cannot be found out; null where the conversation does not tell.</param>
    internal static Failure OfEarlierRun(Failure? readBack) => new()
    {
        Operation = Operation.SendMessage,
        Cause = FailureCause.EarlierRun,
        ReadBack = readBack,
    };

    /// <summary>Copies the failure, with the file that it is about.</summary>
    internal Failure About(LocalFile file)
    {
        var copy = (Failure)MemberwiseClone();
        copy.Path = file.Path;
        return copy;
    }
}

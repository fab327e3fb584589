using WixInbox.Internal;

namespace WixInbox;

/// <summary>Why a message was not sent, or may not have been. An error record's exception.</summary>
/// <remarks>
/// A message is one line, and has nothing in it that a terminal would act on: a host shows it as it is, with the values
/// of a CSV and the words of a server.
/// </remarks>
public sealed class WixInboxException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="WixInboxException"/> class.</summary>
    public WixInboxException()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WixInboxException"/> class.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    public WixInboxException(string message)
        : base(FormatText.Line(message))
    {
    }

    /// <summary>Initializes a new instance of the <see cref="WixInboxException"/> class.</summary>
    /// <param name="message">What is wrong, and what to do.</param>
    /// <param name="innerException">What it comes from.</param>
    public WixInboxException(string message, Exception? innerException)
        : base(FormatText.Line(message), innerException)
    {
    }

    /// <summary>Gets the row's number, counted from 1 as the rows come down the pipeline.</summary>
    public int? Row { get; internal init; }

    /// <summary>Gets the outcome of the message, which tells a script whether it may be sent again.</summary>
    public OutcomeKind? Outcome { get; internal init; }

    /// <summary>Gets the HTTP status of the last answer.</summary>
    public int? StatusCode { get; internal init; }

    /// <summary>Gets Wix's application code, for example <c>CONVERSATION_NOT_FOUND</c>.</summary>
    public string? Code { get; internal init; }

    /// <summary>Gets Wix's id of the request, which its support asks for.</summary>
    public string? RequestId { get; internal init; }

    /// <summary>Gets how many times the request was made.</summary>
    public int Attempts { get; internal init; }

    /// <summary>Gets how long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Gets the rules that the message breaks.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; internal init; } = [];
}

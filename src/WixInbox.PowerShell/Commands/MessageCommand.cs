using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Errors;
using WixInbox.Pipeline;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// The parameters of <c>Send-WixInboxMessage</c>, which the cmdlets that check and show messages take too. Not a cmdlet
/// itself.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MessageCommand : RecipientCommand
{
    // When Wix announced to remove the fields of channels, which their ids replace.
    private static readonly DateTimeOffset s_channelsRemoved = new(2026, 6, 30, 0, 0, 0, TimeSpan.Zero);

    // No cmdlet of another assembly can derive from this: what they share may change.
    private protected MessageCommand()
    {
    }

    /// <summary>
    /// Gets a value indicating whether messages leave, a row's perhaps before the next row comes; without that, the
    /// rows are only looked at.
    /// </summary>
    internal virtual bool Sends => false;

    /// <summary>Gets the rows, from the first one on.</summary>
    internal MessageRows Rows { get; private set; } = null!;

    /// <summary>Gets what ends the command when the pipeline stops.</summary>
    internal PipelineStop StopSignal { get; } = new();

    /// <summary>
    /// Gets or sets the text: 1 to 16,384 characters. A script block makes one for each row:
    /// <c>-Text { "Hi $($_.FirstName)" }</c>. Default: the column Text.
    /// </summary>
    [Parameter(Position = 0)]
    [ListArgument]
    public RowValue<string>? Text { get; set; }

    /// <summary>
    /// Gets or sets the addresses of images, at most 2,000 characters each. Each is shown as a separate message. With
    /// -Template it is the card's only picture. Default: the column ImageUrl.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string[]>? ImageUrl { get; set; }

    /// <summary>
    /// Gets or sets the paths of images on this machine: PNG, JPEG, GIF or WebP. Each is uploaded to the site's Media
    /// Manager, once in a run, and is shown as a separate message. Uploading needs the permission Manage Media Manager
    /// unless the connection was made with <c>-MediaStore Channels</c>. A path is relative to the current location.
    /// Wildcard characters are taken literally. Default: the column ImagePath, which holds one path; a script block can
    /// return several: <c>-ImagePath { $_.Pictures -split ';' }</c>.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string[]>? ImagePath { get; set; }

    /// <summary>
    /// Gets or sets the addresses of files, at most 2,000 characters each. Each is shown as a separate message.
    /// Default: the column FileUrl.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string[]>? FileUrl { get; set; }

    /// <summary>
    /// Gets or sets the paths of files on this machine, of any kind. They are uploaded like those of -ImagePath.
    /// Default: the column FilePath.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string[]>? FilePath { get; set; }

    /// <summary>
    /// Gets or sets images with more than an address: <c>@{ Id = '…'; Width = 800; Height = 600 }</c>, or the output of
    /// Import-WixInboxMedia.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<ImageMessage[]>? Image { get; set; }

    /// <summary>
    /// Gets or sets files with more than an address:
    /// <c>@{ Url = '…'; Filename = 'invoice.pdf'; MimeType = 'application/pdf' }</c>, or the output of
    /// Import-WixInboxMedia.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<FileMessage[]>? File { get; set; }

    /// <summary>
    /// Gets or sets whether to send a card, with -Title, -TextLine, -ImageUrl, -Button and -Orientation.
    /// </summary>
    [Parameter]
    public SwitchParameter Template { get; set; }

    /// <summary>Gets or sets whether to send one line that reports an event, with -Text, -IconUrl and -Url.</summary>
    [Parameter]
    public SwitchParameter Minimal { get; set; }

    /// <summary>
    /// Gets or sets whether to send a form that was filled in, with -Title, -Description, -Field and -Media.
    /// </summary>
    [Parameter]
    public SwitchParameter Form { get; set; }

    /// <summary>
    /// Gets or sets the title of the card, or of the form (1 to 256 characters). It goes with -Template and -Form.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? Title { get; set; }

    /// <summary>
    /// Gets or sets the card's lines of text: at most 10, each of at most 512 characters. It goes with -Template.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string[]>? TextLine { get; set; }

    /// <summary>
    /// Gets or sets the card's buttons, at most 10: <c>@{ Label = 'Track'; LaunchUrl = 'https://…' }</c> or
    /// <c>@{ Label = 'Yes'; PostbackProperties = @{ InteractionId = 'yes' } }</c>. It goes with -Template.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<Button[]>? Button { get; set; }

    /// <summary>Gets or sets the card's layout. It goes with -Template.</summary>
    [Parameter]
    public TemplateOrientation? Orientation { get; set; }

    /// <summary>
    /// Gets or sets the address of the line's icon: http or https, at most 2,000 characters. It goes with -Minimal.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? IconUrl { get; set; }

    /// <summary>
    /// Gets or sets the page that a click on the line opens: http or https, at most 2,000 characters. It goes with
    /// -Minimal.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? Url { get; set; }

    /// <summary>Gets or sets the form's description: 1 to 16,384 characters. It goes with -Form.</summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? Description { get; set; }

    /// <summary>
    /// Gets or sets the form's fields, 1 to 15: <c>@{ Name = 'Size'; Value = 'L' }</c>, each of at most 8,192
    /// characters. It goes with -Form.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<FormField[]>? Field { get; set; }

    /// <summary>
    /// Gets or sets the form's media, at most 15: <c>@{ Image = @{ Url = '…' } }</c> or
    /// <c>@{ File = @{ Url = '…' } }</c>. It goes with -Form.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<MediaItem[]>? Media { get; set; }

    /// <summary>Gets or sets complete content, of any kind: <c>[WixInbox.MessageContent]@{ … }</c>.</summary>
    [Parameter]
    [ListArgument]
    public RowValue<MessageContent>? Content { get; set; }

    /// <summary>
    /// Gets or sets the summary that the dashboard's list of messages shows, at most 256 characters. Default: the
    /// column PreviewText, or else the start of the content's first text.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<string>? PreviewText { get; set; }

    /// <summary>
    /// Gets or sets a badge that tells where the message comes from: its text, or
    /// <c>@{ Text = 'Email'; IconUrl = 'https://…'; Visibility = 'Business' }</c>.
    /// </summary>
    [Parameter]
    [ListArgument]
    public RowValue<Badge>? Badge { get; set; }

    /// <summary>Gets or sets the text checks to skip.</summary>
    [Parameter]
    public TextCheck[] SkipCheck { get; set; } = [];

    /// <summary>Gets or sets whose identity the message carries. Default: that of the credentials.</summary>
    [Parameter]
    public SendAs? SendAs { get; set; }

    /// <summary>
    /// Gets or sets whether to raise notifications when the message is delivered. Default: the column SendNotification
    /// or SendNotifications, which says yes or no, or else no: nobody is notified.
    /// </summary>
    [Parameter]
    public SwitchParameter SendNotification { get; set; }

    /// <summary>Gets or sets whether to leave the unread count and the conversation's summary as they are.</summary>
    [Parameter]
    public SwitchParameter Silent { get; set; }

    /// <summary>Gets or sets who sees the message. Default: both sides.</summary>
    [Parameter]
    public MessageVisibility Visibility { get; set; } = MessageVisibility.BusinessAndParticipant;

    /// <summary>Gets or sets who sends the message to whom. Default: the business to the participant.</summary>
    [Parameter]
    public MessageDirection Direction { get; set; } = MessageDirection.BusinessToParticipant;

    /// <summary>
    /// Gets or sets the channel to send to. Deprecated: Wix replaces it by -TargetChannelId, and announced its removal
    /// for 2026-06-30.
    /// </summary>
    [Parameter(DontShow = true)]
    public ChannelType? TargetChannel { get; set; }

    /// <summary>Gets or sets the ids of the channels to send to: at most 100, each of at most 100 characters.</summary>
    [Parameter]
    public string[]? TargetChannelId { get; set; }

    /// <summary>
    /// Gets or sets the channel that the message came from. Deprecated: Wix replaces it by -SourceChannelId, and
    /// announced its removal for 2026-06-30.
    /// </summary>
    [Parameter(DontShow = true)]
    public ChannelType? SourceChannel { get; set; }

    /// <summary>Gets or sets the id of the channel that the message came from, at most 100 characters.</summary>
    [Parameter]
    public string? SourceChannelId { get; set; }

    /// <summary>
    /// Gets or sets for how long the participant sees that someone is typing. Wix shows it only in a sample, and does
    /// not say in which unit it is.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? TypingDelay { get; set; }

    /// <summary>
    /// Gets or sets how many messages may be on their way at once. Default: 5, which is enough to use all of Wix's 200
    /// requests a minute. With 1, a pipeline that is ended early has sent no message that it did not return.
    /// </summary>
    [Parameter]
    [ValidateRange(1, BulkRunOptions.MostInFlight)]
    public int ThrottleLimit { get; set; } = BulkRunOptions.DefaultThrottleLimit;

    /// <summary>
    /// Gets or sets the file that a run can be resumed from. It is created, or continued if it exists. Rows that it
    /// records as sent are not sent again. It holds no text and no contact's data, and only you can open it. If rows
    /// name other connections, each of those has its own file beside it, with the id of its site or else its name in
    /// the file's name: run.jsonl and run.shop.jsonl. A connection that has only a token needs a name for it.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Journal { get; set; }

    /// <summary>
    /// Gets or sets the CSV file to which the run writes the result of each row as it goes: the columns of the first
    /// row, and then Row, State, Outcome, Error, MessageConversationId, MessageId and Time, or State 2 where the row
    /// has a column State. A warning names columns that only later rows have, which are not in the file. A result file
    /// that is there is replaced when the first row comes, unless the rows are those of a result file themselves; any
    /// other file is an error. The values are those of the rows, so keep the file where you keep them.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ResultPath { get; set; }

    /// <summary>
    /// Gets or sets the column that identifies a row in the journal, such as an order number. Its values are written to
    /// the journal, except that one with an @, such as an address, is replaced by a hash, which does not depend on
    /// upper and lower case. Without it, a row is identified by its recipient and its message. Two rows of a run with
    /// the same value are an error.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    [ValidateNotNullOrEmpty]
    public string? KeyProperty { get; set; }

    /// <summary>Gets or sets whether to retry the rows that Wix refused in an earlier run with the journal.</summary>
    [Parameter]
    public SwitchParameter RetryFailed { get; set; }

    /// <summary>
    /// Gets or sets whether to also return the messages that an earlier run with the journal has sent.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeAlreadySent { get; set; }

    /// <summary>
    /// Gets or sets what to do with a message that may or may not have been sent, because the connection broke or Wix
    /// failed after the request had left. Default: read the conversation, and send the message again only if it is not
    /// there. Reading needs the permission Read Inbox Messages.
    /// </summary>
    [Parameter]
    public AmbiguousAction OnAmbiguous { get; set; }

    /// <summary>
    /// Gets or sets for how many seconds to look in a conversation for a message that may have been sent, before it is
    /// sent again. Default: 10.
    /// </summary>
    [Parameter]
    [ValidateRange(0, 3600)]
    public int ReconcileWaitSec { get; set; } = BulkRunOptions.DefaultReconcileWaitSeconds;

    /// <summary>
    /// Gets or sets whether to also send to people who are known to have unsubscribed: from a column, from the contact
    /// that is piped in, or from the contact that is looked up for an address or a contact id, even in a row that is
    /// sent to a member or a conversation.
    /// </summary>
    [Parameter]
    public SwitchParameter IncludeUnsubscribed { get; set; }

    /// <summary>
    /// Gets or sets whether to leave out a row with the same message for the same recipient as an earlier row of the
    /// run, however the two name the recipient. Nothing is returned for it, and the summary counts it. Without it, each
    /// is sent, and a warning says so.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipDuplicate { get; set; }

    /// <summary>
    /// Gets or sets the number of failed rows at which the run ends. Without it, failed rows do not end a run. Rows of
    /// people who have unsubscribed do not count.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxErrorCount { get; set; }

    /// <summary>
    /// Gets or sets how many rows will come, so that the progress can show the remaining time. Nothing else depends on
    /// it.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? ExpectedCount { get; set; }

    /// <summary>Tells whether a check of texts is made.</summary>
    internal bool IsOn(TextCheck check) => Array.IndexOf(SkipCheck, check) < 0;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // The engine makes a text of a block.
        if (KeyProperty?.Contains("$_") == true)
        {
            ThrowTerminatingError(ParameterErrors.ColumnWanted(nameof(KeyProperty), KeyProperty));
        }

        var kind = ContentKind.Of(this);
        if (kind.Said.FirstOrDefault(parameter => MyInvocation.BoundParameters.TryGetValue(parameter, out var value)
            && RowValues.IsNothing(value)) is { } empty)
        {
            ThrowTerminatingError(ParameterErrors.ValueEmpty(empty));
        }

        foreach (var parameter in kind.Said)
        {
            if (MyInvocation.BoundParameters.TryGetValue(parameter, out var value)
                && RowValues.FindNothing(value) is { } part)
            {
                ThrowTerminatingError(ParameterErrors.PartEmpty(parameter, part));
            }
        }

        if (IsOn(TextCheck.ColumnUnknown)
            && Array.Find(TypedValues.FindUnset(this), found => found.Variable.IsSign) is (not null, _) sign)
        {
            ThrowTerminatingError(ParameterErrors.SignLost(sign.Parameter, sign.Variable));
        }

        Rows = new MessageRows(this, kind, StopSignal);
        if ((TargetChannel ?? SourceChannel) is not null && TimeProvider.System.GetUtcNow() > s_channelsRemoved)
        {
            WriteWarning(
                "Wix has announced that -TargetChannel and -SourceChannel are removed on 2026-06-30. "
                + "Use -TargetChannelId and -SourceChannelId.");
        }
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => StopSignal.Stop();
}

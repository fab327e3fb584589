using System.ComponentModel;
using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Commands;

/// <summary>
/// The parameters that make a message, for the cmdlets that take a row: whom it is for, and what it says. Not a cmdlet itself.
/// </summary>
/// <remarks>
/// The parameters that a column may fill bind by property name. All that make up the content also take a script block, which the engine runs for each
/// row: <c>-Text { "Hi $($_.FirstName)" }</c>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MessageCommand : PSCmdlet
{
    internal const string BasicSet = "Basic";
    internal const string TemplateSet = "Template";
    internal const string MinimalSet = "Minimal";
    internal const string FormSet = "Form";
    internal const string ContentSet = "Content";

    private bool _hasWarned;

    // No cmdlet of another assembly can derive from this: what they share may change.
    private protected MessageCommand()
    {
        Files = new LocalFiles(this);
    }

    internal LocalFiles Files { get; }

    /// <summary>Gets what finds the columns of the rows.</summary>
    internal ColumnFinder Columns { get; private set; } = null!;

    /// <summary>Gets or sets the row: any object, whose properties fill the parameters. An error or a result returns it.</summary>
    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>Gets or sets the id of the conversation, a GUID. If it is given, the other ids are not used, and the conversation does not have to be found.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("conversation_id", "Conversation Id")]
    public string? ConversationId { get; set; }

    /// <summary>Gets or sets the id of a contact, a GUID. Its conversation is found, or created, with one request for each contact of a run.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("contact_id", "Contact Id")]
    public string? ContactId { get; set; }

    /// <summary>Gets or sets the id of a member of the site, a GUID. It is preferred to the ids of the contact and the visitor, as Wix advises.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("member_id", "Member Id")]
    public string? MemberId { get; set; }

    /// <summary>Gets or sets the id of a visitor who is not signed in, a GUID.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("anonymous_visitor_id", "Anonymous Visitor Id", "VisitorId")]
    public string? AnonymousVisitorId { get; set; }

    /// <summary>
    /// Gets or sets the main e-mail address of a contact. It is used if no id is given. One request looks up the addresses of 50 rows, which needs the permission Read
    /// Contacts.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("E-mail", "EmailAddress", "Email Address", "Mail")]
    public string? Email { get; set; }

    /// <summary>Gets or sets the text: 1 to 16,384 characters. To give a script block, type the parameter's name: <c>-Text { "Hi $($_.FirstName)" }</c>.</summary>
    [Parameter(Position = 0, ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = MinimalSet, ValueFromPipelineByPropertyName = true)]
    [Alias("Message", "Body")]
    public string? Text { get; set; }

    /// <summary>
    /// Gets or sets the addresses of images, at most 2,000 characters each. Each is shown as a separate message. With -Template it is the card's only picture.
    /// </summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    [Alias("image_url", "Image Url")]
    public string[]? ImageUrl { get; set; }

    /// <summary>
    /// Gets or sets the paths of images on this machine: PNG, JPEG, GIF or WebP. Each is uploaded to the site's Media Manager, once in a run, which needs the
    /// permission Manage Media Manager, and is shown as a separate message. A path is relative to the current location. Wildcard characters are taken literally. A
    /// column holds one path; a script block can return several: <c>-ImagePath { $_.Pictures -split ';' }</c>.
    /// </summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Alias("image_path", "Image Path")]
    public string[]? ImagePath { get; set; }

    /// <summary>Gets or sets the addresses of files, at most 2,000 characters each. Each is shown as a separate message.</summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Alias("file_url", "File Url")]
    public string[]? FileUrl { get; set; }

    /// <summary>
    /// Gets or sets the paths of files on this machine, of any kind. They are uploaded like those of -ImagePath.
    /// </summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Alias("file_path", "File Path")]
    public string[]? FilePath { get; set; }

    /// <summary>
    /// Gets or sets images with more than an address: <c>@{ Id = '…'; Width = 800; Height = 600 }</c>, or the output of Import-WixInboxMedia.
    /// </summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    public ImageMessage[]? Image { get; set; }

    /// <summary>
    /// Gets or sets files with more than an address: <c>@{ Url = '…'; Filename = 'invoice.pdf'; MimeType = 'application/pdf' }</c>, or the output of
    /// Import-WixInboxMedia.
    /// </summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    public FileMessage[]? File { get; set; }

    /// <summary>Gets or sets whether to send a card, with -Title, -TextLine, -ImageUrl, -Button and -Orientation.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TemplateSet)]
    public SwitchParameter Template { get; set; }

    /// <summary>Gets or sets whether to send one line that reports an event, with -Text, -IconUrl and -Url.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MinimalSet)]
    public SwitchParameter Minimal { get; set; }

    /// <summary>Gets or sets whether to send a form that was filled in, with -Title, -Description, -Field and -Media.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FormSet)]
    public SwitchParameter Form { get; set; }

    /// <summary>Gets or sets the title of the card, or of the form (1 to 256 characters).</summary>
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = FormSet, ValueFromPipelineByPropertyName = true)]
    public string? Title { get; set; }

    /// <summary>Gets or sets the card's lines of text: at most 10, each of at most 512 characters.</summary>
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    public string[]? TextLine { get; set; }

    /// <summary>
    /// Gets or sets the card's buttons, at most 10: <c>@{ Label = 'Track'; LaunchUrl = 'https://…' }</c> or <c>@{ Label = 'Yes'; PostbackProperties = @{ InteractionId = 'yes' } }</c>.
    /// </summary>
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    public Button[]? Button { get; set; }

    /// <summary>Gets or sets the card's layout.</summary>
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    public TemplateOrientation? Orientation { get; set; }

    /// <summary>Gets or sets the address of the line's icon: http or https, at most 2,000 characters.</summary>
    [Parameter(ParameterSetName = MinimalSet, ValueFromPipelineByPropertyName = true)]
    public string? IconUrl { get; set; }

    /// <summary>Gets or sets the page that a click on the line opens: http or https, at most 2,000 characters.</summary>
    [Parameter(ParameterSetName = MinimalSet, ValueFromPipelineByPropertyName = true)]
    public string? Url { get; set; }

    /// <summary>Gets or sets the form's description: 1 to 16,384 characters.</summary>
    [Parameter(ParameterSetName = FormSet, ValueFromPipelineByPropertyName = true)]
    public string? Description { get; set; }

    /// <summary>Gets or sets the form's fields, 1 to 15: <c>@{ Name = 'Size'; Value = 'L' }</c>, each of at most 8,192 characters.</summary>
    [Parameter(ParameterSetName = FormSet, ValueFromPipelineByPropertyName = true)]
    public FormField[]? Field { get; set; }

    /// <summary>Gets or sets the form's media, at most 15: <c>@{ Image = @{ Url = '…' } }</c> or <c>@{ File = @{ Url = '…' } }</c>.</summary>
    [Parameter(ParameterSetName = FormSet, ValueFromPipelineByPropertyName = true)]
    public MediaItem[]? Media { get; set; }

    /// <summary>Gets or sets complete content, of any kind: <c>[WixInbox.MessageContent]@{ … }</c>.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ContentSet, ValueFromPipelineByPropertyName = true)]
    public MessageContent? Content { get; set; }

    /// <summary>
    /// Gets or sets the summary that the dashboard's list of messages shows, at most 256 characters. Default: the start of the content's first
    /// text.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("preview_text", "Preview Text")]
    public string? PreviewText { get; set; }

    /// <summary>Gets or sets the title of the content, which Wix's samples set on messages to the e-mail channel.</summary>
    [Parameter(ParameterSetName = BasicSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = TemplateSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = MinimalSet, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = FormSet, ValueFromPipelineByPropertyName = true)]
    public string? ContentTitle { get; set; }

    /// <summary>
    /// Gets or sets a badge that tells where the message comes from: its text, or <c>@{ Text = 'Email'; IconUrl = 'https://…'; Visibility = 'Business' }</c>.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Badge? Badge { get; set; }

    /// <summary>Gets or sets whose identity the message carries. Default: that of the credentials.</summary>
    [Parameter]
    public SendAs? SendAs { get; set; }

    /// <summary>Gets or sets whether to raise notifications when the message is delivered.</summary>
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

    /// <summary>Gets or sets the channel to send to. Deprecated: Wix replaces it by -TargetChannelId, and announced its removal for 2026-06-30.</summary>
    [Parameter]
    public ChannelType? TargetChannel { get; set; }

    /// <summary>Gets or sets the ids of the channels to send to: at most 100, each of at most 100 characters.</summary>
    [Parameter]
    public string[]? TargetChannelId { get; set; }

    /// <summary>Gets or sets the channel that the message came from. Deprecated: Wix replaces it by -SourceChannelId, and announced its removal for 2026-06-30.</summary>
    [Parameter]
    public ChannelType? SourceChannel { get; set; }

    /// <summary>Gets or sets the id of the channel that the message came from, at most 100 characters.</summary>
    [Parameter]
    public string? SourceChannelId { get; set; }

    /// <summary>
    /// Gets or sets for how long the participant sees that someone is typing. Wix shows it only in a sample, and does not say in which unit it is.
    /// </summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? TypingDelay { get; set; }

    /// <summary>Makes the row that the parameters are bound for.</summary>
    /// <param name="number">How many rows have come, with this one.</param>
    internal Row RowOf(int number)
    {
        var row = new Row(MyInvocation.ExpectingInput ? number : null, InputObject, Columns, RequestBuilder.RecipientOf(this), ParameterSetName == ContentSet);
        if (row.Recipient is { Kind: RecipientKind.Email } && AddressText.Read(Email) is { IsChanged: true } address)
        {
            WriteVerbose(row.Begin($"{row.NameOf(nameof(Email))}: '{AddressText.Visible(Email!)}' was read as {address.Address}."));
        }

        return row;
    }

    /// <summary>Warns, once in a run, of letters that could not be read when the row's file was read: Wix accepts them, and the participant would see them.</summary>
    internal void WarnOfUnread(Row row)
    {
        if (!_hasWarned && FindUnread(row) is { } warning)
        {
            _hasWarned = true;
            WriteWarning(warning);
        }
    }

    /// <inheritdoc/>
    protected override void BeginProcessing() => Columns = new ColumnFinder(MyInvocation.MyCommand, MyInvocation.BoundParameters.Keys);

    private string? FindUnread(Row row) =>
        row.WarningOf(nameof(Text), Text) ?? row.WarningOf(nameof(Title), Title) ?? row.WarningOf(nameof(Description), Description)
        ?? TextLine?.Select(line => row.WarningOf(nameof(TextLine), line)).FirstOrDefault(warning => warning is not null);
}

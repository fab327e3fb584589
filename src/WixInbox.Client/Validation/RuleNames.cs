namespace WixInbox;

/// <summary>
/// The names of the rules that a request can break before it leaves (<see cref="FieldViolation.Rule"/>). None changes
/// once it is published: the first rule that a row breaks is the id of its error, which about_WixInbox_Errors explains.
/// </summary>
public static class RuleNames
{
    /// <summary>The visitor's id is not a GUID.</summary>
    public const string AnonymousVisitorIdInvalid = nameof(AnonymousVisitorIdInvalid);

    /// <summary>The contact's id is not a GUID.</summary>
    public const string ContactIdInvalid = nameof(ContactIdInvalid);

    /// <summary>The conversation's id is not a GUID.</summary>
    public const string ConversationIdInvalid = nameof(ConversationIdInvalid);

    /// <summary>There is no conversation's id.</summary>
    public const string ConversationIdMissing = nameof(ConversationIdMissing);

    /// <summary>The text is not one e-mail address.</summary>
    public const string EmailInvalid = nameof(EmailInvalid);

    /// <summary>A row's key is empty.</summary>
    public const string KeyMissing = nameof(KeyMissing);

    /// <summary>A row's key has more than 256 characters.</summary>
    public const string KeyTooLong = nameof(KeyTooLong);

    /// <summary>The member's id is not a GUID.</summary>
    public const string MemberIdInvalid = nameof(MemberIdInvalid);

    /// <summary>A participant has more than one id.</summary>
    public const string RecipientAmbiguous = nameof(RecipientAmbiguous);

    /// <summary>A participant has no id.</summary>
    public const string RecipientMissing = nameof(RecipientMissing);

    /// <summary>The content is of several kinds.</summary>
    public const string ContentAmbiguous = nameof(ContentAmbiguous);

    /// <summary>The message has no content.</summary>
    public const string ContentMissing = nameof(ContentMissing);

    /// <summary>The content is a message of Wix itself.</summary>
    public const string SystemContentNotSendable = nameof(SystemContentNotSendable);

    /// <summary>It is not said who sees the message.</summary>
    public const string VisibilityMissing = nameof(VisibilityMissing);

    /// <summary>It is not said who speaks to whom.</summary>
    public const string DirectionMissing = nameof(DirectionMissing);

    /// <summary>An element of a list is two things at once.</summary>
    public const string ItemAmbiguous = nameof(ItemAmbiguous);

    /// <summary>An element of a list has nothing in it.</summary>
    public const string ItemMissing = nameof(ItemMissing);

    /// <summary>A text has half of a character: the same for all texts.</summary>
    public const string TextNotUnicode = nameof(TextNotUnicode);

    /// <summary>A form's description is empty.</summary>
    public const string DescriptionMissing = nameof(DescriptionMissing);

    /// <summary>A form's description has more than 16,384 characters.</summary>
    public const string DescriptionTooLong = nameof(DescriptionTooLong);

    /// <summary>The name that a file is to have in Wix Media is empty.</summary>
    public const string DisplayNameMissing = nameof(DisplayNameMissing);

    /// <summary>
    /// The name that a file is to have in Wix Media has more than 1,000 characters, or 200 by way of Communication
    /// Channels Media.
    /// </summary>
    public const string DisplayNameTooLong = nameof(DisplayNameTooLong);

    /// <summary>A form's field has a name of more than 8,192 characters.</summary>
    public const string FieldNameTooLong = nameof(FieldNameTooLong);

    /// <summary>A form's field has a value of more than 8,192 characters.</summary>
    public const string FieldValueTooLong = nameof(FieldValueTooLong);

    /// <summary>A form has no field.</summary>
    public const string FieldsMissing = nameof(FieldsMissing);

    /// <summary>There is no file's id.</summary>
    public const string FileIdMissing = nameof(FileIdMissing);

    /// <summary>A file's id has more than 2,000 characters.</summary>
    public const string FileIdTooLong = nameof(FileIdTooLong);

    /// <summary>The name of an image or a file has more than 255 characters.</summary>
    public const string FilenameTooLong = nameof(FilenameTooLong);

    /// <summary>A file of this machine has not been uploaded.</summary>
    public const string FileNotUploaded = nameof(FileNotUploaded);

    /// <summary>A file's address has more than 2,000 characters.</summary>
    public const string FileUrlTooLong = nameof(FileUrlTooLong);

    /// <summary>An image's height is no number of pixels.</summary>
    public const string HeightInvalid = nameof(HeightInvalid);

    /// <summary>An icon's address is not one of the web.</summary>
    public const string IconUrlInvalid = nameof(IconUrlInvalid);

    /// <summary>An icon's address has more than 2,000 characters.</summary>
    public const string IconUrlTooLong = nameof(IconUrlTooLong);

    /// <summary>An image's id has more than 2,000 characters.</summary>
    public const string ImageIdTooLong = nameof(ImageIdTooLong);

    /// <summary>A card's picture has an address that is not one of the web.</summary>
    public const string ImageUrlInvalid = nameof(ImageUrlInvalid);

    /// <summary>An image's address has more than 2,000 characters.</summary>
    public const string ImageUrlTooLong = nameof(ImageUrlTooLong);

    /// <summary>A button has something to tell the app, and no id by which the app knows it.</summary>
    public const string InteractionIdMissing = nameof(InteractionIdMissing);

    /// <summary>What a button tells the app has an id of more than 256 characters.</summary>
    public const string InteractionIdTooLong = nameof(InteractionIdTooLong);

    /// <summary>A button says nothing.</summary>
    public const string LabelMissing = nameof(LabelMissing);

    /// <summary>A button says more than 16,384 characters.</summary>
    public const string LabelTooLong = nameof(LabelTooLong);

    /// <summary>What a button opens is no address of the web.</summary>
    public const string LaunchUrlInvalid = nameof(LaunchUrlInvalid);

    /// <summary>What a button opens has an address of more than 16,384 characters.</summary>
    public const string LaunchUrlTooLong = nameof(LaunchUrlTooLong);

    /// <summary>A file's media type has more than 100 characters.</summary>
    public const string MimeTypeTooLong = nameof(MimeTypeTooLong);

    /// <summary>The preview has more than 256 characters.</summary>
    public const string PreviewTextTooLong = nameof(PreviewTextTooLong);

    /// <summary>The id of the channel that a message came from has more than 100 characters.</summary>
    public const string SourceChannelIdTooLong = nameof(SourceChannelIdTooLong);

    /// <summary>The id of a channel to send to has more than 100 characters.</summary>
    public const string TargetChannelIdTooLong = nameof(TargetChannelIdTooLong);

    /// <summary>A card's line has more than 512 characters.</summary>
    public const string TextLineTooLong = nameof(TextLineTooLong);

    /// <summary>A text is empty.</summary>
    public const string TextMissing = nameof(TextMissing);

    /// <summary>A text has more than 16,384 characters.</summary>
    public const string TextTooLong = nameof(TextTooLong);

    /// <summary>A form's title is empty.</summary>
    public const string TitleMissing = nameof(TitleMissing);

    /// <summary>A form's title has more than 256 characters.</summary>
    public const string TitleTooLong = nameof(TitleTooLong);

    /// <summary>An image, a file or an import has no address.</summary>
    public const string UrlMissing = nameof(UrlMissing);

    /// <summary>What a line opens is no address of the web.</summary>
    public const string UrlInvalid = nameof(UrlInvalid);

    /// <summary>What a line opens has an address of more than 2,000 characters.</summary>
    public const string UrlTooLong = nameof(UrlTooLong);

    /// <summary>An image's width is no number of pixels.</summary>
    public const string WidthInvalid = nameof(WidthInvalid);

    /// <summary>A message has more than one badge.</summary>
    public const string TooManyBadges = nameof(TooManyBadges);

    /// <summary>A card has more than 10 buttons.</summary>
    public const string TooManyButtons = nameof(TooManyButtons);

    /// <summary>A form has more than 15 fields.</summary>
    public const string TooManyFields = nameof(TooManyFields);

    /// <summary>A form has more than 15 media.</summary>
    public const string TooManyMedia = nameof(TooManyMedia);

    /// <summary>A message goes to more than 100 channels, named by their ids.</summary>
    public const string TooManyTargetChannelIds = nameof(TooManyTargetChannelIds);

    /// <summary>A message goes to more than one channel.</summary>
    public const string TooManyTargetChannels = nameof(TooManyTargetChannels);

    /// <summary>A card has more than 10 lines.</summary>
    public const string TooManyTextLines = nameof(TooManyTextLines);

    /// <summary>A page of so many messages or contacts cannot be asked for.</summary>
    public const string LimitOutOfRange = nameof(LimitOutOfRange);

    /// <summary>What contacts are searched for has more than 100 characters.</summary>
    public const string SearchTooLong = nameof(SearchTooLong);
}

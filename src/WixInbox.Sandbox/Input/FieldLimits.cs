namespace WixInbox.Sandbox;

/// <summary>
/// Every documented limit of what is read. Lengths are in characters, sizes in items. Unless a comment says otherwise
/// the source is the type files of Wix's SDK, which the reference pages repeat.
/// </summary>
internal static class FieldLimits
{
    public const int PreviewText = 256;

    // Texts and labels, which must not be empty.
    public const int Text = 16384;
    public const int ButtonLabel = 16384;
    public const int FormTitle = 256;
    public const int FormDescription = 16384;
    public const int InteractionId = 256;

    // basic.items has no documented maximum.
    public const int MinBasicItems = 1;

    // Images and files.
    public const int MediaId = 2000;
    public const int MediaUrl = 2000;
    public const int Filename = 255;
    public const int MimeType = 100;

    // Web addresses. A button's launchUrl is the long one.
    public const int ImageUrl = 2000;
    public const int IconUrl = 2000;
    public const int ClickUrl = 2000;
    public const int LaunchUrl = 16384;

    // The types give text lines no length; 512 stands in the prose of the Message Types page alone. Our choice is to
    // enforce it: a rehearsal that passes must not fail for real.
    public const int TextLines = 10;
    public const int TextLine = 512;
    public const int Buttons = 10;

    public const int MinFormFields = 1;
    public const int MaxFormFields = 15;
    public const int FormFieldName = 8192;
    public const int FormFieldValue = 8192;
    public const int FormMedia = 15;

    // The badge's iconUrl is a web address with no documented length.
    public const int Badges = 1;
    public const int TargetChannels = 1;
    public const int TargetChannelIds = 100;
    public const int ChannelId = 100;

    // List Messages.
    public const int PageSize = 100;
    public const int DefaultPageSize = 30;
    public const int Cursor = 16000;
    public const int SortFieldName = 512;

    // Contacts.
    public const int Emails = 50;
    public const int Email = 320;
    public const int Phone = 50;
    public const int Name = 1000;
    public const int Search = 100;
    public const int ContactPageSize = 1000;
    public const int DefaultContactPageSize = 50;
    public const int ContactPageSizeV5 = 100;
    public const int SortsV5 = 5;
    public const int AdditionalEmails = 10;
    public const int Sorts = 1;
    public const int Fields = 100;
    public const int Field = 100;
    public const int Fieldsets = 10;
    public const int LabelNamespace = 25;
    public const int LabelName = 180;
    public const int LabelPageSize = 2000;
    public const int DefaultLabelPageSize = 1000;

    // Media. The length of a mimeType, parentFolderId and filePath is documented for the import alone; our choice is
    // the same for an upload URL.
    public const int MediaName = 1000;
    public const int ParentFolderId = 100;
    public const int FilePath = 100;

    // Communication Channels Media.
    public const int ChannelFileName = 200;
    public const int ChannelFileId = 400;
    public const int DownloadFileName = 100;
}

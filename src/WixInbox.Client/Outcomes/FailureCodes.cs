namespace WixInbox;

/// <summary>The codes of failures (<see cref="Failure.Code"/>) by which a caller may want to know one.</summary>
public static class FailureCodes
{
    // Those of a run, which found out before anything left.

    /// <summary>Several contacts have the address.</summary>
    public const string ContactAmbiguous = nameof(ContactAmbiguous);

    /// <summary>The row names two people.</summary>
    public const string ContactMismatch = nameof(ContactMismatch);

    /// <summary>There is no such contact.</summary>
    public const string ContactNotFound = nameof(ContactNotFound);

    /// <summary>The person wants no messages.</summary>
    public const string ContactUnsubscribed = nameof(ContactUnsubscribed);

    /// <summary>A file was changed after it had been checked.</summary>
    public const string FileChanged = nameof(FileChanged);

    /// <summary>There is nothing in a file, or it is a pipe or a device.</summary>
    public const string FileEmpty = nameof(FileEmpty);

    /// <summary>There is no such file, or it is a folder.</summary>
    public const string FileNotFound = nameof(FileNotFound);

    /// <summary>The content of a file is not what the ending of its name says.</summary>
    public const string FileTypeMismatch = nameof(FileTypeMismatch);

    /// <summary>A file cannot be opened or read.</summary>
    public const string FileUnreadable = nameof(FileUnreadable);

    /// <summary>An earlier run has sent a message under the row's key to somebody else.</summary>
    public const string KeyOfAnother = nameof(KeyOfAnother);

    /// <summary>An earlier row of the run has the same key.</summary>
    public const string KeyRepeated = nameof(KeyRepeated);

    /// <summary>Wix could not process a file, or could not fetch it.</summary>
    public const string MediaFailed = nameof(MediaFailed);

    /// <summary>Wix did not have a file ready in time.</summary>
    public const string MediaNotReady = nameof(MediaNotReady);

    // Those of Wix.

    /// <summary>There is no such conversation, or it has been replaced.</summary>
    public const string ConversationNotFound = "CONVERSATION_NOT_FOUND";

    /// <summary>The site has no Inbox.</summary>
    public const string InboxInstanceNotFound = "INBOX_INSTANCE_NOT_FOUND";

    /// <summary>The site has no Inbox, in the words of another call.</summary>
    public const string NoInboxInstance = "NO_INBOX_INSTANCE";

    /// <summary>The sender has no part in the conversation.</summary>
    public const string NotJoinedChatroom = "NOT_JOINED_CHATROOM";

    /// <summary>The app or key lacks a permission.</summary>
    public const string PermissionDenied = "PERMISSION_DENIED";

    /// <summary>The site has no room for a file: the rule that an upload breaks.</summary>
    public const string SiteQuotaExceeded = "SITE_QUOTA_EXCEEDED";
}

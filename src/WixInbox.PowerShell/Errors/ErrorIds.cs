using System.Management.Automation;

namespace WixInbox.Errors;

/// <summary>
/// The ids of the errors that the cmdlets write, apart from those of the rules of the API, which are the client's. None
/// changes once it is published: scripts know errors by them. docs/help/about_WixInbox_Errors.md says what each means
/// and what to do.
/// </summary>
internal static class ErrorIds
{
    /// <summary>Gets the id of an error. Once that is written, the name of its cmdlet stands behind it.</summary>
    public static string Of(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    // Before the first row: the connection.

    /// <summary>The connection was closed.</summary>
    public const string ConnectionClosed = nameof(ConnectionClosed);

    /// <summary>The given connection is a copy without its secret.</summary>
    public const string ConnectionCopied = nameof(ConnectionCopied);

    /// <summary>Nothing was given as the connection.</summary>
    public const string ConnectionEmpty = nameof(ConnectionEmpty);

    /// <summary>The connection's settings are invalid.</summary>
    public const string ConnectionInvalid = nameof(ConnectionInvalid);

    /// <summary>No connection has the name.</summary>
    public const string ConnectionNotFound = nameof(ConnectionNotFound);

    /// <summary>The environment has more than one secret.</summary>
    public const string CredentialAmbiguous = nameof(CredentialAmbiguous);

    /// <summary>There is no secret to sign in with.</summary>
    public const string CredentialMissing = nameof(CredentialMissing);

    /// <summary>There is no connection.</summary>
    public const string NotConnected = nameof(NotConnected);

    /// <summary>Several connections lead to the site, or the one that is named beside it does not.</summary>
    public const string SiteAmbiguous = nameof(SiteAmbiguous);

    /// <summary>No connection is to the site.</summary>
    public const string SiteNotConnected = nameof(SiteNotConnected);

    /// <summary>No time is both after and before the ones that are given.</summary>
    public const string TimeRangeEmpty = nameof(TimeRangeEmpty);

    // Before the first row: the journal.

    /// <summary>A row's connection and another of the run lead to the same place.</summary>
    public const string ConnectionRepeated = nameof(ConnectionRepeated);

    /// <summary>A row's connection has nothing by which its journal is found again.</summary>
    public const string ConnectionUnnamed = nameof(ConnectionUnnamed);

    /// <summary>Somebody changed the journal.</summary>
    public const string JournalDamaged = nameof(JournalDamaged);

    /// <summary>Another run holds the journal.</summary>
    public const string JournalInUse = nameof(JournalInUse);

    /// <summary>The file is no journal.</summary>
    public const string JournalInvalid = nameof(JournalInvalid);

    /// <summary>The journal knows its rows by another column.</summary>
    public const string JournalKeyMismatch = nameof(JournalKeyMismatch);

    /// <summary>A parameter is of use with a journal alone.</summary>
    public const string JournalMissing = nameof(JournalMissing);

    /// <summary>There is no journal to read.</summary>
    public const string JournalNotFound = nameof(JournalNotFound);

    /// <summary>The journal is another connection's.</summary>
    public const string JournalOfOtherConnection = nameof(JournalOfOtherConnection);

    /// <summary>The journal cannot be read or written.</summary>
    public const string JournalUnusable = nameof(JournalUnusable);

    /// <summary>A newer version has written the journal.</summary>
    public const string JournalVersionUnknown = nameof(JournalVersionUnknown);

    /// <summary>All rows are new to a journal that knows their recipients.</summary>
    public const string TextChanged = nameof(TextChanged);

    // A file of rows.

    /// <summary>A file of rows cannot be taken apart into them.</summary>
    public const string CsvInvalid = nameof(CsvInvalid);

    // A path, and the file of a page.

    /// <summary>The file is there already, and is to be kept.</summary>
    public const string FileExists = nameof(FileExists);

    /// <summary>The page cannot be written.</summary>
    public const string PageUnwritable = nameof(PageUnwritable);

    /// <summary>The path cannot be that of a file.</summary>
    public const string PathInvalid = nameof(PathInvalid);

    /// <summary>A page, or the file with what became of each row, would replace a journal.</summary>
    public const string PathIsJournal = nameof(PathIsJournal);

    /// <summary>The report would replace that of another journal.</summary>
    public const string PathRepeated = nameof(PathRepeated);

    /// <summary>The file with what became of each row cannot be written.</summary>
    public const string ResultUnwritable = nameof(ResultUnwritable);

    // What was typed.

    /// <summary>A value reads the row and is no script block.</summary>
    public const string BlockMissing = nameof(BlockMissing);

    /// <summary>A script block counts with a variable that begins anew for each row.</summary>
    public const string BlockCountsAnew = nameof(BlockCountsAnew);

    /// <summary>A script block would end the pipeline, or the script that it is in.</summary>
    public const string BlockLeavesPipeline = nameof(BlockLeavesPipeline);

    /// <summary>Parameters were given that do not go together.</summary>
    public const string ParameterCombinationInvalid = nameof(ParameterCombinationInvalid);

    /// <summary>A parameter was given a value that it does not take.</summary>
    public const string ParameterValueInvalid = nameof(ParameterValueInvalid);

    // A row, before a request is spent on it.

    /// <summary>A script block ended with an error.</summary>
    public const string BlockFailed = nameof(BlockFailed);

    /// <summary>A script block gave a value that its parameter does not take.</summary>
    public const string BlockValueInvalid = nameof(BlockValueInvalid);

    /// <summary>A script block reads a column that the row does not have.</summary>
    public const string ColumnUnknown = nameof(ColumnUnknown);

    /// <summary>A column cannot be read.</summary>
    public const string ColumnUnreadable = nameof(ColumnUnreadable);

    /// <summary>The text has a placeholder in it.</summary>
    public const string PlaceholderInText = nameof(PlaceholderInText);

    /// <summary>The text has the row in it.</summary>
    public const string RowInText = nameof(RowInText);

    /// <summary>The row is nothing.</summary>
    public const string RowMissing = nameof(RowMissing);

    /// <summary>The text was read in another encoding than its file has.</summary>
    public const string TextMisread = nameof(TextMisread);

    /// <summary>The text has a letter in it that could not be read.</summary>
    public const string TextUnreadable = nameof(TextUnreadable);

    /// <summary>A column has a value that its parameter does not take.</summary>
    public const string ColumnValueInvalid = nameof(ColumnValueInvalid);

    /// <summary>An earlier row has the same key.</summary>
    public const string KeyRepeated = FailureCodes.KeyRepeated;

    /// <summary>An earlier run has sent a message to somebody else under the row's key.</summary>
    public const string KeyOfAnother = FailureCodes.KeyOfAnother;

    /// <summary>A card has more than one picture.</summary>
    public const string TooManyImages = nameof(TooManyImages);

    // A row, by the contact of its address.

    /// <summary>Several contacts have the address.</summary>
    public const string ContactAmbiguous = FailureCodes.ContactAmbiguous;

    /// <summary>The row names two people.</summary>
    public const string ContactMismatch = FailureCodes.ContactMismatch;

    /// <summary>There is no such contact.</summary>
    public const string ContactNotFound = FailureCodes.ContactNotFound;

    /// <summary>The contact wants no messages.</summary>
    public const string ContactUnsubscribed = FailureCodes.ContactUnsubscribed;

    // A file that a message is to have, or that is to be uploaded.

    /// <summary>The file has changed since it was checked.</summary>
    public const string FileChanged = FailureCodes.FileChanged;

    /// <summary>The file has nothing in it.</summary>
    public const string FileEmpty = FailureCodes.FileEmpty;

    /// <summary>There is no such file.</summary>
    public const string FileNotFound = FailureCodes.FileNotFound;

    /// <summary>Wix does not take the file.</summary>
    public const string FileRefused = nameof(FileRefused);

    /// <summary>Wix takes no file of this size.</summary>
    public const string FileTooLarge = nameof(FileTooLarge);

    /// <summary>The file is of another type than its name says.</summary>
    public const string FileTypeMismatch = FailureCodes.FileTypeMismatch;

    /// <summary>The file cannot be read.</summary>
    public const string FileUnreadable = FailureCodes.FileUnreadable;

    /// <summary>The file is no image of a type that is known.</summary>
    public const string ImageTypeUnknown = nameof(ImageTypeUnknown);

    /// <summary>Wix could make nothing of the file.</summary>
    public const string MediaFailed = nameof(MediaFailed);

    /// <summary>The Media Manager does not have the file.</summary>
    public const string MediaNotFound = nameof(MediaNotFound);

    /// <summary>Wix did not have the file ready in time.</summary>
    public const string MediaNotReady = nameof(MediaNotReady);

    /// <summary>The site has no room left for files.</summary>
    public const string MediaQuotaExceeded = nameof(MediaQuotaExceeded);

    /// <summary>The server for uploads does not take the file.</summary>
    public const string UploadRefused = nameof(UploadRefused);

    // A row, by what became of its request.

    /// <summary>The connection could not be made, or broke.</summary>
    public const string ConnectionFailed = nameof(ConnectionFailed);

    /// <summary>No answer came in time.</summary>
    public const string ConnectionTimedOut = nameof(ConnectionTimedOut);

    /// <summary>There is no such conversation.</summary>
    public const string ConversationNotFound = nameof(ConversationNotFound);

    /// <summary>An earlier message to the same conversation was not sent.</summary>
    public const string EarlierMessageNotSent = nameof(EarlierMessageNotSent);

    /// <summary>The sender has no part in the conversation.</summary>
    public const string IdentityDoesNotMatch = nameof(IdentityDoesNotMatch);

    /// <summary>Wix does not take the address of an image or a file.</summary>
    public const string MediaUrlInvalid = nameof(MediaUrlInvalid);

    /// <summary>Wix answered 404 and did not say what is not there.</summary>
    public const string NotFound = nameof(NotFound);

    /// <summary>The message may or may not have been sent.</summary>
    public const string OutcomeUnknown = nameof(OutcomeUnknown);

    /// <summary>The site has no such contact, member or visitor.</summary>
    public const string ParticipantNotFound = nameof(ParticipantNotFound);

    /// <summary>The server redirects elsewhere.</summary>
    public const string Redirected = nameof(Redirected);

    /// <summary>Wix refuses the request.</summary>
    public const string RequestRefused = nameof(RequestRefused);

    /// <summary>The answer to a read cannot be read.</summary>
    public const string ResponseUnreadable = nameof(ResponseUnreadable);

    /// <summary>Wix did not take the request up.</summary>
    public const string ServiceUnavailable = nameof(ServiceUnavailable);

    // Every row would fail in the same way.

    /// <summary>The site has no Inbox.</summary>
    public const string InboxNotFound = nameof(InboxNotFound);

    /// <summary>A permission is lacking.</summary>
    public const string PermissionDenied = nameof(PermissionDenied);

    /// <summary>A proxy asks to sign in.</summary>
    public const string ProxySignInNeeded = nameof(ProxySignInNeeded);

    /// <summary>Wix asks to wait for longer than is wanted.</summary>
    public const string RateLimited = nameof(RateLimited);

    /// <summary>There is no network, or no server.</summary>
    public const string ServiceUnreachable = nameof(ServiceUnreachable);

    /// <summary>Wix gives the app no token.</summary>
    public const string SignInFailed = nameof(SignInFailed);

    /// <summary>The secret to sign the request with could not be had.</summary>
    public const string TokenUnavailable = nameof(TokenUnavailable);

    /// <summary>More rows have failed than may.</summary>
    public const string TooManyErrors = nameof(TooManyErrors);

    /// <summary>Wix does not take the key or token.</summary>
    public const string Unauthorized = nameof(Unauthorized);
}

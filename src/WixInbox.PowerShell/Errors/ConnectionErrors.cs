using System.Management.Automation;
using WixInbox.Rows;

namespace WixInbox.Errors;

/// <summary>
/// The errors of connections: there is no connection, it is unclear which one is meant, or none could be made. They end
/// a command before its first row, or are errors of a row that names a connection.
/// </summary>
internal static class ConnectionErrors
{
    private const int LongestBlock = 100;

    public static ErrorRecord NotConnected(IReadOnlyList<string> names) => new(
        new WixInboxException(names.Count > 0
            ? "There is no default connection. Name one with -Connection, or in a column Connection of each row, or "
                + $"choose one with Select-WixInboxConnection: {string.Join(", ", names)}."
            : "There is no connection to a site. "
                + "Connect-WixInbox -ApiKey (Read-Host -AsSecureString) -SiteId <id> makes one; "
                + "Connect-WixInbox -Sandbox makes one to rehearse with, which needs no account and sends nothing. "
                + "Another runspace does not see it: in ForEach-Object -Parallel, use -Connection $using:connection."),
        ErrorIds.NotConnected,
        ErrorCategory.ConnectionError,
        null);

    /// <summary>A run with a journal has one for its own connection, and those of others beside it.</summary>
    public static ErrorRecord NoneOfJournal() => new(
        new WixInboxException(
            "-Journal is the file of the default connection, and there is none. Make one with Connect-WixInbox: "
            + "rows with a column Connection still go to theirs."),
        ErrorIds.NotConnected,
        ErrorCategory.ConnectionError,
        null);

    /// <summary>A parameter that was to name the connection, and holds nothing.</summary>
    public static ErrorRecord Empty(string parameter) => new(
        new WixInboxException(
            $"-{parameter} is empty: check the spelling of the variable. "
                + $"To use the default connection, leave -{parameter} out."),
        ErrorIds.ConnectionEmpty,
        ErrorCategory.InvalidArgument,
        null);

    /// <summary>A script block that was to name the connection of a row, and gives nothing.</summary>
    public static ErrorRecord BlockEmpty(string parameter, ScriptBlock block, Row row)
    {
        string[] empty =
            [.. BlockColumns.Find(block.Ast).Where(column => string.IsNullOrWhiteSpace(row.TextIn(column)))];
        var why = empty.Length == 0 ? string.Empty
            : $", whose column{(empty.Length > 1 ? "s" : string.Empty)} {Words.List(empty)} "
                + (empty.Length > 1 ? "are" : "is") + " empty";
        return new ErrorRecord(
            new WixInboxException(
                $"-{parameter}: The block {Words.Shorten(block.Ast.Extent.Text, LongestBlock)} gives nothing for this "
                    + $"row{why}. To use the default connection, leave -{parameter} out."),
            ErrorIds.ConnectionEmpty,
            ErrorCategory.InvalidData,
            null);
    }

    /// <summary>A row that says nothing where others name a connection.</summary>
    public static ErrorRecord ColumnEmpty(IReadOnlyList<string> columns, IReadOnlyList<WixInboxConnection> all) => new(
        new WixInboxException(
            $"Column {Words.List(columns)} {(columns.Count > 1 ? "are" : "is")} empty, and there are several "
                + $"connections: {string.Join(", ", all.Select(connection => connection.Label))}. "
                + "Fill it, or name one for all rows with -Connection."),
        ErrorIds.ConnectionEmpty,
        ErrorCategory.InvalidData,
        null);

    /// <summary>A row whose column is nearly called as the one that names a connection.</summary>
    public static ErrorRecord ColumnMisspelt(string column, string meant) => new(
        new WixInboxException(
            $"There are several connections, and column '{column}' may be a misspelling of {meant}. "
            + $"Rename it, or use it: -{meant} {{ {ColumnExpression.For(column)} }}. "
            + "To send all rows over one connection, name that with -Connection."),
        ErrorIds.ConnectionEmpty,
        ErrorCategory.InvalidData,
        null);

    public static ErrorRecord Copy() => new(
        new WixInboxException(
            "This is a copy of a connection, from a file, a job or another computer, and has no secret. Run "
                + "Connect-WixInbox where the command runs: in the script block of the job or of the remote session."),
        ErrorIds.ConnectionCopied,
        ErrorCategory.InvalidArgument,
        null);

    public static ErrorRecord NotFound(string name, IReadOnlyList<string> names, string? advice = null) => new(
        new WixInboxException(
            $"There is no connection '{name}'. "
                + $"{(names.Count > 0 ? $"There are: {string.Join(", ", names)}." : "No connection has a name.")} "
                + (advice ?? "Connect-WixInbox -Name makes one, for the runspace in which it is run.")),
        ErrorIds.ConnectionNotFound,
        ErrorCategory.ObjectNotFound,
        name);

    public static ErrorRecord SiteNotConnected(string siteId, IReadOnlyList<WixInboxConnection> all)
    {
        var others = all.Where(connection => connection.SiteId is not null).Select(connection => connection.ToString())
            .ToArray();
        return new ErrorRecord(
            new WixInboxException(
                "There is no connection to the site "
                    + $"'{siteId}'.{(others.Length > 0 ? $" There are: {string.Join(", ", others)}." : string.Empty)} "
                    + (all.Count > 0 && all.All(connection => connection.Sandbox) && Guid.TryParse(siteId, out _)
                        ? $"Connect-WixInbox -Sandbox -SiteId {siteId} makes one to rehearse with."
                        : "Connect-WixInbox with -SiteId makes one. Where a token leads is known only if -SiteId was "
                            + "given with it: else give the connection a name with -Name, and use the name.")),
            ErrorIds.SiteNotConnected,
            ErrorCategory.ObjectNotFound,
            siteId);
    }

    public static ErrorRecord SiteAmbiguous(string siteId, IReadOnlyList<WixInboxConnection> found) => new(
        new WixInboxException(
            $"Several connections lead to the site '{siteId}': {string.Join(", ", found)}. Give the name of one."),
        ErrorIds.SiteAmbiguous,
        ErrorCategory.InvalidArgument,
        siteId);

    /// <summary>A connection, and beside it the site of another one.</summary>
    public static ErrorRecord SiteOfAnother(WixInboxConnection connection, string siteId) => new(
        new WixInboxException(
            $"The connection {connection.Place} does not lead to the site '{siteId}', which is named beside it. "
                + "Correct one of the two, or leave one out."),
        ErrorIds.SiteAmbiguous,
        ErrorCategory.InvalidArgument,
        siteId);

    /// <summary>The same for a row, where others go on.</summary>
    /// <param name="error">The error.</param>
    /// <param name="row">The row.</param>
    /// <param name="consequence">What was not done for it, a sentence that goes on after the row's number.</param>
    public static ErrorRecord OfRow(ErrorRecord error, Row row, string consequence) => new(
        new WixInboxException(row.Begin($"{consequence} {error.Exception.Message}"), error.Exception)
        {
            Row = row.Number,
            Outcome = OutcomeKind.Rejected,
        },
        ErrorIds.Of(error),
        error.CategoryInfo.Category,
        row.Target);

    public static ErrorRecord InTokenProvider(WixInboxConnection connection) => new(
        new WixInboxException(
            "The script block of -TokenProvider uses the very connection that waits for the token. "
                + "Use another connection in it."),
        ErrorIds.TokenUnavailable,
        ErrorCategory.InvalidOperation,
        connection);

    public static ErrorRecord Closed(WixInboxConnection connection) => new(
        new WixInboxException(
            "The connection has been closed with Disconnect-WixInbox. Connect again with Connect-WixInbox."),
        ErrorIds.ConnectionClosed,
        ErrorCategory.ConnectionError,
        connection);

    public static ErrorRecord NoCredential() => new(
        new WixInboxException(
            "There is nothing to sign in with. Give -ApiKey with -SiteId, or set WIX_API_KEY and WIX_SITE_ID; "
            + "Get-Help Connect-WixInbox has the other ways. To try without an account: Connect-WixInbox -Sandbox."),
        ErrorIds.CredentialMissing,
        ErrorCategory.AuthenticationError,
        null);

    public static ErrorRecord TwoCredentials() => new(
        new WixInboxException(
            "More than one of WIX_API_KEY, WIX_ACCESS_TOKEN and WIX_CLIENT_SECRET is set in the environment. "
                + "Keep one of them, or choose with -ApiKey, -AccessToken or -ClientSecret."),
        ErrorIds.CredentialAmbiguous,
        ErrorCategory.AuthenticationError,
        null);

    public static ErrorRecord Refused(ArgumentException exception) => new(
        new WixInboxException(exception.Message, exception),
        ErrorIds.ConnectionInvalid,
        ErrorCategory.InvalidArgument,
        null);
}

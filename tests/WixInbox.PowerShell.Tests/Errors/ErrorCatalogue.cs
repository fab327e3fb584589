using System.Globalization;

namespace WixInbox.PowerShell.Tests;

/// <summary>What provokes each error that can be written, and what it says.</summary>
internal static class ErrorCatalogue
{
    private const string Row = "[pscustomobject]@{ ConversationId = $c; Text = 'x' }";
    private const string Contact = "[pscustomobject]@{ ContactId = $c; Text = 'x' }";
    private const string Address = "[pscustomobject]@{ Email = 'ana@example.com'; Text = 'x' }";
    private const string ToRow = "[pscustomobject]@{ ConversationId = $c } | Send-WixInboxMessage";

    private const string FileRow =
        "[IO.File]::WriteAllText($file, 'some text'); [pscustomobject]@{ ConversationId = $c; Text = 'x'; "
        + "FilePath = $file } | Send-WixInboxMessage";

    /// <summary>What the client refuses and no cmdlet asks for, and why.</summary>
    public static Dictionary<string, string> NeverWritten { get; } = new()
    {
        ["DirectionMissing"] = "-Direction has a default.",
        ["DisplayNameMissing"] = "An empty -DisplayName is one that is not given.",
        ["FileIdMissing"] = "Wix gives each file an id.",
        ["FileNotUploaded"] = "The cmdlets upload a file before its message leaves.",
        ["LimitOutOfRange"] = "The cmdlets ask for pages that there are.",
        ["RecipientAmbiguous"] = "Of several ids the cmdlets take one.",
        ["SearchTooLong"] = "-Search checks it first.",
        ["TooManyBadges"] = "-Badge is one.",
        ["TooManyTargetChannels"] = "-TargetChannel is one.",
        ["VisibilityMissing"] = "-Visibility has a default.",
    };

    /// <summary>Found before a request: what is run, and the words that say where.</summary>
    public static Dictionary<string, (string Script, string Words)> Faults { get; } = new()
    {
        ["NotConnected"] =
            ("$PSDefaultParameterValues.Clear(); " + ToRow + " x", "use -Connection $using:connection"),
        ["ConnectionCopied"] = (
            ToRow + " x -Connection ([System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($connection)))",
            "Run Connect-WixInbox where the command runs"),
        ["ConnectionEmpty"] = (ToRow + " x -Connection $nobody", "check the spelling of the variable"),
        ["ConnectionNotFound"] = (
            "$PSDefaultParameterValues.Clear(); Connect-WixInbox -Sandbox; Connect-WixInbox -Sandbox -Name own; "
                + "[pscustomobject]@{ ConversationId = $c; Text = 'x'; Connection = 'nobody' } | Send-WixInboxMessage",
            "Connect-WixInbox -Name makes one"),
        ["SiteNotConnected"] = (
            "$PSDefaultParameterValues.Clear(); Connect-WixInbox -Sandbox; [pscustomobject]@{ ConversationId = $c; "
                + "Text = 'x'; SiteId = $c } | Send-WixInboxMessage",
            "Connect-WixInbox -Sandbox -SiteId 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c makes one"),
        ["SiteAmbiguous"] = (
            "$PSDefaultParameterValues.Clear(); 'a', 'b' | "
                + "ForEach-Object { Connect-WixInbox -ApiKey $secret -SiteId $c -Name $_ }; Connect-WixInbox -Sandbox; "
                + "[pscustomobject]@{ ConversationId = $c; Text = 'x'; SiteId = $c } | Send-WixInboxMessage",
            "Give the name of one"),
        ["ConnectionUnnamed"] = (
            "$PSDefaultParameterValues.Clear(); $other = Connect-WixInbox -Sandbox -PassThru; "
                + "Connect-WixInbox -Sandbox; [pscustomobject]@{ ConversationId = $c; Text = 'x'; "
                + "Connection = $other } | Send-WixInboxMessage -Journal $journal",
            "Give it a name with Connect-WixInbox -Name"),
        ["ConnectionRepeated"] = (
            "Connect-WixInbox -ApiKey $secret -SiteId $c -Name a; $PSDefaultParameterValues.Clear(); "
                + "Connect-WixInbox -ApiKey $secret -SiteId $c; [pscustomobject]@{ ConversationId = $c; Text = 'x'; "
                + "Connection = 'a' } | Send-WixInboxMessage -Journal $journal",
            "Name the same one in all rows"),
        ["ConnectionClosed"] = ("$connection.Dispose(); " + ToRow + " x", "Connect again with Connect-WixInbox"),
        ["ConnectionInvalid"] = ("Connect-WixInbox -ApiKey $secret -SiteId nowhere", "site id is not a GUID"),
        ["TimeRangeEmpty"] =
            ("Get-WixInboxMessage $c -After 2026-01-02 -Before 2026-01-01", "-After is not earlier than -Before"),

        ["JournalMissing"] = (Row + " | Send-WixInboxMessage -RetryFailed", "-RetryFailed needs -Journal"),
        ["JournalNotFound"] = ("Get-WixInboxJournal $journal", "Send-WixInboxMessage -Journal creates one"),
        ["JournalInvalid"] =
            ("[IO.File]::WriteAllText($journal, 'a,b'); Get-WixInboxJournal $journal", "Name another file"),
        ["JournalVersionUnknown"] = (
            "[IO.File]::WriteAllText($journal, \"{`\"t`\":`\"H`\",`\"v`\":2}`n\"); Get-WixInboxJournal $journal",
            "Continue with the version"),
        ["JournalOfOtherConnection"] = (
            Row + " | Send-WixInboxMessage -Journal $journal | Out-Null; $s = Connect-WixInbox -Sandbox -PassThru; "
                + Row + " | Send-WixInboxMessage -Journal $journal -Connection $s",
            "Connect as before"),
        ["JournalKeyMismatch"] = (
            Row + " | Send-WixInboxMessage -Journal $journal | Out-Null; " + Row
                + " | Send-WixInboxMessage -Journal $journal -KeyProperty Text",
            "the property 'Text'"),
        ["JournalDamaged"] = (
            Row
                + " | Send-WixInboxMessage -Journal $journal | Out-Null; [IO.File]::WriteAllText($journal, "
                + "[IO.File]::ReadAllText($journal).Replace('\"t\":\"I\"', '\"t\":\"J\"')); " + Row
                + " | Send-WixInboxMessage -Journal $journal",
            "Restore the file from a copy"),
        ["TextChanged"] = (
            $"{Row} | Send-WixInboxMessage -Journal $journal | Out-Null; {Row} | "
                + "Send-WixInboxMessage y -Journal $journal",
            "send them with -SkipCheck TextChanged"),
        ["JournalInUse"] = (
            "& { " + Row + " | Send-WixInboxMessage -Journal $journal } | Send-WixInboxMessage -Journal $journal",
            "Wait until that run is over"),
        ["JournalUnusable"] =
            (Row + " | Send-WixInboxMessage -Journal \"$journal/below/it\"", "Once the cause is corrected"),

        ["CsvInvalid"] = (
            "[IO.File]::WriteAllText($file, \"a,b`n`\"x\"); Import-WixInboxCsv -LiteralPath $file",
            ", line 2: a cell begins with a quotation mark"),

        ["PathInvalid"] =
            ("Show-WixInboxMessage -ConversationId $c x -Path Variable:\\x", "it is a path of the provider "),
        ["FileExists"] = (
            "[IO.File]::WriteAllText($journal, 'a,b'); "
                + "Show-WixInboxMessage -ConversationId $c x -Path $journal -NoClobber",
            "leave -NoClobber out"),
        ["PageUnwritable"] =
            ("Show-WixInboxMessage -ConversationId $c x -Path \"$journal/below/it\"", "cannot be written"),
        ["PathIsJournal"] = (
            Row + " | Send-WixInboxMessage -Journal $journal | Out-Null; Export-WixInboxReport $journal $journal",
            "Name another file with -Path"),
        ["PathRepeated"] = (
            Row
                + " | Send-WixInboxMessage -Journal $journal | Out-Null; $journal, $journal | "
                + "Export-WixInboxReport -Path \"$journal.html\"",
            "-Path { $_.BaseName + '.html' }"),

        ["ResultUnwritable"] = (Row + " | Send-WixInboxMessage -ResultPath \"$journal/below/it\"", "Nothing was sent."),

        ["RecipientMissing"] =
            ("[pscustomobject]@{ ContactId = ''; Text = 'x' } | Send-WixInboxMessage", "column ContactId is empty"),
        ["ConversationIdMissing"] =
            ("[pscustomobject]@{ Id = 'x' } | Get-WixInboxConversation", "The row's columns are Id"),
        ["ConversationIdInvalid"] = (
            "[pscustomobject]@{ conversation_id = 'x'; Text = 'x' } | Send-WixInboxMessage",
            "column conversation_id: 'x'"),
        ["ContactIdInvalid"] =
            ("[pscustomobject]@{ 'Contact Id' = 'x'; Text = 'x' } | Send-WixInboxMessage", "column Contact Id: 'x'"),
        ["MemberIdInvalid"] =
            ("[pscustomobject]@{ MemberId = 'x'; Text = 'x' } | Send-WixInboxMessage", "column MemberId: 'x'"),
        ["AnonymousVisitorIdInvalid"] =
            ("[pscustomobject]@{ VisitorId = 'x'; Text = 'x' } | Send-WixInboxMessage", "column VisitorId: 'x'"),
        ["EmailInvalid"] =
            ("[pscustomobject]@{ Mail = 'a;b'; Text = 'x' } | Send-WixInboxMessage", "column Mail: 'a;b'"),
        ["ContentMissing"] =
            ("[pscustomobject]@{ ConversationId = $c; Text = '' } | Send-WixInboxMessage", "column Text is empty"),
        ["ContentAmbiguous"] = (
            ToRow + " -Content ([WixInbox.MessageContent]@{ Minimal = @{ Text = 'x' }; Template = @{ Title = 'x' } })",
            "-Content"),
        ["SystemContentNotSendable"] =
            (ToRow + " -Content ([WixInbox.MessageContent]@{ System = @{ Text = 'x' } })", "-Content"),
        ["ColumnValueInvalid"] = (
            "[pscustomobject]@{ ConversationId = $c; Text = 'a', 'b' } | Send-WixInboxMessage",
            "column Text: It has 2 values (a, b), and takes one"),
        ["TextNotUnicode"] = (
            "[pscustomobject]@{ ConversationId = $c; Text = \"x$([char]0xD83D)\" } | Send-WixInboxMessage",
            "column Text"),
        ["UrlMissing"] = (ToRow + " x -File @{ Url = ''; Filename = 'invoice.pdf' }", "-File: It has no address"),
        ["TextMissing"] = (ToRow + " -Content ([WixInbox.MessageContent]@{ Minimal = @{ Text = '' } })", "-Content"),
        ["TitleMissing"] = (
            ToRow + " -Content ([WixInbox.MessageContent]@{ Form = @{ Title = ''; Fields = @(@{ Name = 'x' }) } })",
            "-Content"),
        ["DescriptionMissing"] = (
            ToRow
                + " -Content ([WixInbox.MessageContent]@{ Form = @{ Description = ''; Fields = @(@{ Name = 'x' }) } })",
            "-Content"),
        ["LabelMissing"] = (ToRow + " -Template -Title t -Button @{ LaunchUrl = 'https://e.example/' }", "-Button"),
        ["InteractionIdMissing"] =
            (ToRow + " -Template -Title t -Button @{ Label = 'x'; PostbackProperties = @{} }", "-Button"),
        ["BlockFailed"] = (ToRow + " -Text { throw 'no such order' }", "The block ended with an error: no such order"),
        ["BlockCountsAnew"] = ("$i = 0; " + ToRow + " -Text { $i++; 'x' }", "$script:i"),
        ["BlockLeavesPipeline"] = (ToRow + " -Text { if (1) { continue }; 'x' }", "Where-Object"),
        ["BlockMissing"] = (
            "[pscustomobject]@{ ConversationId = $c; Name = 'Ada' } | Send-WixInboxMessage -Text \"Hi $($_.Name)\"",
            "Put it in braces"),
        ["BlockValueInvalid"] = (ToRow + " -Text { 'a'; 'b' }", "it has 2 values"),
        ["ColumnUnknown"] = (
            "[pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada' } | "
                + "Send-WixInboxMessage -Text { $_.FirstName }",
            "Did you mean 'First Name'?"),
        ["ColumnUnreadable"] = (
            "$row = [pscustomobject]@{ ConversationId = $c }; "
                + "$row.PSObject.Properties.Add([psscriptproperty]::new('Text', { throw 'no' })); $row | "
                + "Send-WixInboxMessage",
            "The column cannot be read"),
        ["ParameterCombinationInvalid"] = (ToRow + " -Title x", "It belongs to a card (-Template) or a form (-Form)"),
        ["ParameterValueInvalid"] =
            ("Send-WixInboxMessage -Email 'a@example.com', 'b@example.com' -Text x", "Make a row of each"),
        ["PlaceholderInText"] = (ToRow + " -Text 'Hi {{Name}}'", "which nothing has replaced"),
        ["RowInText"] = (
            "[pscustomobject]@{ ConversationId = $c; Name = 'Ada' } | Send-WixInboxMessage -Text { \"Hi $_.Name\" }",
            "Name the column"),
        ["RowMissing"] = ("$null | Send-WixInboxMessage x", "the row is $null"),
        ["TextMisread"] = (ToRow + " -Text 'Olá JoÃ£o'", "Import-WixInboxCsv finds out the right one"),
        ["TextUnreadable"] = (ToRow + " -Text \"Zo$([char]0xFFFD)\"", "Import-WixInboxCsv finds out the right one"),
        ["TextTooLong"] = (
            "[pscustomobject]@{ ConversationId = $c; Text = 'x' * 16385 } | Send-WixInboxMessage",
            "column Text: 16,385 characters, and the limit is 16,384"),
        ["DescriptionTooLong"] =
            (ToRow + " -Form -Field @{ Name = 'x' } -Description ('x' * 16385)", "-Description: 16,385"),
        ["LabelTooLong"] = (ToRow + " -Template -Button @{ Label = 'x' * 16385 }", "-Button: 16,385"),
        ["TitleTooLong"] = (
            ToRow + " -Form -Field @{ Name = 'x' } -Title ('x' * 257)", "-Title: 257 characters, and the limit is 256"),
        ["PreviewTextTooLong"] = (ToRow + " x -PreviewText ('x' * 257)", "-PreviewText: 257"),
        ["TextLineTooLong"] = (ToRow + " -Template -TextLine ('x' * 513)", "-TextLine: 513"),
        ["FieldNameTooLong"] = (ToRow + " -Form -Field @{ Name = 'x' * 8193 }", "-Field: 8,193"),
        ["FieldValueTooLong"] = (ToRow + " -Form -Field @{ Name = 'x'; Value = 'x' * 8193 }", "-Field: 8,193"),
        ["InteractionIdTooLong"] = (
            ToRow + " -Template -Button @{ Label = 'x'; PostbackProperties = @{ InteractionId = 'x' * 257 } }",
            "-Button: 257"),
        ["SourceChannelIdTooLong"] = (ToRow + " x -SourceChannelId ('x' * 101)", "-SourceChannelId: 101"),
        ["TargetChannelIdTooLong"] = (ToRow + " x -TargetChannelId ('x' * 101)", "-TargetChannelId: 101"),
        ["FilenameTooLong"] = (ToRow + " x -File @{ Url = 'x'; Filename = 'x' * 256 }", "-File: 256"),
        ["MimeTypeTooLong"] = (ToRow + " x -File @{ Url = 'x'; MimeType = 'x' * 101 }", "-File: 101"),
        ["ImageIdTooLong"] = (ToRow + " x -Image @{ Id = 'x' * 2001 }", "-Image: 2,001"),
        ["FileIdTooLong"] = (ToRow + " x -File @{ Id = 'x' * 2001 }", "-File: 2,001"),
        ["DisplayNameTooLong"] = (
            "Import-WixInboxMedia -Url https://e.example/x -DisplayName ('x' * 1001)",
            "-DisplayName: 1,001 characters, and the limit is 1,000"),
        ["ImageUrlTooLong"] = (ToRow + " x -ImageUrl ('x' * 2001)", "-ImageUrl: 2,001"),
        ["FileUrlTooLong"] = (ToRow + " x -FileUrl ('x' * 2001)", "-FileUrl: 2,001"),
        ["IconUrlTooLong"] = (ToRow + " -Minimal x -IconUrl ('https://e.example/' + 'x' * 2001)", "-IconUrl: 2,019"),
        ["UrlTooLong"] = (ToRow + " -Minimal x -Url ('https://e.example/' + 'x' * 2001)", "-Url: 2,019"),
        ["LaunchUrlTooLong"] = (
            ToRow + " -Template -Button @{ Label = 'x'; LaunchUrl = 'https://e.example/' + 'x' * 16384 }",
            "-Button: 16,402"),
        ["ImageUrlInvalid"] =
            (ToRow + " -Template -ImageUrl nowhere", "-ImageUrl: 'nowhere' is not an absolute address"),
        ["IconUrlInvalid"] = (ToRow + " -Minimal x -IconUrl nowhere", "-IconUrl: 'nowhere'"),
        ["UrlInvalid"] = (ToRow + " -Minimal x -Url ftp://nowhere/", "-Url: 'ftp://nowhere/'"),
        ["LaunchUrlInvalid"] =
            (ToRow + " -Template -Button @{ Label = 'x'; LaunchUrl = 'nowhere' }", "-Button: 'nowhere'"),
        ["WidthInvalid"] = (ToRow + " x -Image @{ Url = 'x'; Width = -1 }", "-Image"),
        ["HeightInvalid"] = (ToRow + " x -Image @{ Url = 'x'; Height = [double]::NaN }", "-Image"),
        ["ItemMissing"] = (ToRow + " -Form -Field @{ Name = 'x' } -Media @{}", "-Media"),
        ["ItemAmbiguous"] = (
            ToRow + " -Form -Field @{ Name = 'x' } -Media @{ Image = @{ Url = 'x' }; File = @{ Url = 'x' } }",
            "-Media"),
        ["FieldsMissing"] = (ToRow + " -Form -Title t", "-Field"),
        ["TooManyImages"] =
            (ToRow + " -Template -Title t -ImageUrl https://e.example/1, https://e.example/2", "-ImageUrl"),
        ["TooManyButtons"] = (
            ToRow + " -Template -Button (1..11 | ForEach-Object { @{ Label = $_ } })",
            "-Button: 11 given, and the limit is 10"),
        ["TooManyTextLines"] = (ToRow + " -Template -TextLine (1..11)", "-TextLine: 11"),
        ["TooManyFields"] = (ToRow + " -Form -Field (1..16 | ForEach-Object { @{ Name = $_ } })", "-Field: 16"),
        ["TooManyMedia"] = (
            ToRow + " -Form -Field @{ Name = 'x' } -Media (1..16 | ForEach-Object { @{ Image = @{ Url = 'x' } } })",
            "-Media: 16"),
        ["TooManyTargetChannelIds"] = (ToRow + " x -TargetChannelId (1..101)", "-TargetChannelId: 101"),

        ["FileNotFound"] = (
            "[pscustomobject]@{ ConversationId = $c; 'Image Path' = $file } | Send-WixInboxMessage",
            "column Image Path: There is no file '"),
        ["FileUnreadable"] = (
            "$held = [IO.File]::Open($file, 'Create', 'Write', 'None'); $held.WriteByte(1); $held.Flush(); try { "
                + ToRow + " -FilePath $file } finally { $held.Dispose() }",
            "a.txt' cannot be read: "),
        ["FileEmpty"] = (
            "[IO.File]::WriteAllText($file, ''); " + ToRow + " -FilePath $file",
            "a.txt' is empty, and Wix accepts no empty file."),
        ["FileTypeMismatch"] = (
            "[IO.File]::WriteAllText(\"$file.png\", 'some text'); " + ToRow + " -FilePath \"$file.png\"",
            "Give it the ending of what it is."),
        ["ImageTypeUnknown"] =
            (FileRow.Replace("FilePath", "ImagePath", StringComparison.Ordinal), "-FilePath sends it as a file."),

        ["KeyMissing"] = (
            Row + " | Send-WixInboxMessage -Journal $journal -KeyProperty Order",
            "The row's columns are ConversationId, Text"),
        ["KeyTooLong"] = (
            "[pscustomobject]@{ ConversationId = $c; Text = 'x'; Order = 'x' * 1000 } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Order",
            "column Order"),
        ["KeyRepeated"] = (
            Row + ", " + Row + " | Send-WixInboxMessage -Journal $journal -KeyProperty Text | Out-Null",
            "column Text is 'x' there too"),
        ["KeyOfAnother"] = (
            Row + " | Send-WixInboxMessage -Journal $journal -KeyProperty Text | Out-Null; "
                + "[pscustomobject]@{ ContactId = $c; Text = 'x' } | "
                + "Send-WixInboxMessage -Journal $journal -KeyProperty Text | Out-Null",
            "or give this row a key of its own"),
    };

    /// <summary>Met on the way: what the server does, what is run, and the words that say what to do.</summary>
    public static Dictionary<string, (Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> Answer, string Script, string Words)> Failures { get; } = new()
    {
        ["ContactNotFound"] = (Contacts(0), Address + " | Send-WixInboxMessage", "or give -ContactId"),
        ["ContactAmbiguous"] = (Contacts(2), Address + " | Send-WixInboxMessage", "Give -ContactId to say which"),
        ["ContactMismatch"] = (
            Contacts(1),
            "[pscustomobject]@{ MemberId = $c; Email = 'ana@example.com'; Text = 'x' } | Send-WixInboxMessage",
            "-Email { $_.Email }"),
        ["ContactUnsubscribed"] =
            (Contacts(1), Address + " | Send-WixInboxMessage", "-IncludeUnsubscribed"),
        ["ConversationNotFound"] = (
            Refuse(404, "CONVERSATION_NOT_FOUND"),
            Row + " | Send-WixInboxMessage",
            "the current conversation is found"),
        ["ParticipantNotFound"] = (
            (request, _) => Task.FromResult(StubHandler.Error(
                request.Path.StartsWith("/contacts/", StringComparison.Ordinal) ? 403 : 404)),
            Contact + " | Send-WixInboxMessage",
            "Check that the id belongs to this site"),
        ["NotFound"] = (Refuse(404), Row + " | Send-WixInboxMessage", "Connect-WixInbox -BaseUri"),
        ["MediaUrlInvalid"] =
            (Refuse(400, "INVALID_MEDIA_URL"), Row + " | Send-WixInboxMessage", "It has to be public"),
        ["IdentityDoesNotMatch"] = (
            Refuse(403, "IDENTITY_DOES_NOT_MATCH"),
            Row + " | Send-WixInboxMessage -SendAs Participant",
            "Leave -SendAs out"),
        ["RequestRefused"] = (Refuse(400), Row + " | Send-WixInboxMessage", "Correct what it names"),
        ["EarlierMessageNotSent"] = (
            Refuse(503, retryAfter: 1), Row + ", " + Row + " | Send-WixInboxMessage", "Send both again, in this order"),
        ["ConnectionFailed"] = (
            (_, _) => throw new HttpRequestException("The wire was cut."),
            Contact + " | Send-WixInboxMessage",
            "The wire was cut. It is safe to send the message again"),
        ["ConnectionTimedOut"] =
            (Hang, Contact + " | Send-WixInboxMessage", "No answer came in time. It is safe to send the message again"),
        ["ServiceUnavailable"] =
            (Refuse(503, retryAfter: 1), Row + " | Send-WixInboxMessage", "It is safe to send the message again"),
        ["ResponseUnreadable"] = (
            (_, _) => Task.FromResult(StubHandler.Json(200, "<html>")),
            Row + " | Get-WixInboxMessage",
            "Try it again."),
        ["OutcomeUnknown"] =
            (Refuse(500), Row + " | Send-WixInboxMessage -OnAmbiguous Skip", "Look in the conversation"),
        ["Unauthorized"] = (Refuse(401), Row + " | Send-WixInboxMessage", "Connect again with a valid one"),
        ["SignInFailed"] = (
            Refuse(400),
            "$app = Connect-WixInbox -ClientId $c -ClientSecret $secret -InstanceId $c "
                + "-MessageHandler $handler -PassThru; " + Row + " | Send-WixInboxMessage -Connection $app",
            "Check -ClientId, -ClientSecret and -InstanceId"),
        ["TokenUnavailable"] = (
            (_, _) => Task.FromResult(StubHandler.Json(200, """{"access_token":"a b"}""")),
            "$app = Connect-WixInbox -ClientId $c -ClientSecret $secret -InstanceId $c "
                + "-MessageHandler $handler -PassThru; " + Row + " | Send-WixInboxMessage -Connection $app",
            "Connect again"),
        ["ProxySignInNeeded"] = (Refuse(407), Row + " | Send-WixInboxMessage", "-ProxyCredential"),
        ["PermissionDenied"] = (
            Refuse(403),
            Row + " | Send-WixInboxMessage",
            "may lack the permission Manage Inbox Messages (SCOPE.DC-INBOX.MANAGE-MSGS); "
                + "it may be an API key, which may not be allowed to do this at all; or it may be for another site"),
        ["InboxNotFound"] =
            (Refuse(404, "INBOX_INSTANCE_NOT_FOUND"), Row + " | Send-WixInboxMessage", "Check the site id"),
        ["RateLimited"] = (Refuse(429, retryAfter: 100_000), Row + " | Send-WixInboxMessage", "Continue after"),
        ["ServiceUnreachable"] = (
            (_, _) => throw new HttpRequestException("Nobody is there."),
            "1..100 | ForEach-Object { [pscustomobject]@{ MemberId = [guid]::NewGuid(); Text = 'x' } } | "
                + "Send-WixInboxMessage",
            "Check the network"),
        ["Redirected"] = (Refuse(302), Row + " | Send-WixInboxMessage", "Connect-WixInbox -BaseUri"),

        ["FileChanged"] = (
            Upload("READY"),
            "[IO.File]::WriteAllText($file, 'x'); & { [pscustomobject]@{ FilePath = $file }; "
                + "[IO.File]::AppendAllText($file, 'x'); [pscustomobject]@{ ConversationId = $c; Text = 'x'; "
                + "FilePath = $file } } | Send-WixInboxMessage",
            "Wait until no program writes to it any more. It is safe to send the message again."),
        ["FileTooLarge"] = (Refuse(413), FileRow, "Make it smaller"),
        ["FileRefused"] = (Refuse(415), FileRow, "send the file in another format"),
        ["MediaQuotaExceeded"] = (Break("SITE_QUOTA_EXCEEDED"), FileRow, "Free some in its Media Manager"),
        ["UploadRefused"] = (Upload("READY", upload: 410), FileRow, "It is safe to send the message again"),
        ["MediaFailed"] = (Upload("FAILED"), FileRow, "can be opened elsewhere"),
        ["MediaNotReady"] = (Upload("PENDING"), FileRow, "Import-WixInboxMedia -ReadyWaitSec waits for longer"),
        ["MediaNotFound"] = (Upload("PENDING", look: 404), FileRow, "It is safe to send the message again"),

        ["TooManyErrors"] = (Refuse(400), Row + " | Send-WixInboxMessage -MaxErrorCount 1", "-MaxErrorCount 1 is"),
    };

    private static Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> Refuse(
        int status, string? code = null, int? retryAfter = null) => (_, _) =>
    {
        var answer = StubHandler.Error(status, code);
        answer.Headers.Add(
            "Retry-After", retryAfter is null ? [] : [retryAfter.Value.ToString(CultureInfo.InvariantCulture)]);
        return Task.FromResult(answer);
    };

    private static Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> Contacts(int count) => (_, _) =>
    {
        const string contact = """{"id":"0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c","primaryInfo":{"email":"ana@example.com"},"primaryEmail":{"email":"ana@example.com","subscriptionStatus":"UNSUBSCRIBED"},"email":{"email":"ana@example.com","subscriptionStatus":{"status":"UNSUBSCRIBED"}},"memberInfo":{"memberId":"1c7e2d1c-7a54-4a0e-9a43-0c9d7b1f2e36"}}""";
        var contacts = Enumerable.Range(1, count).Select(number => contact.Replace(
            "a4b5c\"", FormattableString.Invariant($"a4b5{number}\""), StringComparison.Ordinal));
        return Task.FromResult(StubHandler.Json(200, $$"""{"contacts":[{{string.Join(",", contacts)}}]}"""));
    };

    private static Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> Break(string rule) => (_, _) =>
        Task.FromResult(StubHandler.Json(400, $$$$"""{"message":"No.","details":{"validationError":{"fieldViolations":[{"field":"sizeInBytes","description":"Not this.","ruleName":"{{{{rule}}}}"}]}}}"""));

    // What the server for uploads answers, and what Wix says of the file then.
    private static Func<RecordedRequest, CancellationToken, Task<HttpResponseMessage>> Upload(
        string status, int upload = 200, int look = 200) => (request, _) =>
    {
        var answered = request.Method switch { "PUT" => upload, "GET" => look, _ => 200 };
        return Task.FromResult(
            answered != 200 ? StubHandler.Error(answered)
            : request.Path.EndsWith("url", StringComparison.Ordinal)
                ? StubHandler.Json(200, """{"uploadUrl":"https://upload.example/x"}""")
            : StubHandler.Json(200, $$$"""{"file":{"id":"f","operationStatus":"{{{status}}}"}}"""));
    };

    private static async Task<HttpResponseMessage> Hang(RecordedRequest request, CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException();
    }
}

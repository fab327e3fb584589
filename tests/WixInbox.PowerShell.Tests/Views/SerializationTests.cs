using System.Management.Automation;
using System.Reflection;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// What is left of an object that goes through a job, a remote session or a file, which keep one level of most objects.
/// </summary>
public sealed class SerializationTests : IDisposable
{
    private const string Function =
        "function Picture($what) { "
        + "[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($what, "
        + "1)) }";

    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public SerializationTests()
    {
        _engine = Engine.ConnectedTo(_handler, name: "own");
        _engine.Set("c", Engine.Guid1);
        _engine.Set("d", Engine.Guid2);
        Assert.Null(_engine.Run(Function).Thrown);
    }

    public void Dispose() => _engine.Dispose();

    [Theory]
    [InlineData("$m.Content.Basic.Items[1].File.Filename", "f.pdf")]
    [InlineData("$m.Content.Form.Media[0].Image.UrlExpiration.UtcDateTime.Year", "2026")]
    [InlineData("$m.Content.Template.Buttons[0].PostbackProperties.InteractionId", "yes")]
    [InlineData("$m.Badges[0].Visibility -eq 'Business'", "True")]
    [InlineData("$m.Visibility -eq 'businessandparticipant'", "True")]
    [InlineData("$m.TargetChannels -contains 'Sms'", "True")]
    [InlineData("$m.CreatedDate.UtcDateTime.ToString('o')", "2026-01-02T03:04:05.0060000Z")]
    [InlineData("$m.Sequence -is [long]", "True")]
    [InlineData("$m.Sender.ContactId", Engine.Guid1)]
    [InlineData("$m.ConversationId", Engine.Guid2)]
    [InlineData("$m | Send-WixInboxMessage -Text 'Thanks 7' | ForEach-Object ConversationId", Engine.Guid2)]
    public void A_message_has_all_that_it_says(string script, string expected)
    {
        var result = _engine.Run($$"""
            $m = Picture ([WixInbox.Message]@{ ConversationId = $d; Visibility = 'BusinessAndParticipant'; CreatedDate = '2026-01-02T03:04:05.006Z'; Sequence = 7; Sender = @{ ContactId = $c }
                Badges = @(@{ Text = 'x'; Visibility = 'Business' }); TargetChannels = @('Sms')
                Content = @{
                    Basic = @{ Items = @(@{ Text = 'x' }, @{ File = @{ Url = 'https://e.example/'; Filename = 'f.pdf' } }) }
                    Template = @{ Buttons = @(@{ Label = 'Yes'; PostbackProperties = @{ InteractionId = 'yes' } }) }
                    Form = @{ Media = @(@{ Image = @{ Url = 'https://e.example/'; UrlExpiration = '2026-01-02T03:04:05Z' } }) } } })
            {{script}}
            """);

        Assert.Equal(expected, Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void A_message_as_JSON_is_whole_with_words_for_its_words()
    {
        var result = _engine.Run("""
            $button = @{ Label = 'Track'; LaunchUrl = 'https://e.example/' }
            $sent = Send-WixInboxMessage -ConversationId $c -Template -Title 'x 1' -Button $button
            $copy = $sent | ConvertTo-Json -Depth 9 -EnumsAsStrings | ConvertFrom-Json
            $copy.Content.Template.Buttons[0].Label; $copy.Visibility; $copy.Delivery
            """);

        Assert.Empty(result.Warnings);
        Assert.Equal(["Track", "BusinessAndParticipant", "Sent"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Every_word_that_an_object_has_stays_a_word()
    {
        var words = _engine.Run("[WixInbox.Message].Assembly; [WixInbox.WixInboxConnection].Assembly").Output
            .Select(item => (Assembly)item.BaseObject)
            .SelectMany(assembly => assembly.GetExportedTypes())
            .Where(type => type is { Namespace: "WixInbox", IsValueType: false }
                && type.Name is not ("Failure" or "WixInboxClientOptions" or "BulkRunOptions" or "ListMessagesRequest"
                    or "SendMessageRequest" or "JournalException" or "LocalFileException" or "Authentication"
                    or "BulkRow")
                && !type.IsGenericType)
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            .Select(property => property.PropertyType.IsArray
                ? property.PropertyType.GetElementType()!
                : Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType)
            .Where(type => type.IsEnum)
            .Distinct()
            .ToArray();
        Assert.InRange(words.Length, 9, 20);

        foreach (var type in words)
        {
            _engine.Set("word", Enum.GetValues(type).GetValue(0));
            Assert.Equal(Enum.GetNames(type)[0], _engine.Run("Picture $word").Output[0].BaseObject);
        }
    }

    [Fact]
    public void Counts_keep_their_numbers_and_spans()
    {
        var result = _engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Text = 'x 1' } | Send-WixInboxMessage -InformationVariable ended |
                Out-Null
            $copy = Picture $ended[0].MessageData
            $copy.Sent -is [int]; $copy.Elapsed -is [timespan]; $copy.Requests -is [long]
            """);

        Assert.All(result.Output, item => Assert.Equal(true, item.BaseObject));
    }

    [Fact]
    public void A_journals_rows_and_counts_keep_their_times_and_states()
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        var result = _engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Text = 'x 1' } | Send-WixInboxMessage -Journal $journal | Out-Null
            $entry = Get-WixInboxJournal $journal; $copy = Picture $entry
            $copy.State -eq 'Sent'
            $copy.Ended.UtcDateTime -eq $entry.Ended.UtcDateTime
            $copy.Attempts -eq 1
            $copy.MessageId -eq '1'
            $summary = Get-WixInboxJournal $journal -Summary; $copy = Picture $summary
            $copy.Sent -eq 1
            $copy.Elapsed -is [timespan]
            $copy.LastWritten.UtcDateTime -eq $summary.LastWritten.UtcDateTime
            $copy.Active -eq $false
            """);

        Assert.Equal(8, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal(true, item.BaseObject));
    }

    [Fact]
    public void A_file_of_the_Media_Manager_keeps_what_it_can_be_sent_by()
    {
        var result = _engine.Run("""
            $copy = Picture (
                [WixInbox.MediaFile]@{ Id = 'f1'; DisplayName = 'a.png'; OperationStatus = 'Ready'
                    MediaType = 'Image'; SizeInBytes = 5000000000; Width = 480; Height = 270
                    Url = 'https://e.example/f1'; Path = '/a.png' }
            )
            $copy.Id -eq 'f1'
            $copy.OperationStatus -eq 'Ready'
            $copy.MediaType -eq 'Image'
            $copy.SizeInBytes -eq 5000000000
            "$copy" -eq 'a.png (Ready)'
            $sent = $copy | Send-WixInboxMessage -ConversationId $c -Image { @{ Id = $_.Id; Width = $_.Width } }
            $sent.Content.Basic.Items[0].Image.Id -eq 'f1'; $sent.Content.Basic.Items[0].Image.Width -eq 480
            """);

        Assert.Equal(7, result.Output.Count);
        Assert.All(result.Output, item => Assert.Equal(true, item.BaseObject));
    }

    [Fact]
    public void A_test_has_its_row_and_what_is_wrong_with_it()
    {
        var result = _engine.Run("""
            $copy = Picture ([pscustomobject]@{ ConversationId = 'x'; Order = 7; Text = 'x' } | Test-WixInboxMessage)
            $copy.Valid
            $copy.Violations[0].Rule
            $copy.Violations[0].Column
            $copy.InputObject.Order
            $copy.Kind
            $copy.Problem
            """);

        Assert.Equal(
            ["False", "ConversationIdInvalid", "ConversationId", "7", "Basic"],
            result.Output.Take(5).Select(item => item.ToString()));
        Assert.StartsWith(
            "column ConversationId: 'x' is not a GUID", result.Output[5].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_error_has_its_id_its_row_and_what_Wix_answered_and_no_code()
    {
        using var engine = Engine.ConnectedTo(
            new StubHandler((_, _) => Task.FromResult(StubHandler.Error(500, "BROKEN"))));
        engine.Set("c", Engine.Guid1);
        engine.Run(Function);

        var copy = engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Order = 7; Text = 'x' } |
                Send-WixInboxMessage -OnAmbiguous Skip -ErrorVariable failed -ErrorAction SilentlyContinue
            Picture $failed[0]
            """).Output[0];

        Assert.Equal(
            "OutcomeUnknown,WixInbox.Commands.SendWixInboxMessageCommand",
            copy.Properties["FullyQualifiedErrorId"].Value);
        Assert.Equal(7, ((PSObject)copy.Properties["TargetObject"].Value).Properties["Order"].Value);
        var exception = (PSObject)copy.Properties["Exception"].Value;
        Assert.Equal(
            [
                "Attempts 1", "Code BROKEN", "Outcome Ambiguous", "RequestId request-500", "RetryAfter ", "Row 1",
                "StatusCode 500", "Violations ",
            ],
            exception.Properties.Where(property => property.Name != "Message")
                .Select(property => $"{property.Name} {property.Value}")
                .Order(StringComparer.Ordinal));
        Assert.StartsWith(
            "Row 1: the message to conversation",
            (string)exception.Properties["Message"].Value,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_connection_has_no_secret_and_says_where_it_leads()
    {
        _engine.Set("secret", Secrets.Secure("secret-of-the-tests"));

        var result = _engine.Run("""
            $connection = Connect-WixInbox -ApiKey $secret -SiteId $d -PassThru
            $copy = Picture $connection
            $copy.SiteId; $copy.Authentication; "$copy"
            [System.Management.Automation.PSSerializer]::Serialize($connection, 9)
            """);

        Assert.Equal(
            [Engine.Guid2, "ApiKey", $"https://www.wixapis.com (site {Engine.Guid2})"],
            result.Output.Take(3).Select(item => item.ToString()));
        Assert.All(result.AllStreams, text => Assert.DoesNotContain("secret-of", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_copy_of_a_connection_is_refused_with_what_to_do_by_every_cmdlet_that_takes_one()
    {
        var cmdlets = _engine.Run(
            "Get-Command -Module WixInbox | Where-Object { $_.Parameters.ContainsKey('Connection') -and $_.Name -notin "
                + "'Test-WixInboxMessage', 'Show-WixInboxMessage' } | "
                + "ForEach-Object Name").Output.Select(name => name.ToString()).ToArray();
        Assert.InRange(cmdlets.Length, 6, 30);

        foreach (var cmdlet in cmdlets)
        {
            var refusal = Assert
                .Single(_engine.Run($"$copy = Picture (Connect-WixInbox -Sandbox -PassThru); {cmdlet} -Connection "
                    + $"$copy{(cmdlet == "Import-WixInboxMedia" ? " -Url https://e.example/" : string.Empty)}").Errors)
                .ToString();

            Assert.Contains("This is a copy of a connection", refusal, StringComparison.Ordinal);
            Assert.Contains("Run Connect-WixInbox where the command runs", refusal, StringComparison.Ordinal);
        }

        Assert.Contains(
            "There is no connection 'https://e.example/'",
            _engine.Run("Send-WixInboxMessage x -ConversationId $c -Connection https://e.example/").Errors[0]
                .ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }
}

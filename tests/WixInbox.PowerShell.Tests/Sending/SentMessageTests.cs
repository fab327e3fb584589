namespace WixInbox.PowerShell.Tests;

/// <summary>What comes out of Send-WixInboxMessage: the message, and the way back to its row.</summary>
public sealed class SentMessageTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public SentMessageTests()
    {
        _engine = Engine.ConnectedTo(_handler, name: "own");
        _engine.Set("c", Engine.Guid1);
        _engine.Set("d", Engine.Guid2);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void A_message_leads_to_its_row_past_those_that_failed()
    {
        var result = _engine.Run("""
            $rows = 'a', '', 'b' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Order = "o$_"; Text = $_ } }
            $sent = $rows | Send-WixInboxMessage -ErrorAction SilentlyContinue
            $sent | ForEach-Object { "$($_.Row) $($_.InputObject.Order) $($_.Text) $($_.Recipient)" }
            [object]::ReferenceEquals($rows[2], $sent[1].InputObject)
            """);

        Assert.Equal(
            [$"1 oa a conversation {Engine.Guid1}", $"3 ob b conversation {Engine.Guid1}", "True"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_call_without_rows_gives_a_message_without_a_number()
    {
        var result = _engine.Run("Send-WixInboxMessage x -ConversationId $c");

        var message = Assert.Single(result.Output);
        Assert.Null(message.Properties["Row"].Value);
        Assert.Null(message.Properties["InputObject"].Value);
        Assert.Equal("conversation " + Engine.Guid1, message.Properties["Recipient"].Value);
    }

    [Fact]
    public void A_message_of_an_earlier_run_leads_to_its_row_too()
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        var result = _engine.Run("""
            $rows = 'a', 'b' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = $_ } }
            $rows | Send-WixInboxMessage -Journal $journal | Out-Null
            $rows | Send-WixInboxMessage -Journal $journal -IncludeAlreadySent |
                ForEach-Object { "$($_.Delivery) $($_.Row) $($_.InputObject.Text) $($_.Text)" }
            """);

        Assert.Equal(["Journaled 1 a a", "Journaled 2 b b"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_file_of_what_was_sent_can_be_read_by_a_person()
    {
        var result = _engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Name = 'Ana' } |
                Send-WixInboxMessage -Text { "Hi $($_.Name)" } -ImageUrl https://e.example/1 -PreviewText 'A greeting' |
                ConvertTo-Csv | ConvertFrom-Csv
            """);

        var row = Assert.Single(result.Output);
        string Column(string name) => row.Properties[name].Value?.ToString() ?? "no such column";
        Assert.Equal("1", Column("Row"));
        Assert.Equal("Hi Ana", Column("Text"));
        Assert.Equal("A greeting", Column("Preview"));
        Assert.Equal("conversation " + Engine.Guid1, Column("Recipient"));
        Assert.Contains("Ana", Column("InputObject"), StringComparison.Ordinal);
        Assert.DoesNotContain("WixInbox.", Column("Content") + Column("Sender"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[WixInbox.Badge]@{ Text = 'VIP' }", "VIP")]
    [InlineData("[WixInbox.Badge]@{ IconUrl = 'https://e.example/1' }", "https://e.example/1")]
    [InlineData("[WixInbox.BasicItem]@{ Text = 'Hi' }", "Hi")]
    [InlineData("[WixInbox.BasicItem]@{ Image = @{ Url = 'https://e.example/1' } }", "https://e.example/1")]
    [InlineData("[WixInbox.BasicContent]@{ Items = @(@{ Text = 'Hi' }, @{ File = @{ Url = 'f' } }) }", "Hi, f")]
    [InlineData("[WixInbox.TemplateContent]@{ Title = 'Order' }", "Order")]
    [InlineData("[WixInbox.TemplateContent]@{ TextLines = @('a', 'b') }", "a, b")]
    [InlineData("[WixInbox.MinimalContent]@{ Text = 'Paid' }", "Paid")]
    [InlineData("[WixInbox.FormContent]@{ Fields = @(@{ Name = 'Size'; Value = 'L' }) }", "Size: L")]
    [InlineData("[WixInbox.Button]@{ Label = 'Track' }", "Track")]
    [InlineData("[WixInbox.FormField]@{ Name = 'Size'; Value = 'L' }", "Size: L")]
    [InlineData("[WixInbox.MediaItem]@{ File = @{ Url = 'https://e.example/2' } }", "https://e.example/2")]
    [InlineData("[WixInbox.PostbackProperties]@{ InteractionId = 'yes' }", "yes")]
    [InlineData("[WixInbox.IdentificationData]@{ ContactId = $c; MemberId = $d }", "member " + Engine.Guid2)]
    [InlineData("[WixInbox.IdentificationData]@{ WixUserId = $d }", "Wix user " + Engine.Guid2)]
    [InlineData("[WixInbox.DisplayData]@{ Name = 'Ana' }", "Ana")]
    [InlineData("[WixInbox.Conversation]@{ Id = $c; ParticipantDisplayData = @{ Name = 'Ana' } }", "Ana")]
    [InlineData("[WixInbox.Conversation]@{ Id = $c }", Engine.Guid1)]
    [InlineData("[WixInbox.Message]@{ Content = @{ Minimal = @{ Text = 'Paid' } } }", "Paid")]
    public void What_is_nested_says_something(string script, string expected) =>
        Assert.Equal(expected, Assert.Single(_engine.Run($"\"$({script})\"").Output).ToString());

    [Fact]
    public void Text_is_all_that_a_message_says()
    {
        var result = _engine.Run("""
            $items = @{ Text = 'a' }, @{ Image = @{ Url = 'u' } }, @{ Text = 'b' }
            ([WixInbox.Message]@{ Content = @{ Basic = @{ Items = $items } } }).Text
            ([WixInbox.Message]@{ Content = @{ Template = @{ Title = 'Order'; TextLines = @('a', 'b') } } }).Text
            $null -eq ([WixInbox.Message]@{ Content = @{ Basic = @{ Items = @(@{ Image = @{ Url = 'u' } }) } } }).Text
            """);

        Assert.Equal(["a\nb", "Order\na\nb", "True"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void An_object_of_this_module_is_no_text_of_a_message()
    {
        var result = _engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Badge = [WixInbox.Badge]@{ Text = 'VIP' } } |
                Send-WixInboxMessage -Text { $_.Badge }
            """);

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_message_that_was_sent_is_answered_where_it_is()
    {
        var result = _engine.Run("""
            $sent = [pscustomobject]@{ ConversationId = $c; Text = 'first' } | Send-WixInboxMessage
            ($sent | Send-WixInboxMessage -Text 'second').InputObject.Text
            $sent | Send-WixInboxMessage
            """);

        Assert.Equal("first", Assert.Single(result.Output).ToString());
        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Equal(2, _handler.Requests.Count);
    }
}

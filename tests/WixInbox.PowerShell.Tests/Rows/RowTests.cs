namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// Whatever comes down the pipeline is a row: it has a number, ends as one output or one error, and moves no other
/// row's number.
/// </summary>
public sealed class RowTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly TemporaryFolder _folder = new();
    private readonly Engine _engine;

    public RowTests()
    {
        _engine = Engine.ConnectedTo(_handler, name: "own");
        _engine.Set("c", Engine.Guid1);
        _engine.Set("p", Engine.Guid2);
        _engine.Set("journal", _folder.File("run.jsonl"));
        _engine.Run("""
            function Rows { 1..4 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; N = $_ } } }
            function Throwing {
                [pscustomobject]@{ ConversationId = $c; N = 2 } | ForEach-Object {
                    $_.PSObject.Properties.Add([psscriptproperty]::new('Text', { throw 'no text today' }))
                    $_
                }
            }
            """);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(
        "Rows | Send-WixInboxMessage -Text { if ($_.N -eq 2) { throw 'no such order' }; \"x $($_.N)\" }",
        "BlockFailed",
        "Row 2: -Text: The block ended with an error: no such order.")]
    [InlineData(
        "Rows | Send-WixInboxMessage -Text { if ($_.N -eq 2) { [int]'two' }; \"x $($_.N)\" }",
        "BlockFailed",
        "Row 2: -Text: The block ended with an error: Cannot convert value")]
    [InlineData(
        "Rows | Send-WixInboxMessage -Text { if ($_.N -eq 2) { Get-Variable nowhere }; \"x $($_.N)\" }",
        "BlockFailed",
        "Row 2: -Text: The block ended with an error: Cannot find a variable with the name 'nowhere'.")]
    [InlineData(
        "Rows | Send-WixInboxMessage -Text { if ($_.N -eq 2) { 'a'; 'b' } else { \"x $($_.N)\" } }",
        "BlockValueInvalid",
        "Row 2: -Text: The output of the block cannot be used: it has 2 values (a, b), and takes one.")]
    [InlineData(
        "Rows | ForEach-Object { if ($_.N -eq 2) { $null } else { $_ } } | "
            + "Send-WixInboxMessage -Text { \"x $($_.N)\" }",
        "RowMissing",
        "Row 2: the row is $null")]
    [InlineData(
        "Rows | ForEach-Object { if ($_.N -eq 2) { Throwing } else { [pscustomobject]@{ ConversationId = $c; "
            + "Text = \"x $($_.N)\" } } } | Send-WixInboxMessage",
        "ColumnUnreadable",
        "Row 2: column Text: The column cannot be read: ")]
    [InlineData(
        "Rows | ForEach-Object { if ($_.N -eq 2) { Throwing } else { [pscustomobject]@{ ConversationId = $c; "
            + "Text = \"x $($_.N)\" } } } | Send-WixInboxMessage -Text { \"$($_.Text)\" }",
        "ColumnUnreadable",
        "Row 2: column Text: The column cannot be read: ")]
    [InlineData(
        "Rows | ForEach-Object { if ($_.N -eq 2) { Throwing } else { [pscustomobject]@{ ConversationId = $c; "
            + "Text = \"x $($_.N)\" } } } | Send-WixInboxMessage -Text { if ($_.Text) { $_.Text } else { 'y' } } "
            + "-PreviewText { $_.Text }",
        "ColumnUnreadable",
        "Row 2: column Text: The column cannot be read: ")]
    [InlineData(
        "Rows | Send-WixInboxMessage -Text { if ($_.N -ne 2) { \"x $($_.N)\" } }",
        "ContentMissing",
        "Row 2: there is nothing to send: -Text is empty.")]
    public void A_row_that_cannot_be_read_is_an_error_of_its_own_and_the_others_keep_their_numbers(
        string command, string id, string words)
    {
        var result = _engine.Run($"{command} -Journal $journal");

        Assert.Null(result.Thrown);
        Assert.Equal([id], result.ErrorIds);
        Assert.StartsWith(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("Rejected", ((dynamic)result.Errors[0].Exception).Outcome.ToString());
        Assert.Equal(
            ["x 1", "x 3", "x 4"], _handler.Requests.Select(request => request["message.content.basic.items.0.text"]));
        Assert.Equal((4, 3, 1), (Value("Rows"), Value("Sent"), Value("Rejected")));

        int Value(string name) => (int)result.Summary.Properties[name].Value;
    }

    [Fact]
    public void The_row_is_the_target_of_its_error_and_counts_in_the_journal_and_for_MaxErrorCount()
    {
        var result = _engine.Run(
            "try { Rows | Send-WixInboxMessage -Text { throw 'x' } -Journal $journal -MaxErrorCount 2 "
                + "-ErrorVariable failed -ErrorAction SilentlyContinue } catch { $_.FullyQualifiedErrorId }; "
                + "$failed.TargetObject.N; (Get-WixInboxJournal $journal -Summary).Failed");

        Assert.Equal(
            ["TooManyErrors,WixInbox.Commands.SendWixInboxMessageCommand", "1", "2", "2"],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Test_gives_a_result_for_each_of_them()
    {
        var result = _engine.Run(
            "(Rows), $null, (Throwing) | ForEach-Object { $_ } | "
                + "Test-WixInboxMessage -Text { if ($_.N -eq 3) { throw 'x' } else { 'y' } }");

        Assert.Empty(result.Errors);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], result.OutputOf("Row"));
        Assert.Equal(["True", "True", "False", "True", "False", "True"], result.OutputOf("Valid"));
    }

    [Fact]
    public void A_block_sees_the_row_and_the_variables_of_its_caller_wherever_it_stands_on_the_line()
    {
        var result = _engine.Run(
            "function Greet($word) { Rows | Send-WixInboxMessage { \"$word $($_.N) $($PSItem.N)\" } }; Greet Hello");

        Assert.Empty(result.Errors);
        Assert.Equal("Hello 1 1", _handler.Requests[0]["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void A_hashtable_is_a_row_like_any_other()
    {
        var result = _engine.Run(
            "@{ ConversationId = $c; Name = 'Ada' }, [ordered]@{ 'Conversation Id' = $c; Name = 'Bo' } | "
                + "Send-WixInboxMessage -Text { \"Hi $($_.Name)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal(
            ["Hi Ada", "Hi Bo"], _handler.Requests.Select(request => request["message.content.basic.items.0.text"]));
    }

    [Theory]
    [InlineData("@{ ConversationId = $c; Text = 'x'; PSObject = 'a name that PowerShell keeps for itself' }")]
    [InlineData("[pscustomobject]@{ ContactId = if ($false) { $p }; ConversationId = $c; Text = 'x' }")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; ' ' = 'a column without a name'; Text = '{ } or [ ]' }")]
    public void A_column_that_is_odd_or_nothing_at_all_is_in_nobodys_way(string row)
    {
        var result = _engine.Run($"{row} | Send-WixInboxMessage");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        Assert.Equal(Engine.Guid1, Assert.Single(_handler.Requests)["conversationId"]);
    }

    [Theory]
    [InlineData("'Hello'", "Hello")]
    [InlineData("@('Hello')", "Hello")]
    [InlineData("@(, @('Hello'))", "Hello")]
    [InlineData("@()", null)]
    [InlineData("@($null)", null)]
    [InlineData("if ($false) { 'Hello' }", null)]
    public void A_list_of_one_in_a_column_is_its_item_and_a_list_of_none_is_empty(string column, string? expected)
    {
        var result = _engine.Run($"[pscustomobject]@{{ ConversationId = $c; Text = {column} }} | Send-WixInboxMessage");

        Assert.Equal(expected is null ? ["ContentMissing"] : [], result.ErrorIds);
        Assert.Equal(
            expected, _handler.Requests.SingleOrDefault()?["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void A_message_that_is_piped_in_is_answered_where_it_is_said_and_never_repeated()
    {
        var first = _engine.Run(
            "$sent = Send-WixInboxMessage -ConversationId $c -Text first; $sent | Send-WixInboxMessage; $sent | "
                + "Send-WixInboxMessage -Badge VIP; $sent | Send-WixInboxMessage -ContactId $p -Text FYI");

        Assert.Equal(["ContentMissing", "ContentMissing"], first.ErrorIds);
        Assert.Contains("their content is not sent again", first.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["first", "FYI"],
            _handler.Requests.Select(request => request["message.content.basic.items.0.text"]).OfType<string>());
        Assert.Equal(StubHandler.ConversationOf(Engine.Guid2), _handler.Requests[^1]["conversationId"]);
    }

    [Theory]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv")]
    [InlineData("ConvertTo-Json -Depth 9 | ConvertFrom-Json")]
    [InlineData("ConvertTo-Json -Depth 9 | ConvertFrom-Json -AsHashtable")]
    [InlineData("ConvertTo-Csv | ConvertFrom-Csv | Select-Object -ExcludeProperty Content")]
    [InlineData("Select-Object ConversationId, Text")]
    [InlineData("Select-Object *")]
    public void A_message_that_was_saved_as_a_row_is_not_repeated_unless_that_is_said(string saved)
    {
        var result = _engine.Run($$"""
            $rows = Send-WixInboxMessage -ConversationId $c -Text first | {{saved}}
            $rows | Send-WixInboxMessage
            $rows | Send-WixInboxMessage -Text FYI
            $rows | Send-WixInboxMessage -Text { $_.Text }
            """);

        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Contains("their content is not sent again", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("-Text { $_.Text } sends it again.", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(
            ["first", "FYI", "first"],
            _handler.Requests.Select(request => request["message.content.basic.items.0.text"]).OfType<string>());
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Text = 'x'; Direction = 'north'; Sequence = 1 }")]
    [InlineData("[WixInbox.Contact]@{ Id = $p } | Select-Object ContactId, @{ Name = 'Text'; Expression = { 'x' } }")]
    public void A_row_that_is_like_a_message_or_made_of_a_contact_says_what_it_says(string row)
    {
        var result = _engine.Run($"{row} | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal("x", _handler.Requests[^1]["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void A_message_that_comes_back_from_a_file_or_a_job_is_not_repeated_either()
    {
        var result = _engine.Run("""
            $sent = Send-WixInboxMessage -ConversationId $c -Text first
            $text = [System.Management.Automation.PSSerializer]::Serialize($sent, 5)
            [System.Management.Automation.PSSerializer]::Deserialize($text) | Send-WixInboxMessage
            """);

        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Contains("their content is not sent again", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId $c -Text first", "Message", 2)]

    // The second of two rows without a column for it ends the run.
    [InlineData("[WixInbox.Contact]@{ Id = $p }", "Contact", 3)]
    public void An_object_of_the_module_is_called_what_it_is_wherever_it_has_been(string own, string type, int errors)
    {
        var result = _engine.Run($$"""
            $own = {{own}}
            $text = [System.Management.Automation.PSSerializer]::Serialize($own, 5)
            $own, [System.Management.Automation.PSSerializer]::Deserialize($text) | Send-WixInboxMessage
            """);

        Assert.Equal(Enumerable.Repeat("ContentMissing", errors), result.ErrorIds);
        Assert.All(result.Errors, error =>
        {
            Assert.Contains(
                $"there is nothing to send. {type} objects only name the recipient; their content is not sent again.",
                error.ToString(),
                StringComparison.Ordinal);
            Assert.DoesNotContain("sends it again", error.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void An_error_of_a_message_that_was_typed_names_no_columns()
    {
        var result = _engine.Run("Send-WixInboxMessage x");

        Assert.EndsWith(
            " or -Email, or a column of that name.",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void No_column_but_the_six_becomes_content()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Message = 'theirs'; Body = 'b'; Title = 'Mrs'; Badge = 'gold'; "
                + "Url = 'u'; Description = 'd'; Content = 'c'; File = 'f'; Image = 'i' } | Send-WixInboxMessage");

        Assert.Equal(["ContentMissing"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void Test_finds_missing_and_double_keys_and_says_yes_or_no_with_Quiet()
    {
        var result = _engine.Run(
            "'a', 'a', '' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Order = $_ } } | "
                + "Test-WixInboxMessage x -KeyProperty Order -Journal $journal -ThrottleLimit 3 | "
                + "ForEach-Object Valid; Rows | Test-WixInboxMessage x -Quiet; Rows | Test-WixInboxMessage -Quiet; "
                + "@() | Test-WixInboxMessage x -Quiet");

        Assert.Equal(
            ["True", "False", "False", "True", "False", "False"], result.Output.Select(item => item.ToString()));
    }
}

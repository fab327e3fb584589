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
        _engine = Engine.ConnectedTo(_handler);
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
        "Row 2: -Text: The block gives what cannot be used: it has 2 values (a, b), and takes one.")]
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

    [Theory]
    [InlineData("-ContactId $p", "contactId")]
    [InlineData("-MemberId $p", "memberId")]
    [InlineData("-ContactId { $p }", "contactId")]
    public void Whom_is_typed_goes_before_every_column(string parameters, string field)
    {
        foreach (var cmdlet in new[] { "Resolve-WixInboxConversation", "Send-WixInboxMessage -Text FYI" })
        {
            var before = _handler.Requests.Count;
            _engine.Run(
                "[pscustomobject]@{ ConversationId = $c; MemberId = $c; ContactId = $c; Email = 'a@example.com' } | "
                    + $"{cmdlet} {parameters}");

            Assert.Equal(
                $$$"""{"participantId":{"{{{field}}}":"{{{Engine.Guid2}}}"}}""",
                _handler.Requests.Skip(before).First(request => request.Path == "/inbox/v2/conversations").Body);
        }
    }

    [Fact]
    public void Of_two_who_are_typed_the_conversation_goes_before_the_contact()
    {
        var result = _engine.Run("Send-WixInboxMessage -ContactId $p -ConversationId $c -Text FYI");

        Assert.Empty(result.Errors);
        Assert.Equal(Engine.Guid1, Assert.Single(_handler.Requests)["conversationId"]);
    }

    [Theory]
    [InlineData("-ConversationId ''", "-ConversationId")]
    [InlineData("-ContactId $nobody", "-ContactId")]
    [InlineData("-Email { $_.'Work mail' }", "-Email")]
    [InlineData("-MemberId { $null }", "-MemberId")]
    public void Whom_is_typed_and_turns_out_empty_leaves_no_row_to_its_columns(string parameters, string source)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Email = 'a@example.com'; 'Work mail' = ' ' } | "
                + $"Send-WixInboxMessage FYI {parameters}");

        Assert.Equal(["RecipientMissing"], result.ErrorIds);
        Assert.Contains($"recipient: {source} is empty.", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_message_that_is_piped_in_is_answered_where_it_is_said_and_never_repeated()
    {
        var first = _engine.Run(
            "$sent = Send-WixInboxMessage -ConversationId $c -Text first; $sent | Send-WixInboxMessage; $sent | "
                + "Send-WixInboxMessage -Badge VIP; $sent | Send-WixInboxMessage -ContactId $p -Text FYI");

        Assert.Equal(["ContentMissing", "ContentMissing"], first.ErrorIds);
        Assert.Contains("what they say is not sent again", first.Errors[0].ToString(), StringComparison.Ordinal);
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
        Assert.Contains("what they say is not sent again", result.Errors[0].ToString(), StringComparison.Ordinal);
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
        Assert.Contains("what they say is not sent again", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Single(_handler.Requests);
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

    [Theory]
    [InlineData("ContactId = $c, $p")]
    [InlineData("MemberId = @{ Id = $p }")]
    [InlineData("Email = 'a@example.com', 'b@example.com'")]
    public void A_column_that_cannot_name_one_person_is_an_error_and_leaves_the_row_to_no_other(string column)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ {column}; 'Email 2' = 'c@example.com' }} | Send-WixInboxMessage FYI");

        Assert.Equal(["ColumnValueInvalid"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void An_id_of_another_system_leaves_the_row_to_its_address_with_one_warning()
    {
        var result = _engine.Run(
            "1..2 | ForEach-Object { [pscustomobject]@{ 'Contact ID' = '0035g00000XyZ'; 'Member ID' = 1042; "
                + "Email = 'not an address' } } | Test-WixInboxMessage x");

        Assert.Equal(["contact not an address", "contact not an address"], result.OutputOf("Recipient"));
        Assert.Equal(
            "Row 1: column Member ID holds '1042', which is not a Wix id (a GUID). "
                + "Column Email is used instead, in further such rows too.",
            Assert.Single(result.Warnings));
    }

    [Theory]
    [InlineData("Email", "User Email", 1)]
    [InlineData("Guest Email", "Buyer Email", 1)]
    [InlineData("Email 1", "Email 2", 0)]
    [InlineData("E-mail 1 - Value", "E-mail 2 - Value", 0)]
    [InlineData("Email", "Secondary Email", 0)]
    public void Where_the_first_address_is_empty_one_that_may_be_anothers_is_told_of_once(
        string first, string other, int warnings)
    {
        var result = _engine.Run(
            "'a@example.com', '', '' | ForEach-Object { "
                + $"[pscustomobject]@{{ '{other}' = 'b@example.com'; '{first}' = $_ }} }} | Test-WixInboxMessage x");

        Assert.Equal(
            ["contact a@example.com", "contact b@example.com", "contact b@example.com"], result.OutputOf("Recipient"));
        var told = result.Warnings.Where(one => one.Contains("is used instead", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, told.Length);
        Assert.All(told, warning => Assert.StartsWith(
            $"Row 2: column {first} is empty. Column {other} is used instead", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Email, Name, Email 2, Name 2", true)]
    [InlineData("Vorname, E-Mail, Vorname2, E-Mail2", true)]
    [InlineData("Email 1, Name 1, Email 2, Name 2", true)]
    [InlineData("First Name, Email, Phone, First Name 3, Email 3, Phone 3", true)]
    [InlineData("Name, Email, Email 2", false)]
    [InlineData("Email, Email 2, Name, Name 2", false)]
    [InlineData("Name, Email, Phone, Email 2, Phone 2", false)]
    [InlineData("First Name, Email 1, Email 2, Phone 1, Phone 2, Address 1 - City, Address 2 - City", false)]
    [InlineData(
        "Name, E-mail 1 - Type, E-mail 1 - Value, E-mail 2 - Type, E-mail 2 - Value, Organization 1 - Name, "
            + "Organization 2 - Name",
        false)]
    [InlineData("First Name, E-mail Address, E-mail Display Name, E-mail 2 Address, E-mail 2 Display Name", false)]
    public void A_second_address_is_another_persons_where_a_name_is_beside_it_that_is_a_second_one_too(
        string columns, bool isTold)
    {
        _engine.Set("names", columns.Split(", "));

        var result = _engine.Run("""
            $addresses = @($names -like '*mail*' -notlike '*Type' -notlike '*Display*')
            $row = [ordered]@{}
            $names | ForEach-Object { $row[$_] = if ($_ -eq $addresses[1]) { 'b@example.com' } }
            [pscustomobject]$row | Test-WixInboxMessage x
            """);

        Assert.Equal(["contact b@example.com"], result.OutputOf("Recipient"));
        Assert.Equal(
            isTold, result.Warnings.Any(warning => warning.Contains("somebody else", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("a***@example.com", "a part of it was made unreadable.")]
    [InlineData("a@example.com; b@example.com", "is not one e-mail address, but 2:")]
    [InlineData("n/a", "'n/a' stands in place of an address.")]
    public void A_cell_that_is_no_address_says_why_once_and_hides_nothing_else(string cell, string words)
    {
        var row = $"[pscustomobject]@{{ Email = '{cell}' }}";

        var result = _engine.Run(
            $"{row} | Test-WixInboxMessage ('x' * 16385) | ForEach-Object {{ $_.Violations.Rule; $_.Problem }}");
        var resolved = _engine.Run($"{row} | Resolve-WixInboxConversation");

        Assert.Equal(["EmailInvalid", "TextTooLong"], result.Output.SkipLast(1).Select(item => item.ToString()));
        Assert.Contains(words, result.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Contains(words, Assert.Single(resolved.Errors).ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("Email 1")]
    [InlineData("Contact email")]
    [InlineData("Login Email")]
    [InlineData("E-mail Address")]
    [InlineData("E-mail 1 - Value")]
    [InlineData("Email (Billing)")]
    [InlineData("Billing email")]
    [InlineData("E-Mail-Adresse")]
    [InlineData("Adresse e-mail")]
    [InlineData("Correo electrónico")]
    [InlineData("EMAIL_ADDRESS")]
    public void The_address_is_found_under_the_names_that_exports_have(string column)
    {
        var result = _engine.Run($"[pscustomobject]@{{ '{column}' = 'a@example.com' }} | Test-WixInboxMessage x");

        Assert.Equal(["contact a@example.com"], result.OutputOf("Recipient"));
    }

    [Fact]
    public void Of_several_address_columns_the_first_that_is_filled_counts_whatever_their_order()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ 'E-mail 2 Address' = 'c@example.com'; 'Billing email' = 'b@example.com'; Email = '' "
                + "}, [pscustomobject]@{ 'Email 2' = 'b@example.com'; 'Email 1' = ' ' } | Test-WixInboxMessage x");

        Assert.Equal(["contact b@example.com", "contact b@example.com"], result.OutputOf("Recipient"));
    }

    [Theory]
    [InlineData(
        "",
        "There is no recipient. Column 'Work mail' looks as if it had addresses: -Email { $_.'Work mail' } uses it.")]
    [InlineData(
        "-Email 'Work mail'",
        "-Email: 'Work mail' is no address, but the name of a column. -Email { $_.'Work mail' } uses that column.")]
    public void Where_no_column_is_known_the_error_shows_the_line_that_works(string parameters, string words)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Name = 'Ada'; 'Work mail' = 'a@example.com' } | "
                + $"Test-WixInboxMessage x {parameters}");

        Assert.Equal([words], result.OutputOf("Problem"));
        Assert.Equal(
            ["True"],
            _engine.Run(
                "[pscustomobject]@{ 'Work mail' = 'a@example.com' } | "
                    + "Test-WixInboxMessage x -Email { $_.'Work mail' }").OutputOf("Valid"));
    }

    [Theory]
    [InlineData(
        "'Email 2' = ''; 'Work mail' = 'a@example.com'",
        "There is no recipient: column Email 2 is empty. "
            + "Column 'Work mail' looks as if it had addresses: -Email { $_.'Work mail' } uses it.")]
    [InlineData(
        "Ada = 'Grace'; 'a@example.com' = 'g@example.com'",
        "There is no recipient. A column is called 'a@example.com', which is an address: the file has no names of "
            + "columns, and its first row was taken for them. Import-WixInboxCsv -Header gives it names.")]
    public void Where_the_known_columns_are_empty_or_there_are_no_names_the_error_says_how_to_go_on(
        string columns, string words)
    {
        Assert.Equal(
            [words], _engine.Run($"[pscustomobject]@{{ {columns} }} | Test-WixInboxMessage x").OutputOf("Problem"));
    }

    [Theory]
    [InlineData("bob@example.com", " The row is an address: -Email { $_ } takes it as one.")]
    [InlineData(
        "0f5ce2b8-5d1b-4f07-9a7e-3b8f3a0c9f11", " The row is an id: -ContactId { $_ } takes it as a contact's.")]
    [InlineData(
        "bob@example.com,Bob",
        " The row is a line with separators, as those of a CSV file are: Import-WixInboxCsv reads the file into rows "
            + "with columns.")]
    public void A_mere_text_that_could_be_a_recipient_is_told_how_it_becomes_one(string text, string words)
    {
        var problem = Assert.Single(_engine.Run($"'{text}' | Test-WixInboxMessage x").OutputOf("Problem"));

        Assert.EndsWith(words, problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Text \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text:\"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("`\n    -Text \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-ContactId $p \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text x -Email $_.Mail", "-Email { $_.Mail }.")]
    [InlineData("-Text \"Hi $_.Name\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text \"Hi $($psitem.Name)\"", "-Text { \"Hi $($psitem.Name)\" }.")]
    [InlineData("-Text \"Hi $PSItem.Name\"", "-Text { \"Hi $($PSItem.Name)\" }.")]
    [InlineData("-Text x -Email $_.'Work mail'", "-Email { $_.'Work mail' }.")]
    [InlineData("\"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    public void A_value_that_reads_the_row_outside_of_a_block_is_refused_before_the_first_row(
        string parameters, string words)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = 'Ada' }} | Send-WixInboxMessage {parameters}");

        Assert.Equal("BlockMissing", result.ThrownId ?? result.ErrorIds[0]);
        Assert.EndsWith(
            words, (result.Thrown ?? (object)result.Errors[0]).ToString()!.Split('\n')[0], StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.Empty(_engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Name = 'Ada' } | ForEach-Object { $_ | "
                + "Send-WixInboxMessage -Text \"Hi $($_.Name)\" }").Errors);
    }

    [Theory]
    [InlineData("if ($_.N -eq 2) { break }; 'x'", "break")]
    [InlineData("1, 2 | ForEach-Object { if ($_ -eq 2) { continue } }; 'x'", "continue")]
    [InlineData("foreach ($n in 1, 2) { if ($n -eq 2) { break } }; if ($_.N -eq 2) { continue }; 'x'", "continue")]
    [InlineData("foreach ($n in 1, 2) { if ($n -eq 2) { exit 1 } }; 'x'", "exit 1")]
    public void A_block_that_would_end_the_script_is_refused_before_the_first_row(string block, string statement)
    {
        var result = _engine.Run(
            $"try {{ Rows | Send-WixInboxMessage -Text {{ {block} }} }} catch {{ \"$_\" }}; 'after'");

        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith(
            $"The block of -Text has '{statement}', which would end the whole script",
            result.Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("-Template -Text hi", "-Text does not belong to a card (-Template)")]
    [InlineData("-Title hi", "It belongs to a card (-Template) or a form (-Form).")]
    [InlineData("-Template -Title hi -FileUrl https://e.example/a", "-FileUrl does not belong to a card (-Template)")]
    [InlineData("-Template -Title hi -Field @{ Name = 'a' }", "-Field does not belong to a card (-Template)")]
    [InlineData("-Template -Form -Title hi", "-Template and -Form cannot be combined")]
    [InlineData("-Email 'a@example.com', 'b@example.com' -Text x", "-Email takes one value for all rows")]
    [InlineData("-Text 'Hi', 'you'", "join them: -Text ($lines -join \"`n\"), or read the file with Get-Content -Raw.")]
    [InlineData("-Text x -InputObject @(@{ a = 1 }, 2)", "-InputObject takes one row, and was given 2: pipe them in")]
    [InlineData("-Text x -ImagePath https://example.com/a.png", "-ImageUrl takes those.")]
    [InlineData("-Text x -ImagePath pics/*.png", "-ImagePath (Get-ChildItem 'pics/*.png') sends all files that match.")]
    public void An_error_names_the_parameter_or_the_line_that_was_wanted(string parameters, string words)
    {
        var recipient = parameters.StartsWith("-Email", StringComparison.Ordinal)
            || parameters.Contains("-InputObject", StringComparison.Ordinal)
                ? string.Empty
                : "-ConversationId $c";
        var result = _engine.Run($"Send-WixInboxMessage {recipient} {parameters}");

        Assert.Contains(words, (result.Thrown ?? (object)result.Errors[0]).ToString(), StringComparison.Ordinal);
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

        Assert.Equal(["True", "False", "False", "True", "False", "False"], result.Output.Select(item => item.ToString()));
    }
}

using System.Globalization;

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// What a block reads in place of its row, and what it counts with, is told of before anything is sent.
/// </summary>
public sealed class BlockCheckTests : RowRuns
{
    // Its keys differ in upper and lower case.
    private const string FromJson =
        "('{\"conversationId\":\"' + $c + '\",\"name\":\"Ada\"}' | ConvertFrom-Json -AsHashtable)";

    private const string OtherRows = """
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = "N$_"; Order = $_ } }
        $shop = [pscustomobject]@{ Name = 'Shop' }
        foreach ($last in $rows) { }

        """;

    [Fact]
    public void A_column_of_the_row_that_was_tested_is_found_where_it_is()
    {
        Engine.Run(
            "$rows = 1, 2 | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; 'First Name' = 'Ada' } }");
        const string Send = "Send-WixInboxMessage -Text { $_.'First Name' }";

        var error = Engine.Run($"$rows | Test-WixInboxMessage x | {Send}").Errors[0].ToString();

        Assert.Contains(
            "a column 'First Name', which the row does not have. The row that was tested is in its InputObject: "
                + "… | ForEach-Object InputObject | ….",
            error,
            StringComparison.Ordinal);
        Assert.Equal(
            2, Engine.Run($"$rows | Test-WixInboxMessage x | ForEach-Object InputObject | {Send}").Output.Count);
    }

    [Theory]
    [InlineData("Address", "$_.Address.City")]
    [InlineData("Their Address", "$_.'Their Address'.City")]
    public void So_is_one_of_an_object_in_a_column(string column, string expression)
    {
        Engine.Run(
            $"$row = [pscustomobject]@{{ ConversationId = $c; '{column}' = [pscustomobject]@{{ City = 'Cork' }} }}");

        Assert.Contains(
            $"What stands in its column {column} has one: {expression}.",
            Assert.Single(Engine.Run("$row | Send-WixInboxMessage -Text { $_.City }").Errors).ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["Cork"], Engine.Run($"$row | Send-WixInboxMessage -Text {{ {expression} }}").OutputOf("Text"));
    }

    [Theory]
    [InlineData("{ \"No. $($codes[$n++])\" }", "$n++")]
    [InlineData("{ --$n; \"No. $n\" }", "--$n")]
    [InlineData("{ $n += 1; \"No. $n\" }", "$n += 1")]
    [InlineData("{ $n = $n + 1; \"No. $n\" }", "$n = $n + 1")]
    [InlineData("{ 'a' | ForEach-Object { $n++; \"$n. $_\" } }", "$n++")]
    public void A_block_that_counts_with_a_variable_of_its_caller_is_refused(string text, string source)
    {
        var result = Engine.Run(
            $"$n = 0; $codes = 'A', 'B'; "
                + $"try {{ (Row), (Row) | Send-WixInboxMessage -Text {text} }} catch {{ \"$_\" }}");

        Assert.StartsWith(
            $"The block of -Text has '{source}', and $n starts over for each row",
            Assert.Single(result.Output).ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData(0xFEFF, "\uFEFFOrder", "<U+FEFF>Order")]
    [InlineData(0x200B, "Or\u200Bder", "Or<U+200B>der")]
    [InlineData(0xA0, "Order\u00A0", "Order<U+00A0>")]
    public void A_column_whose_name_has_a_character_that_cannot_be_seen_is_shown_with_it_and_can_be_used(
        int code, string column, string shown)
    {
        Engine.Set("column", column);
        const string Rows = "1, 2 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; $column = 'A-1' } } | ";

        var error = Engine.Run(
            $"try {{ {Rows} Send-WixInboxMessage -Text {{ \"No. $($_.Order)\" }} }} catch {{ }}").Errors[0].ToString();

        var unseen = string.Create(CultureInfo.InvariantCulture, $"$([char]0x{code:X4})");
        var written = column.Replace($"{(char)code}", unseen, StringComparison.Ordinal);
        Assert.Contains(
            $"reads a column 'Order', which the row does not have. Did you mean '{shown}'? It has a character that "
                + $"cannot be seen: $_.\"{written}\".",
            error,
            StringComparison.Ordinal);
        Engine.Run($"{Rows} Send-WixInboxMessage -Text {{ \"No. $($_.\"{written}\")\" }}");
        Assert.Contains(
            Handler.Requests, request => request["message.content.basic.items.0.text"] == "No. A-1");
        Assert.Contains(
            $"The row's columns are {shown}.",
            Engine.Run("[pscustomobject]@{ $column = 'q' } | Send-WixInboxMessage x").Errors[0].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FromJson, "$_.Name")]
    [InlineData(FromJson, "$_['Name']")]
    [InlineData("@{ ConversationId = $c; name = 'Ada' }", "$_['Nmae']")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; name = 'Ada' }", "$_['nam']")]
    public void A_block_that_finds_no_column_by_its_name_is_refused(string row, string read)
    {
        var result = Engine.Run($"{row} | Send-WixInboxMessage -Text {{ \"Hi $({read})\" }}");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains(
            "which the row does not have. Did you mean 'name'?",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_whose_keys_are_no_names_is_a_row_like_others()
    {
        var result = Engine.Run("""
            $list = [Collections.SortedList]::new()
            $list.Add(1, 'x')
            $row = [pscustomobject]@{ ConversationId = $c; Name = 'Ada' }
            $row, $list, $row | Send-WixInboxMessage -Text { "Hi $($_.Name)" } -WarningAction Ignore
            """);

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void An_index_into_a_row_that_has_none_is_refused()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; 'First name' = 'Ada' } | "
                + "Send-WixInboxMessage -Text { \"Hi $($_['First name'])\" }");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains(
            "The block reads $_['First name'], and an index gives nothing of such a row. Write $_.'First name'.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("@{ conversationId = $c; name = 'Ada' }", "$_['Name']")]
    [InlineData("@{ conversationId = $c; name = 'Ada' }", "if ($_.ContainsKey('Nick')) { $_['Nick'] } else { 'Ada' }")]
    [InlineData(FromJson, "$_.name")]
    [InlineData("$table.Rows[0]", "$_['name']")]
    [InlineData(
        "[pscustomobject]@{ ConversationId = $c; Name = 'Ada' }",
        "if ($_ -is [hashtable]) { $_['Name'] } else { $_.Name }")]
    public void What_an_index_finds_is_sent(string row, string read)
    {
        var result = Engine.Run($$"""
            $table = [Data.DataTable]::new()
            'ConversationId', 'Name' | ForEach-Object { $null = $table.Columns.Add($_) }
            $null = $table.Rows.Add($c, 'Ada')
            {{row}} | Send-WixInboxMessage -Text { "Hi $({{read}})" }
            """);

        Assert.Empty(result.Errors);
        Assert.Equal("Hi Ada", Handler.Requests[0]["message.content.basic.items.0.text"]);
    }

    [Fact]
    public void So_is_one_that_has_a_sign_of_PowerShells_own_besides()
    {
        Engine.Set("column", "Or\u200Bder$");
        const string Rows = "1, 2 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; $column = 'A-1' } } | ";
        const string Written = "$_.\"Or$([char]0x200B)der`$\"";

        var error = Engine.Run(
            $"try {{ {Rows} Send-WixInboxMessage -Text {{ \"No. $($_.Order)\" }} }} catch {{ }}").Errors[0].ToString();

        Assert.Contains(Written, error, StringComparison.Ordinal);
        Engine.Run($"{Rows} Send-WixInboxMessage -Text {{ \"No. $({Written})\" }}");
        Assert.Contains(
            Handler.Requests, request => request["message.content.basic.items.0.text"] == "No. A-1");
    }

    [Theory]
    [InlineData("Oder", "Order")]
    [InlineData("Odrer", "Order")]
    [InlineData("FistNme", "First Name")]
    [InlineData("Nummber", "Number")]
    [InlineData("No", "No.")]
    [InlineData("Ord", null)]
    [InlineData("Nmae", null)]
    public void A_column_that_a_row_lacks_is_taken_for_the_nearest_one_if_that_is_near(string read, string? meant)
    {
        var error = Assert.Single(Engine.Run($$"""
            [pscustomobject]@{ ConversationId = $c; 'First Name' = 1; Order = 2; Numbers = 3; Number = 4; 'No.' = 5 } |
                Send-WixInboxMessage { "Hi $($_.{{read}})" }
            """).Errors).ToString();

        Assert.Contains($"a column '{read}', which the row does not have", error, StringComparison.Ordinal);
        Assert.Equal(meant is not null, error.Contains($" Did you mean '{meant}'?", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$_.PSObject.Properties['Note']")]
    [InlineData("$_.psobject.Properties.Match('Note').Count")]
    [InlineData("'Note' -in $_.PSObject.Properties.Name")]
    [InlineData("$_.PSObject.Properties.Name -contains 'note'")]
    [InlineData("$_.PSObject.Properties.Where({ $_.Name -eq 'Note' }) -and $_.PSObject.Members['Note']")]
    [InlineData("$_ | Get-Member Note")]
    [InlineData("$_.Keys -contains 'Note'", "@")]
    [InlineData("$_.ContainsKey('Note')", "@")]
    public void A_column_that_the_block_asks_for_may_be_missing(string condition, string type = "[pscustomobject]@")
    {
        var result = Engine.Run(
            $"1, 2 | ForEach-Object {{ {type}{{ ConversationId = New-Guid; Name = 'Ada' }} }} | "
                + $"Send-WixInboxMessage {{ \"Hi $($_.Name).$(if ({condition}) {{ $_.Note }})\" }}");

        Assert.Empty(result.Errors);
        Assert.Equal(["Hi Ada.", "Hi Ada."], result.OutputOf("Text"));
    }

    [Fact]
    public void So_may_one_that_has_a_word_in_its_place()
    {
        var result = Engine.Run("Row | Send-WixInboxMessage { \"Hi $($_.Nick ?? $_.'First Name').\" }");

        Assert.Equal(["Hi Ada."], result.OutputOf("Text"));
    }

    [Fact]
    public void Another_column_than_the_one_that_is_asked_for_is_missing_nevertheless()
    {
        var result = Engine.Run(
            "Row | Send-WixInboxMessage { \"Hi $(if ($_.PSObject.Properties['Note']) { $_.Note }) $($_.Nick)\" }");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains("reads a column 'Nick'", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"No. $($_.Order) of $shop\"")]
    [InlineData("{ \"No. $($_.Order) of $shop\" }")]
    [InlineData("{ { \"No. $($_.Order) of $shop\" } }")]
    public void A_block_in_a_block_as_a_data_file_has_it_is_run(string block)
    {
        var result = Engine.Run($$"""
            function Send-All {
                $shop = 'Ours'
                $parameters = @{ Text = [scriptblock]::Create('{{block}}') }
                Row | Send-WixInboxMessage @parameters
            }
            Send-All
            """);

        Assert.Equal(["No. 10403 of Ours"], result.OutputOf("Text"));
    }

    [Fact]
    public void So_is_one_that_Import_PowerShellDataFile_reads()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".psd1");
        File.WriteAllText(file, "@{ Text = { \"No. $($_.Order)\" } }");
        try
        {
            Engine.Set("file", file);

            var result = Engine.Run("$all = Import-PowerShellDataFile $file; Row | Send-WixInboxMessage @all");

            Assert.Equal(["No. 10403"], result.OutputOf("Text"));
            Assert.Equal(
                ["ColumnUnknown"],
                Engine.Run("'' | Select-Object Name, @{ n = 'ConversationId'; e = { $c } } | "
                    + "Send-WixInboxMessage @all").ErrorIds);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Theory]
    [InlineData("{ $script:n++; \"No. $script:n\" }")]
    [InlineData("{ $n = 5; $n++; \"No. $n\" }")]
    [InlineData("{ for ($n = 0; $n -lt 2; $n++) { }; \"No. $n\" }")]
    [InlineData("{ $other++; \"No. $other\" }")]
    [InlineData("{ $h = @{ n = 1 }; $h.n++; $h['n'] += 1; \"No. $($h.n)\" }")]
    [InlineData("{ $n += ' more'; \"No. $n\" }")]
    [InlineData("{ $n = $n -eq 0; \"No. $n\" }")]
    [InlineData("{ $n = $n * 2; \"No. $n\" }")]
    public void A_block_that_counts_with_its_own_is_not(string text)
    {
        var result = Engine.Run($"$n = 0; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("", "{ \"Hi $FirstNme.\" }")]
    [InlineData("$order = 'Yours'", "{ \"Hi $Order.\" }")]
    [InlineData("$order = $null", "{ \"Hi $Order.\" }")]
    [InlineData("", "{ $order = $_.Order; \"Hi $order.\" }")]
    [InlineData("", "{ [string] $order, $first = $_.Order, 1; \"Hi $order.\" }")]
    [InlineData("", "{ foreach ($order in 1, 2) { $all += \"$order\" }; $all }")]
    [InlineData("", "{ Set-Variable Order 1; \"Hi $order.\" }")]
    [InlineData("", "{ $order++; \"Hi $order.\" }")]
    [InlineData("$names = { $order = 'Yours' }", "{ . $names; \"Hi $order.\" }")]
    [InlineData("", "{ & { param($Order) \"Hi $order.\" } 1 }")]
    [InlineData("function global:Get-It { param($order) { \"Hi $order.\" }.GetNewClosure() }", "(Get-It 'x')")]
    public void A_variable_that_is_set_somewhere_is_no_column(string before, string text)
    {
        var result = Engine.Run($"{before}; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Total = 7 }", "Count", "ColumnUnknown")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Width = 7 }", "Length", "ColumnUnknown")]
    [InlineData("@{ ConversationId = $c; Total = 7 }", "Count", "ColumnUnknown")]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Count = 7 }", "Count", null)]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Length = 7 } | Group-Object Length", "Count", null)]
    public void What_PowerShell_says_of_any_object_is_no_column(string row, string member, string? error)
    {
        var result = Engine.Run($$"""
            {{row}} | Send-WixInboxMessage -ConversationId $c -Text { "You have $($_.{{member}}) of them." }
            """);

        Assert.Equal(error is null ? [] : [error], result.ErrorIds);
    }

    [Fact]
    public void A_column_that_no_row_has_since_the_file_has_another_separator_is_told_so()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ 'Email;First Name' = 'a@example.com;Ada' } | "
                + "Send-WixInboxMessage { \"Hi $($_.'First Name')\" }");

        Assert.Contains(
            "the file has another separator, perhaps ';'. Import-WixInboxCsv",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_hashtable_was_read_from_no_file()
    {
        var result = Engine.Run(
            "@{ 'Email;First Name' = 'a@example.com;Ada' } | Send-WixInboxMessage { \"Hi $($_.'First Name')\" }");

        Assert.Contains(
            "The row's columns are Email;First Name.",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($_.Name)\" }", "write it without braces: -Text \"… $($_.Name) …\".")]
    [InlineData("-Template -Title { $_.'Full name' }", "-Title \"… $($_.'Full name') …\".")]
    [InlineData("-Text { \"Hi $($_.'Child''s name')\" }", "-Text \"… $($_.'Child''s name') …\".")]
    [InlineData("-Text { \"Hi $($_.'1st name')\" }", "-Text \"… $($_.'1st name') …\".")]
    [InlineData("-Text { \"Hi $($_.'1st')\" }", "-Text \"… $($_.'1st') …\".")]
    [InlineData("-Text { \"Hi $($_.First_Name)\" }", "-Text \"… $($_.First_Name) …\".")]
    public void A_block_that_reads_a_row_where_none_is_piped_in_sends_nothing(string text, string words)
    {
        var result = Engine.Run($"Row | ForEach-Object {{ Send-WixInboxMessage -ConversationId $c {text} }}");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Assert.Empty(Engine.Run("Send-WixInboxMessage -ConversationId $c -Text { 'It is ' + 'ready.' }").Errors);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($rows.Name), $($_.Order)\" }", "$rows.Name, which comes from other rows")]
    [InlineData("-Text { \"Hi $($last.Name), $($_.Order)\" }", "For the row itself, write $_.Name.")]
    [InlineData("-Text { \"Hi $($rows[0].Name), $($_.Order)\" }", "The block reads $rows[0].Name")]
    [InlineData("-Text { \"Hi $(($rows).Name), $($_.Order)\" }", "The block reads ($rows).Name")]
    [InlineData("-Text x -ConversationId { $last.ConversationId }", "-ConversationId: The block reads $last.Conv")]
    [InlineData("-Template -Title x -TextLine { $rows.Name }", "-TextLine: The block reads $rows.Name")]
    public void A_block_that_reads_other_rows_in_place_of_its_own_sends_nothing(string parameters, string words)
    {
        var result = Engine.Run(OtherRows + "$rows | Send-WixInboxMessage " + parameters);

        Assert.All(result.ErrorIds, id => Assert.Equal("ColumnUnknown", id));
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.InRange(Handler.Requests.Count, 0, parameters.Contains("$last", StringComparison.Ordinal) ? 1 : 0);
    }

    [Theory]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name), one of $($rows.Count)\" }")]
    [InlineData("$rows | Send-WixInboxMessage { $o = $_.Order; \"$(($rows | Where-Object Order -EQ $o).Name), hi\" }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name), $($shop.Name)\" }")]
    [InlineData("foreach ($row in $rows) { $row | Send-WixInboxMessage { \"Hi $($row.Name)\" } }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($rows[$_.Order - 1].Name)\" }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name) $($rows.Name)\" } -SkipCheck ColumnUnknown")]
    [InlineData("$rows | Send-WixInboxMessage { param($r = $_) \"Hi $($r.Name)\" }")]
    public void A_block_may_look_at_them(string script)
    {
        var result = Engine.Run(OtherRows + script);

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(3, Handler.Requests.Count);
    }

    [Fact]
    public void A_variable_of_the_function_that_a_block_stands_in_is_set()
    {
        var result = Engine.Run("""
            New-Module { function Send-All($block) { Row | Send-WixInboxMessage -Text $block } } | Out-Null
            function Send-Mine($order) { Send-All { "Hi $order." } }
            Send-Mine 'Yours'
            function Send-Own($order) { Row | Send-WixInboxMessage -Text { "Hi $order." } }
            Send-Own 'Yours'
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(2, Handler.Requests.Count);
    }

    [Fact]
    public void A_variable_that_a_module_sets_nowhere_is_a_column_there_too()
    {
        var result = Engine.Run("""
            New-Module { function Send-All { Row | Send-WixInboxMessage -Text { "Hi $order." } } } | Out-Null
            Send-All
            """);

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }
}

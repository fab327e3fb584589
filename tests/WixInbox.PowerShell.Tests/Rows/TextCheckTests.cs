namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// The text is held against the row that it was made for, and each check can be switched off by its name.
/// </summary>
public sealed class TextCheckTests : IDisposable
{
    private const string OtherRows = """
        $rows = 1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = "N$_"; Order = $_ } }
        $shop = [pscustomobject]@{ Name = 'Shop' }
        foreach ($last in $rows) { }

        """;

    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public TextCheckTests()
    {
        _engine = Engine.ConnectedTo(_handler);
        _engine.Set("c", Engine.Guid1);
        _engine.Run("function Row { [pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada'; Order = '10403' } }");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("UnknownColumn", "{ \"Hi $($_.FirstNam)\" }", "ColumnUnknown", "Did you mean 'First Name'?")]
    [InlineData(
        "UnknownColumn",
        "{ \"Hi $($_.'Last login')\" }",
        "ColumnUnknown",
        "The row's columns are ConversationId, First Name, Order.")]
    [InlineData("UnknownColumn", "{ \"Hi $FirstName,\" }", "ColumnUnknown", "is written $($_.'First Name').")]
    [InlineData("UnknownColumn", "{ \"Hi $first_name,\" }", "ColumnUnknown", "a variable $first_name, which is set")]
    [InlineData("UnknownColumn", "{ \"It is $($order).\" }", "ColumnUnknown", "is written $($_.Order).")]
    [InlineData("UnknownColumn", "{ \"It is $([string] $Order).\" }", "ColumnUnknown", "is written $($_.Order).")]
    [InlineData("UnknownColumn", "{ 'Hi ' + ('a' | ForEach-Object { $Order }) }", "ColumnUnknown", "$($_.Order)")]
    [InlineData("UnknownColumn", "{ param($r) \"Hi $($r.Order)\" }", "ColumnUnknown", "The row is $_")]
    [InlineData("UnknownColumn", "{ \"Hi $($args[0].Order)\" }", "ColumnUnknown", "waits for an argument")]
    [InlineData("RowInText", "{ \"Hi $_.'First Name'\" }", "RowInText", "Name the column")]
    [InlineData("RowInText", "{ \"Hi $((Row | Group-Object Order).Group.Item)\" }", "RowInText", "It has {get; in it")]
    [InlineData("RowInText", "{ \"$_\" }", "RowInText", "It has @{ in it: '@{ConversationId=")]
    [InlineData("RowInText", "{ $_ }", "RowInText", "it is the whole row. Name a column of it: { $_.'First Name' }.")]
    [InlineData("RowInText", "{ @{ Hi = $_.Order } }", "RowInText", "a hashtable")]
    [InlineData("RowInText", "{ \"Hi $(@{ a = 1 })\" }", "RowInText", "System.Collections.")]
    [InlineData("RowInText", "{ [Random]::new() }", "RowInText", "it is not text, but a Random.")]
    [InlineData("Placeholder", "'Hi {{First Name}}'", "PlaceholderInText", "which nothing has replaced")]
    [InlineData("Placeholder", "'Hi $($_.Order)'", "PlaceholderInText", "in braces and double quotes")]
    [InlineData("Placeholder", "' $_.Order '", "PlaceholderInText", "in braces and double quotes")]
    [InlineData("Placeholder", "'Hi $($row.Order)'", "PlaceholderInText", "It has '$($' in it")]
    [InlineData("Placeholder", "'Hi *|FNAME|*!'", "PlaceholderInText", "It has '*|FNAME|*' in it")]
    [InlineData("Placeholder", "'Hi *|ANYTHING|*!'", "PlaceholderInText", "which nothing has replaced")]
    [InlineData("Placeholder", "'Hi {first name}!'", "PlaceholderInText", "It has '{first name}' in it")]
    [InlineData("Placeholder", "'Hi [see below] [ First Name ]'", "PlaceholderInText", "has '[ First Name ]' in it")]
    [InlineData("Placeholder", "'50% off, %ORDER%!'", "PlaceholderInText", "It has '%ORDER%' in it")]
    [InlineData("Placeholder", "'Hi <<First Name>>!'", "PlaceholderInText", "It has '<<First Name>>' in it")]
    [InlineData("Placeholder", "{ 'Hi $FirstName!' }", "PlaceholderInText", "It has '$FirstName' in it")]
    [InlineData("Placeholder", "'$5 off, $order!'", "PlaceholderInText", "It has '$order' in it")]
    [InlineData("Placeholder", "'$Order is ready'", "PlaceholderInText", "It has '$Order' in it")]
    [InlineData("Placeholder", "'Hi $first_name!'", "PlaceholderInText", "It has '$first_name' in it")]
    [InlineData("Placeholder", "'{Order} is ready'", "PlaceholderInText", "It has '{Order}' in it")]
    [InlineData("Placeholder", "'*|FNAME|*, it is ready'", "PlaceholderInText", "It has '*|FNAME|*' in it")]
    [InlineData("Placeholder", "{ 'Hi ${Order}!' }", "PlaceholderInText", "It has '{Order}' in it")]
    [InlineData("Placeholder", "' Get-Greeting $_ '", "PlaceholderInText", "It has '$_' in it")]
    [InlineData("Placeholder", "'(\"Hi {0}\" -f $PSItem.Order)'", "PlaceholderInText", "It has '$PSItem' in it")]
    [InlineData("Placeholder", "'Hi «First Name»!'", "PlaceholderInText", "It has '«First Name»' in it")]
    [InlineData("Placeholder", "'No. {0}, on {1:d}.'", "PlaceholderInText", "It has '{0}' in it")]
    [InlineData("Placeholder", "'On {1:d}.'", "PlaceholderInText", "It has '{1:d}' in it")]
    [InlineData("Placeholder", "'Hi Ada,\\nit is it.'", "PlaceholderInText", "'Hi Ada,\\nit is it.'. A line end is")]
    [InlineData("Placeholder", "'Hi Ada\\n\\nit is ready.'", "PlaceholderInText", "is written `n, in double quotes")]
    [InlineData("Placeholder", "'It is ready\\n'", "PlaceholderInText", "of which PowerShell makes no line end")]
    [InlineData("Placeholder", "'Hi Ada\\nIt is ready.'", "PlaceholderInText", "of which PowerShell makes no line end")]
    [InlineData(
        "UnreadableLetter",
        "{ \"Zo$([char]0xFFFD)\" }",
        "TextUnreadable",
        "Import-WixInboxCsv finds out the right one")]
    [InlineData("WrongEncoding", "{ 'OlÃ¡ JoÃ£o' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("WrongEncoding", "{ 'Itâ€™s ready' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    [InlineData("WrongEncoding", "{ 'ÐŸÑ€Ð¸Ð²Ðµ' }", "TextMisread", "Import-WixInboxCsv finds out the right one")]
    public void A_text_that_is_no_text_for_a_customer_is_the_rows_error(
        string check, string text, string id, string words)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Equal([id], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.DoesNotContain(id, _engine.Run($"Row | Send-WixInboxMessage -Text {text} -SkipCheck {check}").ErrorIds);
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("{ \"Hi $($_.'First Name'), $($_.Order) is ready: 5 $ off {today}\" }")]
    [InlineData("'50% off [see below] {x} <<y>> 10%'")]
    [InlineData("'[] {} %% <<>> [ ] { order 1 } [orders] Order'")]
    [InlineData("'@{ a = b } @{a} @{=} @{a;b=} @{a=b'")]
    [InlineData("'| *a*|*b* | |*| *|'")]
    [InlineData("'$_id and $PSItems'")]
    [InlineData("'It is at C:\\new\\notes, \\\\nas\\name and in {0, 1}.'")]
    [InlineData("'a [ { % << *|'")]
    [InlineData("'{{ and }'")]
    [InlineData("'A$AP plays for 5 $'")]
    [InlineData("'«CAFÉ» São Paulo, ÂNGELA, Ångström, 100 €'")]
    [InlineData("{ -join (1, 2 | ForEach-Object { $_.Nothing }) + $_.Order }")]
    [InlineData("{ $_.Order.Length }")]
    [InlineData("{ \"No. $($_.Order)$($_.'')\" }")]
    [InlineData("{ $day = [datetime]'2026-01-01'; \"No. $($_.Order) of $($day.Year)\" }")]
    [InlineData("('a', 'b' | ForEach-Object { $_.ToUpper() } | Select-Object -First 1)")]
    [InlineData("{ foreach ($n in 1, 2) { if ($n -eq 2) { break } }; $_.Order }")]
    [InlineData("{ switch ($_.Order) { 1 { 'one' } default { \"No. $_\"; continue } } }")]
    public void A_text_that_only_looks_odd_is_sent(string text)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void The_name_of_a_rows_type_is_no_text_for_a_customer()
    {
        var result = _engine.Run("[WixInbox.Contact]@{ Id = $c } | Send-WixInboxMessage -Text { \"Hi $_\" }");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains("It has WixInbox.Contact in it", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("@{ ConversationId = $c; 'First Name' = 'Ada' }", "$_.'First Name'")]
    [InlineData("[uri] 'https://e.example/'", "$_.HostNameType")]
    public void A_row_of_any_type_that_is_the_whole_text_has_one_of_its_columns_named(string row, string column)
    {
        var result = _engine.Run($"{row} | Send-WixInboxMessage -ConversationId $c -Text {{ $_ }}");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains(
            $"it is the whole row. Name a column of it: {{ {column} }}.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void The_name_of_a_class_of_a_script_is_a_word_like_any_other()
    {
        var result = _engine.Run("""
            class Order { $ConversationId; $Name }
            [Order]@{ ConversationId = $c; Name = 'Ada' } | Send-WixInboxMessage { "$($_.Name): @Order 5 is ready." }
            """);

        Assert.Empty(result.Errors);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void A_row_that_was_read_with_the_wrong_separator_is_no_text_for_a_customer()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ 'Email;Name' = 'a@example.com;Ada' } | "
                + "Send-WixInboxMessage -ConversationId $c -Text { \"Hi $_\" }");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("Hi $($_.Name)", "$_.Name.first")]
    [InlineData("$($_.Name)", "$_.Name.first")]
    [InlineData("It goes to $($_.Address).", "$_.Address.street")]
    [InlineData("Hi $(@{ a = 1 })", "$_.ConversationId")]
    public void An_object_that_stands_in_a_column_is_no_text_for_a_customer(string text, string meant)
    {
        _engine.Run("""
            function Nested {
                '{"ConversationId":"' + $c + '","Name":{"first":"Ada","last":"Byron"},"Address":{"street":"Main"}}' |
                    ConvertFrom-Json
            }
            """);

        var result = _engine.Run($"Nested | Send-WixInboxMessage -Text {{ \"{text}\" }}");

        Assert.Equal(["RowInText"], result.ErrorIds);
        Assert.Contains($"{{ \"Hi $({meant})\" }}", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        _engine.Run($"Nested | Send-WixInboxMessage -Text {{ \"{text}\" }} -SkipCheck RowInText");
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData(
        "{ \"Thank you for your order, $_\" }",
        "It has @{ in it: '…ur order, @{ConversationId=0d4fc8ac-52c1…'. "
            + "Name the column: { \"Hi $($_.ConversationId)\" }. To send it anyway: -SkipCheck RowInText.")]
    [InlineData(
        "'0123456789{Order}'",
        "It has '{Order}' in it, which nothing has replaced: '0123456789{Order}'. A column is written "
            + "{ \"Hi $($_.Order)\" }, in braces and double quotes. To send it anyway: -SkipCheck Placeholder.")]
    [InlineData(
        "{ \"Zo$([char]0xFFFD), hi\" }",
        "It has a '\uFFFD', which stands for a letter that could not be read: 'Zo\uFFFD,'. The file may have another "
            + "encoding: Import-WixInboxCsv finds out the right one. To send it anyway: -SkipCheck UnreadableLetter.")]
    [InlineData(
        "{ 'Dear JoÃ£o, hi' }",
        "It was read in another encoding than its file has: 'JoÃ£o,'. Import-WixInboxCsv finds out the right one. To "
            + "send it anyway: -SkipCheck WrongEncoding.")]
    public void An_error_shows_the_place_alone_and_says_how_the_text_is_sent_anyway(string text, string words)
    {
        var result = _engine.Run($"Row | Test-WixInboxMessage -Text {text}");

        Assert.Equal(["-Text: " + words], result.OutputOf("Problem"));
    }

    [Theory]
    [InlineData("'JoÃ£o'", "'JoÃ£o'")]
    [InlineData("('x' * 30) + 'JoÃ£o'", "'xxxxxxxxxxxxxxxxxxJoÃ£o'")]
    [InlineData("('😀' * 10) + 'xÃ£o' + ('y' * 40)", "'😀😀😀😀😀😀😀😀😀xÃ£oyyyyyyyyyyyyyyyyyy…'")]
    public void Of_a_long_word_that_was_misread_the_part_around_the_place_is_shown(string text, string words)
    {
        var result = _engine.Run($"Row | Test-WixInboxMessage -Text {{ {text} }}");

        Assert.Contains(
            $"than its file has: {words}. ", Assert.Single(result.OutputOf("Problem")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("*|FNAME|*", "'First Name'")]
    [InlineData("*|LNAME|*", "'Last Name'")]
    [InlineData("*|lname|*", "'Last Name'")]
    [InlineData("$N", "N")]
    public void A_tag_of_Mailchimp_and_a_variable_of_one_letter_mean_their_column(string found, string column)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada'; 'Last Name' = 'Byron'; N = 1 } | "
                + $"Test-WixInboxMessage 'Hi {found}!'");

        Assert.Contains(
            $"{{ \"Hi $($_.{column})\" }}", Assert.Single(result.OutputOf("Problem")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ \"No. $($codes[$n++])\" }", "$n++")]
    [InlineData("{ --$n; \"No. $n\" }", "--$n")]
    [InlineData("{ $n += 1; \"No. $n\" }", "$n += 1")]
    [InlineData("{ $n = $n + 1; \"No. $n\" }", "$n = $n + 1")]
    [InlineData("{ 'a' | ForEach-Object { $n++; \"$n. $_\" } }", "$n++")]
    public void A_block_that_counts_with_a_variable_of_its_caller_is_refused(string text, string source)
    {
        var result = _engine.Run(
            $"$n = 0; $codes = 'A', 'B'; "
                + $"try {{ (Row), (Row) | Send-WixInboxMessage -Text {text} }} catch {{ \"$_\" }}");

        Assert.StartsWith(
            $"The block of -Text has '{source}', and $n begins anew for each row",
            Assert.Single(result.Output).ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
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
        var result = _engine.Run($"$n = 0; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(_handler.Requests);
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
        var result = _engine.Run($"{before}; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors);
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("{ \"Hi $($_.'First Name'), the ticket is $12.50 until Friday.\" }", "$12", "`$12.50.")]
    [InlineData("{ \"$1,250.00\" }", "$1", "`$1,250.00.")]
    [InlineData("{ \"No. $($_.Order) is US$50!\" }", "$50", "`$50.")]
    [InlineData("{ \"Yours ($20 off)\" }", "$20", "`$20.")]
    [InlineData("{ \"Win $5k now\" }", "$5k", "`$5k.")]
    [InlineData("{ \"It is open from $9:30\" }", "$9:30", "`$9:30.")]
    [InlineData("{ \"You owe $$($_.Order).\" }", "$$", "`$$($_.Order).")]
    [InlineData("{ \"You owe $$($_.Order.PadLeft(3)) and $$(1)\" }", "$$", "`$$($_.Order.PadLeft(3)).")]
    [InlineData("{ \"Is it 5$?\" }", "$?", "`$?.")]
    [InlineData("{ \"No. $($_.Order)\" -replace '(\\d)', \"$1 \" }", "$1", "`$1.")]
    [InlineData("{ @\"\n\"Yours\" for $12.50\n\"@ }", "$12", "`$12.50.")]
    public void A_dollar_sign_of_a_sum_that_would_be_lost_is_the_rows_error(string text, string found, string meant)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains($"and the block has {found} there", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains($"with a backtick: {meant} ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.DoesNotContain(
            "ColumnUnknown", _engine.Run($"Row | Send-WixInboxMessage -Text {text} -SkipCheck UnknownColumn").ErrorIds);
    }

    [Theory]
    [InlineData("Row | Send-WixInboxMessage -Text \"It is $12.50.\"", "-Text: In double", "`$12.50. To send")]
    [InlineData("Row | Send-WixInboxMessage \"It is US$50\"", "-Text: In double", "`$50. To send")]
    [InlineData("Send-WixInboxMessage -ConversationId $c \"You owe $$5.\"", "-Text: In double", "`$$5. To send")]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -TextLine 'a', \"It is $5\"", "-TextLine: In", "`$5.")]
    public void It_is_refused_in_a_text_of_the_command_line_too(string script, string words, string meant)
    {
        var result = _engine.Run(script);

        Assert.Equal(["ParameterValueInvalid"], result.ErrorIds);
        Assert.StartsWith(words, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains(meant, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.Empty(_engine.Run(script + " -SkipCheck UnknownColumn").Errors);
    }

    [Theory]
    [InlineData("-Text \"It is of team $Company.\"", 1)]
    [InlineData("-Text \"It is `$12.50 of team $c, $($c.Length) $HOME $(if ($no) { 'x' })\"", 0)]
    [InlineData("-Text ('It is $12.50 of team ' + $Company)", 0)]
    [InlineData("-Text $Text", 0)]
    public void So_is_a_variable_there_that_is_set_nowhere_told_of(string parameters, int warnings)
    {
        var result = _engine.Run($"$Text = 'x $5'; Row | Send-WixInboxMessage {parameters}");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(warnings, result.Warnings.Count(one => one.StartsWith(
            "-Text reads a variable $Company, which is set nowhere", StringComparison.Ordinal)));
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -TextLine { 'x', \"It is $12.50\" }")]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -Button { @{ Label = \"Pay $12.50\" } }")]
    [InlineData("Send-WixInboxMessage -ConversationId $c -Text { \"It is $12.50\" }")]
    public void It_is_one_wherever_it_stands(string script)
    {
        Assert.Equal(["ColumnUnknown"], _engine.Run(script).ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("{ \"No. $($_.Order) of team $Company\" }", "$Company", "`$Company.")]
    [InlineData("{ \"No. $($_.Order) of team ${My Company}.\" }", "$My Company", "`${My Company}.")]
    [InlineData("{ \"No. $($_.Order) of team $($Company.Name)\" }", "$Company", "`$($Company.Name).")]
    [InlineData("{ \"No. $($_.Order) of team $script:Company\" }", "$script:Company", "`$script:Company.")]
    [InlineData("{ \"No. $($_.Order) of $env:WIXINBOX_NOWHERE\" }", "$env:WIXINBOX_NOWHERE", "`$env:WIXINBOX_NOW")]
    [InlineData("{ \"https://e.example/$($_.Order)?b=$id&c=2\" }", "$id", "`$id&c=2.")]
    public void A_variable_that_is_set_nowhere_is_told_of_before_the_first_row_leaves(
        string text, string variable, string meant)
    {
        var script = $"(Row), (Row) | Send-WixInboxMessage -Text {text}";
        var result = _engine.Run(script);

        Assert.Empty(result.Errors);
        var warning = Assert.Single(
            result.Warnings, one => one.Contains("set nowhere", StringComparison.Ordinal));
        Assert.StartsWith($"The block of -Text reads a variable {variable}, which", warning, StringComparison.Ordinal);
        Assert.Contains($"with a backtick: {meant}", warning, StringComparison.Ordinal);
        Assert.Equal(2, _handler.Requests.Count);
        _engine.Run(script + " -WarningAction Stop");
        Assert.Equal(2, _handler.Requests.Count);
        Assert.DoesNotContain(
            _engine.Run(script + " -SkipCheck UnknownColumn").Warnings,
            one => one.Contains("set nowhere", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("$suffix = $null", "{ \"Hi $($_.'First Name') $suffix\" }")]
    [InlineData("$team = [pscustomobject]@{ Name = $null }", "{ \"Hi $($_.'First Name') of $($team.Name).\" }")]
    [InlineData("$1 = 'one'", "{ \"Hi $($_.'First Name') $1\" }")]
    [InlineData("", "{ \"Hi $($_.'First Name'), 5 $ or 5$, `$12.50 or $(12.5)$('$5')\" }")]
    [InlineData("", "{ 'It is $12.50, ' + $_.Order }")]
    [InlineData("", "{ $sum = $_.Order; \"It is `$$sum, $null$true $(if ($vip) { 'yes' })\" }")]
    [InlineData("", "{ $script:n++; \"No. $script:n for $($_.Order)\" }")]
    [InlineData("", "{ \"No. $($_.Order) in $HOME on $env:PATH by $PID of $($PSVersionTable.PSVersion)\" }")]
    [InlineData("$names = { $own = 'Yours' }", "{ . $names; \"Hi $own.\" }")]
    [InlineData("", "{ -join ('a', 'b' | ForEach-Object { \"$_ \" }) + $_.Order }")]
    public void A_variable_that_is_set_or_may_be_is_not_told_of(string before, string text)
    {
        var result = _engine.Run($"{before}; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.DoesNotContain(result.Warnings, one => one.Contains("set nowhere", StringComparison.Ordinal));
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void A_variable_of_a_function_that_a_module_calls_back_may_be_set()
    {
        var result = _engine.Run("""
            New-Module { function Send-All($block) { Row | Send-WixInboxMessage -Text $block } } | Out-Null
            function Send-Mine($greeting) { Send-All { "$greeting, it is ready." } }
            Send-Mine 'Hello'
            """);

        Assert.Empty(result.Warnings);
        Assert.Single(_handler.Requests);
    }

    [Fact]
    public void A_column_that_no_row_has_since_the_file_has_another_separator_is_told_so()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ 'Email;First Name' = 'a@example.com;Ada' } | "
                + "Send-WixInboxMessage { \"Hi $($_.'First Name')\" }");

        Assert.Contains(
            "the file has another separator, perhaps ';'. Import-WixInboxCsv",
            Assert.Single(result.Errors).ToString(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($_.Name)\" }", "write it without braces: -Text \"… $($_.Name) …\".")]
    [InlineData("-Template -Title { $_.'Full name' }", "-Title \"… $($_.'Full name') …\".")]
    public void A_block_that_reads_a_row_where_none_is_piped_in_sends_nothing(string text, string words)
    {
        var result = _engine.Run($"Row | ForEach-Object {{ Send-WixInboxMessage -ConversationId $c {text} }}");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.Empty(_engine.Run("Send-WixInboxMessage -ConversationId $c -Text { 'It is ' + 'ready.' }").Errors);
    }

    [Fact]
    public void A_column_that_the_rows_of_a_second_file_do_not_have_is_missing_in_each_of_them()
    {
        var result = _engine.Run("""
            $other = [pscustomobject]@{ ConversationId = $c; Vorname = 'Cy' }
            $less = [pscustomobject]@{ ConversationId = $c }
            (Row), $other, (Row), $other, $less |
                Send-WixInboxMessage { if ($_.'First Name') { "Hi $($_.'First Name')" } else { 'Hello' } }
            """);

        Assert.Equal(["ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Equal(3, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($rows.Name), $($_.Order)\" }", "The block reads $rows.Name, which is of other rows")]
    [InlineData("-Text { \"Hi $($last.Name), $($_.Order)\" }", "Of the row, it is $_.Name.")]
    [InlineData("-Text { \"Hi $($rows[0].Name), $($_.Order)\" }", "The block reads $rows[0].Name")]
    [InlineData("-Text { \"Hi $(($rows).Name), $($_.Order)\" }", "The block reads ($rows).Name")]
    [InlineData("-Text x -ConversationId { $last.ConversationId }", "-ConversationId: The block reads $last.Conv")]
    [InlineData("-Template -Title x -TextLine { $rows.Name }", "-TextLine: The block reads $rows.Name")]
    public void A_block_that_reads_other_rows_in_place_of_its_own_sends_nothing(string parameters, string words)
    {
        var result = _engine.Run(OtherRows + "$rows | Send-WixInboxMessage " + parameters);

        Assert.All(result.ErrorIds, id => Assert.Equal("ColumnUnknown", id));
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.InRange(_handler.Requests.Count, 0, parameters.Contains("$last", StringComparison.Ordinal) ? 1 : 0);
    }

    [Theory]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name), one of $($rows.Count)\" }")]
    [InlineData("$rows | Send-WixInboxMessage { $o = $_.Order; \"$(($rows | Where-Object Order -EQ $o).Name), hi\" }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name), $($shop.Name)\" }")]
    [InlineData("foreach ($row in $rows) { $row | Send-WixInboxMessage { \"Hi $($row.Name)\" } }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($rows[$_.Order - 1].Name)\" }")]
    [InlineData("$rows | Send-WixInboxMessage { \"$($_.Name) $($rows.Name)\" } -SkipCheck UnknownColumn")]
    [InlineData("$rows | Send-WixInboxMessage { param($r = $_) \"Hi $($r.Name)\" }")]
    public void A_block_may_look_at_them(string script)
    {
        var result = _engine.Run(OtherRows + script);

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(3, _handler.Requests.Count);
    }

    [Fact]
    public void A_variable_of_the_function_that_a_block_stands_in_is_set()
    {
        var result = _engine.Run("""
            New-Module { function Send-All($block) { Row | Send-WixInboxMessage -Text $block } } | Out-Null
            function Send-Mine($order) { Send-All { "Hi $order." } }
            Send-Mine 'Yours'
            function Send-Own($order) { Row | Send-WixInboxMessage -Text { "Hi $order." } }
            Send-Own 'Yours'
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(2, _handler.Requests.Count);
    }

    [Fact]
    public void A_variable_that_a_module_sets_nowhere_is_a_column_there_too()
    {
        var result = _engine.Run("""
            New-Module { function Send-All { Row | Send-WixInboxMessage -Text { "Hi $order." } } } | Out-Null
            Send-All
            """);

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_run_whose_text_reads_a_variable_in_place_of_a_column_ends()
    {
        var result = _engine.Run("1..100 | ForEach-Object { Row } | Send-WixInboxMessage -Text { \"Hi $FirstName\" }");

        Assert.Equal(["ColumnUnknown", "ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_variable_is_looked_for_in_rows_with_other_columns_too()
    {
        var result = _engine.Run("""
            $other = [pscustomobject]@{ ConversationId = $c; Name = 'Ada' }
            (Row), (Row), $other, $other | Send-WixInboxMessage -Text { "Hi $Name" }
            """);

        Assert.Equal(["ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Equal(2, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("'Hi {{FirstName}}'")]
    [InlineData("'Hi {{ First Name }}'")]
    [InlineData("'Hi $($_.FirstName)'")]
    [InlineData("'Hi {FIRST NAME}'")]
    [InlineData("'Hi *|FNAME|*'")]
    [InlineData("'Hi $_.First'")]
    public void The_column_that_a_placeholder_means_is_named(string text)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        var meant = text.Contains("$_.First'", StringComparison.Ordinal) ? "ConversationId" : "'First Name'";
        Assert.Contains($"{{ \"Hi $($_.{meant})\" }}", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Template -Title x -Button @{ Label = 'For {{First Name}}'; LaunchUrl = 'https://e.com' }")]
    [InlineData("-Template -Title x -Button @{ Label = 'x'; LaunchUrl = 'https://e.com/{Order}' }")]
    [InlineData("-Form -Title x -Field @{ Name = 'x'; Value = '$($_.Order)' }")]
    [InlineData("-Form -Title x -Field @{ Name = '{Order}'; Value = 'x' }")]
    [InlineData("-Form -Title x -Description '{Order}' -Field @{ Name = 'x'; Value = 'x' }")]
    [InlineData("-Template -Title 'For {Order}'")]
    [InlineData("-Template -Title x -TextLine 'x', 'No. {Order}'")]
    [InlineData("-Text x -PreviewText '{Order}'")]
    [InlineData("-Text x -Badge '{Order}'")]
    [InlineData("-Content @{ Basic = @{ Items = @(@{ Text = '{Order}' }) } }")]
    [InlineData("-Content @{ Template = @{ Title = 'x'; TextLines = 'x', '{Order}' } }")]
    [InlineData("-Content @{ Template = @{ Title = 'x'; Buttons = @(@{ Label = '{Order}' }) } }")]
    [InlineData("-Content @{ Form = @{ Title = 'x'; Fields = @(@{ Name = 'x'; Value = '{Order}' }) } }")]
    [InlineData("-Text x -ImageUrl 'https://e.com/[Order].png'")]
    [InlineData("-Minimal -Text x -Url 'https://e.com/$Order'")]
    public void Each_text_of_a_message_is_looked_at(string parameters)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage {parameters}");

        Assert.Equal(["PlaceholderInText"], result.ErrorIds);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($_.FirstNam)\" }", "ColumnUnknown", "Did you mean 'First Name'?")]
    [InlineData("-KeyProperty Ordr -Journal $journal -Text { $_.Order }", "KeyMissing", "There is no column Ordr")]
    public void A_column_that_the_first_two_rows_lack_ends_the_run(string parameters, string id, string words)
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        var result = _engine.Run($"1..100 | ForEach-Object {{ Row }} | Send-WixInboxMessage {parameters}");

        // Rows 1 and 2, and the end.
        Assert.Equal([id, id, id], result.ErrorIds);
        Assert.Contains(words, result.Errors[2].ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(
            " No further row was tried, since row 1 has the same columns.",
            result.Errors[2].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Fact]
    public void A_column_that_an_earlier_row_had_may_be_missing()
    {
        var result = _engine.Run(
            "(Row), [pscustomobject]@{ ConversationId = $c } | Send-WixInboxMessage -Text { \"Hi $($_.Order)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal(2, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("{ 'Hello' + $_.Nothing }", "-SkipCheck UnknownColumn", 1)]
    [InlineData("{ 'Hello' }", "-SkipCheck SameText", 0)]
    [InlineData("{ $_.Order }", "", 1)]
    [InlineData("Hello", "", 0)]
    public void A_block_that_gives_the_same_text_for_all_rows_is_told_of(string text, string parameters, int warnings)
    {
        var result = _engine.Run(
            $"$other = Row; $other.ConversationId = '{Engine.Guid2}'; "
                + $"(Row), $other | Send-WixInboxMessage -Text {text} {parameters}");

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings, warning => Assert.StartsWith(
            "The block of -Text gave the same text for all 2 rows.", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Order = 'all' } | ForEach-Object { (Row), (Row) | {0} }", 1)]
    [InlineData("[pscustomobject]@{ Other = 'all' } | ForEach-Object { (Row), (Row) | {0} }", 1)]
    [InlineData("Row | ForEach-Object { $_ | {0} }", 0)]
    [InlineData("Row | ForEach-Object { $_ | Select-Object * | {0} }", 0)]
    [InlineData("Row | ForEach-Object { {0} -InputObject (Row) }", 0)]
    public void A_string_that_reads_what_ForEach_Object_has_in_place_of_the_row_is_told_of_once(
        string script, int warnings)
    {
        var result = _engine.Run(script.Replace(
            "{0}", "Send-WixInboxMessage -Text \"No. $($_.Order)\" -SkipCheck SameText", StringComparison.Ordinal));

        Assert.NotEmpty(result.Output);
        var told = result.Warnings.Where(one => one.Contains("of their own", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, told.Length);
        Assert.All(told, one => Assert.StartsWith(
            "Row 1: -Text reads $_.Order of what the command around it has", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ 'Hello' }", 1)]
    [InlineData("{ $ours = 'you'; \"Hello $ours\" }", 2)]
    [InlineData("{ \"Hello $name, $(if ($name) { 'you' })\" }", 1)]
    [InlineData("{ \"Hello $($name.ToUpper())\" }", 2)]
    public void A_block_that_reads_nothing_of_the_rows_is_told_of_before_the_second_leaves(string text, int sent)
    {
        var result = _engine.Run(
            $"$name = 'Zoe'; $other = Row; $other.ConversationId = '{Engine.Guid2}'; try {{ (Row), $other | "
                + $"Send-WixInboxMessage -Text {text} -ThrottleLimit 1 -WarningAction Stop }} catch {{ \"$_\" }}");

        Assert.Contains("the same text for all", result.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(sent, _handler.Requests.Count);
    }
}

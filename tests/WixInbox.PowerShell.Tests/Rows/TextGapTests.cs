namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Gaps in texts, where a column is empty or nothing was found: "Hi , your order is ready."</summary>
public sealed class TextGapTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public TextGapTests()
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
    [InlineData("Send-WixInboxMessage", 2, "Row 1: the text has a gap in it, and no column that")]
    [InlineData("Test-WixInboxMessage", 1, "The text has a gap in it in 2 rows (1, 3), where no")]
    public void A_gap_where_what_a_block_looks_up_is_not_there_is_told_of(string cmdlet, int warnings, string words)
    {
        // The keys are numbers, and the columns of a CSV are texts.
        var result = _engine.Run($$"""
            $names = @{ 1 = 'Ada'; '2' = 'Bob'; 3 = 'Cid' }
            '1', '2', '3' | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Order = $_ } } |
                {{cmdlet}} -Text { "Hi $($names[$_.Order]), order $($_.Order) is ready." }
            """);

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.StartsWith(words, result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("2 rows (1, 3)", result.Warnings[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hi $($one.Name), your order is ready.", 1)]
    [InlineData("Bonjour !", 0)]
    public void A_gap_in_the_text_of_one_message_is_told_of(string text, int warnings)
    {
        var result = _engine.Run($$"""
            foreach ($one in [pscustomobject]@{ Name = '' }) {
                Send-WixInboxMessage -ConversationId $c -Text "{{text}}"
            }
            """);

        Assert.Equal(warnings, result.Warnings.Count(warning => warning.StartsWith(
            "-Text has a gap in it: 'Hi , your order is ready.'. What was", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_gap_that_a_blank_in_a_column_leaves_is_told_of_with_what_takes_it_away()
    {
        const string Row = "[pscustomobject]@{ ConversationId = $c; 'First Name' = 'Ada ' } | Send-WixInboxMessage ";

        var result = _engine.Run(Row + "{ \"Hi $($_.'First Name'), it is ready.\" }");

        Assert.Equal(
            "Row 1: the text has a gap in it, and column First Name has a blank at an end. Without it: "
                + "$($_.'First Name'.Trim()). Further such rows are counted at the end.",
            Assert.Single(result.Warnings));
        Assert.Empty(_engine.Run(Row + "{ \"Hi $($_.'First Name'.Trim()), it is ready.\" }").Warnings);
    }

    [Theory]
    [InlineData("{ \"Hi $($_.'First Name'), your order is ready.\" }", 1)]
    [InlineData("{ \"$($_.'First Name'), your order is ready.\" }", 1)]
    [InlineData("{ \"Dear $($_.'First Name')`r`n`nYour order is ready.\" }", 1)]
    [InlineData("{ \"Thank you, $($_.'First Name')\" }", 1)]
    [InlineData("{ \"Your order is ready. $($_.'First Name')\" }", 0)]
    [InlineData("{ \"Your order is ready. $($_.'First Name')`nUntil soon.\" }", 0)]
    [InlineData("{ \"Hi$(if ($_.'First Name') { ' ' + $_.'First Name' }), your order is ready.\" }", 0)]
    public void A_gap_where_a_column_is_empty_is_told_of_once(string text, int warnings)
    {
        const string Rows = """
            $rows = 'Ada', '', '' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; 'First Name' = $_ } }
            """;

        var result = _engine.Run($"{Rows}; $rows | Test-WixInboxMessage -Text {text}");

        Assert.Equal(3, result.Output.Count);
        var gaps = result.Warnings.Where(warning => warning.Contains("gap", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, gaps.Length);
        Assert.All(gaps, gap => Assert.Contains(
            "First Name is empty in 2 rows (2, 3): the text has a gap there. To fill it: $(if ($_.'First Name') {",
            gap,
            StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "''", "empty, which leaves a gap in the text. To fill it: $(if ($_.Name) { $_.Name } else { 'there' }).")]
    [InlineData(
        "'NULL'",
        "'NULL', which goes into the text. To fill it: $(if ($_.Name -match '\\w' -and $_.Name -notin 'NULL') { $_")]
    [InlineData("'#N/A'", "'#N/A', which goes into the text.")]
    [InlineData("'\"\"'", "'\"\"', which goes into the text.")]
    [InlineData(
        "\"''\"",
        "'''', which goes into the text. To fill it: $(if ($_.Name -match '\\w') { $_.Name }")]
    [InlineData("' - '", "'-', which goes into the text.")]
    public void The_first_gap_is_told_of_before_its_row_leaves_and_all_of_them_at_the_end(string nothing, string words)
    {
        var rows =
            $"'Ada', {nothing}, 'Bo', {nothing} | ForEach-Object {{ "
                + "[pscustomobject]@{ ConversationId = New-Guid; Name = $_ } }";
        const string Send = "Send-WixInboxMessage -Text { \"Hi $($_.Name), thank you.\" } -ThrottleLimit 1";

        var result = _engine.Run($"{rows} | {Send}");

        Assert.Equal(4, result.Output.Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            "Row 2: Name is " + words, result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("in 2 rows (2, 4): the text has a gap there.", result.Warnings[1], StringComparison.Ordinal);

        // Whoever wants none in the file ends it there.
        _engine.Run($"{rows} | {Send} -WarningAction Stop");
        Assert.Equal(5, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("\"It is at https://e.com/t/$($_.Code)\"", 1)]
    [InlineData("\"See https://e.com/t/$($_.'Code'). Bye\"", 1)]
    [InlineData("\"See https://e.com/shop/ $(if ($_.Code) { 'now' })\"", 0)]
    [InlineData("\"https://e.com/?t=$($_.Code)\"", 1)]
    [InlineData("\"Order #$($_.Code) is ready\"", 1)]
    [InlineData("\"Learn C#$(if ($_.Code) { '!' })\"", 0)]
    [InlineData("\"Your table ($($_.Code)) is ready\"", 1)]
    [InlineData("\"Your code is '$($_.Code)'.\"", 1)]
    [InlineData("\"You owe €$($_.Code).\"", 1)]
    [InlineData("\"5 € off$($_.Code)\"", 0)]
    [InlineData("\"Your $(@{ a = 1 }[$_.Name]) is ready\"", 1)]
    [InlineData("\"Your  $($_.Name) is ready\"", 0)]
    [InlineData("\"Your $($_.Wide) is ready\"", 0)]
    public void A_gap_is_one_wherever_nothing_stands_where_something_should(string text, int warnings)
    {
        var result = _engine.Run(
            "$row = [pscustomobject]@{ ConversationId = $c; Name = 'Ada'; Code = '' }; "
                + (text.Contains("Wide", StringComparison.Ordinal) ? "$row | Add-Member Wide 'a  b'; " : "")
                + $"$row | Send-WixInboxMessage -Text {{ {text} }}");

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Warnings, one => Assert.Contains("gap in", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"Hi, your code is: $($codes[$_.Name])\"")]
    [InlineData("\"Hi, your code is:$($codes[$_.Name])\"")]
    [InlineData("\"Hi, your code is $($codes[$_.Name])\"")]
    [InlineData("\"Hi, your code is: $($codes[$_.Name])`nBye.\"")]
    [InlineData("\"Hi, your codes:`n$($codes[$_.Name])`n`nBye.\"")]
    [InlineData("\"Hi, your code is: $($codes[$_.Name]).\"")]
    [InlineData("\"It is at https://x.example/t/$($codes[$_.Name])\"")]
    [InlineData("\"It is at https://x.example/t/$($codes[$_.Name])?u=$($_.Order)\"")]
    [InlineData("\"It is at https://x.example/t?c=$($codes[$_.Name])&u=$($_.Order)\"")]
    [InlineData("\"It is 'yours' `\"$($_.Name)`\": $($codes[$_.Name])\"")]
    [InlineData("@\"\nIt is \"yours\", $($_.Name):\n$($codes[$_.Name])\n\"@")]
    [InlineData("\"It is yours, $($_.Name), with $(Get-Variable Nothing* -ValueOnly)\"")]
    [InlineData("$code = $codes[$_.Name]; \"$($_.Name), your code is: $code\"")]
    [InlineData("'Your code is: ' + $codes[$_.Name]")]
    [InlineData("\"Hi $($_.Name), \" + ('your code is: ' + $codes[$_.Name])")]
    [InlineData("'{0}, your code is: {1}' -f $_.Name, $codes[$_.Name]")]
    public void A_text_that_ends_where_something_was_looked_up_in_vain_is_told_of(string text)
    {
        var result = _engine.Run(
            "$codes = @{ Ada = 'A1' }; 'Ada', 'Bob', 'Cid' | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_; Order = 7 } } | "
                + $"Test-WixInboxMessage -Text {{ {text} }}");

        var warning = Assert.Single(result.Warnings);
        Assert.StartsWith("The text has a gap in it in ", warning, StringComparison.Ordinal);
        Assert.EndsWith(
            text.Contains("Nothing", StringComparison.Ordinal) ? "3 rows (1, 2, 3), where no column is empty."
                : "2 rows (2, 3), where no column is empty.",
            warning,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Hi $($_.Name), please note:`n- it is ready`n- it is $($_.Order):\"")]
    [InlineData("\"Hi $($_.Name), it is at https://x.example/\"")]
    [InlineData("\"Hi $($_.Name), please note: $note\"")]
    [InlineData("\"Hi $($_.Name), thank you $suffix\"")]
    [InlineData("\"Hi $($_.Name), thank you$($codes[$_.Name])\"")]
    [InlineData("\"Hi $($_.Name), thank you. $($codes[$_.Name])\"")]
    [InlineData("\"Hi $($_.Name), thank you.`n`n$($codes[$_.Name])\"")]
    [InlineData("\"Hi $($_.Name), note: $(if ($codes[$_.Name]) { $codes[$_.Name] })\"")]
    [InlineData("\"Hi $($_.Name), note: $($codes[$_.Name] ? 'yes' : '')\"")]
    [InlineData("$extra = $codes[$_.Name]; \"Hi $($_.Name), thank you $extra\"")]
    [InlineData("\"Hi $($_.Name), your total: $($codes[$_.Name])5\"")]
    [InlineData("\"Hi $($_.Name), your code: $($codes[$_.Name])$($_.Order)\"")]
    [InlineData("\"$($_.Place)/$($_.Path)\"")]
    [InlineData("'Hi ' + $_.Name + ', it is ' + ($_.Order + 1)")]
    [InlineData("'Hi {0}: {1:d4}' -f $_.Name, $_.Order")]
    public void A_text_that_ends_as_its_block_has_it_is_no_gap(string text)
    {
        var result = _engine.Run(
            "$codes = @{ Ada = 'A1' }; $note = $suffix = $null; 'Ada', 'Bob' | ForEach-Object { [pscustomobject]@{ "
                + "ConversationId = New-Guid; Name = $_; Order = 7; Place = 'https://x.example'; Path = \"$_/\" } } | "
                + $"Test-WixInboxMessage -Text {{ {text} }}");

        Assert.Equal(["True", "True"], result.OutputOf("Valid"));
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("\"Please note:`n$($_.Code)\"", 1)]
    [InlineData("\"Please note:`n$($_.Code)`n`nBye.\"", 1)]
    [InlineData("\"Please note:`n$(if ($_.Code) { $_.Code })\"", 0)]
    public void A_column_that_is_empty_where_a_text_announces_it_is_named(string text, int warnings)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = ''; Code = '' }} | Test-WixInboxMessage {{ {text} }}");

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(
            result.Warnings,
            one => Assert.StartsWith("Code is empty in 1 row (1): the text", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("#NV")]
    [InlineData("#BEZUG!")]
    [InlineData("#wert!")]
    [InlineData("#ZAHL!")]
    [InlineData("#ÜBERLAUF!")]
    [InlineData("#VALEUR!")]
    [InlineData("#NOM?")]
    [InlineData("#NOMBRE!")]
    [InlineData("#N/D")]
    [InlineData("#RIF!")]
    [InlineData("#VALORE!")]
    [InlineData("#NOME?")]
    [InlineData("#¡VALOR!")]
    [InlineData("#¡REF!")]
    [InlineData("#¿NOMBRE?")]
    [InlineData("#NÚM!")]
    [InlineData("#VERW!")]
    [InlineData("#WAARDE!")]
    [InlineData("#N/B")]
    [InlineData("#DEEL/0!")]
    [InlineData("#SPILL!")]
    [InlineData("#CALC!")]
    [InlineData("#FIELD!")]
    [InlineData("#BLOCKED!")]
    [InlineData("#GETTING_DATA")]
    [InlineData("Err:502")]
    [InlineData("Error:502")]
    [InlineData("#####")]
    [InlineData(" #NV ")]
    [InlineData("\u00A0", "U+00A0")]
    [InlineData("\u200B", "U+200B")]
    [InlineData("\uFEFF", "U+FEFF")]
    [InlineData("\u2060", "U+2060")]
    [InlineData("\u200B \u200B", "U+200B U+0020")]
    public void What_a_spreadsheet_writes_for_nothing_is_a_gap_and_no_message(string cell, string? shown = null)
    {
        _engine.Set("cell", cell);
        const string Rows =
            "'Ada', $cell | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_; Text = $_ } } | ";
        shown ??= $"'{cell.Trim()}'";

        var gaps = _engine.Run(Rows + "Send-WixInboxMessage { \"Hi $($_.Name), thanks.\" }");
        var whole = _engine.Run(Rows + "Test-WixInboxMessage");
        var ofBlock = _engine.Run(Rows + "Test-WixInboxMessage { $_.Name } -WarningAction Ignore");

        Assert.StartsWith(
            $"Row 2: Name is {shown}, which goes into the text.",
            Assert.Single(gaps.Warnings),
            StringComparison.Ordinal);
        Assert.Equal(["True", "False"], whole.OutputOf("Valid"));
        Assert.Contains("column Text", whole.OutputOf("Problem")[1], StringComparison.Ordinal);
        Assert.Equal(["True", "False"], ofBlock.OutputOf("Valid"));
    }

    [Theory]
    [InlineData("'00.01.1900'")]
    [InlineData("'1/0/1900'")]
    [InlineData("'1/0/00'")]
    [InlineData("'00/01/1900 00:00'")]
    [InlineData("'0000-00-00'")]
    [InlineData("'0000-00-00 00:00:00'")]
    [InlineData("'00.00.0000'")]
    [InlineData("'01.01.0001'")]
    [InlineData("'1/1/0001 12:00:00 AM'")]
    [InlineData("'0001-01-01T00:00:00Z'")]
    [InlineData("'30.12.1899'")]
    [InlineData("[datetime]::MinValue", "01/01/0001 00:00:00")]
    [InlineData("[datetimeoffset]::MinValue", "01/01/0001 00:00:00 +00:00")]
    public void A_date_that_is_none_is_a_gap_and_no_message(string cell, string? shown = null)
    {
        shown ??= cell.Trim('\'');
        _engine.Run(
            $"$rows = [datetime]'2026-05-01', {cell} | ForEach-Object {{ "
                + "[pscustomobject]@{ ConversationId = New-Guid; Day = $_; Text = $_ } }");

        var gaps = _engine.Run("$rows | Send-WixInboxMessage { \"It is on $($_.Day).\" }").Warnings;
        var filling = _engine.Run("$rows | Test-WixInboxMessage { \"It is on $($_.Day).\" }").Warnings
            .Single().Split("To fill it: ")[1].TrimEnd('.');
        var filled = _engine.Run($"$rows[1] | Send-WixInboxMessage {{ \"It is on {filling}.\" }}");

        Assert.StartsWith($"Row 2: Day is '{shown}', which goes into the text.", gaps[0], StringComparison.Ordinal);
        Assert.Equal(["It is on there."], filled.OutputOf("Text"));
        Assert.Equal(["True", "False"], _engine.Run("$rows | Test-WixInboxMessage").OutputOf("Valid"));
    }

    [Theory]
    [InlineData("$_.Day.ToString('d')")]
    [InlineData("$_.Day.ToString('yyyy-MM-dd')")]
    [InlineData("$_.Day.ToString('d MMMM yyyy')")]
    [InlineData("$_.Day.ToString('D')")]
    [InlineData("'{0:dd.MM.yyyy}' -f $_.Day")]
    public void So_is_the_first_day_of_the_calendar_whichever_way_a_block_writes_it(string expression)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Day = [datetime]::MinValue } | "
                + $"Send-WixInboxMessage {{ \"It is on $({expression}).\" }}");

        Assert.StartsWith(
            "Row 1: Day is '01/01/0001 00:00:00'", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Text = '#NV'", "", "column Text: It is '#NV', which stands for nothing")]
    [InlineData("ImageUrl = 'NULL'", "-Text x", "column ImageUrl: It is 'NULL'")]
    [InlineData("FileUrl = '-'", "-Text x", "column FileUrl: It is '-'")]
    [InlineData("Name = '#BEZUG!'", "-Template -Title { $_.Name }", "-Title: It is '#BEZUG!'")]
    [InlineData("Text = \"$([char] 0x200B)\"", "", "column Text: It is U+200B, which stands for nothing")]
    public void A_text_or_an_address_that_is_a_word_for_nothing_is_the_rows_error(
        string column, string parameters, string words)
    {
        var script = $"[pscustomobject]@{{ ConversationId = $c; {column} }} | Send-WixInboxMessage {parameters}";

        var result = _engine.Run(script);

        Assert.Equal(["PlaceholderInText"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(_handler.Requests);
        Assert.Empty(_engine.Run(script + " -SkipCheck PlaceholderInText").Errors);
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("Text = '#SALE!'", "")]
    [InlineData("Name = '01.01.1900'", "-Text { \"Since $($_.Name).\" }")]
    [InlineData("Name = '10.01.1900'", "-Text { \"Since $($_.Name).\" }")]
    [InlineData("Name = '1970-01-01'", "-Text { \"Born on $($_.Name).\" }")]
    [InlineData("Name = '0.1.00'", "-Text { \"Version $($_.Name).\" }")]
    [InlineData("Name = '0001'", "-Text { \"Order $($_.Name).\" }")]
    [InlineData("Name = '0001-01-02'", "-Text { \"Order $($_.Name).\" }")]
    [InlineData("Name = '00:00'", "-Text { \"At $($_.Name).\" }")]
    [InlineData("Text = 'NULL and void'", "")]
    [InlineData("Name = 'Null'", "-Text { \"Hi $($_.Name)smann.\" }")]
    [InlineData("Name = 'N/A'", "-Form -Title x -Field { @{ Name = 'Size'; Value = $_.Name } } -WarningAction Ignore")]
    [InlineData("Name = 'x'", "-Text '-'")]
    [InlineData("Name = '#1'", "-Text { \"You are $($_.Name).\" }")]
    [InlineData("Name = '2E+5 Ltd'", "-Text { \"Hi $($_.Name).\" }")]
    [InlineData("Name = 'क्\u200Dष'", "-Text { \"Hi $($_.Name).\" }")]
    public void A_text_that_only_looks_like_one_is_sent(string column, string parameters)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; {column} }} | Send-WixInboxMessage {parameters}");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("1.2E+11")]
    [InlineData("1,23457E+11")]
    [InlineData("4E+12")]
    public void A_number_whose_last_digits_Excel_has_cut_off_is_told_of(string cell)
    {
        var script =
            $"'10403', '{cell}', '{cell}' | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Id = $_ } } | "
                + "{0} { \"Your order $($_.Id) is ready.\" }";
        var result = _engine.Run(script.Replace("{0}", "Send-WixInboxMessage", StringComparison.Ordinal));
        var empty = _engine.Run(
            "(" + script.Replace("{0}", "Test-WixInboxMessage -Summary", StringComparison.Ordinal) + ").EmptyColumns");

        Assert.Empty(empty.Output);

        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            $"Row 2: Id is '{cell}', which goes into the text. Excel shows a long number so",
            result.Warnings[0],
            StringComparison.Ordinal);
        Assert.StartsWith($"Id is empty or '{cell}' in 2 rows (2, 3)", result.Warnings[1], StringComparison.Ordinal);
    }

    [Fact]
    public void What_fills_a_gap_works_in_the_text_that_has_it()
    {
        _engine.Run(
            "$rows = $null, '', '\"\"', '-', 'NULL', 'n/a', \"''\", 'Ada', \"O'Brien\" | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = New-Guid; 'First Name' = $_ } }");
        var found = _engine.Run("$rows | Test-WixInboxMessage { \"Hi $($_.'First Name'), thanks.\" }").Warnings;
        var filling = Assert.Single(found).Split("To fill it: ")[1].TrimEnd('.');

        var sent = _engine.Run($"$rows | Send-WixInboxMessage {{ \"Hi {filling}, thanks.\" }}");

        Assert.Empty(sent.Warnings);
        Assert.Equal(
            [.. Enumerable.Repeat("Hi there, thanks.", 7), "Hi Ada, thanks.", "Hi O'Brien, thanks."],
            sent.OutputOf("Text"));
    }

    [Theory]
    [InlineData("-Template -Title x -TextLine { 'Thank you.', \"Hi $($_.Name), it is ready.\" }", "-TextLine")]
    [InlineData("-Template -Title x -Button { @{ Label = \"For $($_.Name)\"; LaunchUrl = 'http://e' } }", "-Button")]
    [InlineData("-Form -Title x -Field { @{ Name = \"Dear $($_.Name),\"; Value = 'x' } }", "-Field")]
    [InlineData(
        "-Form -Title x -Description { \"Hi $($_.Name)!\" } -Field @{ Name = 'x'; Value = 'x' }", "-Description")]
    [InlineData("-Text x -PreviewText { \"Hi $($_.Name)!\" }", "-PreviewText")]
    [InlineData("-Text x -Badge { \"For $($_.Name)\" }", "-Badge")]
    [InlineData("-Content { @{ Minimal = @{ Text = \"Hi $($_.Name)!\" } } }", "-Content")]
    public void Each_text_of_a_message_is_looked_at_for_gaps(string parameters, string where)
    {
        var result = _engine.Run(
            "'Ada', '', '' | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_ } } | "
                + $"Send-WixInboxMessage {parameters}");

        Assert.Equal(3, result.Output.Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            $"Row 2: Name is empty, which leaves a gap in {where}.", result.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith(
            $"Name is empty in 2 rows (2, 3): {where} has a gap there.", result.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$($_.Name), thank you.\"", 1)]
    [InlineData("\"Thank you, $($_.Name)\"", 1)]
    [InlineData("\"NULLs, $($_.Order)\"", 0)]
    public void A_word_for_nothing_is_a_gap_at_either_end_of_the_text_too(string text, int warnings)
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Name = 'NULL'; Order = '10403' } | "
                + $"Send-WixInboxMessage -Text {{ {text} }}");

        Assert.Equal(
            warnings, result.Warnings.Count(one => one.Contains("Name is 'NULL'", StringComparison.Ordinal)));
        Assert.Single(_handler.Requests);
    }

    [Theory]
    [InlineData("'NULL'", "\"Hi $($_.Name -replace 'NULL', 'there').\"")]
    [InlineData("'-'", "\"Hi you$(if ($_.Name -ne '-') { $_.Name }), on 2026-01-01.\"")]
    [InlineData("'Null-Meyer'", "\"Hi $($_.Name).\"")]
    public void A_text_that_thinks_of_what_stands_for_nothing_has_no_gap(string name, string text)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = {name} }} | Send-WixInboxMessage -Text {{ {text} }}");

        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData(
        "{ \"Hi $($_.A), $($_.B).\" }",
        "A is empty in 2 rows (2, 3) and B in 1 row (3): the text has a gap there. To fill the first: $(if ($_.A) {")]
    [InlineData("{ \"Hi $($_.B), $($_.A).\" }", "B is empty in 1 row (3) and A in 2 rows (2, 3): the text has a gap")]
    [InlineData(
        "{ \"Hi $($_.A), $($_.B), $($_.C), $($_.D).\" }",
        "A is empty in 2 rows (2, 3), B in 1 row (3), C in 1 row (3) and 1 more in some: the text has a gap there.")]
    public void Each_column_that_is_empty_where_a_gap_is_is_named_with_its_rows(string text, string words)
    {
        const string Rows = """
            $rows = 'a b c d', '- b c d', '- - - -' | ForEach-Object {
                $a, $b, $c, $d = $_.Replace('-', '') -split ' '
                [pscustomobject]@{ ConversationId = $id; A = $a; B = $b; C = $c; D = $d }
            }
            """;
        _engine.Set("id", Engine.Guid1);

        var result = _engine.Run($"{Rows}; $rows | Send-WixInboxMessage -Text {text}");
        var test = _engine.Run($"{Rows}; $rows | Test-WixInboxMessage -Text {text}");

        Assert.StartsWith(
            "Row 2: A is empty, which leaves a gap in the text.", result.Warnings[0], StringComparison.Ordinal);
        var warning = Assert.Single(
            result.Warnings.Skip(1), warning => warning.Contains("gap", StringComparison.Ordinal));
        Assert.StartsWith(words, warning, StringComparison.Ordinal);
        Assert.EndsWith(
            " Test-WixInboxMessage -Summary finds such rows before a run.", warning, StringComparison.Ordinal);
        warning = Assert.Single(test.Warnings, warning => warning.Contains("gap", StringComparison.Ordinal));
        Assert.StartsWith(words, warning, StringComparison.Ordinal);
        Assert.EndsWith("else { 'there' }).", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Hi $($_.'First Name'), thanks!", "'Hi , thanks!'")]
    [InlineData("Hi $($_.'First Name')!", "'Hi !'")]
    [InlineData("Dear $($_.'First Name')`nThanks!", "'Dear ")]
    [InlineData("$($_.'First Name'), thanks!", "', thanks!'")]
    [InlineData(
        "Thanks for the order of last week, $($_.'First Name'), and hello", "'…order of last week, , and hello'")]
    [InlineData("Order $($_.'First Name') is on its way", "'Order  is on its way'")]
    [InlineData("Your plan is $($_.'First Name')", "'Your plan is '")]
    [InlineData("Track it: https://e.example/t?id=$($_.'First Name')", "'…https://e.example/t?id='")]
    [InlineData("https://e.example/t?id=$($_.'First Name')&lang=en", "'https://e.example/t?id=&lang=en'")]
    [InlineData("See https://e.example/qr/$($_.'First Name').png", "'…https://e.example/qr/.png'")]
    [InlineData("See https://e.example/$($_.'First Name')/map", "'…ee https://e.example//map'")]
    [InlineData("Welcome back, $($_.'First Name')!", "'Welcome back, !'")]
    [InlineData("Thanks $($_.'First Name')!!", "'Thanks !!'")]
    [InlineData("It is ready. Thank you $($_.'First Name')!", "'…is ready. Thank you !'")]
    [InlineData("¡Hola $($_.'First Name')!", "'¡Hola !'")]
    [InlineData("¡Feliz cumpleaños, querida $($_.'First Name')!", "'…cumpleaños, querida !'")]
    [InlineData("¿Vienes el $($_.'First Name')?", "'¿Vienes el ?'")]
    [InlineData("Hallo $($_.'First Name')!", "'Hallo !'")]
    [InlineData("Vielen Dank $($_.'First Name')!", "'Vielen Dank !'")]
    [InlineData("Order #$($_.'First Name') is ready", "'Order # is ready'")]
    [InlineData("La commande #$($_.'First Name') est prête", "'La commande # est prête'")]
    [InlineData("Ihre Bestellung Nr. $($_.'First Name') ist da", "'Ihre Bestellung Nr.  ist da'")]
    [InlineData("Your order ($($_.'First Name')) is ready", "'Your order () is ready'")]
    [InlineData("Your code is '$($_.'First Name')'.", "'Your code is ''.'")]
    [InlineData("See you on $($_.'First Name')!", "'See you on !'")]
    [InlineData("Kommen Sie am $($_.'First Name')?", "'Kommen Sie am ?'")]
    [InlineData("Bonjour $($_.'First Name') !", "'Bonjour  !'")]
    public void A_gap_in_a_text_that_was_typed_whole_is_told_of_before_the_first_row_leaves(string text, string words)
    {
        var script = $"$text = \"{text}\"; 1..3 | ForEach-Object {{ Row }} | Send-WixInboxMessage -Text $text";

        var result = _engine.Run(script);

        var warning = Assert.Single(result.Warnings, one => one.Contains("gap", StringComparison.Ordinal));
        Assert.Contains("has a gap in it: " + words, warning, StringComparison.Ordinal);
        Assert.Contains("-Text { \"Hi $($_.'First Name')\" }", warning, StringComparison.Ordinal);
        Assert.Equal(3, _handler.Requests.Count);
        _engine.Run(script + " -WarningAction Stop");
        Assert.Equal(3, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("-Text Code -ImageUrl https://e.example/qr/.png", "ImageUrl")]
    [InlineData("-Minimal -Text Track -Url https://e.example/t?id=", "Url")]
    [InlineData(
        "-Template -Title T -Button @{ Label = 'Track'; LaunchUrl = 'https://e.example/t?id=' }", "Button")]
    public void So_is_one_in_an_address(string parameters, string parameter)
    {
        var warning = Assert.Single(_engine.Run($"Row | Send-WixInboxMessage {parameters}").Warnings);

        Assert.StartsWith(
            $"-{parameter} is the same for all rows, and has a gap in it", warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Bonjour ! Votre commande est là.")]
    [InlineData("Mon  9:00`nTue 10:00 ")]
    [InlineData(".NET and .5 and so on ...")]
    [InlineData("Hi you, hi there")]
    [InlineData("It is ready.  Come by.  Bring: \nyour card")]
    [InlineData("https://e.example/?t=YWJj= and //server/share/.well-known/a.png")]
    [InlineData("Merci beaucoup ! Vous êtes prêts ? Super !! Ça y est ! Vas-y ! Oh la la ! Bravo à tous !!")]
    [InlineData("Bonne journée, à bientôt !`nMerci !`nBienvenue !")]
    [InlineData("Welcome back! Thanks!! Come on ! See you on Friday, or not?")]
    [InlineData("¡Hola! ¿Qué tal? ¡Gracias, Ana!")]
    [InlineData("Press the # key. Reply with your order # and name: your order # is on the receipt.")]
    [InlineData("# Angebot`nDie Raute # ist rechts unten, Bestellung #10403 ist da")]
    [InlineData("Name  : Ada`nDate  : 1 May`nThanks, :) and see you, ;)")]
    [InlineData("Call main() or f(), 5'' wide, he said `\"Hi`\" (again)")]
    public void A_text_that_was_typed_so_is_no_gap(string text)
    {
        var result = _engine.Run($"Row | Send-WixInboxMessage -Text \"{text}\"");

        Assert.Empty(result.Warnings);
        Assert.Single(_handler.Requests);
    }
}

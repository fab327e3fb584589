namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Gaps in texts, where a column is empty or nothing was found: "Hi , your order is ready."</summary>
public sealed class TextGapTests : RowRuns
{
    [Theory]
    [InlineData("Send-WixInboxMessage", 2, "Row 1: the text has a gap in it, and no column that")]
    [InlineData("Test-WixInboxMessage", 1, "The text has a gap in it in 2 rows (1, 3), where no")]
    public void A_gap_where_what_a_block_looks_up_is_not_there_is_told_of(string cmdlet, int warnings, string words)
    {
        // The keys are numbers, and the columns of a CSV are texts.
        var result = Engine.Run($$"""
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
        var result = Engine.Run($$"""
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

        var result = Engine.Run(Row + "{ \"Hi $($_.'First Name'), it is ready.\" }");

        Assert.Equal(
            "Row 1: the text has a gap in it, and column First Name has a blank at an end. Without it: "
                + "$($_.'First Name'.Trim()). Further such rows are counted at the end.",
            Assert.Single(result.Warnings));
        Assert.Empty(Engine.Run(Row + "{ \"Hi $($_.'First Name'.Trim()), it is ready.\" }").Warnings);
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

        var result = Engine.Run($"{Rows}; $rows | Test-WixInboxMessage -Text {text}");

        Assert.Equal(3, result.Output.Count);
        var gaps = result.Warnings.Where(warning => warning.Contains("gap", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, gaps.Length);
        Assert.All(gaps, gap => Assert.StartsWith(
            "First Name is empty in 2 rows (2, 3): the text has a gap there. To fill it",
            gap,
            StringComparison.Ordinal));
        Assert.All(gaps, gap => Assert.Contains(": $(if ($_.'First Name') {", gap, StringComparison.Ordinal));
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

        var result = Engine.Run($"{rows} | {Send}");

        Assert.Equal(4, result.Output.Count);
        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            "Row 2: Name is " + words, result.Warnings[0], StringComparison.Ordinal);
        Assert.Contains("in 2 rows (2, 4): the text has a gap there.", result.Warnings[1], StringComparison.Ordinal);

        // Whoever wants none in the file ends it there.
        Engine.Run($"{rows} | {Send} -WarningAction Stop");
        Assert.Equal(5, Handler.Requests.Count);
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
        var result = Engine.Run(
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
    [InlineData("$code = $codes[$_.Name]; \"$($_.Name), your code is $code\"")]
    [InlineData("$code = $codes[$_.Name]; \"$($_.Name), your code is '$code'\"")]
    [InlineData("$code = $codes[$_.Name]; \"$($_.Name), it is ready ($code)\"")]
    [InlineData("$code = $codes[$_.Name]; \"$($_.Name), it is `\"$($code)`\".\"")]
    [InlineData("[string]$code = $codes[$_.Name]; \"$($_.Name), it is ready: [$code]\"")]
    [InlineData("$name = $_.Name; $code = $codes[$name]; \"$name, your code is $code\"")]
    [InlineData("$code = $codes[$_.Name]; $text = \"$($_.Name), your code is $code\"; $text")]
    [InlineData("$code = $codes[$_.Name]; $_.Name + ', your code is ' + $code")]
    [InlineData("$code = $codes[$_.Name]; '{0}, your code is {1}' -f $_.Name, $code")]
    [InlineData("\"$($_.Name), it is ready ($($codes[$_.Name]))\"")]
    [InlineData("'Your code is: ' + $codes[$_.Name]")]
    [InlineData("\"Hi $($_.Name), \" + ('your code is: ' + $codes[$_.Name])")]
    [InlineData("'{0}, your code is: {1}' -f $_.Name, $codes[$_.Name]")]
    public void A_text_that_ends_where_something_was_looked_up_in_vain_is_told_of(string text)
    {
        var result = Engine.Run(
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
    [InlineData("$extra = if ($_.Name -ne 'Bob') { $codes[$_.Name] }; \"Hi $($_.Name), thank you $extra\"")]
    [InlineData("$extra = ''; if ($_.Order -gt 9) { $extra = 'twice' }; \"Hi $($_.Name), thank you $extra\"")]
    [InlineData("if ($_.Order -gt 9) { $extra = $codes[$_.Name] }; \"Hi $($_.Name), thank you $extra\"")]
    [InlineData("$extra = $codes[$_.Name]; \"Hi $($_.Name), thank you.$extra\"")]
    [InlineData("$extra = $codes[$_.Name]; \"Hi $($_.Name), thank you ($($extra ? 'yes' : ''))\"")]
    [InlineData("\"Hi $($_.Name), your total: $($codes[$_.Name])5\"")]
    [InlineData("\"Hi $($_.Name), your code: $($codes[$_.Name])$($_.Order)\"")]
    [InlineData("\"$($_.Place)/$($_.Path)\"")]
    [InlineData("'Hi ' + $_.Name + ', it is ' + ($_.Order + 1)")]
    [InlineData("'Hi {0}: {1:d4}' -f $_.Name, $_.Order")]
    public void A_text_that_ends_as_its_block_has_it_is_no_gap(string text)
    {
        var result = Engine.Run(
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
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = ''; Code = '' }} | Test-WixInboxMessage {{ {text} }}");

        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(
            result.Warnings,
            one => Assert.StartsWith("Code is empty in 1 row (1): the text", one, StringComparison.Ordinal));
    }

    [Fact]
    public void What_fills_a_gap_works_in_the_text_that_has_it()
    {
        Engine.Run(
            "$rows = $null, '', '\"\"', '-', 'NULL', 'n/a', \"''\", 'Ada', \"O'Brien\" | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = New-Guid; 'First Name' = $_ } }");
        var found = Engine.Run("$rows | Test-WixInboxMessage { \"Hi $($_.'First Name'), thanks.\" }").Warnings;
        var filling = Assert.Single(found).Split("To fill it: ")[1].TrimEnd('.');

        var sent = Engine.Run($"$rows | Send-WixInboxMessage {{ \"Hi {filling}, thanks.\" }}");

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
        var result = Engine.Run(
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
        Engine.Set("id", Engine.Guid1);

        var result = Engine.Run($"{Rows}; $rows | Send-WixInboxMessage -Text {text}");
        var test = Engine.Run($"{Rows}; $rows | Test-WixInboxMessage -Text {text}");

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

    [Fact]
    public void What_fills_a_gap_reads_the_part_of_a_column_that_the_block_reads()
    {
        var result = Engine.Run("""
            @{ name = @{ first = 'Ada' } }, @{ other = 1 } | ForEach-Object {
                $_.ConversationId = New-Guid; [pscustomobject] $_
            } | Send-WixInboxMessage -Text { "Hi $($_.name.first), ok" } -SkipCheck ColumnUnknown
            """);

        Assert.Contains(
            "To fill it: $(if ($_.name.first) { $_.name.first } else { 'there' }).",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Hi $($_.'First Name'), ok\"", "{ 'there' }")]
    [InlineData("\"Hey $($_.'First Name'.Trim())!\"", "{ 'there' }")]
    [InlineData("\"Thanks!`nHello $($_.'First Name').\"", "{ 'there' }")]
    [InlineData("\"Hi $($_.'First Name') $($_.Last), ok\"", "{ '…' }")]
    [InlineData("\"Hallo $($_.'First Name'), alles klar\"", "{ '…' }")]
    [InlineData("\"Thanks $($_.'First Name')!\"", "{ '…' }")]
    [InlineData("\"Your plan ends on $($_.'First Name').\"", "{ '…' }")]
    [InlineData("\"Ticket for $($_.'First Name'): it is ready\"", "{ '…' }")]
    public void What_fills_a_gap_fits_its_place_or_is_left_to_whoever_writes_the_text(string text, string filling)
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = New-Guid; 'First Name' = ''; Last = 'Hopper' } | "
                + $"Test-WixInboxMessage {{ {text} }}");

        var warning = Assert.Single(
            result.Warnings, warning => warning.Contains("To fill it", StringComparison.Ordinal));
        Assert.Contains(
            filling == "{ '…' }" ? "it, with your words for …: $(" : "it: $(", warning, StringComparison.Ordinal);
        Assert.EndsWith($"else {filling}).", warning, StringComparison.Ordinal);
    }
}

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>What stands in a cell for nothing: a gap in a text, and no text by itself.</summary>
public sealed class EmptyTextTests : RowRuns
{
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
    [InlineData("#ERROR!")]
    [InlineData("\\N")]
    [InlineData("NaT")]
    [InlineData("<NA>")]
    [InlineData("N.A.")]
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
        Engine.Set("cell", cell);
        const string Rows =
            "'Ada', $cell | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_; Text = $_ } } | ";
        shown ??= $"'{cell.Trim()}'";

        var gaps = Engine.Run(Rows + "Send-WixInboxMessage { \"Hi $($_.Name), thanks.\" }");
        var whole = Engine.Run(Rows + "Test-WixInboxMessage");
        var ofBlock = Engine.Run(Rows + "Test-WixInboxMessage { $_.Name } -WarningAction Ignore");

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
    [InlineData("'1900-01-01'")]
    [InlineData("'1/1/1900'")]
    [InlineData("'1900-01-01 00:00:00'")]
    [InlineData("'1900-01-01 00:00:00.000'")]
    [InlineData("'1900-01-01T00:00:00Z'")]
    [InlineData("'1/1/1900 12:00:00 AM'")]
    [InlineData("'01.01.1900'")]
    [InlineData("'01.01.1900 00:00:00'")]
    [InlineData("'Jan  1 1900 12:00AM'")]
    [InlineData("'01-JAN-1900'")]
    [InlineData("[datetime]'1900-01-01'", "01/01/1900 00:00:00")]
    [InlineData("[datetime]::MinValue", "01/01/0001 00:00:00")]
    [InlineData("[datetimeoffset]::MinValue", "01/01/0001 00:00:00 +00:00")]
    public void A_date_that_is_none_is_a_gap_and_no_message(string cell, string? shown = null)
    {
        shown ??= cell.Trim('\'');
        Engine.Run(
            $"$rows = [datetime]'2026-05-01', {cell} | ForEach-Object {{ "
                + "[pscustomobject]@{ ConversationId = New-Guid; Day = $_; Text = $_ } }");

        var gaps = Engine.Run("$rows | Send-WixInboxMessage { \"It is on $($_.Day).\" }").Warnings;
        var filling = Engine.Run("$rows | Test-WixInboxMessage { \"It is on $($_.Day).\" }").Warnings
            .Single().Split("To fill it, with your words for …: ")[1].TrimEnd('.');
        var filled = Engine.Run($"$rows[1] | Send-WixInboxMessage {{ \"It is on {filling}.\" }}");

        Assert.StartsWith($"Row 2: Day is '{shown}', which goes into the text.", gaps[0], StringComparison.Ordinal);
        Assert.Equal(["It is on …."], filled.OutputOf("Text"));
        Assert.Equal(["True", "False"], Engine.Run("$rows | Test-WixInboxMessage").OutputOf("Valid"));
    }

    [Theory]
    [InlineData("$_.Day.ToString('d')")]
    [InlineData("$_.Day.ToString('yyyy-MM-dd')")]
    [InlineData("$_.Day.ToString('d MMMM yyyy')")]
    [InlineData("$_.Day.ToString('D')")]
    [InlineData("'{0:dd.MM.yyyy}' -f $_.Day")]
    public void So_is_the_first_day_of_the_calendar_whichever_way_a_block_writes_it(string expression)
    {
        foreach (var year in new[] { "0001", "1900" })
        {
            var result = Engine.Run(
                $"[pscustomobject]@{{ ConversationId = $c; Day = [datetime]'{year}-01-01' }} | "
                    + $"Send-WixInboxMessage {{ \"It is on $({expression}).\" }}");

            Assert.StartsWith(
                $"Row 1: Day is '01/01/{year} 00:00:00'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        }
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

        var result = Engine.Run(script);

        Assert.Equal(["PlaceholderInText"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(Handler.Requests);
        Assert.Empty(Engine.Run(script + " -SkipCheck PlaceholderInText").Errors);
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("Text = '#SALE!'", "")]
    [InlineData("Name = '01.02.1900'", "-Text { \"Since $($_.Name).\" }")]
    [InlineData("Name = '1900'", "-Text { \"Built in $($_.Name).\" }")]
    [InlineData("Name = '1/1/2000'", "-Text { \"Since $($_.Name).\" }")]
    [InlineData("Name = '1900-01-01 09:30'", "-Text { \"At $($_.Name).\" }")]
    [InlineData("Name = 'Jan 11 1900'", "-Text { \"Since $($_.Name).\" }")]
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
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; {column} }} | Send-WixInboxMessage {parameters}");

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Single(Handler.Requests);
    }

    [Fact]
    public void A_number_that_is_no_text_is_written_with_all_its_digits_and_an_empty_column_beside_it_is_filled()
    {
        var result = Engine.Run("""
            [pscustomobject]@{ ConversationId = $c; Order = [double]1e15; When = $null } |
                Send-WixInboxMessage -Text { "Hi, $($_.Order) on $($_.When)" }
            """);

        Assert.StartsWith(
            "Row 1: Order is '1E+15', which goes into the text; When is empty, which leaves a gap in the text. A "
                + "number that is no text is written so: $($_.Order.ToString('0')) has all digits. To fill it, "
                + "with your words for …: $(if ($_.When)",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_row_that_is_left_out_has_no_name_for_is_nobodys_gap()
    {
        const string Send = " | Send-WixInboxMessage -Text { \"Hi $($_.Name),\" }";
        const string Row = "[pscustomobject]@{ ConversationId = $c; Name = ''; Unsubscribed = 'yes' }";

        Assert.Empty(Engine.Run(Row + Send).Warnings);
        Assert.Single(Engine.Run(Row + Send + " -IncludeUnsubscribed").Warnings);
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
        var result = Engine.Run(script.Replace("{0}", "Send-WixInboxMessage", StringComparison.Ordinal));
        var empty = Engine.Run(
            "(" + script.Replace("{0}", "Test-WixInboxMessage -Summary", StringComparison.Ordinal) + ").EmptyColumns");

        Assert.Empty(empty.Output);

        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            $"Row 2: Id is '{cell}', which goes into the text. Excel shows a long number so",
            result.Warnings[0],
            StringComparison.Ordinal);
        Assert.StartsWith($"Id is empty or '{cell}' in 2 rows (2, 3)", result.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$($_.Name), thank you.\"", 1)]
    [InlineData("\"Thank you, $($_.Name)\"", 1)]
    [InlineData("\"NULLs, $($_.Order)\"", 0)]
    public void A_word_for_nothing_is_a_gap_at_either_end_of_the_text_too(string text, int warnings)
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Name = 'NULL'; Order = '10403' } | "
                + $"Send-WixInboxMessage -Text {{ {text} }}");

        Assert.Equal(
            warnings, result.Warnings.Count(one => one.Contains("Name is 'NULL'", StringComparison.Ordinal)));
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("None")]
    [InlineData("(blank)")]
    [InlineData("(null)")]
    [InlineData("[not provided]")]
    [InlineData("Not Provided")]
    [InlineData("<unknown>")]
    [InlineData("Info Requested")]
    [InlineData("[Deleted]")]
    [InlineData("TBC")]
    [InlineData("undefined undefined")]
    public void What_stands_in_place_of_a_name_is_a_gap_behind_a_greeting(string cell)
    {
        Engine.Set("cell", cell);
        Engine.Run("""
            $rows = 'Ada', $cell, 'Bo', $cell | ForEach-Object {
                [pscustomobject]@{ ConversationId = New-Guid; Name = $_; Order = '7' }
            }
            """);

        var found = Engine.Run("$rows | Send-WixInboxMessage { \"Hi $($_.Name), $($_.Order) is ready.\" }").Warnings;
        var filling = found[1].Split("To fill it: ")[1].Split(". Test-")[0];
        var sent = Engine.Run($"$rows | Send-WixInboxMessage {{ \"Hello {filling}!\" }}");

        Assert.StartsWith(
            $"Row 2: Name is '{cell}', which goes into the text. ", found[0], StringComparison.Ordinal);
        Assert.StartsWith($"Name is empty or '{cell}' in 2 rows (2, 4)", found[1], StringComparison.Ordinal);
        Assert.Empty(sent.Warnings);
        Assert.Equal(["Hello Ada!", "Hello there!", "Hello Bo!", "Hello there!"], sent.OutputOf("Text"));
    }

    [Fact]
    public void What_fills_a_gap_knows_each_of_many_such_words()
    {
        Engine.Run("""
            $rows = 'Ada', '-', 'Not provided', '(no name)', '#N/A', 'NULL', 'None', 'Unknown' | ForEach-Object {
                [pscustomobject]@{ ConversationId = New-Guid; Name = $_ }
            }
            """);

        var told = Engine.Run("$rows | Send-WixInboxMessage { \"Hi $($_.Name), hello.\" }").Warnings[1];
        var filling = told.Split("To fill it: ")[1].Split(". Test-")[0];
        var sent = Engine.Run($"$rows | Send-WixInboxMessage {{ \"Hi {filling}, hello.\" }}");

        Assert.StartsWith(
            "Name is empty, '-', 'Not provided', '(no name)', '#N/A', 'NULL' or another such word in 7 rows",
            told,
            StringComparison.Ordinal);
        Assert.Empty(sent.Warnings);
        Assert.Equal(7, sent.OutputOf("Text").Count(text => text == "Hi there, hello."));
    }

    [Theory]
    [InlineData("'None'", "\"Your allergies: $($_.Name).\"")]
    [InlineData("'Unknown'", "\"Hi, it is by $($_.Name).\"")]
    [InlineData("'None'", "\"Hi $($_.Name)ly.\"")]
    [InlineData("'NULL'", "\"Hi $($_.Name -replace 'NULL', 'there').\"")]
    [InlineData("'-'", "\"Hi you$(if ($_.Name -ne '-') { $_.Name }), on 2026-01-01.\"")]
    [InlineData("'Null-Meyer'", "\"Hi $($_.Name).\"")]
    public void A_text_that_thinks_of_what_stands_for_nothing_has_no_gap(string name, string text)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = {name} }} | Send-WixInboxMessage -Text {{ {text} }}");

        Assert.Empty(result.Warnings);
    }
}

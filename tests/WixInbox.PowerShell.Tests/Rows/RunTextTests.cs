namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// What is seen of a text in several rows alone: columns that no row has, and the same words for all.
/// </summary>
public sealed class RunTextTests : RowRuns
{
    [Fact]
    public void A_column_that_the_rows_of_a_second_file_do_not_have_is_missing_in_each_of_them()
    {
        var result = Engine.Run("""
            $other = [pscustomobject]@{ ConversationId = $c; Vorname = 'Cy' }
            $less = [pscustomobject]@{ ConversationId = $c }
            (Row), $other, (Row), $other, $less |
                Send-WixInboxMessage { if ($_.'First Name') { "Hi $($_.'First Name')" } else { 'Hello' } }
            """);

        Assert.Equal(["ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Equal(3, Handler.Requests.Count);
    }

    [Fact]
    public void A_run_whose_text_reads_a_variable_in_place_of_a_column_ends()
    {
        var result = Engine.Run("1..100 | ForEach-Object { Row } | Send-WixInboxMessage -Text { \"Hi $FirstName\" }");

        Assert.Equal(["ColumnUnknown", "ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void A_variable_is_looked_for_in_rows_with_other_columns_too()
    {
        var result = Engine.Run("""
            $other = [pscustomobject]@{ ConversationId = $c; Name = 'Ada' }
            (Row), (Row), $other, $other | Send-WixInboxMessage -Text { "Hi $Name" }
            """);

        Assert.Equal(["ColumnUnknown", "ColumnUnknown"], result.ErrorIds);
        Assert.Equal(2, Handler.Requests.Count);
    }

    [Theory]
    [InlineData("-Text { \"Hi $($_.FirstNam)\" }", "ColumnUnknown", "Did you mean 'First Name'?")]
    [InlineData("-SendNotification", "ContentMissing", "Give -Text")]
    [InlineData("-KeyProperty Ordr -Journal $journal -Text { $_.Order }", "KeyMissing", "There is no column Ordr")]
    [InlineData(
        "-KeyProperty Orde -Journal $journal -Text { $_.Order }",
        "KeyMissing",
        "(-KeyProperty). Did you mean 'Order'?")]
    public void A_column_that_the_first_two_rows_lack_ends_the_run(string parameters, string id, string words)
    {
        using var folder = new TemporaryFolder();
        Engine.Set("journal", folder.File("run.jsonl"));

        var result = Engine.Run($"1..100 | ForEach-Object {{ Row }} | Send-WixInboxMessage {parameters}");

        // Rows 1 and 2, and the end.
        Assert.Equal([id, id, id], result.ErrorIds);
        Assert.Contains(words, result.Errors[2].ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.EndsWith(
            " No further row was tried, since row 1 has the same columns.",
            result.Errors[2].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void A_column_that_an_earlier_row_had_may_be_missing()
    {
        var result = Engine.Run(
            "(Row), [pscustomobject]@{ ConversationId = $c } | Send-WixInboxMessage -Text { \"Hi $($_.Order)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal(2, Handler.Requests.Count);
    }

    [Fact]
    public void One_that_reads_the_rows_by_a_variable_of_the_pipeline_is_not()
    {
        var result = Engine.Run($$"""
            $rows = 'Ada', 'Bo' | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_ } }
            $rows | ForEach-Object { $_ } -PipelineVariable person |
                Send-WixInboxMessage -Text { "Hi $($person.Name)" }
            """);

        Assert.Empty(result.Warnings);
        Assert.Equal(["Hi Ada", "Hi Bo"], result.OutputOf("Text"));
    }

    [Theory]
    [InlineData("{ 'Hello' + $_.Nothing }", "-SkipCheck ColumnUnknown", 1)]
    [InlineData("{ 'Hello' }", "-SkipCheck SameText", 0)]
    [InlineData("{ $_.Order }", "", 1)]
    [InlineData("Hello", "", 0)]
    public void A_block_that_gives_the_same_text_for_all_rows_is_told_of(string text, string parameters, int warnings)
    {
        var result = Engine.Run(
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
        var result = Engine.Run(script.Replace(
            "{0}", "Send-WixInboxMessage -Text \"No. $($_.Order)\" -SkipCheck SameText", StringComparison.Ordinal));

        Assert.NotEmpty(result.Output);
        var told = result.Warnings.Where(one => one.Contains("of their own", StringComparison.Ordinal)).ToArray();
        Assert.Equal(warnings, told.Length);
        Assert.All(told, one => Assert.StartsWith(
            "Row 1: -Text reads $_.Order of the block around the command", one, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ 'Hello' }", 1)]
    [InlineData("{ $ours = 'you'; \"Hello $ours\" }", 2)]
    [InlineData("{ \"Hello $name, $(if ($name) { 'you' })\" }", 1)]
    [InlineData("{ \"Hello $($name.ToUpper())\" }", 2)]
    public void A_block_that_reads_nothing_of_the_rows_is_told_of_before_the_second_leaves(string text, int sent)
    {
        var result = Engine.Run(
            $"$name = 'Zoe'; $other = Row; $other.ConversationId = '{Engine.Guid2}'; try {{ (Row), $other | "
                + $"Send-WixInboxMessage -Text {text} -ThrottleLimit 1 -WarningAction Stop }} catch {{ \"$_\" }}");

        Assert.Contains("the same text for all", result.Output[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(sent, Handler.Requests.Count);
    }
}

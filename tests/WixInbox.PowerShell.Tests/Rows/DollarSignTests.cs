namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// A dollar sign in double quotes, which begins a variable: a sum of money loses its digits, and a variable that is set
/// nowhere leaves nothing in the text.
/// </summary>
public sealed class DollarSignTests : RowRuns
{
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
        var result = Engine.Run($"Row | Send-WixInboxMessage -Text {text}");

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.Contains($"and the block has {found} there", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains($"with a backtick: {meant} ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Assert.DoesNotContain(
            "ColumnUnknown", Engine.Run($"Row | Send-WixInboxMessage -Text {text} -SkipCheck ColumnUnknown").ErrorIds);
    }

    [Theory]
    [InlineData("Row | Send-WixInboxMessage -Text \"It is $12.50.\"", "-Text: In double", "`$12.50. To send")]
    [InlineData("Row | Send-WixInboxMessage \"It is US$50\"", "-Text: In double", "`$50. To send")]
    [InlineData("Send-WixInboxMessage -ConversationId $c \"You owe $$5.\"", "-Text: In double", "`$$5. To send")]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -TextLine 'a', \"It is $5\"", "-TextLine: In", "`$5.")]
    public void It_is_refused_in_a_text_of_the_command_line_too(string script, string words, string meant)
    {
        var result = Engine.Run(script);

        Assert.Equal(["ColumnUnknown"], result.ErrorIds);
        Assert.StartsWith(words, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Contains(meant, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
        Assert.Empty(Engine.Run(script + " -SkipCheck ColumnUnknown").Errors);
    }

    [Theory]
    [InlineData("-Text \"It is of team $Company.\"", 1)]
    [InlineData("-Text \"It is `$12.50 of team $c, $($c.Length) $HOME $(if ($no) { 'x' })\"", 0)]
    [InlineData("-Text ('It is $12.50 of team ' + $Company)", 0)]
    [InlineData("-Text $Text", 0)]
    public void So_is_a_variable_there_that_is_set_nowhere_told_of(string parameters, int warnings)
    {
        var result = Engine.Run($"$Text = 'x $5'; Row | Send-WixInboxMessage {parameters}");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.Equal(warnings, result.Warnings.Count(one => one.StartsWith(
            "-Text reads a variable $Company, which is set nowhere", StringComparison.Ordinal)));
        Assert.Single(Handler.Requests);
    }

    [Theory]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -TextLine { 'x', \"It is $12.50\" }")]
    [InlineData("Row | Send-WixInboxMessage -Template -Title x -Button { @{ Label = \"Pay $12.50\" } }")]
    [InlineData("Send-WixInboxMessage -ConversationId $c -Text { \"It is $12.50\" }")]
    public void It_is_one_wherever_it_stands(string script)
    {
        Assert.Equal(["ColumnUnknown"], Engine.Run(script).ErrorIds);
        Assert.Empty(Handler.Requests);
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
        var result = Engine.Run(script);

        Assert.Empty(result.Errors);
        var warning = Assert.Single(
            result.Warnings, one => one.Contains("set nowhere", StringComparison.Ordinal));
        Assert.StartsWith($"The block of -Text reads a variable {variable}, which", warning, StringComparison.Ordinal);
        Assert.Contains($"with a backtick: {meant}", warning, StringComparison.Ordinal);
        Assert.Equal(2, Handler.Requests.Count);
        Engine.Run(script + " -WarningAction Stop");
        Assert.Equal(2, Handler.Requests.Count);
        Assert.DoesNotContain(
            Engine.Run(script + " -SkipCheck ColumnUnknown").Warnings,
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
        var result = Engine.Run($"{before}; Row | Send-WixInboxMessage -Text {text}");

        Assert.Empty(result.Errors.Select(error => error.ToString()));
        Assert.DoesNotContain(result.Warnings, one => one.Contains("set nowhere", StringComparison.Ordinal));
        Assert.Single(Handler.Requests);
    }

    [Fact]
    public void A_variable_of_a_function_that_a_module_calls_back_may_be_set()
    {
        var result = Engine.Run("""
            New-Module { function Send-All($block) { Row | Send-WixInboxMessage -Text $block } } | Out-Null
            function Send-Mine($greeting) { Send-All { "$greeting, it is ready." } }
            Send-Mine 'Hello'
            """);

        Assert.Empty(result.Warnings);
        Assert.Single(Handler.Requests);
    }
}

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// Amounts and dates of a file, which a cast reads by the rules of English, and days that Excel has written as numbers.
/// </summary>
public sealed class CastWarningTests : RowRuns
{
    [Theory]
    [InlineData("[decimal]$_.Due", "12,50")]
    [InlineData("[System.Double]($_.Due)", "1250,5")]
    [InlineData("$_.Due -as [decimal]", "-0,99")]
    [InlineData("[int]$_['Due']", "7,0000")]
    public void A_comma_that_is_taken_for_one_between_thousands_is_told_of_with_what_reads_it(string block, string cell)
    {
        var warning = Assert.Single(Warnings(block, cell));

        Assert.Contains(
            $"the block of -Text takes the comma of '{cell}' in column Due for one between thousands. "
                + "[decimal]::Parse($_.Due, [cultureinfo]'de-DE') reads it as a decimal comma.",
            warning,
            StringComparison.Ordinal);
        Assert.Empty(Warnings("[decimal]::Parse($_.Due, [cultureinfo]'de-DE')", cell));
    }

    [Theory]
    [InlineData("([datetime]$_.Due).ToString('d')", "03.12.2026", "en-US", "de-DE")]
    [InlineData("Get-Date $_.Due -Format d", "3.12.2026 14:00", "en-US", "de-DE")]
    [InlineData("([datetimeoffset]$_.Due).Day", "03/12/2026", "en-GB", "en-GB")]
    [InlineData("([datetime]$_.Due).Day", "03-12-26", "fr-FR", "en-GB")]
    public void A_day_that_is_taken_for_the_month_is_told_of_with_what_reads_it(
        string block, string cell, string culture, string advised)
    {
        var warning = Assert.Single(Warnings(block, cell, culture));

        var advice = $"[datetime]::Parse($_.Due, [cultureinfo]'{advised}')";
        Assert.Contains(
            $"takes the first number of '{cell}' in column Due for the month. {advice} takes it for the day.",
            warning,
            StringComparison.Ordinal);
        Assert.Equal(
            "3", Assert.Single(Engine.Run($"[pscustomobject]@{{ Due = '{cell}' }} | ForEach-Object {{ {advice}.Day }}")
                .Output).ToString());
    }

    [Theory]
    [InlineData("[decimal]$_.Due", "1,250")]
    [InlineData("[decimal]$_.Due", "12.50")]
    [InlineData("[decimal]$_.Due", "1,250.50")]
    [InlineData("[string]$_.Due", "12,50")]
    [InlineData("$_.Due", "12,50")]
    [InlineData("([datetime]$_.Due).Day", "03/12/2026")]
    [InlineData("([datetime]$_.Due).Day", "2026-12-03")]
    [InlineData("([datetime]$_.Due).Day", "03.03.2026")]
    [InlineData("(Get-Date $_.Due).Day", "03.12.2026", "de-DE")]
    [InlineData("(Get-Date $_.Due).Day", "03/12/2026", "en-GB")]
    [InlineData("([datetime]$_.Due).Day", "03/12/2026", "en-GB", true)]
    [InlineData("[datetime]::Parse($_.Due).Day", "03.12.2026", "de-DE")]
    public void What_is_read_as_it_is_meant_is_told_of_nothing(
        string block, string cell, string culture = "en-US", bool isDate = false) =>
        Assert.Empty(Warnings(block, isDate ? new DateTime(2026, 12, 3) : cell, culture));

    [Fact]
    public void Further_rows_are_counted_at_the_end()
    {
        var warnings = Engine.Run(
            "'1,50', '2', '3,50', '4,50' | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = (New-Guid); Due = $_ } } | "
                + "Send-WixInboxMessage { \"$([decimal]$_.Due) EUR\" }").Warnings;

        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("Row 1: the block of -Text takes the comma of '1,50'", warnings[0], StringComparison.Ordinal);
        Assert.Contains("3 rows", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Arrival", "46359", true)]
    [InlineData("Check-in", "46359.625", true)]
    [InlineData("Order date", "46359", true)]
    [InlineData("Order", "46359", false)]
    [InlineData("Arrival", "2026-12-03", false)]
    [InlineData("Arrival", "96359", false)]
    [InlineData("Last update", "x 46359", false)]
    public void The_number_by_which_Excel_means_a_day_is_told_of_where_a_text_shows_it(
        string column, string cell, bool isTold)
    {
        Engine.Set("column", column);
        Engine.Set("cell", cell);
        var read = column.All(char.IsLetter) ? column : $"'{column}'";
        Engine.Run("$row = [pscustomobject]@{ ConversationId = (New-Guid); $column = $cell }");

        var result = Engine.Run($"$row | Test-WixInboxMessage {{ \"On $($_.{read})\" }}");

        var advice = $"[datetime]::FromOADate($_.{read})";
        Assert.Equal(
            isTold
                ? $"In 1 row (1), column {column} has '{cell}', by which Excel means a day, and the block of -Text "
                    + $"writes it so. {advice} is that day."
                : null,
            result.Warnings.SingleOrDefault());
        if (isTold)
        {
            Assert.Equal("3", Engine.Run($"$row | ForEach-Object {{ {advice}.Day }}").Output[0].ToString());
        }
    }

    private string[] Warnings(string block, object cell, string culture = "en-US")
    {
        Engine.Set("cell", cell);
        return [.. Engine.Run($$"""
            $before = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = '{{culture}}'
                [pscustomobject]@{ ConversationId = (New-Guid); Due = $cell } |
                    Test-WixInboxMessage { "Due: $({{block}})" }
            }
            finally {
                [cultureinfo]::CurrentCulture = $before
            }
            """).Warnings];
    }
}

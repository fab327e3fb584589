namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Whether a gap in a text is told of with the column that has left it.</summary>
public sealed class TextGapColumnTests : RowRuns
{
    [Theory]
    [InlineData("$code = $_.Code; \"Order #$code is ready\"")]
    [InlineData("$code = $_.Code; \"You owe €$code.\"")]
    [InlineData("$code = $_.Code; \"Your table ($code) is ready\"")]
    [InlineData("$code = $_.Code; \"Thank you, $code`nBye\"")]
    [InlineData("\"It is at https://x.example/$($_.Name)/$($_.Code)\"")]
    [InlineData("\"It is at https://x.example/$($_.Name)/$($_.Code), bye\"")]
    public void A_column_is_named_whose_gap_is_seen_in_the_text_alone(string text)
    {
        var result = Engine.Run(
            "'A-1', '', '' | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = New-Guid; Name = 'Ada'; Code = $_ } } | "
                + $"Send-WixInboxMessage {{ {text} }} -ThrottleLimit 1");

        Assert.Equal(2, result.Warnings.Count);
        Assert.StartsWith(
            "Row 2: Code is empty, which leaves a gap in the text.", result.Warnings[0], StringComparison.Ordinal);
        Assert.EndsWith(
            " Further such rows are counted at the end.", result.Warnings[0], StringComparison.Ordinal);
        Assert.StartsWith(
            "Code is empty in 2 rows (2, 3): the text has a gap there.", result.Warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$($_.Code)様、ご注文の品が発送されました。\"")]
    [InlineData("\"$($_.Code)さん！\"")]
    [InlineData("\"$($_.Code)님, 주문이 발송되었습니다.\"")]
    [InlineData("\"亲爱的$($_.Code)，您的订单已发货。\"")]
    public void A_name_may_be_missing_where_no_blank_is(string text)
    {
        var result = Engine.Run(
            "'A-1', '' | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Code = $_ } } | "
                + $"Send-WixInboxMessage {{ {text} }}");

        Assert.StartsWith(
            "Row 2: Code is empty, which leaves a gap in the text.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"$($_.Name) 様、ご注文の品が発送されました。$($_.Note)\"")]
    [InlineData("\"$($_.Name) 님, 주문이 발송되었습니다.$($_.Note)\"")]
    public void A_blank_before_what_follows_a_name_is_no_gap(string text) => Assert.Empty(
        Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Name = 'A'; Note = '' } | "
                + $"Send-WixInboxMessage {{ {text} }}").Warnings);

    [Fact]
    public void A_heading_with_an_apostrophe_is_advised_as_it_can_be_typed()
    {
        const string Rows = "[pscustomobject]@{ ConversationId = $c; 'Guest''s name' = 'Guest''s name' } | ";
        var advice = Assert.Single(Engine.Run(
            Rows + "Send-WixInboxMessage { \"Hi $($_.'Guest''s name'), hello\" }").Warnings)
            .Split("To fill it: ")[1].Split(". Further")[0];

        Assert.Equal(
            ["Hi there, hello"],
            Engine.Run($"{Rows}Send-WixInboxMessage {{ \"Hi {advice}, hello\" }}").OutputOf("Text"));
    }

    [Theory]
    [InlineData("0", "'0'")]
    [InlineData("FALSE", "'FALSE'")]
    [InlineData("Code", "'Code'")]
    [InlineData(" ", "empty")]
    [InlineData("A-1", null)]
    public void What_stands_in_place_of_a_name_is_told_of_and_the_advice_fills_it(string cell, string? shown)
    {
        var rows = $"[pscustomobject]@{{ ConversationId = $c; Code = '{cell}' }} | Send-WixInboxMessage ";

        var warning = Engine.Run(rows + "{ \"Hi $($_.Code), hello\" }").Warnings.SingleOrDefault();

        if (shown is null)
        {
            Assert.Null(warning);
            return;
        }

        Assert.StartsWith($"Row 1: Code is {shown}, which ", warning, StringComparison.Ordinal);
        var advice = warning!.Split("To fill it: ")[1].Split(". Further")[0];
        var filled = Engine.Run($"{rows}{{ \"Hi {advice}, hello\" }}");
        Assert.Equal(["Hi there, hello"], filled.OutputOf("Text"));
        Assert.Empty(filled.Warnings);
    }

    [Fact]
    public void Several_are_named_together()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = New-Guid; A = ''; B = ''; C = 'c' } | "
                + "Send-WixInboxMessage { \"Hi $($_.A), $($_.B), $($_.C).\" }");

        Assert.StartsWith(
            "Row 1: A and B are empty, which leaves a gap in the text. To fill the first: ",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"It is $($_.Code)$($_.Name).\"")]
    [InlineData("\"It is $($_.Name)$($_.Code).\"")]
    public void A_word_for_nothing_that_is_a_part_of_another_is_no_gap(string text)
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = New-Guid; Name = 'NULL'; Code = '7' } | "
                + $"Send-WixInboxMessage {{ {text} }}");

        Assert.Single(result.Output);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void An_empty_column_leaves_no_gap_where_another_one_has_left_it()
    {
        // The text is open behind Code, and Note is empty where nobody sees it.
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = New-Guid; Note = ''; Code = '' } | "
                + "Send-WixInboxMessage { \"It is yours.$($_.Note) Your code:`n$($_.Code)\" }");

        Assert.StartsWith(
            "Row 1: Code is empty, which leaves a gap in the text.",
            Assert.Single(result.Warnings),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"Hi, your code is $($codes[$_.Name])`nBye.\"")]
    [InlineData("\"It is \"\"yours\"\": $($codes[$_.Name])\"")]
    [InlineData("@\"\nYour code is: $($codes[$_.Name])\n\"@")]
    [InlineData("@\"\r\nYour code is: $($codes[$_.Name])\r\n\"@")]
    [InlineData("@\"\nIt is \"yours\": $($codes[$_.Name])\n\"@")]
    [InlineData("@\"\nIt is \"yours\"`: $($codes[$_.Name])\n\"@")]
    [InlineData("@\"\nYour code: $($codes[$_.Name])\nIt is \"yours\".\n\"@")]
    [InlineData("'Your code is: {0}' -f $codes[$_.Name]")]
    [InlineData("\"Your code is: {0}`nBye.\" -f $codes[$_.Name]")]
    public void A_place_that_is_open_is_found_however_the_text_is_written(string text)
    {
        var result = Engine.Run(
            "$codes = @{ Ada = 'A1' }; 'Ada', 'Bob', 'Cid' | "
                + "ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = $_ } } | "
                + $"Test-WixInboxMessage {{ {text} }}");

        Assert.Equal(
            "The text has a gap in it in 2 rows (2, 3), where no column is empty.", Assert.Single(result.Warnings));
    }

    [Fact]
    public void A_format_whose_values_are_not_known_one_by_one_has_no_open_place()
    {
        var result = Engine.Run(
            "1, 2 | ForEach-Object { [pscustomobject]@{ ConversationId = New-Guid; Name = 'Ada'; Code = $_ } } | "
                + "Send-WixInboxMessage { 'Hi {0}, your code is: {1}' -f @($_.Name, $_.Code) }");

        Assert.Equal(2, result.Output.Count);
        Assert.Empty(result.Warnings);
    }

    [Theory]
    [InlineData("$name = $names[$_.Code]; \"Hi $name\"")]
    [InlineData("$name = $names[$_.Code]; \"Yours is ready`nDear $name`nBye\"")]
    public void A_greeting_without_a_name_is_a_gap_where_no_column_is_empty(string text)
    {
        var result = Engine.Run(
            "$names = @{ 7 = 'Ada' }; 7, 8, 9 | ForEach-Object { "
                + "[pscustomobject]@{ ConversationId = New-Guid; Code = $_ } } | "
                + $"Send-WixInboxMessage {{ {text} }}");

        Assert.Equal(
            "Row 2: the text has a gap in it, and no column that the block of -Text reads is empty. Further such rows "
                + "are counted at the end.",
            result.Warnings[0]);
        Assert.Equal("The text has a gap in it in 2 rows (2, 3), where no column is empty.", result.Warnings[1]);
    }
}

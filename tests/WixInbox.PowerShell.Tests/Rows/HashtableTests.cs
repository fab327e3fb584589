namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Values that are written as hashtables, and what is wrong with one.</summary>
public sealed class HashtableTests : RowRuns
{
    [Theory]
    [InlineData(
        "-Template -Button @{ Label = 'OK'; Url = 'https://e.example' }",
        "-Button: there is no key 'Url'. Did you mean LaunchUrl? The keys are Label, LaunchUrl, PostbackProperties.")]
    [InlineData(
        "-Template -Button @{ Label = 'OK'; PostbackProperties = @{ Id = 'x' } }",
        "-Button: PostbackProperties: there is no key 'Id'. Did you mean InteractionId? The keys are InteractionId, "
            + "AppId.")]
    [InlineData(
        "-Template -Button OK",
        "-Button: it is 'OK', and takes a hashtable: @{ Label = 'OK'; LaunchUrl = 'https://…' }.")]
    [InlineData(
        "-Template -Button ([pscustomobject]@{ Url = 'https://e.example' })",
        "-Button: there is no key 'Url'. Did you mean LaunchUrl? The keys are Label, LaunchUrl, PostbackProperties.")]
    [InlineData(
        "-Template -Button (Get-Date)",
        "-Button: it is a DateTime, and takes a hashtable: @{ Label = '…'; LaunchUrl = 'https://…' }.")]
    [InlineData(
        "-Text x -Badge @{ Txt = 'OK' }",
        "-Badge: there is no key 'Txt'. Did you mean Text? The keys are Text, IconUrl, Visibility.")]
    [InlineData(
        "-Text x -Badge @{ Visibility = 'Me' }",
        "-Badge: Visibility: it cannot be 'Me'. It can be BusinessAndParticipant, Business.")]
    [InlineData("-Text x -Image @{ Width = 'wide' }", "-Image: Width: it is 'wide', and takes a number.")]
    [InlineData("-Text x -Image a.png", "-Image: it is 'a.png', and takes a hashtable: @{ Url = 'a.png' }.")]
    [InlineData(
        "-Form -Field Size", "-Field: it is 'Size', and takes a hashtable: @{ Name = '…'; Value = 'Size' }.")]
    [InlineData(
        "-Form -Media a.png", "-Media: it is 'a.png', and takes a hashtable: @{ Image = @{ Url = 'a.png' } }.")]
    [InlineData(
        "-Content Hi",
        "-Content: it is 'Hi', and takes a hashtable: @{ Basic = @{ Items = @{ Text = 'Hi' } } }.")]
    public void What_cannot_be_made_of_a_hashtable_is_said_in_its_own_words(string parameters, string expected)
    {
        var result = Engine.Run($"Send-WixInboxMessage -ConversationId $c {parameters}");

        Assert.Equal(expected, Assert.Single(result.Errors).Exception.Message);
        Assert.Empty(Handler.Requests);
    }

    [Fact]
    public void What_cannot_be_made_of_the_hashtable_of_a_block_is_the_row_s_own_error()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c } | Send-WixInboxMessage -Text x -Badge { @{ Txt = 'x' } }");

        Assert.Contains(
            "there is no key 'Txt'. Did you mean Text?",
            Assert.Single(result.Errors).Exception.Message,
            StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }

    [Theory]
    [InlineData(
        "-Form -Field @{ Name = 'Size'; Value = { $_.Size } }", "-Field { @{ Name = 'Size'; Value = $_.Size } }.")]
    [InlineData(
        "-Form -Field @{ Name = 'Size'; Value = { $_.Size } }, @{ Name = 'No.'; Value = 1 }",
        "-Field { @{ Name = 'Size'; Value = $_.Size }, @{ Name = 'No.'; Value = 1 } }.")]
    [InlineData(
        "-Template -Button @{ LaunchUrl = { $s = $_.Size; \"https://e.example/$s\" }; Label = \"It's\" }",
        "-Button { @{ Label = 'It''s'; LaunchUrl = $($s = $_.Size; \"https://e.example/$s\") } }.")]
    [InlineData(
        "-Template -Button @{ Label = 'OK'; PostbackProperties = @{ InteractionId = { $_.Size } } }",
        "-Button { @{ Label = 'OK'; PostbackProperties = @{ InteractionId = $_.Size } } }.")]
    [InlineData(
        "-Content @{ Template = @{ TextLines = 'a', { $_.Size } } }",
        "-Content { @{ Template = @{ TextLines = @('a', $_.Size) } } }.")]
    [InlineData("-Text x -Badge @{ Text = { $_.Size } }", "-Badge { @{ Text = $_.Size } }.")]
    [InlineData("-Text x -File @{ Url = { $_.Size } }", "-File { @{ Url = $_.Size } }.")]
    [InlineData(
        "-Template -TextLine 'Thanks', { \"Size $($_.Size)\" }", "-TextLine { 'Thanks', \"Size $($_.Size)\" }.")]
    public void A_script_block_inside_of_a_value_is_shown_around_the_whole(string parameters, string meant)
    {
        var result = Engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Size = 'L' }} | Send-WixInboxMessage {parameters}");

        Assert.Equal(["BlockMissing"], result.ErrorIds);
        Assert.EndsWith(meant, result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);

        // The line that is shown works.
        var kind = parameters[..parameters.IndexOf(meant.Split(' ')[0], StringComparison.Ordinal)];
        var works = Engine.Run($"[pscustomobject]@{{ ConversationId = $c; Size = 'https://e.example/L' }} | "
            + $"Send-WixInboxMessage {kind} {meant[..^1]}");
        Assert.Empty(works.Errors);
        Assert.Single(works.Output);
    }

    [Fact]
    public void A_script_block_inside_of_what_a_block_gives_is_the_rows_error()
    {
        var result = Engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Size = 'L' } | "
                + "Send-WixInboxMessage -Form -Field { @{ Name = 'Size'; Value = { $_.Size } } }");

        Assert.Equal(["BlockValueInvalid"], result.ErrorIds);
        Assert.Contains(
            "{ @{ Name = 'Size'; Value = $_.Size } }", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(Handler.Requests);
    }
}

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>
/// A value that is typed and cannot be meant so is refused before the first row, with the line that was wanted.
/// </summary>
public sealed class TypedValueTests : IDisposable
{
    private readonly StubHandler _handler = new();
    private readonly Engine _engine;

    public TypedValueTests()
    {
        _engine = Engine.ConnectedTo(_handler);
        _engine.Set("c", Engine.Guid1);
        _engine.Set("p", Engine.Guid2);
        _engine.Run("function Rows { 1..4 | ForEach-Object { [pscustomobject]@{ ConversationId = $c; N = $_ } } }");
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("-Text \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text:\"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("`\n    -Text \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-ContactId $p \"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text x -Email $_.Mail", "-Email { $_.Mail }.")]
    [InlineData("-Text \"Hi $_.Name\"", "-Text { \"Hi $($_.Name)\" }.")]
    [InlineData("-Text \"Hi $($psitem.Name)\"", "-Text { \"Hi $($psitem.Name)\" }.")]
    [InlineData("-Text \"Hi $PSItem.Name\"", "-Text { \"Hi $($PSItem.Name)\" }.")]
    [InlineData("-Text x -Email $_.'Work mail'", "-Email { $_.'Work mail' }.")]
    [InlineData("\"Hi $($_.Name)\"", "-Text { \"Hi $($_.Name)\" }.")]
    public void A_value_that_reads_the_row_outside_of_a_block_is_refused_before_the_first_row(
        string parameters, string words)
    {
        var result = _engine.Run(
            $"[pscustomobject]@{{ ConversationId = $c; Name = 'Ada' }} | Send-WixInboxMessage {parameters}");

        Assert.Equal("BlockMissing", result.ThrownId ?? result.ErrorIds[0]);
        Assert.EndsWith(
            words, (result.Thrown ?? (object)result.Errors[0]).ToString()!.Split('\n')[0], StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
        Assert.Empty(_engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Name = 'Ada' } | ForEach-Object { $_ | "
                + "Send-WixInboxMessage -Text \"Hi $($_.Name)\" }").Errors);
    }

    [Theory]
    [InlineData("-ConversationId $c -Text @('one')")]
    [InlineData("-ConversationId @($c) -Text ([Collections.Generic.List[string]]@('one'))")]
    [InlineData("-ConversationId $c -Text @({ 'one' })")]
    [InlineData("-ConversationId $c -Text one -ImageUrl @('https://x.example/one.png')")]
    [InlineData("-ConversationId $c -Text one -Badge @(@{ Text = 'one' })")]
    [InlineData("-ConversationId $c -Template -Title t -TextLine @(, @('one'))")]
    [InlineData("-ConversationId $c -Template -Title t -Button @(@{ Label = 'one'; LaunchUrl = 'https://x.example' })")]
    [InlineData("-ConversationId $c -Form -Title t -Field @(@{ Name = 'one'; Value = 'x' })")]
    public void A_list_of_one_is_that_one(string parameters)
    {
        var result = _engine.Run($"Send-WixInboxMessage {parameters}");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        Assert.Contains("one", Assert.Single(_handler.Requests).Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if ($_.N -eq 2) { break }; 'x'", "break")]
    [InlineData("1, 2 | ForEach-Object { if ($_ -eq 2) { continue } }; 'x'", "continue")]
    [InlineData("foreach ($n in 1, 2) { if ($n -eq 2) { break } }; if ($_.N -eq 2) { continue }; 'x'", "continue")]
    [InlineData("foreach ($n in 1, 2) { if ($n -eq 2) { exit 1 } }; 'x'", "exit 1")]
    public void A_block_that_would_end_the_script_is_refused_before_the_first_row(string block, string statement)
    {
        var result = _engine.Run(
            $"try {{ Rows | Send-WixInboxMessage -Text {{ {block} }} }} catch {{ \"$_\" }}; 'after'");

        Assert.Equal(2, result.Output.Count);
        Assert.StartsWith(
            $"The block of -Text has '{statement}', which would end the whole script",
            result.Output[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }

    [Theory]
    [InlineData("-Template -Text hi", "-Text does not belong to a card (-Template)")]
    [InlineData("-Title hi", "It belongs to a card (-Template) or a form (-Form).")]
    [InlineData("-Template -Title hi -FileUrl https://e.example/a", "-FileUrl does not belong to a card (-Template)")]
    [InlineData("-Template -Title hi -Field @{ Name = 'a' }", "-Field does not belong to a card (-Template)")]
    [InlineData("-Template -Form -Title hi", "-Template and -Form cannot be combined")]
    [InlineData("-Email 'a@example.com', 'b@example.com' -Text x", "-Email takes one value for all rows")]
    [InlineData("-Text 'Hi', 'you'", "join them: -Text ($lines -join \"`n\"), or read the file with Get-Content -Raw.")]
    [InlineData("-Text x -InputObject @(@{ a = 1 }, 2)", "-InputObject takes one row, and was given 2: pipe them in")]
    [InlineData("-Text x -ImagePath https://example.com/a.png", "-ImageUrl takes those.")]
    [InlineData("-Text x -ImagePath pics/*.png", "-ImagePath (Get-ChildItem 'pics/*.png') sends all files that match.")]
    public void An_error_names_the_parameter_or_the_line_that_was_wanted(string parameters, string words)
    {
        var recipient = parameters.StartsWith("-Email", StringComparison.Ordinal)
            || parameters.Contains("-InputObject", StringComparison.Ordinal)
                ? string.Empty
                : "-ConversationId $c";
        var result = _engine.Run($"Send-WixInboxMessage {recipient} {parameters}");

        Assert.Contains(words, (result.Thrown ?? (object)result.Errors[0]).ToString(), StringComparison.Ordinal);
        Assert.Empty(_handler.Requests);
    }
}

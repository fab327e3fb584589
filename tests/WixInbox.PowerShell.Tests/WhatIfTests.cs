namespace WixInbox.PowerShell.Tests;

/// <summary>A rehearsal with -WhatIf: it checks and tells, and does nothing.</summary>
public sealed class WhatIfTests
{
    private const string Rows = "[pscustomobject]@{ ConversationId = $c; Name = 'Ana' }, [pscustomobject]@{ ContactId = $c; Name = 'Bo' }, [pscustomobject]@{ ConversationId = 'bad'; Name = 'Cy' }";

    [Theory]
    [InlineData("", "-WhatIf")]
    [InlineData("$WhatIfPreference = $true;", "")]
    public void Nothing_is_sent_and_every_row_is_checked(string before, string parameter)
    {
        var handler = new StubHandler();
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(handler, host);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run($"{before} {Rows} | Send-WixInboxMessage -Text {{ \"Hi $($_.Name)\" }} {parameter}");

        Assert.Empty(handler.Requests);
        Assert.Empty(result.Output);
        Assert.Equal(["ConversationIdInvalid"], result.ErrorIds);
        Assert.Equal(
            [$"What if: Row 1: Send message \"Hi Ana\" to conversation {Engine.Guid1}", $"What if: Row 2: Send message \"Hi Bo\" to contact {Engine.Guid1}"],
            host.Lines);
    }

    [Fact]
    public void It_needs_no_connection()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        var result = engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} -Text Hello -WhatIf");

        Assert.Empty(result.Errors);
        Assert.Equal([$"What if: Send message \"Hello\" to conversation {Engine.Guid1}"], host.Lines);
    }

    [Fact]
    public void A_preference_is_overruled_by_the_parameter()
    {
        var handler = new StubHandler();
        using var engine = Engine.ConnectedTo(handler, new RecordingHost());

        engine.Run($"$WhatIfPreference = $true; Send-WixInboxMessage -ConversationId {Engine.Guid1} x -WhatIf:$false");

        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_confirmation_shows_the_text_and_no_leaves_the_row_out()
    {
        var handler = new StubHandler();
        var host = new RecordingHost { Answers = new Queue<int>([0, 2]) };
        using var engine = Engine.ConnectedTo(handler, host);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run("'first', 'second' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = $_ } } | Send-WixInboxMessage -Confirm");

        Assert.Single(result.Output);
        Assert.Equal("first", Assert.Single(handler.Requests)["message.content.basic.items.0.text"]);
        Assert.Equal(
            [$"Row 1: Send message \"first\" to conversation {Engine.Guid1}?", $"Row 2: Send message \"second\" to conversation {Engine.Guid1}?"],
            host.Questions);
    }

    [Fact]
    public void What_is_sent_is_told_on_the_verbose_stream_without_its_text()
    {
        using var engine = Engine.ConnectedTo(new StubHandler());

        var result = engine.Run($"Send-WixInboxMessage -ConversationId {Engine.Guid1} -Text confidential -Verbose");

        Assert.Contains($"Send message to conversation {Engine.Guid1}", result.Verbose);
        Assert.DoesNotContain(result.Verbose, line => line.Contains("confidential", StringComparison.Ordinal));
    }
}

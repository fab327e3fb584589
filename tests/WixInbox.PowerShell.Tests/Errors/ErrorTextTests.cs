using static WixInbox.PowerShell.Tests.Support.ConnectedScript;

namespace WixInbox.PowerShell.Tests;

/// <summary>Whatever a row or a server says, the text of an error is short and harmless.</summary>
public sealed class ErrorTextTests
{
    [Fact]
    public void Nothing_that_a_row_or_a_server_says_reaches_the_terminal()
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(
            new StubHandler((_, _) => Task.FromResult(StubHandler.Error(400, "ODD", "\\u001b[2J\\u202egone"))), host);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run("""
            $e = [char] 27
            $rows = [pscustomobject]@{ ConversationId = "$e[2Jbad"; Text = 'x' },
                [pscustomobject]@{ ConversationId = $c; Text = "$e]0;title$([char] 7)" },
                [pscustomobject]@{ "Odd$e" = 'x' }
            $rows | Send-WixInboxMessage -SkipCheck TextUnreadable
            $rows | Send-WixInboxMessage -WhatIf -SkipCheck TextUnreadable
            """);

        Assert.Equal(
            [
                "ConversationIdInvalid",
                "RequestRefused",
                "RecipientMissing",
                "ConversationIdInvalid",
                "RecipientMissing",
            ],
            result.ErrorIds);
        Assert.All(
            result.Errors.Select(error => error.ToString()).Concat(host.Lines),
            text => Assert.DoesNotMatch(@"[\p{Cc}\u202E]", text));
        Assert.Contains(host.Lines, line => line.Contains("Send message \"]0;title\" to", StringComparison.Ordinal));
        Assert.Contains("ODD: [2Jgone", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_of_many_columns_and_a_server_of_many_words_make_no_long_error()
    {
        var result = Run(new StubHandler((_, _) => Task.FromResult(StubHandler.Error(400, "ODD", new string('x', 100_000)))), """
            $wide = [ordered]@{}; 1..500 | ForEach-Object { $wide["Column$_"] = $_ }
            [pscustomobject]$wide, [pscustomobject]@{ ConversationId = $c; Text = 'x' } | Send-WixInboxMessage
            """);

        Assert.Equal(["RecipientMissing", "RequestRefused"], result.ErrorIds);
        Assert.Contains("Column1, Column2, ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.EndsWith("Column20 and 480 more.", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.InRange(result.Errors[1].ToString().Length, 500, 900);
    }
}

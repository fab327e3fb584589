namespace WixInbox.PowerShell.Tests;

/// <summary>A rehearsal with -WhatIf: it checks and tells, and does nothing.</summary>
public sealed class WhatIfTests
{
    private const string Rows =
        "[pscustomobject]@{ ConversationId = $c; Name = 'Ana' }, [pscustomobject]@{ ContactId = $c; "
        + "Name = 'Bo' }, [pscustomobject]@{ ConversationId = 'bad'; Name = 'Cy' }";

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
            [
                $"What if: Row 1: Send message \"Hi Ana\" to conversation {Engine.Guid1}",
                $"What if: Row 2: Send message \"Hi Bo\" to contact {Engine.Guid1}",
                "What if: Nobody is notified without -SendNotification.",
                "What if: 2 of 3 rows would be sent, with 4 requests: less than a minute at 200 a minute.",
            ],
            host.Lines);
    }

    [Theory]
    [InlineData("ImageUrl = 'https://e.example/a.png'", " with an image")]
    [InlineData("ImageUrl = 'https://e.example/a.png'; FileUrl = 'https://e.example/a', 'https://e.example/b'",
        " with an image and 2 files")]
    [InlineData("Image = 'https://e.example/a.png'", "")]
    public void What_a_column_attaches_is_shown(string columns, string expected)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run(
            $"@{{ ConversationId = '{Engine.Guid1}'; {columns} }} | Send-WixInboxMessage -Text hi -WhatIf");

        Assert.Equal(
            $"What if: Row 1: Send message \"hi\"{expected} to conversation {Engine.Guid1}", host.Lines[0]);
    }

    [Theory]
    [InlineData("-Visibility Business", ", seen by the business alone")]
    [InlineData("-Direction ParticipantToBusiness", ", as if they had written it")]
    [InlineData("-Visibility BusinessAndParticipant -Direction BusinessToParticipant", "")]
    public void Who_sees_a_message_and_who_says_it_is_shown_where_it_is_unlike_others(
        string parameters, string expected)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run($"@{{ ConversationId = '{Engine.Guid1}' }} | Send-WixInboxMessage -Text hi -WhatIf {parameters}");

        Assert.Equal(
            $"What if: Row 1: Send message \"hi\" to conversation {Engine.Guid1}{expected}", host.Lines[0]);
    }

    [Theory]
    [InlineData("MemberId", "", "2 of 2 rows would be sent, with 5 requests")]
    [InlineData("MemberId", "-IncludeUnsubscribed", "2 of 2 rows would be sent, with 5 requests")]
    [InlineData("ConversationId", "", "2 of 2 rows would be sent, with 3 requests")]
    [InlineData("ConversationId", "-IncludeUnsubscribed", "2 of 2 rows would be sent, with 2 requests")]
    public void Asking_who_the_contacts_of_the_rows_are_is_counted(string column, string parameter, string expected)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run($$"""
            1..2 | ForEach-Object { @{ {{column}} = New-Guid; Email = "p$_@example.com" } } |
                Send-WixInboxMessage hi -WhatIf {{parameter}}
            """);

        Assert.Contains(expected, host.Lines[^1], StringComparison.Ordinal);
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

    [Theory]
    [InlineData("$WhatIfPreference = $true", "-WhatIf:$false")]
    [InlineData("$ConfirmPreference = 'Low'", "-Confirm:$false")]
    public void A_preference_is_overruled_by_the_parameter(string preference, string parameter)
    {
        var handler = new StubHandler();
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(handler, host);

        engine.Run($"{preference}; Send-WixInboxMessage -ConversationId {Engine.Guid1} x {parameter}");

        Assert.Single(handler.Requests);
        Assert.Empty(host.Questions);
    }

    [Theory]
    [InlineData("1", "New-Rows 1", "1 of 1 row would be sent, with 1 request: less than a minute at 1 a minute.")]
    [InlineData("1", "New-Rows 2", "2 of 2 rows would be sent, with 2 requests: about 1 minute at 1 a minute.")]
    [InlineData("1", "New-Rows 60", "60 of 60 rows would be sent, with 60 requests: about 59 minutes at 1 a minute.")]
    [InlineData("1", "New-Rows 61", "61 of 61 rows would be sent, with 61 requests: about 1 h at 1 a minute.")]
    [InlineData(
        "1", "New-Rows 101", "101 of 101 rows would be sent, with 101 requests: about 1 h 40 min at 1 a minute.")]
    [InlineData(
        "1", "New-Rows 122", "122 of 122 rows would be sent, with 122 requests: about 2 h 1 min at 1 a minute.")]
    [InlineData(
        "200", "New-Rows 200", "200 of 200 rows would be sent, with 200 requests: less than a minute at 200 a minute.")]
    [InlineData(
        "200", "New-Rows 201", "201 of 201 rows would be sent, with 201 requests: about 1 minute at 200 a minute.")]
    [InlineData(
        "1000",
        "New-Rows 1234",
        "1,234 of 1,234 rows would be sent, with 1,234 requests: about 1 minute at 1,000 a minute.")]
    [InlineData("0", "New-Rows 3", "3 of 3 rows would be sent, with 3 requests: less than a minute at 200 a minute.")]
    [InlineData(
        "200",
        "[pscustomobject]@{ ConversationId = 'bad' }, [pscustomobject]@{ ContactId = 'bad' }",
        "0 of 2 rows would be sent.")]
    public void The_last_line_says_what_a_file_takes_at_the_pace_of_the_connection(
        string pace, string rows, string expected)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        var result = engine.Run(
            "function New-Rows($n) { 1..$n | "
                + $"ForEach-Object {{ [pscustomobject]@{{ ConversationId = '{Engine.Guid1}' }} }} }}; "
                + $"Connect-WixInbox -Sandbox -RequestsPerMinute {pace}; {rows} | Send-WixInboxMessage x -WhatIf");

        Assert.Null(result.Thrown);
        Assert.Equal("What if: " + expected, host.Lines[^1]);
        Assert.Single(host.Lines, line => line.Contains("would be sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_recipient_is_looked_up_once_in_a_run_and_a_conversation_never()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);
        engine.Set("a", Engine.Guid1);
        engine.Set("b", Engine.Guid2);

        engine.Run(
            "@{ ContactId = $a }, @{ ContactId = $a.ToUpper() }, @{ ContactId = \" $a \" }, @{ ContactId = $b }, @{ "
                + "MemberId = $a }, @{ ConversationId = $b; ContactId = $a } | ForEach-Object { [pscustomobject]$_ } | "
                + "Send-WixInboxMessage x -WhatIf");

        Assert.Equal(
            "What if: 6 of 6 rows would be sent, with 10 requests: less than a minute at 200 a minute.",
            host.Lines[^1]);
    }

    [Fact]
    public void A_connection_that_is_named_gives_the_pace()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run(
            "Connect-WixInbox -Sandbox -RequestsPerMinute 7; $mine = Connect-WixInbox -Sandbox -RequestsPerMinute 50 "
                + "-PassThru; Connect-WixInbox -Sandbox -RequestsPerMinute 9; [pscustomobject]@{ "
                + $"ConversationId = '{Engine.Guid1}' }} | Send-WixInboxMessage x -Connection $mine -WhatIf");

        Assert.EndsWith("at 50 a minute.", host.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_numbers_are_written_as_the_words_are_whatever_the_culture()
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run(
            "[cultureinfo]::CurrentCulture = 'de-DE'; 1..1000 | ForEach-Object { [pscustomobject]@{ "
                + $"ConversationId = '{Engine.Guid1}' }} }} | Send-WixInboxMessage x -WhatIf");

        Assert.Equal(
            "What if: 1,000 of 1,000 rows would be sent, with 1,000 requests: about 4 minutes at 200 a minute.",
            host.Lines[^1]);
    }

    [Theory]
    [InlineData("@() | Send-WixInboxMessage x -WhatIf", "What if: No row came, and nothing would be sent.")]
    [InlineData("Send-WixInboxMessage x -ConversationId bad -WhatIf", "")]
    public void Where_no_row_was_piped_in_there_is_no_count(string script, string shown)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        engine.Run(script);

        Assert.Equal(shown, string.Join('\n', host.Lines));
    }

    [Fact]
    public void What_is_sent_is_not_counted_beforehand()
    {
        var host = new RecordingHost();
        using var engine = Engine.ConnectedTo(new StubHandler(), host);

        var result = engine.Run(
            $"[pscustomobject]@{{ ConversationId = '{Engine.Guid1}' }} | "
                + "Send-WixInboxMessage x -Verbose -Confirm:$false");

        Assert.Single(result.Output);
        Assert.DoesNotContain(
            host.Lines.Concat(result.Verbose), line => line.Contains("would be sent", StringComparison.Ordinal));
    }

    [Fact]
    public void A_confirmation_shows_the_text_and_no_leaves_the_row_out()
    {
        var handler = new StubHandler();
        var host = new RecordingHost { Answers = new Queue<int>([0, 2]) };
        using var engine = Engine.ConnectedTo(handler, host);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run(
            "'first', 'second' | ForEach-Object { [pscustomobject]@{ ConversationId = $c; Text = $_ } } | "
                + "Send-WixInboxMessage -Confirm");

        Assert.Single(result.Output);
        Assert.Equal("first", Assert.Single(handler.Requests)["message.content.basic.items.0.text"]);
        Assert.Equal(
            [
                $"Row 1: Send message \"first\" to conversation {Engine.Guid1}?",
                $"Row 2: Send message \"second\" to conversation {Engine.Guid1}?",
            ],
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

    [Theory]
    [InlineData("{ $_.Nam }", "ConversationId", "ColumnUnknown")]
    [InlineData("x", "Other", "RecipientMissing")]
    public void What_would_end_the_run_since_no_row_has_it_ends_the_rehearsal_there(
        string text, string column, string id)
    {
        var host = new RecordingHost();
        using var engine = new Engine(host: host);

        var result = engine.Run(
            $"1..5 | ForEach-Object {{ [pscustomobject]@{{ Name = 'Ana'; {column} = '{Engine.Guid1}' }} }} | "
                + $"Send-WixInboxMessage {text} -WhatIf");

        Assert.Equal([id, id, id], result.ErrorIds);
        Assert.Contains("No further row was tried", result.Errors[^1].ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Lines, line => line.Contains("would be sent", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Ordr", "KeyMissing")]
    [InlineData("Order", "KeyRepeated")]
    public void The_keys_of_rows_are_checked_without_a_connection_too(string column, string id)
    {
        using var engine = new Engine(host: new RecordingHost());

        var result = engine.Run(
            $"1, 2 | ForEach-Object {{ [pscustomobject]@{{ ConversationId = '{Engine.Guid1}'; Order = 'A' }} }} | "
                + $"Send-WixInboxMessage x -WhatIf -Journal none.jsonl -KeyProperty {column}");

        Assert.Equal(id, Assert.Single(result.ErrorIds.Distinct()));
    }
}

using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>Test-WixInboxMessage: a result for each row, and no error.</summary>
public sealed class TestMessageTests : IDisposable
{
    private readonly RecordingHost _host = new();
    private readonly Engine _engine;

    public TestMessageTests()
    {
        _engine = new Engine(host: _host);
        _engine.Set("c", Engine.Guid1);
        _engine.Set("p", Engine.Guid2);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void Each_row_has_its_result_in_order_without_a_connection()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c }, [pscustomobject]@{ ContactId = $p }, [pscustomobject]@{ "
                + "MemberId = 'bad' }, [pscustomobject]@{ Name = 'q' } | Test-WixInboxMessage -Text x");

        Assert.Null(result.Thrown);
        Assert.Empty(result.Errors);
        Assert.All(result.Output, item => Assert.Equal("WixInbox.MessageTest", item.BaseObject.GetType().FullName));
        Assert.Equal(["1", "2", "3", "4"], result.OutputOf("Row"));
        Assert.Equal(["True", "True", "False", "False"], result.OutputOf("Valid"));
        Assert.Equal(
            ["conversation " + Engine.Guid1, "contact " + Engine.Guid2, "member bad", null],
            result.OutputOf("Recipient"));
        Assert.Equal(
            [null, null, "column MemberId: 'bad' is not a GUID such as 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c."],
            result.OutputOf("Problem").Take(3));
    }

    [Fact]
    public void What_Send_takes_can_be_splatted_to_it_and_to_Show()
    {
        var result = _engine.Run("""
            $send = Get-Command Send-WixInboxMessage
            foreach ($name in 'Test-WixInboxMessage', 'Show-WixInboxMessage') {
                $send.Parameters.Keys | Where-Object { -not (Get-Command $name).Parameters.ContainsKey($_) }
            }
            """);
        Assert.Empty(result.Output);

        result = _engine.Run("""
            $all = @{ Text = 'x'; KeyProperty = 'Order'; Journal = 'run.jsonl'; WhatIf = $true; Confirm = $true }
            1, '', 1 | ForEach-Object { @{ ConversationId = $c; Order = $_ } } | Test-WixInboxMessage @all |
                ForEach-Object { "$($_.Violations.Rule)" }
            """);
        Assert.Empty(result.Errors);
        Assert.Equal(["", "KeyMissing", "KeyRepeated"], result.Output.Select(item => item.ToString()));
        Assert.Empty(_host.Lines);
    }

    [Fact]
    public void It_sends_nothing_where_there_is_a_connection()
    {
        var handler = new StubHandler();
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run($"[pscustomobject]@{{ ContactId = '{Engine.Guid1}' }} | Test-WixInboxMessage -Text x");

        Assert.Equal(["True"], result.OutputOf("Valid"));
        Assert.Empty(handler.Requests);
    }

    [Theory]
    [InlineData("[pscustomobject]@{ Text = 'x' }", "", "RecipientMissing", null)]
    [InlineData("[pscustomobject]@{ ConversationID = ''; Text = 'x' }", "", "RecipientMissing", "ConversationID")]
    [InlineData("[pscustomobject]@{ ConversationId = ''; ContactId = ' '; Text = 'x' }", "", "RecipientMissing", null)]
    [InlineData("[pscustomobject]@{ ConversationId = $c }", "", "ContentMissing", null)]
    [InlineData("[pscustomobject]@{ ConversationId = $c; Text = '' }", "", "ContentMissing", "Text")]
    [InlineData(
        "[pscustomobject]@{ 'Conversation Id' = '123'; Text = 'x' }", "", "ConversationIdInvalid", "Conversation Id")]
    [InlineData("[pscustomobject]@{ ContactId = $p; TEXT = ('x' * 16385) }", "", "TextTooLong", "TEXT")]
    [InlineData("[pscustomobject]@{ ContactId = $p; Name = 'x' }", "-Text { $_.Name * 16385 }", "TextTooLong", "-Text")]
    [InlineData(
        "[pscustomobject]@{ ContactId = $p }",
        "-Template -Title t -ImageUrl https://e.example/1, https://e.example/2",
        "TooManyImages",
        "-ImageUrl")]
    [InlineData("[pscustomobject]@{ ContactId = $p }", "-Content @{ PreviewText = 'x' }", "ContentMissing", "-Content")]
    [InlineData("[pscustomobject]@{ ContactId = $p }", "-Form -Title t", "FieldsMissing", "-Field")]
    public void A_row_that_Send_refuses_is_invalid_by_the_same_id(
        string row, string parameters, string id, string? column)
    {
        using var sending = Engine.ConnectedTo(new StubHandler());
        sending.Set("c", Engine.Guid1);
        sending.Set("p", Engine.Guid2);

        var result = _engine.Run($"{row} | Test-WixInboxMessage {parameters}");
        var error = Assert.Single(sending.Run($"{row} | Send-WixInboxMessage {parameters}").Errors);

        Assert.Empty(result.Errors);
        Assert.Equal(["False"], result.OutputOf("Valid"));
        var violation = Assert.Single(Violations(result.Output[0]));
        Assert.Equal((id, column, 1), (violation.Rule, violation.Column, violation.Row));
        Assert.Equal(id, error.Id());
        Assert.Contains(
            Regex.Replace(violation.Sentence, "^There", "there"), error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_is_wrong_with_a_row_is_listed_and_not_one_kind_alone()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ Name = 'x' } | Test-WixInboxMessage -Template -Badge @{ Text = 'b'; "
                + "IconUrl = 'nowhere' } -PreviewText p -SourceChannelId ('q' * 101)");

        Assert.Equal(
            ["RecipientMissing", "ContentMissing", "SourceChannelIdTooLong", "IconUrlInvalid"],
            Violations(result.Output[0]).Select(violation => violation.Rule));
        Assert.Equal(
            string.Join(" ", Violations(result.Output[0]).Select(violation => violation.Sentence)),
            result.OutputOf("Problem")[0]);
    }

    [Fact]
    public void A_limit_is_told_with_the_size_and_the_sentence_names_the_column()
    {
        var violation = _engine.Run(
            "([pscustomobject]@{ ConversationId = $c; Text = ('x' * 16385) } | "
                + "Test-WixInboxMessage).Violations").Output.Single();

        Assert.Equal("WixInbox.RowViolation", violation.BaseObject.GetType().FullName);
        Assert.Equal(16384, violation.Properties["Limit"].Value);
        Assert.Equal(16385, violation.Properties["Size"].Value);
        Assert.Equal("16,385 characters, and the limit is 16,384.", violation.Properties["Description"].Value);
        Assert.Equal("column Text: 16,385 characters, and the limit is 16,384.", violation.ToString());
    }

    [Fact]
    public void The_row_comes_back_as_it_went_in()
    {
        var result = _engine.Run(
            "$row = [pscustomobject]@{ ContactId = 'bad'; Name = 'Zoë' }; [object]::ReferenceEquals(($row | "
                + "Test-WixInboxMessage x).InputObject, $row)");

        Assert.Equal("True", Assert.Single(result.Output).ToString());
    }

    [Theory]
    [InlineData("-Text x", "Basic")]
    [InlineData("", "Basic")]
    [InlineData("-Template", "Template")]
    [InlineData("-Minimal -Text x", "Minimal")]
    [InlineData("-Form", "Form")]
    [InlineData("-Content @{ Minimal = @{ Text = 'x' } }", "Minimal")]
    [InlineData("-Content @{ System = @{ Text = 'x' } }", "System")]
    [InlineData("-Content @{ PreviewText = 'x' }", null)]
    [InlineData("-Content @{ Minimal = @{ Text = 'x' }; Basic = @{ Items = @{ Text = 'x' } } }", null)]
    public void The_kind_of_content_is_told_where_it_is_known(string parameters, string? kind)
    {
        var result = _engine.Run($"Test-WixInboxMessage -ConversationId $c {parameters}");

        Assert.Null(result.Thrown);
        Assert.Equal(kind, Assert.Single(result.OutputOf("Kind")));
    }

    [Fact]
    public void A_call_without_rows_has_no_number()
    {
        var result = _engine.Run("Test-WixInboxMessage -ConversationId $c x; Test-WixInboxMessage -ConversationId 1 x");

        Assert.Equal([null, null], result.OutputOf("Row"));
        Assert.Equal(["True", "False"], result.OutputOf("Valid"));
        Assert.Equal(
            ["valid", "-ConversationId: '1' is not a GUID such as 0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c."],
            result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_value_of_one_row_does_not_stay_for_the_next()
    {
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Text = 'x' }, [pscustomobject]@{ "
                + "ConversationId = $c }, [pscustomobject]@{ Text = 'x' } | Test-WixInboxMessage");

        Assert.Equal(["True", "False", "False"], result.OutputOf("Valid"));
    }

    [Fact]
    public void The_verbose_stream_has_what_the_rows_would_cost_and_nothing_of_the_text()
    {
        var result = _engine.Run(
            "1..1200 | ForEach-Object { [pscustomobject]@{ ConversationId = if ($_ % 2) { $c } else { 'bad' } } } | "
                + "Test-WixInboxMessage -Text confidential -Verbose");

        Assert.Equal(
            ["600 of 1,200 rows would be sent, with 600 requests: about 2 minutes at 200 a minute."], result.Verbose);
    }

    [Fact]
    public void The_cost_has_the_look_ups_of_addresses_in_it()
    {
        // 120 messages, 60 conversations to be found, and 60 addresses among 120 rows: three look-ups, the last of
        // which has no new one.
        var result = _engine.Run(
            "1..120 | ForEach-Object { [pscustomobject]@{ Email = \"a$(($_ - 1) % 60)@example.com\" } } | "
                + "Test-WixInboxMessage -Text x -Verbose");

        Assert.Equal(
            ["120 of 120 rows would be sent, with 182 requests: less than a minute at 200 a minute."], result.Verbose);
    }

    [Fact]
    public void A_result_is_given_on_at_once()
    {
        var result = _engine.Run(
            "$read = @{ Rows = 0 }; 1..100 | ForEach-Object { $read.Rows++; [pscustomobject]@{ "
                + "ConversationId = 'bad' } } | Test-WixInboxMessage x | ForEach-Object { $read.Rows }");

        Assert.Equal(Enumerable.Range(1, 100), result.Output.Select(item => (int)item.BaseObject));
    }

    [Fact]
    public void It_takes_what_Send_takes_so_that_one_splatted_table_serves_both()
    {
        Assert.Equal(Shape("Send-WixInboxMessage", []), Shape("Test-WixInboxMessage", ["Quiet", "Summary"]));
    }

    [Fact]
    public void It_declares_its_result()
    {
        var command = (CommandInfo)_engine.Run("Get-Command Test-WixInboxMessage").Output[0].BaseObject;

        Assert.Equal(
            ["WixInbox.MessageTest", "WixInbox.MessageTestSummary"],
            command.OutputType.Select(type => type.Name));
    }

    [Fact]
    public void The_table_fits_80_columns_and_a_line_a_row()
    {
        _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Text = 'x' }, [pscustomobject]@{ "
                + "ConversationId = \"a`nbad one `a that goes on and on, longer than the column is wide\"; "
                + "Text = 'x' } | Test-WixInboxMessage | Out-Default");

        var lines = Shown();
        Assert.All(lines, line => Assert.InRange(line.Length, 0, 80));
        Assert.Contains(lines, line => Regex.IsMatch(line, "^ *Row Valid Recipient +Problem$"));
        Assert.Contains(lines, line => line.StartsWith("     1 True  conversation 0d4fc8ac", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("     2 False conversation a bad", StringComparison.Ordinal)
            && line.Contains("column ConversationId: 'a bad one", StringComparison.Ordinal));
    }

    private string[] Shown() =>
    [
        .. _host.Lines.SelectMany(line => Regex.Replace(line, "\x1b\\[[0-9;]*m", string.Empty).Split('\n'))
            .Select(line => line.TrimEnd()),
    ];

    private string[] Shape(string cmdlet, string[] except)
    {
        var command = (CommandInfo)_engine.Run($"Get-Command {cmdlet}").Output[0].BaseObject;
        var parameters = command.Parameters.Values
            .Where(parameter => !except.Contains(parameter.Name))
            .SelectMany(parameter => parameter.ParameterSets.Select(set => string.Create(
                CultureInfo.InvariantCulture,
                $"{parameter.Name} {parameter.ParameterType} {string.Join(",", parameter.Aliases)} {string.Join(",", parameter.Attributes.Select(attribute => attribute.GetType().Name).Order())} {set.Key} {set.Value.Position} {set.Value.IsMandatory} {set.Value.ValueFromPipeline} {set.Value.ValueFromPipelineByPropertyName}")))
            .Order(StringComparer.Ordinal);
        return [.. parameters];
    }

    private static (int? Row, string? Column, string Rule, string Sentence)[] Violations(PSObject test) =>
    [
        .. ((IEnumerable<object>)test.Properties["Violations"].Value).Select(violation => new PSObject(violation)).Select(violation => (
            (int?)violation.Properties["Row"].Value,
            (string?)violation.Properties["Column"].Value,
            (string)violation.Properties["Rule"].Value,
            violation.ToString())),
    ];
}

namespace WixInbox.PowerShell.Tests.Rows;

/// <summary>Who is notified of a message: nobody, unless the command or the row says so.</summary>
public sealed class NotificationTests : IDisposable
{
    private const string Notice = "Nobody is notified without -SendNotification.";

    private readonly StubHandler _handler = new();
    private readonly RecordingHost _host = new();
    private readonly Engine _engine;

    public NotificationTests()
    {
        _engine = Engine.ConnectedTo(_handler, _host);
        _engine.Set("c", Engine.Guid1);
    }

    public void Dispose()
    {
        _engine.Dispose();
        _handler.Dispose();
    }

    [Theory]
    [InlineData("SendNotification", "yes", "true")]
    [InlineData("send_notification", " TRUE ", "true")]
    [InlineData("SendNotifications", "1", "true")]
    [InlineData("SendNotification", "no", null)]
    [InlineData("SendNotification", "False", null)]
    [InlineData("SendNotification", " ", null)]
    public void A_column_says_it_for_its_row(string column, string cell, string? expected)
    {
        var row = $"[pscustomobject]@{{ ConversationId = $c; '{column}' = '{cell}' }}";

        var result = _engine.Run($"{row} | Send-WixInboxMessage x");

        Assert.Empty(result.Errors);
        Assert.Equal(expected, Assert.Single(_handler.Requests)["sendNotifications"]);
    }

    [Theory]
    [InlineData("-SendNotification", "no", "true")]
    [InlineData("-SendNotification", "maybe", "true")]
    [InlineData("-SendNotification:$false", "yes", null)]
    public void What_is_typed_goes_before_the_column(string typed, string cell, string? expected)
    {
        var row = $"[pscustomobject]@{{ ConversationId = $c; SendNotification = '{cell}' }}";

        var result = _engine.Run($"{row} | Send-WixInboxMessage x {typed}");

        Assert.Empty(result.Errors);
        Assert.Equal(expected, Assert.Single(_handler.Requests)["sendNotifications"]);
    }

    [Fact]
    public void A_cell_that_says_neither_yes_nor_no_is_the_error_of_its_row()
    {
        var result = _engine.Run("""
            'yes', 'maybe', 'no' |
                ForEach-Object { [pscustomobject]@{ ConversationId = $c; SendNotification = $_ } } |
                Send-WixInboxMessage { $_.SendNotification }
            """);

        Assert.Equal(["ColumnValueInvalid"], result.ErrorIds);
        Assert.Equal(
            "Row 2: column SendNotification: 'maybe' is neither yes nor no. "
            + "Write yes or no, or leave it empty, which notifies nobody. Nothing was sent.",
            result.Errors[0].ToString());
        Assert.Equal(2, _handler.Requests.Count);
    }

    [Theory]
    [InlineData("no, no", Notice)]
    [InlineData("yes, no", "Notified: 1 of 2.")]
    [InlineData("yes, yes", null)]
    public void The_counts_of_a_run_and_its_rehearsal_say_who_is_not(string cells, string? expected)
    {
        var rows =
            $"'{cells}' -split ', ' | ForEach-Object {{ [pscustomobject]@{{ ConversationId = $c; "
            + "SendNotification = $_ } }";

        var result = _engine.Run($"{rows} | Send-WixInboxMessage {{ [string](New-Guid) }}");
        _engine.Run($"{rows} | Send-WixInboxMessage x -WhatIf");

        var summary = result.Summary.ToString()!;
        Assert.Equal(expected is not null, summary.EndsWith(" " + expected, StringComparison.Ordinal));
        Assert.Equal(cells.Split("yes").Length - 1, result.Summary.Properties["Notified"].Value);
        string[] notices =
        [
            .. _host.Lines.Where(line => line.StartsWith("What if: ", StringComparison.Ordinal))
                .Where(line => line.Contains("notified", StringComparison.OrdinalIgnoreCase)),
        ];
        Assert.Equal(expected is null ? [] : ["What if: " + expected], notices);
    }

    [Fact]
    public void A_rehearsal_in_which_nothing_would_be_sent_says_nothing_of_it()
    {
        _engine.Run(
            "'bad' | ForEach-Object { [pscustomobject]@{ ConversationId = $_ } } | Send-WixInboxMessage x -WhatIf");

        Assert.Equal(["What if: 0 of 1 row would be sent."], _host.Lines);
    }
}

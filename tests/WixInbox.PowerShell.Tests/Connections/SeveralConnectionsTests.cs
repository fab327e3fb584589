using System.Globalization;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Rows that say which connection, or which site, they go to.</summary>
public sealed class SeveralConnectionsTests : SeveralConnections
{
    [Fact]
    public void Each_row_goes_to_the_connection_that_it_names_and_comes_out_in_its_place()
    {
        var result = _engine.Run(
            "(Row 1 shop), (Row 2 cafe), (Plain 3), (Plain 4), (Row 5 SHOP), (Plain 6) | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], result.OutputOf("Id"));
        Assert.Equal(["x 1", "x 5"], Texts(_shop).Order());
        Assert.Equal(["x 2"], Texts(_cafe));
        Assert.Equal(["x 3", "x 4", "x 6"], Texts(_own).Order());
        Assert.Equal(6, Property(result.Summary, "Requests"));
    }

    [Fact]
    public void They_need_no_other_connection()
    {
        var result = _engine.Run("Disconnect-WixInbox; (Row 1 shop), (Row 2 cafe) | Send-WixInboxMessage");

        Assert.Equal(["1", "2"], result.OutputOf("Id"));
        Assert.Equal(2, Property(result.Summary, "Requests"));

        _engine.Run("(Row 1 shop), (Row 2) | Send-WixInboxMessage -WhatIf -ErrorAction Ignore");
        Assert.StartsWith(
            "What if: 1 of 2 rows would be sent, with 1 request: ", _host.Lines[^1], StringComparison.Ordinal);

        _engine.Run("(Row 1 shop), (Plain 2) | Send-WixInboxMessage -WhatIf");
        Assert.StartsWith(
            "What if: 2 of 2 rows would be sent, with 2 requests (no connection: 1, shop: 1): ",
            _host.Lines[^1],
            StringComparison.Ordinal);
    }

    [Fact]
    public void Or_to_the_one_that_is_to_its_site()
    {
        var result = _engine.Run(
            $"(Row 1 '' {Engine.Guid1.ToUpperInvariant()}), (Row 2 '' {Engine.Guid2}), (Row 3 cafe {Engine.Guid2}), "
                + "(Plain 4) | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal(["x 1"], Texts(_shop));
        Assert.Equal(["x 2", "x 3"], Texts(_cafe).Order());
        Assert.Equal(["x 4"], Texts(_own));
    }

    [Theory]
    [InlineData("Row 2 cafe " + Engine.Guid1, "")]
    [InlineData("Row 2 $named " + Engine.Guid1, "")]
    [InlineData("Row 2", "-Connection { 'cafe' } -SiteId { $site }")]
    [InlineData("Row 2", "-Connection cafe -SiteId { $site }")]
    [InlineData("Row 2", "-Connection cafe -SiteId $site")]
    public void A_connection_and_the_site_of_another_are_the_rows_error(string row, string parameters)
    {
        _engine.Set("site", Engine.Guid1);
        var result = _engine.Run(
            $"$named = Get-WixInboxConnection cafe; ({row}), ({row}) | Send-WixInboxMessage {parameters}");

        Assert.Equal(["SiteAmbiguous", "SiteAmbiguous"], result.ErrorIds);
        Assert.StartsWith(
            $"Row 1: the message was not sent. The connection cafe (site {Engine.Guid2}) does not lead to the site "
                + $"'{Engine.Guid1}', which is named beside it. Correct one of the two, or leave one out.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(0, Requests);
    }

    [Fact]
    public void A_site_by_which_nothing_is_known_of_a_connection_contradicts_none()
    {
        var result = _engine.Run(
            "Connect-WixInbox -AccessToken $token -Name plain -MessageHandler $own; "
                + $"(Row 1 plain {Engine.Guid1}), (Row 2 cafe Cork-01) | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal(["x 1"], Texts(_own));
        Assert.Equal(["x 2"], Texts(_cafe));
    }

    [Theory]
    [InlineData("Store = ' CAFE '", "", "column Store", "{ $_.Store }")]
    [InlineData("'Our store' = 'shop'", "", "column Our store", "{ $_.'Our store' }")]
    [InlineData("Store = 'cafe'", "-Connection shop", null, null)]
    [InlineData("Store = 'cafe'", "-Connection { $_.Store }", null, null)]
    [InlineData("Store = 'cafe'; Connection = 'shop'", "", null, null)]
    [InlineData("Store = 'Cork'", "", null, null)]
    public void A_column_with_the_names_of_connections_is_told_of_where_it_chooses_none(
        string column, string parameters, string? named, string? block)
    {
        _engine.Set("c", Engine.Guid1);
        var row = $"[pscustomobject]@{{ {column}; ConversationId = $c; Text = 'x' }}";

        var result = _engine.Run(
            $"{row}, {row} | Send-WixInboxMessage {parameters} -SkipDuplicate");

        var warnings = result.Warnings.Where(one => one.Contains("not used", StringComparison.Ordinal)).ToArray();
        Assert.Equal(named is null ? 0 : 1, warnings.Length);
        Assert.All(warnings, warning =>
        {
            Assert.StartsWith($"Row 1: {named} holds ", warning, StringComparison.Ordinal);
            Assert.EndsWith($"To use it: -Connection {block}.", warning, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_column_with_the_name_of_the_only_named_connection_is_none_that_chooses()
    {
        _engine.Set("c", Engine.Guid1);
        _engine.Run("Disconnect-WixInbox cafe");

        Assert.DoesNotContain(
            _engine.Run("@{ Store = 'shop'; ConversationId = $c; Text = 'x' } | Send-WixInboxMessage").Warnings,
            warning => warning.Contains("not used", StringComparison.Ordinal));
    }

    [Fact]
    public void It_is_told_of_before_the_first_row_leaves()
    {
        _engine.Set("c", Engine.Guid1);

        _engine.Run(
            "@{ Store = 'cafe'; ConversationId = $c; Text = 'x' } | Send-WixInboxMessage -WarningAction Stop");

        Assert.Equal(0, Requests);
    }

    [Fact]
    public void A_connection_that_is_typed_holds_for_all_rows()
    {
        _engine.Run($"(Row 1 cafe), (Row 2), (Row 3 '' {Engine.Guid2}) | Send-WixInboxMessage -Connection shop");

        Assert.Equal(["x 1", "x 2", "x 3"], Texts(_shop).Order());
    }

    [Fact]
    public void A_site_that_is_typed_goes_before_a_connection_that_a_row_names()
    {
        _engine.Run($"(Row 1 cafe), (Plain 2) | Send-WixInboxMessage -SiteId {Engine.Guid1}");

        Assert.Equal(["x 1", "x 2"], Texts(_shop).Order());
    }

    [Theory]
    [InlineData(
        "(Row 2 ''), (Row 3 shop)",
        "Column Connection and Site Id are empty, and there are several connections: www.wixapis.com, cafe, shop.")]
    [InlineData(
        "[pscustomobject]@{ Conection = 'shop'; ConversationId = $c; Text = 'x' }",
        "column 'Conection' may be a misspelling of Connection")]
    [InlineData(
        "[pscustomobject]@{ Site = 'shop'; ConversationId = $c; Text = 'x' }",
        "column 'Site' may be a misspelling of SiteId")]
    public void A_row_that_does_not_say_where_it_goes_is_not_sent_to_the_wrong_site(string rows, string words)
    {
        _engine.Set("c", Engine.Guid1);
        var result = _engine.Run($"{rows} | Send-WixInboxMessage");

        Assert.Equal(["ConnectionEmpty"], result.ErrorIds);
        Assert.Contains(words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_own.Requests);
    }

    [Theory]
    [InlineData("Connected On")]
    [InlineData("ConnectedAt")]
    [InlineData("Connected")]
    public void The_day_on_which_somebody_was_met_is_no_misspelt_connection(string column)
    {
        _engine.Set("c", Engine.Guid1);

        var result = _engine.Run(
            $"[pscustomobject]@{{ '{column}' = '05 Mar 2024'; ConversationId = $c; Text = 'x' }} | "
                + "Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Single(_own.Requests);
    }

    [Fact]
    public void A_row_that_is_refused_for_its_column_is_not_said_to_go_over_the_default()
    {
        _engine.Set("c", Engine.Guid1);
        var result = _engine.Run(
            "[pscustomobject]@{ Conection = 'shop'; ConversationId = $c; Text = 'x' } | Send-WixInboxMessage");

        Assert.Equal(["ConnectionEmpty"], result.ErrorIds);
        Assert.DoesNotContain(result.Warnings, one => one.Contains("such rows go over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("-SiteId $nothing", "SiteId", "-SiteId is empty: check the spelling of the variable.")]
    [InlineData(
        "-Connection { $_.Store }",
        "Connection",
        "-Connection: The block { $_.Store } gives nothing for this row, whose column Store is empty.")]
    [InlineData(
        "-SiteId { \"$($_.Store)$($_.Town)\" }",
        "SiteId",
        "-SiteId: The block { \"$($_.Store)$($_.Town)\" } gives nothing for this row, whose columns Store and Town are "
            + "empty.")]
    [InlineData("-Connection { $null }", "Connection", "-Connection: The block { $null } gives nothing for this row.")]
    public void A_parameter_that_says_nowhere_is_named_in_the_error(string parameter, string name, string words)
    {
        _engine.Set("c", Engine.Guid1);
        var result = _engine.Run(
            "[pscustomobject]@{ ConversationId = $c; Text = 'x'; Store = ''; Town = $null } | Send-WixInboxMessage "
                + parameter);

        Assert.Equal(["ConnectionEmpty"], result.ErrorIds);
        Assert.StartsWith(
            "Row 1: the message was not sent. " + words, result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Contains($"leave -{name} out", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Empty(_own.Requests);
    }

    [Theory]
    [InlineData(
        "@{ Connection = 'Fibre 100'; ConversationId = $c }",
        "column Connection holds 'Fibre 100' and is not used to choose a connection, since no connection has a name.")]
    [InlineData(
        "@{ 'Site ID' = 'Cork-01'; ConversationId = $c }",
        "column Site ID holds 'Cork-01' and is not used to choose a connection, since the id of a site is a GUID.")]
    public void A_column_of_that_name_which_means_something_else_is_told_of_once_where_there_is_one_connection(
        string row, string words)
    {
        using var engine = Engine.ConnectedTo(_own);
        engine.Set("c", Engine.Guid1);
        var result = engine.Run(
            $"[pscustomobject]{row}, [pscustomobject]{row} | Send-WixInboxMessage -Text x");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
        Assert.Equal("Row 1: " + words, result.Warnings[0]);
        Assert.Single(result.Warnings, warning => warning.Contains("is not used", StringComparison.Ordinal));
    }

    [Fact]
    public void A_message_that_was_saved_over_a_named_connection_goes_back_over_no_other()
    {
        var result = _engine.Run("""
            $saved = Row 1 shop | Send-WixInboxMessage | ConvertTo-Csv | ConvertFrom-Csv
            Get-WixInboxConnection | Disconnect-WixInbox
            Connect-WixInbox -AccessToken $token -MessageHandler $own
            $saved | Send-WixInboxMessage -Text FYI
            """);

        Assert.Equal(["ConnectionNotFound"], result.ErrorIds);
        Assert.Empty(_own.Requests);
    }

    [Theory]
    [InlineData(Engine.Guid1, null)]
    [InlineData(Engine.Guid2, "SiteNotConnected")]
    public void A_site_beside_a_column_that_means_something_else_holds(string site, string? error)
    {
        _engine.Set("c", Engine.Guid1);
        _engine.Run(
            "Get-WixInboxConnection | Disconnect-WixInbox; "
                + $"Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} -MessageHandler $own");

        var result = _engine.Run(
            $"@{{ Connection = 'Fibre 100'; SiteId = '{site}'; ConversationId = $c; Text = 'x' }} | "
                + "Send-WixInboxMessage");

        Assert.Equal(error is null ? [] : [error], result.ErrorIds);
        Assert.Equal(error is null ? 1 : 0, Requests);
    }

    [Theory]
    [InlineData("-ApiKey $token -SiteId 'no site' -Name 'a/b'")]
    [InlineData("-ApiKey 'in plain text' -SiteId " + Engine.Guid2)]
    [InlineData("-ApiKey $nothing -SiteId " + Engine.Guid2)]
    [InlineData("-AccessToken $token -TimeoutSec none")]
    [InlineData("-AccessToken $token -ApiKey $token")]
    [InlineData("-AccessToken $token -Proxy 'http://a:b/c@d:80'")]
    public void After_a_connection_that_could_not_be_made_the_one_before_is_not_used(string parameters)
    {
        var result = _engine.Run(
            $"try {{ Connect-WixInbox {parameters} }} catch {{ }}; Plain 1 | "
                + "Send-WixInboxMessage -ErrorAction Stop");

        Assert.Equal("NotConnected", (result.Thrown as IContainsErrorRecord)?.ErrorRecord.Id() ?? result.ErrorIds[0]);
        Assert.Equal(0, Requests);
    }

    [Theory]
    [InlineData("TabExpansion2 'Connect-WixInbox -ApiKey x -Sand'")]
    [InlineData("Get-Help Connect-WixInbox")]
    [InlineData("Get-Command Connect-WixInbox -ArgumentList x")]
    public void One_that_is_only_looked_at_changes_nothing(string script)
    {
        var result = _engine.Run($"$null = {script}; Plain 1 | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal(1, Requests);
    }

    [Fact]
    public void A_row_may_hold_the_connection_itself_or_a_name_that_is_a_number()
    {
        _engine.Run(
            "$c = Get-WixInboxConnection cafe; Connect-WixInbox -AccessToken $token -Name 2024 -MessageHandler $own; "
                + "Connect-WixInbox -Sandbox");

        var result = _engine.Run("(Row 1 $c), (Row 2 2024) | Send-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal(["x 1"], Texts(_cafe));
        Assert.Equal(["x 2"], Texts(_own));
    }

    [Theory]
    [InlineData("Row 2 none", "ConnectionNotFound", "There is no connection 'none'. There are: cafe, shop, twin.")]
    [InlineData(
        "Row 2 '' 7d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c",
        "SiteNotConnected",
        "There is no connection to the site '7d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c'. "
            + "There are: cafe: https://www.wixapis.com (site 1d4fc8ac")]
    [InlineData(
        "Row 2 '' " + Engine.Guid1,
        "SiteAmbiguous",
        "Several connections lead to the site '" + Engine.Guid1 + "': shop: https://www.wixapis.com (site 0d4fc8ac")]
    [InlineData("Row 2 $closed", "ConnectionClosed", "The connection has been closed")]
    public void One_that_is_not_there_or_not_clear_is_the_rows_error_and_the_others_are_sent(
        string row, string id, string words)
    {
        _engine.Run(
            "$closed = Connect-WixInbox -Sandbox -PassThru; $closed | Disconnect-WixInbox; "
                + $"Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} -Name twin -MessageHandler $shop; "
                + "Connect-WixInbox -AccessToken $token -MessageHandler $own");

        var result = _engine.Run($"(Row 1 shop), ({row}), (Row 3 cafe) | Send-WixInboxMessage");

        Assert.Equal(["1", "3"], result.OutputOf("Id"));
        var error = Assert.Single(result.Errors);
        Assert.Equal(id, error.Id());
        Assert.Contains("Row 2: the message was not sent. " + words, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("x 2", ((PSObject)error.TargetObject).Properties["Text"].Value);
        Assert.Equal(1, Property(result.Summary, "Rejected"));

        // A rehearsal says the same.
        Assert.Equal([id], _engine.Run($"({row}) | Send-WixInboxMessage -WhatIf").ErrorIds);
    }

    [Fact]
    public void One_that_is_closed_on_the_way_is_the_later_rows_error()
    {
        var result = _engine.Run(
            "1..3 | ForEach-Object { Plain $_ } | Send-WixInboxMessage -ThrottleLimit 1 | "
                + "ForEach-Object { Disconnect-WixInbox; $_ }");

        Assert.Equal(["1"], result.OutputOf("Id"));
        Assert.Equal(["ConnectionClosed", "ConnectionClosed"], result.ErrorIds);
    }

    [Fact]
    public void A_connection_that_fails_for_all_fails_its_own_rows_and_no_others()
    {
        _shopAnswers = 401;

        var result = _engine.Run(
            "(Row 1 shop), (Row 2 cafe), (Row 3 shop), (Plain 4), (Row 5 shop) | "
                + "Send-WixInboxMessage -ThrottleLimit 1");

        Assert.Equal(["2", "4"], result.OutputOf("Id"));
        Assert.Equal(["Unauthorized", "Unauthorized", "Unauthorized"], result.ErrorIds);
        Assert.Contains(
            "No further row of the connection shop is tried", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.StartsWith(
            "Row 3: the message to conversation 5f0c7f3e-6f0e-4d3c-9b7a-000000000003 was not sent: "
                + "the connection shop has failed for an earlier row. ",
            result.Errors[1].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            ["NotSent", "NotSent", "NotSent"],
            result.Errors.Select(error => (string)((dynamic)error.Exception).Outcome.ToString()));
        Assert.Single(_shop.Requests);
        Assert.Equal((0, 3), (Property(result.Summary, "Rejected"), Property(result.Summary, "NotSent")));
    }

    [Fact]
    public void A_row_that_was_read_ahead_over_a_connection_that_fails_counts_as_one_that_came_later_does()
    {
        _shopAnswers = 401;
        var read = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _shopMayAnswer = read.Task;
        _engine.Set("read", read);

        var result = _engine.Run("""
            1..20 | ForEach-Object { Row $_ shop; if ($_ -eq 20) { $read.SetResult($true) } } |
                Send-WixInboxMessage -MaxErrorCount 3 -ThrottleLimit 2
            """);

        // Those that had left are heard out, and no other fails once there are three.
        var failed = Math.Max(3, _shop.Requests.Count);
        Assert.Equal([.. Enumerable.Repeat("Unauthorized", failed), "TooManyErrors"], result.ErrorIds);
        Assert.Equal((failed, 20 - failed), (Property(result.Summary, "Failed"), Property(result.Summary, "NotTried")));
    }

    [Fact]
    public void A_rehearsal_the_question_and_the_summary_name_the_site()
    {
        _engine.Run("Row 1 shop | Send-WixInboxMessage -WhatIf");
        Assert.EndsWith($"over shop (site {Engine.Guid1})", _host.Lines.First(IsRehearsal), StringComparison.Ordinal);

        _host.Answers.Enqueue(0);
        var result = _engine.Run("Row 1 shop | Send-WixInboxMessage -Confirm");
        Assert.EndsWith($"over shop (site {Engine.Guid1})?", _host.Questions.Single(), StringComparison.Ordinal);
        Assert.Contains(
            $"Failed: 0. Over: shop (site {Engine.Guid1}).", result.Summary.ToString(), StringComparison.Ordinal);

        Assert.Contains(
            $" Over: shop (site {Engine.Guid1}), cafe (site {Engine.Guid2}).",
            _engine.Run("(Row 1 shop), (Row 2 cafe) | Send-WixInboxMessage").Summary.ToString(),
            StringComparison.Ordinal);

        // A connection that no row went over is not named.
        Assert.Contains(
            $" Over: shop (site {Engine.Guid1}). ",
            _engine.Run(
                "Select-WixInboxConnection cafe 6> $null; Row 1 shop | Send-WixInboxMessage; "
                    + "Connect-WixInbox -AccessToken $token -MessageHandler $own 6> $null").Summary.ToString(),
            StringComparison.Ordinal);

        // Nothing is known of what leads to no site.
        var plain = _engine.Run("Plain 1 | Send-WixInboxMessage").Summary.ToString();
        Assert.StartsWith("Rows: 1. Sent: 1. Failed: 0.", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Over:", plain, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Resolve-WixInboxConversation -ContactId {0} -Connection shop -WhatIf")]
    [InlineData("Import-WixInboxMedia -Url https://e.example/a.png -Connection shop -WhatIf")]
    public void And_so_do_the_other_commands_that_ask(string script)
    {
        _engine.Run(string.Format(CultureInfo.InvariantCulture, script, Engine.Guid2));

        Assert.Contains(
            $"over shop (site {Engine.Guid1})", Assert.Single(_host.Lines, IsRehearsal), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_no_row_names_a_connection_a_failure_of_all_ends_the_run()
    {
        _shopAnswers = 401;

        var result = _engine.Run(
            "1..3 | ForEach-Object { [pscustomobject]@{ ConversationId = [guid]::NewGuid(); Text = 'x' } } | "
                + "Send-WixInboxMessage -Connection shop -ThrottleLimit 1");

        Assert.Equal(["Unauthorized", "Unauthorized"], result.ErrorIds);
        Assert.Contains("No further row was tried", result.Errors[1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_connection_has_a_budget_of_its_own()
    {
        _engine.Run(
            "Connect-WixInbox -AccessToken $token -Name one -RequestsPerMinute 1 -MessageHandler $shop; "
                + "Connect-WixInbox -AccessToken $token -Name two -RequestsPerMinute 1 -MessageHandler $cafe");

        Assert.Equal(2, _engine.Run("(Row 1 one), (Row 2 two) | Send-WixInboxMessage").Output.Count);
    }

    [Fact]
    public void Addresses_are_looked_up_by_each_connection_and_the_rehearsal_counts_the_same()
    {
        const string Rows =
            "1..6 | ForEach-Object { [pscustomobject]@{ Connection = ('a', 'b')[$_ % 2]; Email = \"p$_@example.com\"; "
            + "Text = 'x' } }";
        _engine.Run(
            "Connect-WixInbox -Sandbox -Name a; Connect-WixInbox -Sandbox -Name b -RequestsPerMinute 3; "
                + "Connect-WixInbox -Sandbox -Name c");

        _engine.Run($"{Rows} | Send-WixInboxMessage -WhatIf");
        Assert.Equal(
            "What if: 6 of 6 rows would be sent, with 14 requests (b: 7, a: 7): about 2 minutes at 3 a minute for b.",
            _host.Lines[^1]);

        var result = _engine.Run($"Connect-WixInbox -Sandbox -Name b; {Rows} | Send-WixInboxMessage");
        Assert.Equal(6, result.Output.Count);

        // The look-up of each connection is one, unless the machine is too busy for three rows in a tenth of a second.
        Assert.InRange(Assert.IsType<int>(Property(result.Summary, "Requests")), 14, 17);
    }

    private static bool IsRehearsal(string line) => line.StartsWith("What if:", StringComparison.Ordinal);
}

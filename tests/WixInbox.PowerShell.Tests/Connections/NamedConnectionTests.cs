using System.Globalization;
using System.Management.Automation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Connections by name: which there are, which is meant, and whose they are.</summary>
public sealed class NamedConnectionTests : IDisposable
{
    private readonly Engine _engine = new();

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void The_default_comes_first_and_the_others_by_name()
    {
        var result = _engine.Run("""
            Connect-WixInbox -Sandbox -Name shop
            Connect-WixInbox -Sandbox -Name Cafe
            Connect-WixInbox -Sandbox
            Connect-WixInbox -Sandbox -Name bar
            Get-WixInboxConnection
            """);

        Assert.Equal(["bar", "Cafe", "shop"], result.OutputOf("Name"));
        Assert.Equal(["shop"], _engine.Run("Get-WixInboxConnection SHOP").OutputOf("Name"));
        Assert.Equal(["bar"], _engine.Run("Get-WixInboxConnection -Default").OutputOf("Name"));
        Assert.Empty(_engine.Run("Disconnect-WixInbox; Get-WixInboxConnection -Default").Output);
        Assert.Equal(["Cafe"], _engine.Run("Get-WixInboxConnection *a*").OutputOf("Name"));
    }

    [Fact]
    public void A_sandbox_may_stand_for_a_site_so_that_rows_that_name_it_are_rehearsed()
    {
        const string Row = $"[pscustomobject]@{{ SiteId = '{Engine.Guid1}'; ConversationId = New-Guid; Text = 'x' }}";

        var none = _engine.Run($"Connect-WixInbox -Sandbox; {Row} | Send-WixInboxMessage");

        Assert.Equal(["SiteNotConnected"], none.ErrorIds);
        Assert.Contains(
            $"Connect-WixInbox -Sandbox -SiteId {Engine.Guid1} makes one to rehearse with.",
            none.Errors[0].ToString(),
            StringComparison.Ordinal);

        var sandbox = $"Connect-WixInbox -Sandbox -SiteId {Engine.Guid1}";
        Assert.Single(_engine.Run($"{sandbox}; {Row} | Send-WixInboxMessage").Output);
        Assert.Equal(["sandbox"], _engine.Run("Get-WixInboxConnection").OutputOf("Host"));
        Assert.Equal(
            "Connected to sandbox (site " + Engine.Guid1 + ").",
            Assert.Single(_engine.Run(sandbox).Information).ToString());

        var host = new RecordingHost();
        using var engine = new Engine(host: host);
        engine.Run($"{sandbox}; {Row} | Send-WixInboxMessage -WhatIf");
        Assert.Contains(
            host.Lines, line => line.Contains($"over sandbox, site {Engine.Guid1}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Connect-WixInbox -Sandbox", "Connect-WixInbox -ApiKey $key")]
    [InlineData("Connect-WixInbox -ApiKey $key", "Connect-WixInbox -Sandbox")]
    public void A_row_does_not_go_to_a_sandbox_where_a_real_connection_may_be_meant(string first, string second)
    {
        _engine.Set("key", Secrets.Secure("key-of-the-tests"));

        var result = _engine.Run(
            $"{first} -SiteId {Engine.Guid1} -Name a; {second} -SiteId {Engine.Guid1} -Name b; "
                + $"[pscustomobject]@{{ SiteId = '{Engine.Guid1}'; ConversationId = New-Guid; Text = 'x' }} | "
                + "Send-WixInboxMessage");

        Assert.Equal(["SiteAmbiguous"], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void Each_says_whether_it_is_the_default_of_this_runspace_now()
    {
        var result = _engine.Run("""
            $shop = Connect-WixInbox -Sandbox -Name shop -PassThru
            $shop.IsDefault
            Connect-WixInbox -Sandbox -Name cafe
            $shop.IsDefault
            (Get-WixInboxConnection).IsDefault
            """);

        Assert.Equal(["True", "False", "True", "False"], result.Output.Select(item => item.ToString()));

        var view = _engine.Run("Get-WixInboxConnection | Out-String -Width 80").Output[0].ToString().Split('\n');
        Assert.Matches(@"^Name +IsDefault +Host +Identity", view.First(line => line.Trim().Length > 0));
        Assert.Matches(@"^cafe +True ", view.First(line => line.StartsWith("cafe", StringComparison.Ordinal)));
        Assert.Matches(@"^shop +sandbox", view.First(line => line.StartsWith("shop", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("Select-WixInboxConnection SHOP")]
    [InlineData("Select-WixInboxConnection -Connection $shop")]
    [InlineData("$shop | Select-WixInboxConnection")]
    [InlineData("'shop' | Select-WixInboxConnection")]
    [InlineData("Select-WixInboxConnection -SiteId ' 0D4FC8AC-52C1-4A8E-9E6F-1F1D2F3A4B5C '")]
    [InlineData("Select-WixInboxConnection -SiteId '{0d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c}'")]
    public void Another_open_connection_can_be_made_the_default(string script)
    {
        _engine.Set("key", Secrets.Secure("key-of-the-tests"));

        var result = _engine.Run($$"""
            $shop = Connect-WixInbox -ApiKey $key -SiteId {{Engine.Guid1}} -Name shop -PassThru
            Connect-WixInbox -ApiKey $key -SiteId {{Engine.Guid2}} -Name cafe
            {{script}}
            Get-WixInboxConnection | ForEach-Object { "$($_.Name) $($_.IsDefault)" }
            """);

        Assert.Empty(result.Errors);
        Assert.Empty(result.Warnings);
        Assert.Equal(["shop True", "cafe False"], result.Output.Select(item => item.ToString()));
        Assert.StartsWith(
            "The default connection is shop: ", result.Information[^1].ToString(), StringComparison.Ordinal);
        Assert.Equal(["shop"], _engine.Run("Select-WixInboxConnection shop -PassThru").OutputOf("Name"));
    }

    [Theory]
    [InlineData("Select-WixInboxConnection bar", "ConnectionNotFound")]
    [InlineData("Select-WixInboxConnection -SiteId " + Engine.Guid1, "SiteNotConnected")]
    [InlineData("Select-WixInboxConnection $closed", "ConnectionClosed")]
    public void What_is_no_open_connection_leaves_the_default_as_it_is(string script, string id)
    {
        var result = _engine.Run($$"""
            $closed = Connect-WixInbox -Sandbox -Name cafe -PassThru
            $closed | Disconnect-WixInbox
            Connect-WixInbox -Sandbox -Name shop
            {{script}}
            """);

        Assert.Equal([id], result.ErrorIds);
        Assert.Equal(["shop"], _engine.Run("Get-WixInboxConnection -Default").OutputOf("Name"));
    }

    [Fact]
    public void A_default_without_a_name_that_is_left_is_warned_of()
    {
        var result = _engine.Run("""
            Connect-WixInbox -Sandbox -Name shop
            Connect-WixInbox -Sandbox
            Select-WixInboxConnection shop
            Select-WixInboxConnection shop
            """);

        Assert.Contains("has no name", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Select-WixInboxConnection ", "cafe 'the shop'")]
    [InlineData("Select-WixInboxConnection 'the", "'the shop'")]
    [InlineData("Select-WixInboxConnection -SiteId ", $"{Engine.Guid2} {Engine.Guid1}")]
    [InlineData("Send-WixInboxMessage -SiteId 0", Engine.Guid1)]
    [InlineData("Get-WixInboxContact -SiteId 1", Engine.Guid2)]
    [InlineData("Import-WixInboxMedia -SiteId 1", Engine.Guid2)]
    public void Connections_and_their_sites_are_completed(string typed, string expected)
    {
        _engine.Set("key", Secrets.Secure("key-of-the-tests"));
        _engine.Set("line", typed);

        var result = _engine.Run($$"""
            Connect-WixInbox -ApiKey $key -SiteId {{Engine.Guid1}} -Name 'the shop'
            Connect-WixInbox -ApiKey $key -SiteId {{Engine.Guid2}} -Name cafe
            Connect-WixInbox -Sandbox
            [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches |
                Where-Object ResultType -EQ ParameterValue | ForEach-Object CompletionText
            """);

        Assert.Equal(expected, string.Join(" ", result.Output));
    }

    [Fact]
    public void A_name_is_taken_wherever_a_connection_is()
    {
        using var shop = new StubHandler((request, _) => Task.FromResult(
            request.Method != "POST" || request.Path.StartsWith("/contacts", StringComparison.Ordinal)
                ? StubHandler.Error(404, "CONVERSATION_NOT_FOUND")
            : request.Path.EndsWith("/messages", StringComparison.Ordinal) && request["message"] is null
                ? StubHandler.Error(400, "INVALID")
            : StubHandler.Stored(request)));
        using var cafe = new StubHandler();
        _engine.Set("shop", shop);
        _engine.Set("cafe", cafe);
        _engine.Set("token", Secrets.Secure("t"));
        _engine.Run(
            "Connect-WixInbox -AccessToken $token -Name shop -MessageHandler $shop; "
                + "Connect-WixInbox -AccessToken $token -Name cafe -MessageHandler $cafe");

        _engine.Run($"""
            Send-WixInboxMessage -Connection Shop -ConversationId {Engine.Guid1} x
            Get-WixInboxMessage -Connection shop {Engine.Guid1}
            Get-WixInboxConversation -Connection shop {Engine.Guid1}
            Resolve-WixInboxConversation -Connection shop -ContactId {Engine.Guid1}
            Get-WixInboxContact -Connection shop -ContactId {Engine.Guid1}
            Test-WixInboxConnection shop
            """);

        Assert.Equal(10, shop.Requests.Count);
        Assert.Empty(cafe.Requests);
        _engine.Run(
            "$PSDefaultParameterValues['*-WixInbox*:Connection'] = 'shop'; "
                + $"Send-WixInboxMessage -ConversationId {Engine.Guid1} x");
        Assert.Equal(11, shop.Requests.Count);
    }

    [Fact]
    public void Several_are_closed_at_once_and_one_that_there_is_not_keeps_none_open()
    {
        var result = _engine.Run("""
            'shop', 'cafe', 'bar' | ForEach-Object { Connect-WixInbox -Sandbox -Name $_ }
            Disconnect-WixInbox shop, none, cafe
            (Get-WixInboxConnection).Name
            """);

        Assert.Equal(["ConnectionNotFound"], result.ErrorIds);
        Assert.Equal("bar", Assert.Single(result.Output).ToString());
    }

    [Fact]
    public void One_is_closed_by_Name_too_and_what_is_not_there_is_not_told_to_be_made()
    {
        var result = _engine.Run("""
            Connect-WixInbox -Sandbox -Name shop
            Disconnect-WixInbox -Name shop
            Get-WixInboxConnection
            Disconnect-WixInbox -Name shop
            """);

        Assert.Empty(result.Output);
        Assert.Equal(
            "There is no connection 'shop'. No connection has a name. "
                + "Get-WixInboxConnection lists the open ones.",
            Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void What_is_for_tests_alone_is_not_offered_and_works()
    {
        var offered = _engine.Run("""
            (TabExpansion2 'Connect-WixInbox -Sandbox -').CompletionMatches.ListItemText
            (TabExpansion2 'Connect-WixInbox -').CompletionMatches.ListItemText
            """);

        Assert.DoesNotContain(offered.Output, name => name.ToString() is "MessageHandler" or "SandboxRateLimit");
        Assert.Contains(offered.Output, name => name.ToString() == "TimeoutSec");
        Assert.Empty(_engine.Run("Connect-WixInbox -Sandbox -SandboxRateLimit 5").Errors);
    }

    [Fact]
    public void A_name_is_taken_in_constrained_language_mode_too()
    {
        _engine.Run("Connect-WixInbox -Sandbox -Name shop; Connect-WixInbox -Sandbox");
        _engine.Runspace.SessionStateProxy.LanguageMode = PSLanguageMode.ConstrainedLanguage;

        var result = _engine.Run($$"""
            '{{Engine.Guid1}}' | Send-WixInboxMessage -ConversationId { $_ } -Text { "Hi $_" } -Connection shop
            Send-WixInboxMessage -ConversationId {{Engine.Guid1}} x -Connection shop -Badge @{ Text = 'VIP' }
            """);

        Assert.Equal(["ParameterValueInvalid"], result.ErrorIds);
        Assert.Contains("-Badge: ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["shop"], result.OutputOf("Connection"));
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId 1 x -Connection none")]
    [InlineData("Get-WixInboxMessage 1 -Connection none")]
    [InlineData("Get-WixInboxConversation 1 -Connection none")]
    [InlineData("Get-WixInboxContact -Connection none")]
    [InlineData("Resolve-WixInboxConversation -ContactId 1 -Connection none")]
    [InlineData("Test-WixInboxConnection none")]
    [InlineData("Disconnect-WixInbox none")]
    [InlineData("Get-WixInboxConnection none")]
    public void One_that_there_is_not_is_an_error_that_says_which_there_are(string script)
    {
        _engine.Run("Connect-WixInbox -Sandbox -Name shop; Connect-WixInbox -Sandbox -Name cafe");

        var error = Assert.Single(_engine.Run(script).Errors);

        Assert.Equal("ConnectionNotFound", error.Id());
        Assert.Equal("none", error.TargetObject);
        Assert.Contains(
            "There is no connection 'none'. There are: cafe, shop.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -ConversationId 1 x -Connection $nobody")]
    [InlineData("Send-WixInboxMessage -ConversationId 1 x -Connection $nobody -WhatIf")]
    [InlineData("Get-WixInboxContact -Connection ''")]
    [InlineData("Get-WixInboxContact -Connection $nobody")]
    [InlineData("Get-WixInboxConversation 1 -Connection $nobody")]
    [InlineData("Get-WixInboxMessage 1 -Connection $nobody")]
    [InlineData("Resolve-WixInboxConversation -ContactId 1 -Connection $nobody -WhatIf")]
    [InlineData("Import-WixInboxMedia -Url https://e.example/ -Connection $nobody")]
    [InlineData("Disconnect-WixInbox ''")]
    public void One_that_is_empty_is_not_taken_for_the_default(string script)
    {
        var result = _engine.Run($"Connect-WixInbox -Sandbox -Name shop; {script}; (Get-WixInboxConnection).Name");

        Assert.Equal(["ConnectionEmpty"], result.ErrorIds);
        Assert.Equal(["shop"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Without_a_default_the_error_says_which_there_are()
    {
        var result = _engine.Run(
            "Connect-WixInbox -Sandbox -Name shop; Connect-WixInbox -Sandbox; Disconnect-WixInbox; "
                + "Get-WixInboxConnection; Get-WixInboxContact -First 1");

        Assert.Equal(["shop"], result.OutputOf("Name"));
        var error = Assert.Single(result.Errors);
        Assert.Equal("NotConnected", error.Id());
        Assert.Contains(
            "with -Connection, or in a column Connection of each row, "
                + "or choose one with Select-WixInboxConnection: shop.",
            error.ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_that_is_given_again_is_the_later_ones_and_the_earlier_stays_open()
    {
        var result = _engine.Run("""
            $first = Connect-WixInbox -Sandbox -Name shop -PassThru
            $second = Connect-WixInbox -Sandbox -Name SHOP -PassThru -Verbose
            $first.Closed
            (Get-WixInboxConnection shop) -eq $second
            $first | Disconnect-WixInbox
            $second.Closed
            (Get-WixInboxConnection).Name
            """);

        Assert.Equal(["False", "True", "False", "SHOP"], result.Output.Select(item => item.ToString()));
        Assert.Contains(result.Verbose, line => line.StartsWith(
            "The name SHOP belonged to another connection, shop: sandbox", StringComparison.Ordinal));
    }

    [Fact]
    public void One_is_closed_by_its_name_and_all_of_them_by_the_pipeline()
    {
        var result = _engine.Run("""
            $shop = Connect-WixInbox -Sandbox -Name shop -PassThru
            $cafe = Connect-WixInbox -Sandbox -Name cafe -PassThru
            Disconnect-WixInbox shop
            $shop.Closed, $cafe.Closed
            (Get-WixInboxConnection).Name
            Connect-WixInbox -Sandbox
            Get-WixInboxConnection | Disconnect-WixInbox
            $cafe.Closed
            @(Get-WixInboxConnection).Count
            """);

        Assert.Equal(["True", "False", "cafe", "True", "0"], result.Output.Select(item => item.ToString()));
        Assert.Empty(result.Errors);
    }

    [Fact]
    public void A_name_is_the_runspaces_own()
    {
        using var other = new Engine();
        _engine.Run("Connect-WixInbox -Sandbox -Name shop");

        Assert.Equal(
            "ConnectionNotFound", Assert.Single(other.Run("Get-WixInboxContact -Connection shop").Errors).Id());
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a*")]
    [InlineData(" a")]
    [InlineData("a:b")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void What_cannot_be_a_name_is_refused(string name)
    {
        var result = _engine.Run($"Connect-WixInbox -Sandbox -Name '{name}'; Get-WixInboxConnection");

        Assert.Equal(["ConnectionInvalid"], result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -Connection ", "bar 2,shop,$here")]
    [InlineData("Send-WixInboxMessage -Connection s", "shop")]
    [InlineData("Send-WixInboxMessage -Connection 'ba", "bar 2")]
    [InlineData("Disconnect-WixInbox ", "bar 2,shop,$here")]
    [InlineData("Get-WixInboxConnection -Name ", "bar 2,shop")]
    public void Names_are_completed_and_variables_where_they_fit(string line, string expected)
    {
        _engine.Run(
            "Connect-WixInbox -Sandbox -Name shop; Connect-WixInbox -Sandbox -Name 'bar 2'; "
                + "$here = Connect-WixInbox -Sandbox -PassThru");
        _engine.Set("line", line);

        var result = _engine.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
                + "$null).CompletionMatches.ListItemText");

        Assert.Equal(expected.Split(','), result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("shop", "shop")]
    [InlineData("bar 2", "'bar 2'")]
    [InlineData("-x", "'-x'")]
    [InlineData("0x10", "'0x10'")]
    [InlineData("1.5", "'1.5'")]
    public void What_is_completed_names_the_connection_as_it_is_typed(string name, string typed)
    {
        _engine.Set("name", name);
        _engine.Run("Connect-WixInbox -Sandbox -Name $name");
        _engine.Set("line", "Disconnect-WixInbox ");

        var completed = Assert.Single(_engine.Run(
            "[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
                + "$null).CompletionMatches.CompletionText").Output).ToString();

        Assert.Equal(typed, completed);
        Assert.Empty(_engine.Run($"Disconnect-WixInbox {completed}").ErrorIds);
        Assert.Empty(_engine.Run("Get-WixInboxConnection").Output);
    }

    [Fact]
    public void A_number_is_a_name_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("de-DE");
        try
        {
            var result = _engine.Run(
                "Connect-WixInbox -Sandbox -Name 1.5; Connect-WixInbox -Sandbox; [pscustomobject]@{ "
                    + $"ContactId = '{Engine.Guid1}'; Connection = 1.5 }} | Send-WixInboxMessage -Text x");

            Assert.Empty(result.ErrorIds);
            Assert.Single(result.Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void What_came_over_a_connection_has_its_name_in_a_list_and_takes_no_room_for_it_in_a_table()
    {
        var result = _engine.Run("""
            Connect-WixInbox -Sandbox -Name shop; Connect-WixInbox -Sandbox
            $contacts = (Get-WixInboxContact ada@example.com -Connection shop), (Get-WixInboxContact ada@example.com)
            $contacts | ForEach-Object {
                ($_ | Format-List | Out-String) -match '(?m)^Connection +: shop'
                ($_ | Out-String) -match 'shop'
            }
            ($contacts[1] | Format-List | Out-String) -match 'Connection'
            """);

        Assert.Equal(["True", "False", "False", "False", "False"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_connection_says_its_name_and_no_more_than_before_without_one()
    {
        var result = _engine.Run(
            "\"$(Connect-WixInbox -Sandbox -PassThru)\"; \"$(Connect-WixInbox -Sandbox -Name shop -PassThru)\"");

        Assert.Equal(["sandbox", "shop: sandbox"], result.Output.Select(item => item.ToString()));
    }
}

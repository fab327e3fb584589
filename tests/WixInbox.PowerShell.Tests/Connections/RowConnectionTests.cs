using System.Management.Automation;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Every cmdlet that takes rows sends each to the connection that it names, and what the cmdlets give says over which
/// one it came.
/// </summary>
public sealed class RowConnectionTests : IDisposable
{
    private const string Resolve = "Resolve-WixInboxConversation";
    private const string GetConversation = "Get-WixInboxConversation";
    private const string GetMessage = "Get-WixInboxMessage";
    private const string GetContact = "Get-WixInboxContact";
    private const string Import = "Import-WixInboxMedia";
    private const string Send = "Send-WixInboxMessage";

    private readonly Engine _engine = new();
    private readonly Dictionary<string, int?> _failing = [];
    private readonly StubHandler _shop;
    private readonly StubHandler _cafe;
    private readonly StubHandler _own;

    public RowConnectionTests()
    {
        _shop = HandlerOf("shop");
        _cafe = HandlerOf("cafe");
        _own = HandlerOf("own");
        _engine.Set("token", Secrets.Secure("t"));
        _engine.Set("shop", _shop);
        _engine.Set("cafe", _cafe);
        _engine.Set("own", _own);
        var result = _engine.Run($$"""
            function Row($n, $connection, $site) {
                $id = '5f0c7f3e-6f0e-4d3c-9b7a-{0:d12}' -f $n
                [pscustomobject]@{ Connection = $connection; 'Site Id' = $site; ConversationId = $id; ContactId = $id; Email = "p$n@example.com"; Url = "https://e.example/$n.png"; Text = "x $n" }
            }
            function Plain($n) { $row = Row $n; 'Connection', 'Site Id' | ForEach-Object { $row.PSObject.Properties.Remove($_) }; $row }
            Connect-WixInbox -ApiKey $token -SiteId {{Engine.Guid1}} -Name shop -MessageHandler $shop
            Connect-WixInbox -ApiKey $token -SiteId {{Engine.Guid2}} -Name cafe -MessageHandler $cafe
            Connect-WixInbox -AccessToken $token -MessageHandler $own
            """);
        Assert.Empty(result.Errors);
    }

    public static TheoryData<string> Cmdlets => [Resolve, GetConversation, GetMessage, GetContact, Import, Send];

    public static TheoryData<string> Readers => [Resolve, GetConversation, GetMessage, GetContact, Import];

    public void Dispose()
    {
        _engine.Dispose();
        _shop.Dispose();
        _cafe.Dispose();
        _own.Dispose();
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Each_row_goes_to_the_connection_or_site_that_it_names_and_comes_out_in_its_place(string cmdlet)
    {
        var result = _engine.Run(
            "(Row 1 shop), (Row 2 cafe), (Plain 3), (Plain 4), (Row 5 ' SHOP '), "
                + $"(Row 6 '' {Engine.Guid2.ToUpperInvariant()}), (Row 7 shop {Engine.Guid1}) | {cmdlet}");

        Assert.Empty(result.Errors);
        Assert.Equal(["shop", "cafe", null, null, "shop", "cafe", "shop"], result.OutputOf("Connection"));
        Assert.Equal("1,5,7", RowsOf(_shop));
        Assert.Equal("2,6", RowsOf(_cafe));
        Assert.Equal("3,4", RowsOf(_own));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void A_connection_and_the_site_of_another_are_the_rows_error_and_the_others_go_on(string cmdlet)
    {
        var result = _engine.Run($"(Row 1 shop {Engine.Guid2}), (Row 2 cafe) | {cmdlet}");

        Assert.Equal(["SiteAmbiguous"], result.ErrorIds);
        Assert.StartsWith("Row 1: ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(["cafe"], result.OutputOf("Connection"));
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void What_is_typed_goes_before_what_a_row_names(string cmdlet)
    {
        var result = _engine.Run($"(Row 1 shop), (Row 2) | {cmdlet} -Connection cafe");

        Assert.Equal(["cafe", "cafe"], result.OutputOf("Connection"));
        Assert.Equal("1,2", RowsOf(_cafe));
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData("-Connection { ('shop', 'cafe')[$_.Text -eq 'x 2'] }")]
    [InlineData($"-SiteId {{ ('{Engine.Guid1}', '{Engine.Guid2}')[$_.Text -eq 'x 2'] }}")]
    public void A_block_chooses_the_connection_of_each_row_and_goes_before_what_the_row_names(string parameter)
    {
        var result = _engine.Run($"(Row 1 cafe), (Row 2 shop), (Plain 3) | Send-WixInboxMessage {parameter}");

        Assert.Empty(result.Errors);
        Assert.Equal(["shop", "cafe", "shop"], result.OutputOf("Connection"));
        Assert.Equal("1,3", RowsOf(_shop));
        Assert.Equal("2", RowsOf(_cafe));
        Assert.Empty(_own.Requests);
    }

    [Fact]
    public void Each_of_several_ids_goes_where_their_row_goes()
    {
        var result = _engine.Run(
            $"$ids = (Row 7).ContactId, (Row 8).ContactId; (Row 1 shop), (Row 2 '' {Engine.Guid2}) | "
                + "Get-WixInboxContact -ContactId $ids");

        Assert.Empty(result.Errors);
        Assert.Equal(["shop", "shop", "cafe", "cafe"], result.OutputOf("Connection"));
        Assert.Empty(_own.Requests);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void One_that_is_not_there_is_the_rows_error_and_the_others_go_on(string cmdlet)
    {
        var result = _engine.Run(
            "$rows = (Row 1 shop), (Row 2 none), (Row 3 '' 7d4fc8ac-52c1-4a8e-9e6f-1f1d2f3a4b5c), (Row 4 "
                + "$closed), (Row 5 cafe); ($closed = Connect-WixInbox -Sandbox -PassThru) | Disconnect-WixInbox; "
                + "Connect-WixInbox -AccessToken $token -MessageHandler $own; $rows[3].Connection = $closed; $rows | "
                + $"{cmdlet} -ErrorVariable failed -ErrorAction Continue; $failed.TargetObject | "
                + "ForEach-Object { $_.Text ?? $_ }");

        Assert.Equal(["shop", "cafe"], result.OutputOf("Connection").Take(2));
        Assert.Equal(["ConnectionNotFound", "SiteNotConnected", "ConnectionClosed"], result.ErrorIds);
        var consequence = cmdlet == Send ? "the message was not sent." : "no request was made.";
        Assert.StartsWith(
            $"Row 2: {consequence} There is no connection 'none'. There are: cafe, shop.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            cmdlet == Import
                ? ["https://e.example/2.png", "https://e.example/3.png", "https://e.example/4.png"]
                : ["x 2", "x 3", "x 4"],
            result.Output.Skip(2).Select(item => item.ToString()));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void One_that_fails_for_all_fails_its_own_rows_and_no_others(string cmdlet)
    {
        _failing["shop"] = 401;

        var result = _engine.Run(
            "(Row 1 shop), (Row 2 cafe), (Row 3 shop), (Plain 4) | "
                + $"{cmdlet}{(cmdlet == Send ? " -ThrottleLimit 1" : string.Empty)}");

        Assert.Null(result.Thrown);
        Assert.Equal(["cafe", null], result.OutputOf("Connection"));
        Assert.Equal(["Unauthorized", "Unauthorized"], result.ErrorIds);
        Assert.Contains(
            "No further row of the connection shop is tried", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.StartsWith("Row 3: ", result.Errors[1].ToString(), StringComparison.Ordinal);

        // Those that come within a tenth of a second are looked up together: all of them, unless the machine is busy.
        Assert.Matches(cmdlet is GetContact or Resolve ? "^1(,3)?$" : "^1$", RowsOf(_shop));
        Assert.Single(_shop.Requests);
        if (cmdlet != GetContact)
        {
            Assert.Contains(
                "the connection shop has failed for an earlier row.",
                result.Errors[1].ToString(),
                StringComparison.Ordinal);
            Assert.Equal("NotSent", ((dynamic)result.Errors[1].Exception).Outcome.ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Readers))]
    public void A_failure_that_is_a_rows_alone_leaves_its_connection_to_the_next(string cmdlet)
    {
        _failing["shop"] = 400;

        var result = _engine.Run($"(Row 1 shop), (Row 2 cafe), (Row 3 shop) | {cmdlet}");

        Assert.Equal(["cafe"], result.OutputOf("Connection"));
        Assert.Equal(2, result.ErrorIds.Length);
        Assert.DoesNotContain(
            result.Errors, error => error.ToString().Contains("No further row", StringComparison.Ordinal));
        Assert.Equal("1,3", RowsOf(_shop));
    }

    [Theory]
    [InlineData(Resolve, "[WixInbox.Contact]")]
    [InlineData(GetConversation, "[WixInbox.Conversation]")]
    [InlineData(GetMessage, "[WixInbox.Conversation]")]
    [InlineData(Send + " -ThrottleLimit 1 -Text x", "[WixInbox.Contact]")]
    public void Objects_without_a_name_name_none_so_that_what_all_would_meet_ends_the_run(string cmdlet, string type)
    {
        _failing["own"] = 401;

        var result = _engine.Run($"1..3 | ForEach-Object {{ {type}@{{ Id = (Row $_).ContactId }} }} | {cmdlet}");

        Assert.Single(_own.Requests);
        Assert.Contains("No further row was tried", result.Errors[^1].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_read_over_a_connection_is_piped_on_over_it()
    {
        var result = _engine.Run(
            $"Get-WixInboxContact p1@example.com -Connection shop | {Resolve} | {GetConversation} | "
                + $"{Send} -Text 'x 1' | {GetMessage} | {Send} -Text 'x 1'");

        Assert.Empty(result.Errors);
        Assert.Equal(["shop"], result.OutputOf("Connection"));
        Assert.Equal(7, _shop.Requests.Count);
        Assert.Empty(_own.Requests);
        Assert.Empty(_cafe.Requests);
    }

    [Theory]
    [InlineData("[System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($contact))")]
    [InlineData("[pscustomobject]@{ ContactId = $contact.ContactId; Connection = $contact.Connection }")]
    public void Also_where_a_copy_or_a_row_of_a_file_is_left_of_it(string copy)
    {
        var result = _engine.Run($"$contact = Get-WixInboxContact p1@example.com -Connection shop; {copy} | {Resolve}");

        Assert.Equal(["shop"], result.OutputOf("Connection"));
        Assert.Empty(_own.Requests);
    }

    [Fact]
    public void What_is_sent_to_Wix_does_not_have_it()
    {
        _engine.Run($"(Row 1 shop) | {Send}; Get-WixInboxContact p1@example.com -Connection shop | {Resolve}");

        Assert.All(
            _shop.Requests,
            request => Assert.DoesNotContain("connection", request.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Addresses_of_several_connections_are_looked_up_many_at_a_time_and_keep_their_order()
    {
        // Once before, since the first of all calls takes longer than a look-up waits for others.
        const string Rows =
            "ForEach-Object { Row $_ ('shop', 'cafe')[$_ % 2] } | Select-Object -Property Email, Connection | "
                + "Get-WixInboxContact";
        _engine.Run($"61..62 | {Rows}");
        var (shop, cafe) = (_shop.Requests.Count, _cafe.Requests.Count);

        var result = _engine.Run($"1..60 | {Rows}");

        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"p{number}@example.com"), result.OutputOf("Email"));
        Assert.Equal(
            Enumerable.Range(1, 60).Select(number => number % 2 == 0 ? "shop" : "cafe"), result.OutputOf("Connection"));

        // Two for each: of fifty rows, and of ten. Where the machine has much else to do, rows come later than a
        // look-up waits for them, and there are more.
        Assert.InRange(_shop.Requests.Count - shop, 2, 10);
        Assert.InRange(_cafe.Requests.Count - cafe, 2, 10);
    }

    [Theory]
    [InlineData("Import-WixInboxMedia -Url https://e.example/1.png")]
    [InlineData("Get-WixInboxContact -Search x")]
    [InlineData("Get-WixInboxContact -Name Ada")]
    [InlineData("Get-WixInboxContact -ContactId 5f0c7f3e-6f0e-4d3c-9b7a-000000000001")]
    [InlineData("Get-WixInboxContact -Email p1@example.com")]
    [InlineData("Get-WixInboxConversation 5f0c7f3e-6f0e-4d3c-9b7a-000000000001")]
    public void Connections_that_are_piped_in_are_the_ones_that_are_meant(string command)
    {
        _failing["cafe"] = 401;
        _engine.Run(
            "Connect-WixInbox -AccessToken $token -Name shop -MessageHandler $shop; Connect-WixInbox -AccessToken "
                + "$token -Name cafe -MessageHandler $cafe; Connect-WixInbox -AccessToken $token -MessageHandler $own");

        var result = _engine.Run($"Get-WixInboxConnection | {command}");

        Assert.Equal([null, "shop"], result.OutputOf("Connection"));
        Assert.Equal(["Unauthorized"], result.ErrorIds);
        Assert.Equal((1, 1, 1), (_own.Requests.Count, _cafe.Requests.Count, _shop.Requests.Count));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Rows_that_name_theirs_need_no_default(string cmdlet)
    {
        var result = _engine.Run($"Disconnect-WixInbox; (Row 1 shop), (Plain 2), (Row 3 cafe) | {cmdlet}");

        Assert.Equal(["shop", "cafe"], result.OutputOf("Connection"));
        Assert.Equal(["NotConnected"], result.ErrorIds);
        Assert.Contains(
            "Name one with -Connection, or in a column Connection of each row, or choose one with "
                + "Select-WixInboxConnection: cafe, shop.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.StartsWith("Row 2: ", result.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void And_neither_does_a_site_that_is_typed()
    {
        var result = _engine.Run(
            $"Disconnect-WixInbox; Get-WixInboxContact p1@example.com -SiteId {Engine.Guid2}; "
                + $"Get-WixInboxContact p1@example.com -SiteId {Engine.Guid1.Replace('0', '9')}");

        Assert.Equal(["cafe"], result.OutputOf("Connection"));
        Assert.Equal(["SiteNotConnected"], result.ErrorIds);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Without_any_connection_no_row_is_tried(string cmdlet)
    {
        var result = _engine.Run(
            "Get-WixInboxConnection | Disconnect-WixInbox; $tried = 0; try { 1..3 | ForEach-Object { $tried++; "
                + $"Row $_ shop }} | {cmdlet} }} catch {{ $_.FullyQualifiedErrorId.Split(',')[0] }}; $tried");

        Assert.Equal(["NotConnected", "0"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void A_journal_is_that_of_the_default_and_a_run_without_one_does_not_begin()
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        var result = _engine.Run($"Disconnect-WixInbox; (Row 1 shop) | {Send} -Journal $journal");

        Assert.Equal(["NotConnected"], result.ErrorIds);
        Assert.Contains(
            "-Journal is the file of the default connection, and there is none.",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder.Path));
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData(Resolve)]
    [InlineData(Import)]
    [InlineData(Send)]
    public void A_rehearsal_finds_the_rows_whose_connection_is_not_there(string cmdlet)
    {
        var result = _engine.Run(
            $"(Row 1 shop), (Row 2 none), (Plain 3) | {cmdlet} -WhatIf; (Plain 1) | {cmdlet} -WhatIf -Connection none");

        Assert.Equal(["ConnectionNotFound", "ConnectionNotFound"], result.ErrorIds);
        Assert.StartsWith("Row 2: ", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal("none", result.Errors[1].TargetObject);
        Assert.Empty(_shop.Requests);
    }

    [Theory]
    [InlineData(GetConversation)]
    [InlineData(Send)]
    public void A_default_that_is_closed_on_the_way_is_not_taken_for_its_site(string cmdlet)
    {
        var result = _engine.Run(
            $"Connect-WixInbox -ApiKey $token -SiteId {Engine.Guid1} -MessageHandler $own; 1..2 | "
                + $"ForEach-Object {{ if ($_ -eq 2) {{ Disconnect-WixInbox }}; Row $_ '' {Engine.Guid1} }} | {cmdlet}");

        Assert.Equal("2", RowsOf(_shop));
        Assert.Equal("shop", result.OutputOf("Connection")[^1]);
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_parameters_are_the_same_everywhere(string cmdlet)
    {
        var command = (CommandInfo)_engine.Run($"Get-Command {cmdlet}").Output[0].BaseObject;
        var (connection, site) = (command.Parameters["Connection"], command.Parameters["SiteId"]);

        Assert.Contains("WixInbox.ConnectionIdentity", connection.ParameterType.FullName, StringComparison.Ordinal);
        Assert.All(
            new[] { connection, site },
            parameter => Assert.Contains(ParameterAttribute.AllParameterSets, parameter.ParameterSets.Keys));
        _engine.Set("line", $"{cmdlet} -Connection ");
        Assert.Equal(
            ["cafe", "shop"],
            _engine.Run(
                "[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
                    + "$null).CompletionMatches.ListItemText").Output.Select(item => item.ToString()));
    }

    // The numbers of the rows that a connection was asked for.
    private static string RowsOf(StubHandler handler) => string.Join(',', handler.Requests
        .SelectMany(request => Regex.Matches(request.Uri + request.Body, @"9b7a-0+(\d+)|p(\d+)@|e\.example/(\d+)\.png"))
        .Select(match => int.Parse(match.Groups.Values.Skip(1).First(group => group.Success).Value, null))
        .Distinct()
        .Order());

    private static HttpResponseMessage Answer(RecordedRequest request)
    {
        switch (request.Path)
        {
            case "/inbox/v2/messages" when request.Method == "POST":
            case "/inbox/v2/conversations":
                return StubHandler.Stored(request);
            case "/inbox/v2/messages":
                return ReadableConversation.Answer([ReadableConversation.Message(1)], null);
            case "/site-media/v1/files/import":
                return StubHandler.Json(200, """{"file":{"id":"f1","mediaType":"IMAGE","operationStatus":"READY"}}""");
            case "/contacts/v4/contacts/query":
            case "/contacts/v5/contacts/query":
                var asked = JsonNode.Parse(request.Body)!["query"]!["filter"]?.AsObject().Single().Value!["$in"]!
                    .AsArray().Select(address => address!.GetValue<string>())
                    ?? ["p1@example.com"];
                return StubHandler.Json(
                    200,
                    new JsonObject { ["contacts"] = new JsonArray([.. asked.Distinct().Select(Contact)]) }
                        .ToJsonString());
            case var path when path.StartsWith("/contacts", StringComparison.Ordinal):
                return StubHandler.Json(200, new JsonObject { ["contact"] = Contact("p1@example.com") }.ToJsonString());
            default:
                return StubHandler.Json(200, $$$"""{"conversation":{"id":"{{{request.Path.Split('/')[^1]}}}"}}""");
        }
    }

    private static JsonNode Contact(string address) => new JsonObject
    {
        ["id"] = $"5f0c7f3e-6f0e-4d3c-9b7a-{int.Parse(Regex.Match(address, @"\d+(?=@|$)").Value, null):d12}",
        ["primaryInfo"] = new JsonObject { ["email"] = address },
        ["email"] = new JsonObject { ["email"] = address },
        ["info"] = new JsonObject { ["name"] = new JsonObject { ["first"] = "Ada" } },
    };

    private StubHandler HandlerOf(string name) => new((request, _) =>
        Task.FromResult(_failing.GetValueOrDefault(name) is { } status ? StubHandler.Error(status) : Answer(request)));
}

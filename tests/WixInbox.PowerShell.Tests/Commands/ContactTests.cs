using System.Management.Automation;
using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxContact, and rows that name a contact by its address.</summary>
public sealed class ContactTests
{
    private readonly List<JsonNode> _queries = [];

    [Fact]
    public void Addresses_are_looked_up_fifty_at_a_time_and_come_in_their_order()
    {
        var result = Run(
            "1..60 | ForEach-Object { [pscustomobject]@{ Email = \"P$_@example.com\" } } | Get-WixInboxContact");

        Assert.Empty(result.Errors);
        Assert.Equal(Enumerable.Range(1, 60).Select(number => $"p{number}@example.com"), result.OutputOf("Email"));
        Assert.Equal(2, _queries.Count);
    }

    [Fact]
    public void One_that_nobody_has_is_an_error_and_one_that_several_have_gives_all_of_them()
    {
        var result = Run("Get-WixInboxContact a@example.com, none@example.com, twice@example.com, 'x y', ''");

        Assert.Equal(["a@example.com", "twice@example.com", "twice@example.com"], result.OutputOf("Email"));
        Assert.Equal(["ContactNotFound", "EmailInvalid", "RecipientMissing"], result.ErrorIds);
        Assert.Equal("none@example.com", result.Errors[0].TargetObject);
        Assert.Single(_queries);
    }

    [Fact]
    public void An_address_comes_by_itself_or_in_a_row_and_a_row_without_one_is_its_error()
    {
        var result = Run(
            "$rows = [pscustomobject]@{ Mail = 'b@example.com' }, [pscustomobject]@{ Name = 'x' }, [pscustomobject]@{ "
                + "Email = ' ' }, [pscustomobject]@{ Email = 'none@example.com' }; "
                + "@('a@example.com', $null, '') + $rows | Get-WixInboxContact");

        Assert.Null(result.Thrown);
        Assert.Equal(["a@example.com", "b@example.com"], result.OutputOf("Email"));
        Assert.Equal(
            ["RowMissing", "RecipientMissing", "RecipientMissing", "RecipientMissing", "ContactNotFound"],
            result.ErrorIds);
        Assert.Equal(
            "Row 5: there is no contact. Give -ContactId or -Email, or a column of that name. "
                + "The row's columns are Name.",
            result.Errors[2].ToString());
        Assert.StartsWith(
            "Row 6: there is no contact: column Email is empty.",
            result.Errors[3].ToString(),
            StringComparison.Ordinal);
        Assert.Equal("x", ((PSObject)result.Errors[2].TargetObject).Properties["Name"].Value);
        Assert.Equal("none@example.com", ((PSObject)result.Errors[4].TargetObject).Properties["Email"].Value);
        Assert.Single(_queries);
    }

    [Fact]
    public void Nothing_piped_gives_nothing_and_nothing_typed_gives_all()
    {
        Assert.Empty(Run("@() | Get-WixInboxContact").Output);
        Assert.Empty(_queries);

        Assert.Single(Run("Get-WixInboxContact -First 1").Output);
    }

    [Fact]
    public void It_shows_what_a_sender_needs_and_pipes_into_Send()
    {
        var result = Run(
            "$contact = Get-WixInboxContact gone@example.com; $contact; $contact | "
                + "Send-WixInboxMessage -Text 'Hi' -IncludeUnsubscribed");

        Assert.Equal("Unsubscribed", result.Output[0].Properties["SubscriptionStatus"].Value.ToString());
        Assert.Equal(IdOf("gone@example.com"), result.Output[0].Properties["ContactId"].Value);
        Assert.Equal("WixInbox.Message", result.Output[1].BaseObject.GetType().FullName);
    }

    [Fact]
    public void A_list_is_read_page_by_page_and_no_further_than_is_asked_for()
    {
        Assert.Equal(1_000, Run("Get-WixInboxContact -Search all -First 1000").Output.Count);
        Assert.Single(_queries);
        _queries.Clear();

        Assert.Equal(1_500, Run("Get-WixInboxContact -Search all").Output.Count);
        Assert.Equal([0, 1_000], _queries.Select(query => query["query"]!["paging"]!["offset"]!.GetValue<int>()));
        Assert.All(_queries, query => Assert.Equal("all", query["search"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("-Label custom.vip", "Label")]
    [InlineData("-Subscription Subscribed", "Subscription")]
    [InlineData("-ActiveAfter 2026-01-01", "ActiveAfter")]
    [InlineData("-LastActivity INBOX_*", "LastActivity")]
    [InlineData("-First 5", "First")]
    [InlineData("-Search Ada -First 5", "Search")]
    [InlineData("-Name Ada", "Name")]
    [InlineData("-Name Ada -First 5", "Name")]
    public void A_row_that_names_a_contact_is_an_error_where_a_parameter_chooses_among_all(
        string parameters, string named)
    {
        var result = Run($"'a@example.com' | Get-WixInboxContact {parameters}");

        Assert.Empty(result.Output);
        Assert.Equal(["ParameterCombinationInvalid"], result.ErrorIds);
        Assert.StartsWith(
            $"Row 1: -{named} chooses among all contacts of the site, and the row names one",
            result.Errors[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal("a@example.com", result.Errors[0].TargetObject.ToString());
        Assert.Empty(_queries);
    }

    // Piped on, the contacts of the whole site would be written to.
    [Theory]
    [InlineData("-InputObject ([pscustomobject]@{ Email = 'a@example.com' })")]
    [InlineData("-InputObject 'a@example.com'")]
    public void A_row_that_is_given_as_an_argument_is_no_list_of_all(string parameters)
    {
        var result = Run($"Get-WixInboxContact {parameters}");

        Assert.Empty(result.Errors);
        Assert.Equal(["a@example.com"], result.OutputOf("Email"));
    }

    [Theory]
    [InlineData("Get-WixInboxContact -InputObject $nothing", "RecipientMissing")]
    [InlineData("Get-WixInboxContact -First 5 -InputObject $nothing", "ParameterCombinationInvalid")]
    [InlineData("[pscustomobject]@{ Email = ' ' } | Get-WixInboxContact -First 5", "ParameterCombinationInvalid")]
    [InlineData("@{ 'Work mail' = 'a@example.com' } | Get-WixInboxContact -Name Ada", "ParameterCombinationInvalid")]
    public void A_row_that_names_nobody_is_no_list_of_all(string script, string error)
    {
        var result = Run(script);

        Assert.Empty(result.Output);
        Assert.Equal([error], result.ErrorIds);
        Assert.Empty(_queries);
    }

    [Theory]
    [InlineData("Get-WixInboxContact -CreatedAfter $nothing")]
    [InlineData("Get-WixInboxContact -ActiveAfter $nothing")]
    [InlineData("Get-WixInboxMessage -ConversationId (New-Guid) -After $nothing")]
    [InlineData("Get-WixInboxMessage -ConversationId (New-Guid) -Before $nothing")]
    public void A_time_that_is_not_there_does_not_mean_all(string script)
    {
        var result = Run(script);

        Assert.Empty(result.Output);
        Assert.Equal("ParameterArgumentValidationError", Assert.Single(result.ErrorIds));
    }

    [Fact]
    public void A_connection_can_be_piped_in_with_one()
    {
        var result = Run("Get-WixInboxConnection | Get-WixInboxContact -First 2");

        Assert.Empty(result.Errors);
        Assert.Equal(2, result.Output.Count);
    }

    [Fact]
    public void A_name_of_blanks_is_refused_and_one_blank_too_many_between_two_names_is_none()
    {
        Assert.Equal(["ParameterValueInvalid"], Run("Get-WixInboxContact -Name ' '").ErrorIds);
        Assert.Empty(_queries);

        Run("Get-WixInboxContact -Name ' Ada  Byron '");

        Assert.Equal(
            [
                """{"info.name.first":{"$in":["Ada Byron","ada byron"]}}""",
                """{"info.name.last":{"$in":["Ada Byron","ada byron","Byron","byron"]}}""",
            ],
            _queries.Select(query => query["query"]!["filter"]!.ToJsonString()));
    }

    [Fact]
    public void A_name_is_found_also_where_the_computer_writes_it_otherwise()
    {
        Run("""
            $culture = [cultureinfo]::CurrentCulture
            try {
                [cultureinfo]::CurrentCulture = 'tr-TR'
                Get-WixInboxContact -Name 'WILLIAM BYRON'
            }
            finally {
                [cultureinfo]::CurrentCulture = $culture
            }
            """);

        var asked = string.Join(" ", _queries.Select(query => query.ToJsonString()));
        Assert.Contains("\"william byron\"", asked, StringComparison.Ordinal);
        Assert.Contains("\"William Byron\"", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void The_contacts_of_a_name_who_cannot_be_read_are_one_error_of_each_row()
    {
        using var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(403, "PERMISSION_DENIED")));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run(
            "Get-WixInboxConnection | Get-WixInboxContact -Name 'Ada Byron'");

        Assert.Null(result.Thrown);
        Assert.Equal(["PermissionDenied"], result.ErrorIds);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_server_that_gives_the_same_page_again_and_again_is_not_followed_for_ever()
    {
        var page = new JsonObject
        {
            ["contacts"] = new JsonArray(
                [.. Enumerable.Range(0, 1_000).Select(number => Contact($"c{number}@example.com"))]),
        }.ToJsonString();
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Json(200, page)));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run("Get-WixInboxContact");

        Assert.Equal(1_000, result.Output.Count);
        Assert.Equal(2, handler.Requests.Count);
        Assert.Contains(
            result.AllStreams, line => line.Contains("keeps returning the same page", StringComparison.Ordinal));
    }

    [Fact]
    public void A_contact_is_read_by_its_id()
    {
        var result = Run($"Get-WixInboxContact -ContactId {Engine.Guid1}, nope, {Engine.Guid2}");

        Assert.Equal([Engine.Guid1], result.OutputOf("Id"));
        Assert.Equal(["ContactIdInvalid", "ContactNotFound"], result.ErrorIds);
    }

    [Theory]
    [InlineData("$ids | Get-WixInboxContact")]
    [InlineData("$ids | ForEach-Object { [guid] $_ } | Get-WixInboxContact")]
    [InlineData("$ids | ForEach-Object { @{ 'Contact Id' = $_; Email = 'a@example.com' } } | Get-WixInboxContact")]
    [InlineData("$ids | ForEach-Object { @{ Who = $_ } } | Get-WixInboxContact -ContactId { $_.Who }")]
    [InlineData("Get-WixInboxContact -ContactId $ids")]
    public void Ids_come_down_the_pipeline_and_are_looked_up_together(string script)
    {
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid().ToString()).ToArray();
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/contacts/v4/contacts/query" ? StubHandler.Contacts(request)
            : StubHandler.Json(200, """{"contact":{"id":"merged"}}""")));

        // The time in which others may come never ends here.
        using var engine = ClockedConnection.Default(
            handler, clock: new SkippingClock { Endless = TimeSpan.FromMilliseconds(100), StandsStill = true });
        engine.Set("ids", ids);

        var result = engine.Run(script);

        Assert.Empty(result.Errors);
        Assert.Equal(ids, result.OutputOf("Id"));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void An_id_that_no_query_finds_is_read_alone_since_it_may_have_been_merged()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/contacts/v4/contacts/query" ? StubHandler.Json(200, """{"contacts":[]}""")
            : request.Path.EndsWith(Engine.Guid1, StringComparison.Ordinal)
                ? StubHandler.Error(404, "CONTACT_NOT_FOUND")
            : StubHandler.Json(200, """{"contact":{"id":"merged"}}""")));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run($"'{Engine.Guid1}', '{Engine.Guid2}' | Get-WixInboxContact");

        Assert.Equal(["ContactNotFound"], result.ErrorIds);
        Assert.Equal(["merged"], result.OutputOf("Id"));
        Assert.Equal(3, handler.Requests.Count);
    }

    [Fact]
    public void A_slow_source_does_not_hold_back_those_that_have_come()
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(Answer(request)));
        var clock = new SkippingClock();
        using var engine = new Engine();
        ClockedConnection.Use(engine, handler, clock);
        var source = new Source();
        engine.Set("source", source);
        engine.Set("clock", clock);

        var result = engine.Run("""
            1..49 | ForEach-Object {
                $source.Read()
                "p$_@example.com"
                $clock.Skip([timespan]::FromMinutes(1))
            } | Get-WixInboxContact -Connection $connection | Select-Object -First 1
            """);

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        Assert.Equal(2, source.Rows);
    }

    [Fact]
    public void Rows_by_address_are_looked_up_together_and_sent_in_their_order()
    {
        // Others may come until all have.
        var result = Run(
            "'a', 'none', 'b', 'gone', 'twice', 'a' | ForEach-Object { [pscustomobject]@{ Email = \"$_@example.com\"; "
                + "Text = \"for $_\" } } -End { $clock.EndWaits() } | Send-WixInboxMessage",
            new SkippingClock { Endless = TimeSpan.FromMilliseconds(100) });

        Assert.Equal(["for a", "for b", "for a"], result.OutputOf("Id").Select(last => "for " + last));
        Assert.Equal(["ContactNotFound", "ContactUnsubscribed", "ContactAmbiguous"], result.ErrorIds);
        Assert.All(
            result.Errors,
            error => Assert.Contains("@example.com was not sent.", error.ToString(), StringComparison.Ordinal));

        // All together, and then the one that is nobody's main address.
        Assert.Equal(
            ["email.email", "info.emails.email"],
            _queries.Select(query => query["query"]!["filter"]!.AsObject().Single().Key));
    }

    [Fact]
    public void Who_wants_no_messages_gets_one_only_where_that_is_asked_for()
    {
        Assert.Single(Run("Send-WixInboxMessage -Email gone@example.com -Text hi -IncludeUnsubscribed").Output);
    }

    [Theory]
    [InlineData("'Member ID' = $id; 'Login Email' = 'gone@example.com'", "", false)]
    [InlineData("ConversationId = $id; Email = 'gone@example.com'", "", false)]
    [InlineData("ConversationId = $id; Email = 'a@example.com'", "", true)]
    [InlineData("ConversationId = $id; Email = 'x@y@z'", "-IncludeUnsubscribed:$false", true)]
    [InlineData("ConversationId = $id; Email = 'gone@example.com'", "-IncludeUnsubscribed", true)]
    [InlineData("Id = $id; Email = 'gone@example.com'", "-MemberId { $_.Id }", true)]
    public void Who_is_named_by_another_id_is_asked_by_the_address_of_the_row(
        string columns, string typed, bool isSent)
    {
        var result = Run($"$id = '{Engine.Guid1}'; @{{ {columns} }} | Send-WixInboxMessage hi {typed}");

        Assert.Equal(isSent ? [] : ["ContactUnsubscribed"], result.ErrorIds);
        Assert.Equal(isSent ? 1 : 0, result.Output.Count);
        Assert.Equal(typed.Length == 0 ? 1 : 0, _queries.Count);
    }

    [Fact]
    public void Who_is_named_by_an_address_is_not_asked_by_a_further_one()
    {
        var result = Run(
            "@{ 'Email 1' = 'a@example.com'; 'Email 2' = 'gone@example.com' } | Send-WixInboxMessage hi");

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
    }

    [Theory]
    [InlineData("@{ MemberId = $id; Email = 'gone@example.com' }, @{ MemberId = $id }", "ContactUnsubscribed", 2)]
    [InlineData(
        "@{ ConversationId = $id; Email = 'gone@example.com' }, @{ ConversationId = $id }", "ContactUnsubscribed", 2)]
    [InlineData(
        "@{ Email = 'a@example.com'; Unsubscribed = 'yes' }, @{ ConversationId = $id; Email = 'A@example.com' }",
        "ContactUnsubscribed",
        2)]
    [InlineData(
        "@{ MemberId = $id; Email = 'a@example.com'; 'Login Email' = 'gone@example.com' }", "ContactUnsubscribed", 1)]
    public void Who_wants_no_messages_by_one_name_is_not_written_to_by_another(string rows, string id, int errors)
    {
        var result = Run($"$id = '{Engine.Guid1}'; {rows} | Send-WixInboxMessage hi");

        Assert.Equal(Enumerable.Repeat(id, errors), result.ErrorIds);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void A_conversation_that_was_found_for_an_address_says_so_when_it_is_written_to()
    {
        var result = Run(
            "'gone@example.com', 'a@example.com' | Resolve-WixInboxConversation | Send-WixInboxMessage hi");

        Assert.Equal(["ContactUnsubscribed"], result.ErrorIds);
        Assert.Single(result.Output);
    }

    [Fact]
    public void The_missing_permission_is_named_and_ends_it()
    {
        using var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(403, "PERMISSION_DENIED")));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run("""
            try { Get-WixInboxContact a@example.com } catch { $_ }
            try { Get-WixInboxContact } catch { $_ }
            """);

        Assert.Equal(2, result.Output.Count);
        Assert.All(result.Output, item =>
        {
            var error = Assert.IsType<ErrorRecord>(item.BaseObject);
            Assert.Equal("PermissionDenied", error.Id());
            Assert.Contains("the permission Read Contacts", error.ToString(), StringComparison.Ordinal);
        });
    }

    [Theory]
    [InlineData("Send-WixInboxMessage -Email a@example.com -Text hi")]
    [InlineData("Resolve-WixInboxConversation -Email a@example.com")]
    [InlineData("Get-WixInboxMessage -Email a@example.com")]
    [InlineData("Get-WixInboxContact a@example.com")]
    [InlineData("Get-WixInboxContact -Search a@example.com -First 1")]
    public void No_address_is_in_the_verbose_stream(string command)
    {
        var result = Run(command + " -Verbose");

        Assert.DoesNotContain(result.Verbose, line => line.Contains('@', StringComparison.Ordinal));
    }

    // However busy the machine is, no time passes in which others may come.
    private Result Run(string script) => Run(script, new SkippingClock { StandsStill = true });

    private Result Run(string script, SkippingClock clock)
    {
        using var handler = new StubHandler((request, _) => Task.FromResult(Answer(request)));
        using var engine = ClockedConnection.Default(handler, clock: clock);
        engine.Set("clock", clock);
        return engine.Run(script);
    }

    private HttpResponseMessage Answer(RecordedRequest request)
    {
        var path = request.Path;
        if (path.StartsWith("/inbox", StringComparison.Ordinal))
        {
            return StubHandler.Stored(request);
        }

        if (path.EndsWith("/contacts/query", StringComparison.Ordinal))
        {
            var query = JsonNode.Parse(request.Body)!;
            _queries.Add(query);
            return StubHandler.Json(
                200, new JsonObject { ["contacts"] = new JsonArray([.. Found(query)]) }.ToJsonString());
        }

        return path.EndsWith(Engine.Guid1, StringComparison.Ordinal)
            ? StubHandler.Json(200, $$"""{"contact":{"id":"{{Engine.Guid1}}"},"responseType":"REGULAR"}""")
            : StubHandler.Error(404, "CONTACT_NOT_FOUND");
    }

    private static IEnumerable<JsonNode> Found(JsonNode query)
    {
        if (query["query"]!["filter"] is null)
        {
            var paging = query["query"]!["paging"]!;
            var offset = paging["offset"]!.GetValue<int>();
            return Enumerable.Range(offset, Math.Clamp(1_500 - offset, 0, paging["limit"]!.GetValue<int>()))
                .Select(number => Contact($"c{number}@example.com"));
        }

        var (field, condition) = query["query"]!["filter"]!.AsObject().Single();
        return condition!["$in"]!.AsArray()
            .Select(address => address!.GetValue<string>().ToLowerInvariant())
            .Distinct()
            .Where(address => !address.StartsWith("none", StringComparison.Ordinal))
            .SelectMany(
                address => Enumerable.Range(1, address.StartsWith("twice", StringComparison.Ordinal) ? 2 : 1)
                    .Select(number => (Address: address, Number: number)))
            .Select(one => field == "email.email"
                ? ContactV5(one.Address, one.Number) : Contact(one.Address, one.Number));
    }

    private static JsonObject Contact(string address, int number = 1) => new()
    {
        ["id"] = IdOf(address, number),
        ["info"] = new JsonObject { ["name"] = new JsonObject { ["first"] = "Ada", ["last"] = "Byron" } },
        ["primaryInfo"] = new JsonObject { ["email"] = address },
        ["primaryEmail"] = new JsonObject { ["email"] = address, ["subscriptionStatus"] = StatusOf(address) },
    };

    private static JsonObject ContactV5(string address, int number) => new()
    {
        ["id"] = IdOf(address, number),
        ["email"] = new JsonObject
        {
            ["email"] = address,
            ["subscriptionStatus"] = new JsonObject { ["status"] = StatusOf(address) },
        },
    };

    private static string StatusOf(string address) =>
        address.StartsWith("gone", StringComparison.Ordinal) ? "UNSUBSCRIBED" : "NOT_SET";

    private static string IdOf(string address, int number = 1) => new Guid(
        address.Length, (short)address[0], (short)address[1], 0x80, 0, 0, 0, 0, 0, 0, (byte)number).ToString();
}

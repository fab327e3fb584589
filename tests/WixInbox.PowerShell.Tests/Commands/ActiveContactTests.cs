using System.Text.Json.Nodes;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Who answered: contacts by what they did last, on the server, and their messages; at a cost that goes with how many
/// they are.
/// </summary>
public sealed class ActiveContactTests : IDisposable
{
    private const string Site = """
        $yesterday = (Get-Date).AddDays(-1)
        function Add-Contact($letter, [int]$days, $type = 'CONTACT_CREATED', $label, $status = 'NOT_SET') {
            $contact = [WixInbox.Sandbox.SandboxContact]::new()
            $contact.Id = "$letter$letter$letter$letter$letter$letter$letter$letter-0000-4000-8000-000000000001"
            $contact.FirstName = $letter; $contact.LastName = 'Doe'
            $contact.Emails.Add("$letter@example.com")
            $contact.LastActivityDate = [datetimeoffset]::UtcNow.AddDays(-$days)
            $contact.LastActivityType = $type
            $contact.SubscriptionStatus = $status
            if ($label) { $contact.LabelKeys.Add($label) }
            $sandbox.AddContact($contact)
        }
        """;

    private readonly Engine _engine = new();

    public ActiveContactTests()
    {
        _engine.Set("token", Secrets.Secure("token-of-the-tests"));
        var result = _engine.Run("""
            Connect-WixInbox -Sandbox
            $options = [WixInbox.Sandbox.SandboxOptions] @{ RequestsPerMinute = 0 }
            $sandbox = [WixInbox.Sandbox.SandboxHandler]::new($options)
            Connect-WixInbox -AccessToken $token -Name own -MessageHandler $sandbox -RequestsPerMinute 0
            function Get-Cost { ($sandbox.RequestCounts | ForEach-Object Count | Measure-Object -Sum).Sum }
            """ + "\n" + Site);
        Assert.Empty(result.Errors);
    }

    public void Dispose() => _engine.Dispose();

    [Fact]
    public void From_since_yesterday_to_the_answers_costs_requests_by_those_who_wrote_and_not_by_all()
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        // A run to 1,000 people, of whom 7 answer, and somebody else who writes.
        var result = _engine.Run("""
            $old = @{ LastActivityDate = $yesterday.AddDays(-30) }
            $people = 1..1000 | ForEach-Object { [WixInbox.Sandbox.SandboxContact] $old }
            $ids = $sandbox.AddContacts([WixInbox.Sandbox.SandboxContact[]] $people)
            $rows = $ids | ForEach-Object { [pscustomobject]@{ ContactId = $_ } }
            $null = $rows | Send-WixInboxMessage -Text 'Question?' -Journal $journal
            $other = [pscustomobject]@{ ContactId = Add-Contact a 30 }
            $null = $rows[100..106] + $other |
                Send-WixInboxMessage -Text 'Answer.' -Direction ParticipantToBusiness -SendAs Participant
            function Read-Answers($read) { $before = Get-Cost; @(& $read).Count; (Get-Cost) - $before }

            Read-Answers {
                Get-WixInboxContact -ActiveAfter $yesterday -LastActivity INBOX_MESSAGE_FROM_CUSTOMER |
                    Resolve-WixInboxConversation |
                    Get-WixInboxMessage -From Participant -After $yesterday
            }
            Read-Answers {
                $written = (Get-WixInboxJournal $journal).ConversationId
                Get-WixInboxContact -ActiveAfter $yesterday -LastActivity INBOX_MESSAGE_FROM_CUSTOMER |
                    Resolve-WixInboxConversation |
                    Where-Object ConversationId -In $written |
                    Get-WixInboxMessage -From Participant -After $yesterday
            }
            Read-Answers { Get-WixInboxJournal $journal | Get-WixInboxMessage -From Participant -After $yesterday }
            """);

        // Those who were active since, the members among those who wrote, and a conversation and its messages for each.
        // On a busy machine, not all are looked up with one request. The last one reads every conversation of the
        // journal, as its help says.
        Assert.Empty(result.Errors);
        int[] figures = [.. result.Output.Select(item => (int)(dynamic)item.BaseObject)];
        Assert.Equal([8, 7, 7], figures.Where((_, index) => index % 2 == 0));
        Assert.InRange(figures[1], 2 + 1 + 8 + 8, 2 + 8 + 8 + 8);
        Assert.InRange(figures[3], 2 + 1 + 8 + 7, 2 + 8 + 8 + 7);
        Assert.Equal(1000, figures[5]);
    }

    [Theory]
    [InlineData("-ActiveAfter $yesterday", "b c")]
    [InlineData("-ActiveAfter $yesterday -LastActivity inboxMessageFromCustomer", "c")]
    [InlineData("-ActiveAfter $yesterday -LastActivity *_MESSAGE_*, X", "c")]
    [InlineData("-LastActivity CONTACT_CREATED -First 1", "a")]
    [InlineData("-Label custom.vip", "a")]
    [InlineData("-Label custom.vip, custom.new", "a b")]
    [InlineData("-Subscription Unsubscribed", "b")]
    [InlineData("-Subscription Unsubscribed, Subscribed", "b c")]
    [InlineData("-Subscription NotSet -Label custom.new", "")]
    [InlineData("-Name Doe -Label custom.new", "b")]
    [InlineData("-Search c@example.com -ActiveAfter $yesterday", "c")]
    [InlineData("-CreatedAfter $yesterday", "a b c")]
    [InlineData("-CreatedAfter (Get-Date).AddDays(1)", "")]
    public void A_filter_is_asked_of_the_server_and_filters_are_combined(string filter, string found)
    {
        var result = _engine.Run($"""
            $null = (Add-Contact a 40 -label custom.vip), (Add-Contact b 0 -label custom.new -status UNSUBSCRIBED), (Add-Contact c 0 INBOX_MESSAGE_FROM_CUSTOMER -status SUBSCRIBED)
            (Get-WixInboxContact {filter}).FirstName -join ' '
            Get-Cost
            """);

        Assert.Empty(result.Errors);
        Assert.Equal([found, "1"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("'van der Berg'", "1 3")]
    [InlineData("'Jan  van der Berg '", "1 2")]
    [InlineData("'der Berg'", "2")]
    [InlineData("'mary ann'", "4 5")]
    [InlineData("'Mary Ann Smith'", "4")]
    [InlineData("Smith", "4 6", 1)]
    [InlineData("Berg", "", 1)]
    [InlineData("'mary ann' -ActiveAfter $yesterday.AddDays(-90)", "5 4")]
    [InlineData("'mary ann' -ActiveAfter $yesterday.AddDays(-90) -First 1", "5")]
    [InlineData("'van der Berg' -ActiveAfter $yesterday", "1")]
    [InlineData("'Jan van der Berg' -Label custom.vip", "2")]
    public void A_name_of_several_words_is_found_wherever_the_first_name_ends(
        string name, string found, int requests = 2)
    {
        var result = _engine.Run($$"""
            function Add-Person($number, $first, $last, $days, $label) {
                $contact = [WixInbox.Sandbox.SandboxContact]::new()
                $contact.FirstName = $first; $contact.LastName = $last
                $contact.LastActivityDate = [datetimeoffset]::UtcNow.AddDays(-$days)
                $contact.Emails.Add("$number@example.com")
                if ($label) { $contact.LabelKeys.Add($label) }
                $null = $sandbox.AddContact($contact)
            }
            Add-Person 1 Jan 'van der Berg' 0
            Add-Person 2 'Jan van' 'der Berg' 20 custom.vip
            Add-Person 3 $null 'van der Berg' 30
            Add-Person 4 'Mary Ann' Smith 40
            Add-Person 5 Mary Ann 50
            Add-Person 6 Ann Smith 60
            (Get-WixInboxContact -Name {{name}}).Email -replace '@.*' -join ' '
            Get-Cost
            """);

        Assert.Empty(result.Errors);
        Assert.Equal([found, $"{requests}"], result.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void Who_is_active_while_pages_are_read_is_given_once_and_nobody_is_passed_over()
    {
        // The site's contacts by their last activity. Between the two pages, the first of them does something and moves
        // to the end.
        var order = Enumerable.Range(0, 1_500).Select(number =>
            (Id: $"{number:x8}-0000-4000-8000-000000000001", At: DateTimeOffset.UnixEpoch.AddMinutes(number))).ToList();
        var handler = new StubHandler((request, _) =>
        {
            var query = request.Json["query"]!;
            var after = query["filter"]!["lastActivity.activityDate"]!["$gte"]!.GetValue<DateTimeOffset>();
            var page = order.Where(one => one.At >= after).Skip(query["paging"]!["offset"]!.GetValue<int>()).Take(1_000)
                .ToArray();
            var moved = order[0];
            order.RemoveAt(0);
            order.Add((moved.Id, order[^1].At.AddMinutes(1)));
            return Task.FromResult(StubHandler.Json(200, new JsonObject
            {
                ["contacts"] = new JsonArray(
                    [
                        .. page.Select(one => new JsonObject
                        {
                            ["id"] = one.Id,
                            ["lastActivity"] = new JsonObject { ["activityDate"] = one.At.ToString("o") },
                        }),
                    ]),
            }.ToJsonString()));
        });
        using var engine = Engine.ConnectedTo(handler, name: "own");

        var ids = engine.Run("Get-WixInboxContact -ActiveAfter 1970-01-01T00:00Z").OutputOf("Id").ToArray();

        Assert.Equal(1_500, ids.Length);
        Assert.Equal(1_500, ids.Distinct().Count());
        Assert.Equal(2, handler.Requests.Count);
    }

    [Fact]
    public void Contacts_who_were_all_active_at_one_time_are_all_given()
    {
        // As an import leaves them.
        var handler = new StubHandler((request, _) =>
        {
            var skipped = request.Json["query"]!["paging"]!["offset"]!.GetValue<int>();
            return Task.FromResult(StubHandler.Json(200, new JsonObject
            {
                ["contacts"] = new JsonArray(
                    [
                        .. Enumerable.Range(skipped, Math.Clamp(1_500 - skipped, 0, 1_000)).Select(number =>
                            new JsonObject
                            {
                                ["id"] = $"{number:x8}-0000-4000-8000-000000000001",
                                ["lastActivity"] = new JsonObject { ["activityDate"] = "2026-01-02T03:04:05.678Z" },
                            }),
                    ]),
            }.ToJsonString()));
        });
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run("Get-WixInboxContact -ActiveAfter 2026-01-01T00:00Z");

        Assert.Empty(result.Warnings);
        Assert.Equal(1_500, result.OutputOf("Id").Distinct().Count());
        Assert.Equal(1_500, result.Output.Count);
    }

    [Fact]
    public void A_server_that_looks_at_no_time_and_no_offset_is_not_followed_for_ever()
    {
        var page = new JsonObject
        {
            ["contacts"] = new JsonArray(
                [
                    .. Enumerable.Range(0, 1_000).Select(number => new JsonObject
                    {
                        ["id"] = $"{number:x8}-0000-4000-8000-000000000001",
                        ["lastActivity"] = new JsonObject { ["activityDate"] = $"2026-01-02T03:04:05.{number:d3}Z" },
                    }),
                ]),
        }.ToJsonString();
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Json(200, page)));
        using var engine = Engine.ConnectedTo(handler);

        var result = engine.Run("Get-WixInboxContact -ActiveAfter 2026-01-01T00:00Z");

        Assert.Equal(1_000, result.Output.Count);
        Assert.Contains("keeps returning the same page", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.InRange(handler.Requests.Count, 2, 3);
    }

    [Fact]
    public void From_the_journal_each_conversation_is_read_once_and_rows_that_have_none_are_left_out()
    {
        using var folder = new TemporaryFolder();
        _engine.Set("journal", folder.File("run.jsonl"));

        var result = _engine.Run("""
            $id = Add-Contact a 0
            $rows = $id, $id, '99999999-0000-4000-8000-000000000009' |
                ForEach-Object { [pscustomobject]@{ ContactId = $_; Text = "n $(++$script:n)" } }
            $null = $rows | Send-WixInboxMessage -Journal $journal -ErrorAction SilentlyContinue
            $null = Send-WixInboxMessage -ContactId $id -Text 'An answer.' -Direction ParticipantToBusiness -SendAs Participant
            $before = Get-Cost
            (Get-WixInboxJournal $journal).Count
            Get-WixInboxJournal $journal | Get-WixInboxMessage -From Participant -After $yesterday |
                ForEach-Object { $_.Content.Basic.Items[0].Text }
            (Get-Cost) - $before
            (Get-WixInboxJournal $journal | Get-WixInboxMessage -From Business -First 2).Count
            """);

        Assert.Empty(result.Errors);
        Assert.Equal(["3", "An answer.", "1", "2"], result.Output.Select(item => item.ToString()));
    }

    [Theory]
    [InlineData("-Label big", "custom.big-spender")]
    [InlineData("-Label 'Big s", "custom.big-spender")]
    [InlineData("-Label custom.", "custom.big-spender custom.vip")]
    [InlineData("-Label contacts", "contacts.customers")]
    [InlineData("-Label nobody", "")]
    public void Labels_are_completed_by_their_names_and_asked_for_once(string typed, string expected)
    {
        _engine.Set("line", "Get-WixInboxContact " + typed);

        var result = _engine.Run("""
            Add-Contact a 0 -label custom.vip
            Add-Contact b 0 -label custom.big-spender
            Add-Contact c 0 -label contacts.customers
            foreach ($time in 1..2) {
                $found = [System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null)
            }
            "$($found.CompletionMatches.CompletionText)"
            Get-Cost
            """);

        // Where nothing of the module's fits, the engine offers files, of which the sandbox's folder may have any.
        var offered = result.Output[^2].ToString();
        var isOfOthers = expected.Length == 0 && !offered.Contains("custom", StringComparison.Ordinal);
        Assert.Equal(expected, isOfOthers ? string.Empty : offered);
        Assert.Equal("1", result.Output[^1].ToString());
    }

    [Fact]
    public void The_activities_of_the_Inbox_are_completed_first()
    {
        var result = _engine.Run(
            "$line = 'Get-WixInboxContact -LastActivity inbox'; "
                + "[System.Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, "
                + "$null).CompletionMatches.CompletionText");

        Assert.Equal(
            ["INBOX_MESSAGE_FROM_CUSTOMER", "INBOX_MESSAGE_TO_CUSTOMER", "INBOX_FORM_SUBMITTED"],
            result.Output.Select(item => item.ToString()));
    }
}

using static WixInbox.PowerShell.Tests.Support.ConnectedScript;
using static WixInbox.PowerShell.Tests.Support.ConversationSite;

namespace WixInbox.PowerShell.Tests;

/// <summary>
/// Contacts whose conversations are asked for are looked up many at a time, and their rows stay in order.
/// </summary>
public sealed class ContactBatchTests
{
    [Fact]
    public void Contacts_are_looked_up_together_and_keep_their_order_among_the_others()
    {
        // Others may come until all have.
        var handler = new StubHandler();
        var clock = new SkippingClock { Endless = TimeSpan.FromMilliseconds(100) };
        using var engine = ClockedConnection.Default(handler, clock: clock);
        engine.Set("clock", clock);

        var result = engine.Run($$"""
            '{{Engine.Guid1}}', '', '{{Guid3}}', '{{Engine.Guid1}}' | ForEach-Object {
                if ($_) { @{ ContactId = $_ } } else { @{ MemberId = '{{Engine.Guid2}}' } }
            } -End { $clock.EndWaits() } | Resolve-WixInboxConversation
            """);

        string[] expected = [Engine.Guid1, Engine.Guid2, Guid3, Engine.Guid1];
        Assert.Empty(result.Errors);
        Assert.Equal(expected.Select(StubHandler.ConversationOf), result.OutputOf("Id"));
        Assert.Equal(4, Asked(handler).Length);
        Assert.Single(handler.Requests, request => request.Path.StartsWith("/contacts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Resolve-WixInboxConversation")]
    [InlineData("Get-WixInboxMessage -First 1")]
    public void A_slow_source_does_not_hold_back_what_was_looked_up(string command)
    {
        // The second row comes when the first is being looked up, and each when the threads of the pool have had their
        // turn. What is looked up costs them a few.
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 1, 1) : Found(request)));
        using var engine = ClockedConnection.Default(handler);
        var source = new Source();
        engine.Set("source", source);
        engine.Set("handler", handler);
        engine.Set("c", Engine.Guid1);

        var result = engine.Run($$"""
            1..10000 | ForEach-Object {
                if ($_ -eq 2) { $handler.WaitForAsync(1).Wait() }
                $source.Read()
                $source.LetOthersRun()
                @{ ContactId = $c }
            } | {{command}} | Select-Object -First 1
            """);

        Assert.Empty(result.Errors);
        Assert.Single(result.Output);
        Assert.InRange(source.Rows, 1, 49);
        Assert.Single(handler.Requests, request => request.Path == "/contacts/v5/contacts/query");
    }

    [Fact]
    public void Fifty_are_looked_up_together_before_the_first_comes_out()
    {
        // The time in which others may come never ends here.
        var handler = new StubHandler();
        var rows = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid().ToString()).ToArray();
        using var engine = new Engine();
        ClockedConnection.Use(engine, handler, new SkippingClock { Endless = TimeSpan.FromMilliseconds(100) });
        engine.Set("rows", rows);

        var result = engine.Run("""
            $rows | ForEach-Object { @{ ContactId = $_ } } | Resolve-WixInboxConversation -Connection $connection
            """);

        Assert.Equal(rows.Select(StubHandler.ConversationOf), result.OutputOf("Id"));
        Assert.Equal(
            rows,
            handler.Requests[0].Json["query"]!["filter"]!["id"]!["$in"]!.AsArray()
                .Select(id => id!.GetValue<string>()));
    }

    [Fact]
    public void Errors_come_in_the_order_of_the_rows_also_behind_one_that_is_looked_up()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path == "/inbox/v2/conversations"
                ? StubHandler.Error(404, "NOT_FOUND")
                : StubHandler.Stored(request)));

        var result = Run(
            handler, "@{ ContactId = $c }, @{ ContactId = 'bad' }, @{ Name = 'x' } | Resolve-WixInboxConversation");

        Assert.Equal(["ParticipantNotFound", "ContactIdInvalid", "RecipientMissing"], result.ErrorIds);
    }

    [Fact]
    public void Contacts_that_may_not_be_looked_up_are_asked_for_as_they_are_named_and_that_is_said()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Path.StartsWith("/contacts", StringComparison.Ordinal)
                ? StubHandler.Error(403, "PERMISSION_DENIED")
                : StubHandler.Stored(request)));

        var result = Run(handler, "@{ ContactId = $c }, @{ ContactId = $d } | Resolve-WixInboxConversation");

        Assert.Empty(result.Errors);
        var asked = Asked(handler).Select(request => request["participantId.contactId"]);
        Assert.Equal([Engine.Guid1, Engine.Guid2], asked);
        Assert.Contains("who is a member", Assert.Single(result.Warnings), StringComparison.Ordinal);
    }

    private static HttpResponseMessage Found(RecordedRequest request) =>
        request.Path == "/inbox/v2/conversations" ? Answer(Engine.Guid2) : StubHandler.Stored(request);
}

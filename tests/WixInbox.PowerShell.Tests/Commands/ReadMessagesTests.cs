using System.Management.Automation;
using static WixInbox.PowerShell.Tests.Support.ConnectedScript;
using static WixInbox.PowerShell.Tests.Support.ReadableConversation;

namespace WixInbox.PowerShell.Tests;

/// <summary>Get-WixInboxMessage in a pipeline: whose messages it gives, where they go, and what stops it.</summary>
public sealed class ReadMessagesTests
{
    [Theory]
    [InlineData("[pscustomobject]@{ ConversationId = $c }")]
    [InlineData("[pscustomobject]@{ ConversationId = [guid]$c }")]
    [InlineData("[pscustomobject]@{ conversation_id = \" $c \" }")]
    [InlineData("[pscustomobject]@{ 'Conversation Id' = $c }")]
    [InlineData("[WixInbox.Conversation]@{ Id = $c }")]
    [InlineData("[WixInbox.Message]@{ Id = '1'; ConversationId = $c }")]
    [InlineData("$c")]
    [InlineData("[guid]$c")]
    public void A_conversation_comes_down_the_pipeline_in_any_of_its_forms(string row)
    {
        var handler = ReadableConversation.Of(1);

        var result = Run(handler, $"{row} | Get-WixInboxMessage");

        Assert.Empty(result.Errors);
        Assert.Equal([Engine.Guid1], result.OutputOf("ConversationId"));
    }

    [Fact]
    public void A_count_is_that_of_each_conversation()
    {
        var result = Run(ReadableConversation.Of(9), "$c, $d | Get-WixInboxMessage -First 2");

        Assert.Equal(["9", "8", "9", "8"], result.OutputOf("Id"));
        Assert.Equal([Engine.Guid1, Engine.Guid1, Engine.Guid2, Engine.Guid2], result.OutputOf("ConversationId"));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Control_C_cancels_the_page_that_is_on_its_way(int page)
    {
        var handler = SilentFrom(page);
        using var run = new RunningPipeline(
            handler, $"'{Engine.Guid1}', '{Engine.Guid2}' | Get-WixInboxMessage | ForEach-Object {{ $source.Read() }}");
        await handler.WaitForAsync(page);

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Equal(0, handler.InFlight);
        Assert.Equal(page, handler.Requests.Count);
        Assert.Equal(page == 1 ? 0 : 30, run.Source.Rows);
    }

    [Fact]
    public async Task Control_C_also_ends_the_wait_that_a_429_asks_for()
    {
        var handler = new StubHandler((_, _) => Task.FromResult(StubHandler.Error(429)));
        using var run = new RunningPipeline(
            handler, $"1 | ForEach-Object {{ $source.Read(); '{Engine.Guid1}' }} | Get-WixInboxMessage");
        await handler.WaitForAsync(1);
        var shown = await run.ProgressAsync("next request");

        await run.StopAsync();

        Assert.Equal(PSInvocationState.Stopped, run.State);
        Assert.Empty(run.Errors);
        Assert.Single(handler.Requests);
        Assert.Equal("Get-WixInboxMessage", shown.Activity);
        Assert.Matches("^Wix's limit: next request in [0-9]+ s$", shown.StatusDescription);
    }

    [Fact]
    public void A_break_downstream_reads_no_further()
    {
        var handler = SilentFrom(2);

        var result = Run(
            handler, "foreach ($once in 1) { Get-WixInboxMessage $c | ForEach-Object { $_.Id; break } }; 'after'");

        Assert.Equal(["65", "after"], result.Output.Select(item => item.ToString()));
        Assert.Single(handler.Requests);
    }

    [Theory]
    [InlineData("@{ Email = 'Ada@Example.com' }", "contactId")]
    [InlineData("@{ 'E-mail 1 - Value' = 'mailto:ada@example.com' }", "contactId")]
    [InlineData("'ada@example.com'", "contactId")]
    [InlineData("@{ Email = 'ada@example.com'; MemberId = $d }", "memberId")]
    [InlineData("@{ 'Contact ID' = '0036A00000x'; Email = 'ada@example.com' }", "contactId")]
    [InlineData("@{ ContactId = $d }", "contactId")]
    [InlineData("@{ VisitorId = $d }", "anonymousVisitorId")]
    public void A_row_names_whom_it_is_about_as_one_that_is_sent(string row, string participant)
    {
        var handler = Chats();

        var result = Run(handler, $"{row} | Get-WixInboxMessage");

        Assert.Empty(result.Errors);
        var asked = Assert.Single(handler.Requests, request => request.Path == "/inbox/v2/conversations");
        Assert.Equal($$$"""{"participantId":{"{{{participant}}}":"{{{Engine.Guid2}}}"}}""", asked.Body);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("ConversationId"));
        Assert.Equal(["Ada Lovelace"], result.OutputOf("ParticipantName"));
    }

    [Theory]
    [InlineData("@{ ConversationId = $c; Email = 'ada@example.com' } | Get-WixInboxMessage")]
    [InlineData("@{ Email = 'ada@example.com'; MemberId = $d } | Get-WixInboxMessage -ConversationId $c")]
    public void A_conversation_that_is_named_does_not_have_to_be_found(string script)
    {
        var handler = Chats();

        var result = Run(handler, script);

        Assert.Equal([Engine.Guid1], result.OutputOf("ConversationId"));
        Assert.Single(handler.Requests);
    }

    [Fact]
    public void A_conversation_that_was_just_created_is_not_read()
    {
        var handler = new StubHandler();

        var result = Run(handler, "Get-WixInboxMessage -MemberId $c");

        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Assert.Equal(["/inbox/v2/conversations"], handler.Requests.Select(request => request.Path));
    }

    [Fact]
    public void Several_that_are_typed_are_read_one_after_the_other()
    {
        var handler = Chats();

        var result = Run(handler, "Get-WixInboxMessage -Email ada@example.com, eve@example.com");

        Assert.Equal(["ContactNotFound"], result.ErrorIds);
        Assert.StartsWith(
            "The conversation of contact eve@example.com", result.Errors[0].ToString(), StringComparison.Ordinal);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid2)], result.OutputOf("ConversationId"));
        Assert.DoesNotContain(result.Verbose, line => line.Contains("example.com", StringComparison.Ordinal));
    }

    [Fact]
    public void From_a_contact_to_the_answer_is_one_pipeline()
    {
        var handler = new StubHandler((request, _) => Task.FromResult(
            request.Method == "GET" ? ReadableConversation.Page(request, 9, 30) : StubHandler.Stored(request)));

        var result = Run(
            handler,
            "[pscustomobject]@{ ContactId = $c; Name = 'Ada' } | Resolve-WixInboxConversation | Get-WixInboxMessage "
                + "-First 1 | Send-WixInboxMessage -Text { \"Re: $($_.Content.Basic.Items[0].Text)\" }");

        Assert.Empty(result.Errors);
        Assert.Equal([StubHandler.ConversationOf(Engine.Guid1)], result.OutputOf("ConversationId"));
        Assert.Equal(
            [
                "POST /contacts/v5/contacts/query",
                "POST /inbox/v2/conversations",
                "GET /inbox/v2/messages",
                "POST /inbox/v2/messages",
            ],
            handler.Requests.Select(request => $"{request.Method} {request.Path}"));
        Assert.Equal("Re: confidential 9", handler.Requests[^1]["message.content.basic.items.0.text"]);
        Assert.Equal("BUSINESS_TO_PARTICIPANT", handler.Requests[^1]["message.direction"]);
    }

    [Fact]
    public void A_message_leads_back_to_the_row_that_it_was_read_for()
    {
        var result = Run(
            ReadableConversation.Of(2),
            "$rows = $c, $d | ForEach-Object { [pscustomobject]@{ ConversationId = $_ } }; "
                + "$rows | Get-WixInboxMessage -First 1; "
                + "$done = @(($rows[0] | Get-WixInboxMessage).InputObject); "
                + "($rows | Where-Object { $_ -notin $done }).ConversationId");

        Assert.Equal(["1", "2"], result.OutputOf("Row").Take(2));
        Assert.Equal(
            [$"conversation {Engine.Guid1}", $"conversation {Engine.Guid2}"], result.OutputOf("Recipient").Take(2));
        Assert.Equal([Engine.Guid2], result.Output.Skip(2).Select(item => item.ToString()));
    }

    private static StubHandler SilentFrom(int page)
    {
        var count = 0;
        return new StubHandler(async (request, cancellationToken) =>
        {
            if (Interlocked.Increment(ref count) == page)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return ReadableConversation.Page(request, 65, 30);
        });
    }
}

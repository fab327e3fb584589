using System.Net;
using System.Text;

namespace WixInbox.Tests.Outcomes;

/// <summary>A 200 whose message cannot be read may well have been sent.</summary>
public sealed class UnreadableAnswerTests
{
    private const int LargestBody = 32 * 1024 * 1024;

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"sent\"")]
    [InlineData("{}")]
    [InlineData("""{"message":null}""")]
    [InlineData("""{"message":{}}""")]
    [InlineData("""{"message":{"id":null}}""")]
    [InlineData("""{"message":[]}""")]
    [InlineData("""{"message":"sent"}""")]
    [InlineData("""{"message":{"id":7}}""")]
    [InlineData("""{"message":{"id":"1","sequence":"many"}}""")]
    [InlineData("""{"message":{"id":"1","content":{"basic":{"items":"x"}}}}""")]
    [InlineData("""{"message":{"id":"\ud800"}}""")]
    [InlineData("""{"message":{"id":"1"}""")]
    [InlineData("""{"message":{"id":"1"}} {}""")]
    [InlineData("""{"conversation":{"id":"1"}}""")]
    [InlineData("<html></html>")]
    public async Task An_answer_that_is_no_message_leaves_it_open(string body)
    {
        var failure = await TestClient.FailAsync(
            Answer.Json(200, body, ("x-wix-request-id", "r1")), OutcomeKind.Ambiguous);

        Assert.Equal(FailureCause.UnreadableResponse, failure.Cause);
        Assert.Equal(200, failure.StatusCode);
        Assert.NotEmpty(failure.Message);
    }

    [Theory]
    [InlineData("""{"message":{"id":"1","\ud800":1}}""")]
    [InlineData("""{"message":{"id":"1","new":"\ud800"}}""")]
    [InlineData("""{"message":{"id":"1"},"new":"\ud800"}""")]
    public async Task Half_a_character_anywhere_in_an_answer_does_not_throw(string body)
    {
        // Whether the message can be read is the serializer's matter.
        var outcome = await TestClient.SendAsync(Answer.Json(200, body));

        Assert.Contains(outcome.Kind, new[] { OutcomeKind.Succeeded, OutcomeKind.Ambiguous });
    }

    [Fact]
    public async Task An_answer_keeps_the_id_of_its_request_when_it_cannot_be_read()
    {
        var outcome = await TestClient.SendAsync(Answer.Json(200, "<", ("x-wix-request-id", "r1")));

        Assert.Equal("r1", outcome.RequestId);
    }

    [Fact]
    public async Task Deep_nesting_leaves_it_open()
    {
        await TestClient.FailAsync(
            Answer.Json(
                200, """{"message":{"id":"1","new":""" + new string('[', 10_000) + new string(']', 10_000) + "}}"),
            OutcomeKind.Ambiguous);
    }

    [Fact]
    public async Task The_last_of_duplicates_counts()
    {
        var outcome = await TestClient.SendAsync(
            Answer.Json(200, """{"message":{"id":"1"},"message":{"id":"2","id":"3","new":1,"new":2}}"""));

        Assert.Equal("3", outcome.Value!.Id);
        Assert.Equal("2", outcome.Value.UnknownFields["new"]);
    }

    [Fact]
    public async Task An_answer_of_32_mebibytes_is_read()
    {
        Assert.Equal(
            OutcomeKind.Succeeded,
            (await TestClient.SendAsync(Answer.Json(200, """{"message":{"id":"1"}}""".PadRight(LargestBody)))).Kind);
    }

    [Fact]
    public async Task A_larger_answer_is_not_read()
    {
        var failure = await TestClient.FailAsync(
            Answer.Json(200, """{"message":{"id":"1"}}""".PadRight(LargestBody + 1)), OutcomeKind.Ambiguous);

        Assert.Equal(FailureCause.UnreadableResponse, failure.Cause);
        Assert.IsType<InvalidDataException>(failure.Exception);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_for_ever()
    {
        var reads = 0;
        var answer = Streamed(200, _ => Task.FromResult(
            ++reads > 100_000 ? throw new InvalidOperationException("It is still being read.") : 8192));

        var failure = await TestClient.FailAsync(answer, OutcomeKind.Ambiguous);

        Assert.IsType<InvalidDataException>(failure.Exception);
        Assert.InRange(reads, 1, 5_000);
    }

    [Theory]
    [InlineData(200, OutcomeKind.Ambiguous)]
    [InlineData(400, OutcomeKind.Rejected)]
    [InlineData(429, OutcomeKind.NotSent)]
    [InlineData(500, OutcomeKind.Ambiguous)]
    public async Task A_body_that_breaks_off_leaves_the_status_as_it_is(int status, OutcomeKind kind)
    {
        var thrown = new IOException("The connection was reset.");
        var handler = new StubHandler(_ => Streamed(status, _ => throw thrown));
        using var client = TestClient.Over(handler, maxWait: TimeSpan.Zero);

        var outcome = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal(kind, outcome.Kind);
        Assert.Equal(status, outcome.Failure!.StatusCode);
        Assert.Same(thrown, outcome.Failure.Exception);
        Assert.Single(handler.Requests);
    }

    [Fact]
    public async Task A_conversation_that_cannot_be_read_leaves_it_open()
    {
        foreach (var body in new[] { "", "{}", """{"conversation":{}}""", """{"newConversation":"x"}""", "<html>" })
        {
            using var client = TestClient.Over(new StubHandler(_ => Answer.Json(200, body)));

            var outcome = await client.GetOrCreateConversationAsync(
                new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation);

            Assert.Equal(OutcomeKind.Ambiguous, outcome.Kind);
            Assert.Null(outcome.Value);
        }
    }

    private static HttpResponseMessage Streamed(int status, Func<CancellationToken, Task<int>> then) =>
        new((HttpStatusCode)status)
    {
        Content = new StreamContent(new BodyStream(Encoding.UTF8.GetBytes("""{"message":{"id":"1"}"""), then)),
    };
}

namespace WixInbox.Tests.Outcomes;

/// <summary>What an answer's status says became of the request.</summary>
public sealed class StatusTests
{
    [Theory]
    [InlineData(201, OutcomeKind.Ambiguous)]
    [InlineData(202, OutcomeKind.Ambiguous)]
    [InlineData(204, OutcomeKind.Ambiguous)]
    [InlineData(206, OutcomeKind.Ambiguous)]
    [InlineData(300, OutcomeKind.Rejected)]
    [InlineData(301, OutcomeKind.Rejected)]
    [InlineData(302, OutcomeKind.Rejected)]
    [InlineData(303, OutcomeKind.Rejected)]
    [InlineData(304, OutcomeKind.Rejected)]
    [InlineData(307, OutcomeKind.Rejected)]
    [InlineData(308, OutcomeKind.Rejected)]
    [InlineData(400, OutcomeKind.Rejected)]
    [InlineData(401, OutcomeKind.Rejected)]
    [InlineData(403, OutcomeKind.Rejected)]
    [InlineData(404, OutcomeKind.Rejected)]
    [InlineData(405, OutcomeKind.Rejected)]
    [InlineData(408, OutcomeKind.NotSent)]
    [InlineData(409, OutcomeKind.Rejected)]
    [InlineData(413, OutcomeKind.Rejected)]
    [InlineData(415, OutcomeKind.Rejected)]
    [InlineData(422, OutcomeKind.Rejected)]
    [InlineData(425, OutcomeKind.NotSent)]
    [InlineData(428, OutcomeKind.Rejected)]
    [InlineData(499, OutcomeKind.Rejected)]
    [InlineData(500, OutcomeKind.Ambiguous)]
    [InlineData(501, OutcomeKind.Rejected)]
    [InlineData(502, OutcomeKind.Ambiguous)]
    [InlineData(503, OutcomeKind.Ambiguous)]
    [InlineData(504, OutcomeKind.Ambiguous)]
    [InlineData(520, OutcomeKind.Ambiguous)]
    [InlineData(599, OutcomeKind.Ambiguous)]
    public async Task A_status_means_what_the_server_can_have_done(int status, OutcomeKind kind)
    {
        var outcome = await TestClient.SendAsync(Answer.Status(status, ("x-wix-request-id", "1700000000.123-abc")));

        Assert.Equal(kind, outcome.Kind);
        Assert.Null(outcome.Value);
        Assert.Equal(status, outcome.Failure!.StatusCode);
        Assert.Equal(status < 300 ? FailureCause.UnreadableResponse : FailureCause.Status, outcome.Failure.Cause);
        Assert.Equal(Operation.SendMessage, outcome.Failure.Operation);
        Assert.Equal("1700000000.123-abc", outcome.RequestId);

        // What the server did not take up is tried again, and nothing else.
        Assert.Equal(kind == OutcomeKind.NotSent ? 6 : 1, outcome.Attempts);
    }

    [Fact]
    public async Task A_message_that_was_sent_comes_with_no_failure_and_with_the_id_of_its_request()
    {
        var answer = Answer.Sent();
        answer.Headers.Add("x-wix-request-id", "1700000000.123-abc");

        var outcome = await TestClient.SendAsync(answer);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(Answer.MessageId, outcome.Value!.Id);
        Assert.Null(outcome.Failure);
        Assert.Equal("1700000000.123-abc", outcome.RequestId);
        Assert.Equal(1, outcome.Attempts);
    }

    [Fact]
    public async Task An_answer_without_an_id_of_its_request_has_none()
    {
        Assert.Null((await TestClient.SendAsync(Answer.Sent())).RequestId);
    }

    [Fact]
    public async Task A_whole_message_under_another_2xx_is_not_taken_for_sent()
    {
        await TestClient.FailAsync(Answer.Json(201, """{"message":{"id":"1"}}"""), OutcomeKind.Ambiguous);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("0", 0)]
    [InlineData("Sun, 22 Nov 2026 12:00:00 GMT", null)]
    public async Task A_server_that_says_when_to_come_again_has_not_taken_the_request_up(
        string retryAfter, int? seconds)
    {
        var failure = await TestClient.FailAsync(Answer.Status(503, ("Retry-After", retryAfter)), OutcomeKind.NotSent);

        Assert.NotNull(failure.RetryAfter);
        if (seconds is { } given)
        {
            Assert.Equal(TimeSpan.FromSeconds(given), failure.RetryAfter);
        }
    }

    [Fact]
    public async Task A_time_to_come_again_that_has_passed_is_now()
    {
        var answer = Answer.Status(
            503, ("Retry-After", "Sun, 22 Nov 2026 11:00:00 GMT"), ("Date", "Sun, 22 Nov 2026 12:00:00 GMT"));

        Assert.Equal(TimeSpan.Zero, (await TestClient.FailAsync(answer, OutcomeKind.NotSent)).RetryAfter);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-1")]
    public async Task A_server_that_says_it_in_no_way_that_can_be_read_may_have_done_anything(string retryAfter)
    {
        Assert.Null((await TestClient.FailAsync(
            Answer.Status(503, ("Retry-After", retryAfter)), OutcomeKind.Ambiguous)).RetryAfter);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(504)]
    public async Task A_failed_server_stays_a_failed_server_when_it_says_when_to_come_again(int status)
    {
        await TestClient.FailAsync(Answer.Status(status, ("Retry-After", "30")), OutcomeKind.Ambiguous);
    }

    [Theory]
    [InlineData("https://other.example/inbox/v2/messages?token=s3cret", "https://other.example.")]
    [InlineData("https://user:s3cret@other.example:8443/", "https://other.example:8443.")]
    [InlineData("/login?token=s3cret", "https://www.wixapis.com.")]
    [InlineData("login?token=s3cret", "https://www.wixapis.com.")]
    [InlineData("//other.example/?token=s3cret", "https://other.example.")]
    [InlineData("http://s3cret:bad:uri", "another place.")]
    [InlineData(null, "another place.")]
    public async Task A_redirect_says_where_it_leads_without_what_may_be_secret(string? location, string shown)
    {
        foreach (var status in new[] { 300, 301, 302, 303, 307, 308, 399 })
        {
            var answer = Answer.Status(status);
            if (location is not null)
            {
                answer.Headers.TryAddWithoutValidation("Location", location);
            }

            var failure = await TestClient.FailAsync(answer, OutcomeKind.Rejected);

            Assert.StartsWith("The server redirects to " + shown, failure.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("s3cret", failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_location_beside_a_message_does_not_matter()
    {
        var answer = Answer.Sent();
        answer.Headers.TryAddWithoutValidation("Location", "/inbox/v2/messages/1");

        Assert.Equal(OutcomeKind.Succeeded, (await TestClient.SendAsync(answer)).Kind);
    }

    [Fact]
    public async Task A_failed_look_up_is_told_from_a_failed_message()
    {
        using var client = TestClient.Over(new StubHandler(_ => Answer.Status(403)));

        var outcome = await client.GetOrCreateConversationAsync(
            new IdentificationData { MemberId = Sample.ContactId }, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Rejected, outcome.Kind);
        Assert.Equal(Operation.GetOrCreateConversation, outcome.Failure!.Operation);
    }
}

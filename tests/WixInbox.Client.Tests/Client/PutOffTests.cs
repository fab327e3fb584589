namespace WixInbox.Tests.Client;

/// <summary>
/// A server that asks to wait is waited for in the same way by every call of the API, and each request that it got
/// counts.
/// </summary>
public sealed class PutOffTests : IDisposable
{
    private const string Any = """
        {"access_token":"t","expires_in":14400,"message":{"id":"1"},"messages":[],"conversation":{"id":"c"},"contacts":[],"contact":{"id":"k"},"labels":[],
         "uploadUrl":"https://upload.example.com/u","file":{"id":"f","operationStatus":"READY"}}
        """;

    private static readonly Dictionary<string, Func<WixInboxClient, LocalFile, Task>> s_calls = new()
    {
        ["POST /oauth2/token"] = (client, _) => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation),
        ["POST /inbox/v2/messages"] = (client, _) => client.SendMessageAsync(Sample.Text(), TestClient.Cancellation),
        ["GET /inbox/v2/messages"] = (client, _) => client.ListMessagesAsync(
            new ListMessagesRequest { ConversationId = Sample.ConversationId }, TestClient.Cancellation),
        ["POST /inbox/v2/conversations"] = (client, _) => client.GetOrCreateConversationAsync(
            new IdentificationData { ContactId = Sample.ContactId }, TestClient.Cancellation),
        ["GET /inbox/v2/conversations/" + Sample.ConversationId] = (client, _) => client.GetConversationAsync(
            Sample.ConversationId, TestClient.Cancellation),
        ["POST /contacts/v4/contacts/query"] = (client, _) => client.QueryContactsAsync(
            new QueryContactsRequest(), TestClient.Cancellation),
        ["GET /contacts/v4/contacts/" + Sample.ContactId] = (client, _) => client.GetContactAsync(
            Sample.ContactId, TestClient.Cancellation),
        ["GET /contacts/v4/labels"] = (client, _) => client.ListLabelsAsync(TestClient.Cancellation),
        ["POST /site-media/v1/files/generate-upload-url"] = (client, file) => client.Media.UploadAsync(
            file, TimeSpan.Zero, TestClient.Cancellation),
        ["PUT /u"] = (client, file) => client.Media.UploadAsync(file, TimeSpan.Zero, TestClient.Cancellation),
        ["POST /site-media/v1/files/import"] = (client, _) =>
            client.Media.ImportAsync("https://example.com/a.png", null, TimeSpan.Zero, TestClient.Cancellation),
        ["GET /site-media/v1/files/get-file-by-id"] = (client, _) => client.Media.GetAsync(
            "f", TestClient.Cancellation),
    };

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, int, string?, int> Cases
    {
        get
        {
            var data = new TheoryData<string, int, string?, int>();
            foreach (var call in s_calls.Keys)
            {
                data.Add(call, 429, null, 60);
                data.Add(call, 429, "7", 7);
                data.Add(call, 503, "7", 7);
            }

            return data;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_operation_is_left_out() => Assert.Equal(Enum.GetValues<Operation>().Length, s_calls.Count);

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_call_that_is_put_off_is_made_again_after_the_wait(
        string operation, int status, string? retryAfter, int seconds)
    {
        var clock = new SkippingClock();
        var isPutOff = false;
        var handler = new StubHandler(request =>
        {
            if (isPutOff || $"{request.Method} {request.Path}" != operation)
            {
                return Answer.Json(200, Any);
            }

            isPutOff = true;
            return retryAfter is null ? Answer.Status(status) : Answer.Status(status, ("Retry-After", retryAfter));
        });
        using var client = TestClient.Over(
            handler, clock, Authentication.AppCredentials("app", Secret.Of(Secret.Canary), "instance"));

        await s_calls[operation](client, LocalFile.Read(_folder.Write("a.txt", "x"), TestClient.Cancellation));

        Assert.Equal([seconds], clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(2, handler.Requests.Count(request => $"{request.Method} {request.Path}" == operation));
        Assert.Equal(handler.Requests.Count, client.RequestCount);
    }
}

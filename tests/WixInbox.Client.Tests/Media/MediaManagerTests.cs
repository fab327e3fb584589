using System.Text.Json.Nodes;
using WixInbox.Tests.Signing;

namespace WixInbox.Tests.Media;

public sealed class MediaManagerTests : IDisposable
{
    private const string Token = "eyJhbGciOiJIUzI1NiJ9.c2VjcmV0LXRva2Vu.c2ln";
    private const string Ready =
        """{"file":{"id":"f1~mv2.png","displayName":"a.png","url":"https://static.example/f1.png","sizeInBytes":"100","mediaType":"IMAGE","operationStatus":"READY"}}""";
    private const string Pending = """{"file":{"id":"f1~mv2.png","displayName":"a.png","operationStatus":"PENDING"}}""";

    private static readonly TimeSpan s_wait = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder = new();
    private readonly SkippingClock _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_upload_asks_for_an_address_and_puts_the_bytes_there_unsigned()
    {
        var handler = StubHandler.InTurn(Url(), Answer.Json(200, Ready));

        var outcome = await UploadAsync(handler, "pä 1.png");

        var (ask, put) = (handler.Requests[0], handler.Requests[1]);
        Assert.Equal(
            "POST https://www.wixapis.com/site-media/v1/files/generate-upload-url", $"{ask.Method} {ask.Address}");
        Assert.Equal("""{"mimeType":"image/png","fileName":"pä 1.png","sizeInBytes":"100"}""", ask.Body);
        Assert.Equal(Secret.Canary, ask.Authorization);
        Assert.Equal(
            $"PUT https://upload.example/upload/{Token}?filename=p%C3%A4%201.png",
            $"{put.Method} {put.Address.AbsoluteUri}");
        Assert.Equal(["Accept", "Content-Type", "User-Agent"], put.Headers.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("image/png", put.Headers["Content-Type"]);
        Assert.Equal(Picture.Read(Picture.Png), put.Utf8);
        var file = outcome.Value!;
        Assert.Equal(
            (OutcomeKind.Succeeded, "f1~mv2.png", OperationStatus.Ready, MediaType.Image),
            (outcome.Kind, file.Id, file.OperationStatus, file.MediaType));
        Assert.Equal(
            (_folder["pä 1.png"], "image/png", 37, 21, 100L),
            (file.Path, file.MimeType, file.Width, file.Height, file.SizeInBytes));
    }

    [Fact]
    public async Task An_address_that_has_a_query_keeps_it()
    {
        var handler = StubHandler.InTurn(Url("https://upload.example/u?token=abc%2Bd"), Answer.Json(200, Ready));

        await UploadAsync(handler);

        Assert.Equal("https://upload.example/u?token=abc%2Bd&filename=a.png", handler.Requests[1].Address.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://upload.example/u", null, false)]
    [InlineData("http://127.0.0.1:9/u", null, false)]
    [InlineData("ftp://upload.example/u", null, false)]
    [InlineData("/u", null, false)]
    [InlineData("http://127.0.0.1:9/u", "https://localhost/", false)]
    [InlineData("http://upload.example/u", "http://localhost/", false)]
    [InlineData("http://127.0.0.1:9/u", "http://localhost/", true)]
    [InlineData("https://upload.example/u", "http://localhost/", true)]
    public async Task Bytes_go_where_the_secret_might_go_and_nowhere_else(string url, string? api, bool goes)
    {
        var handler = StubHandler.InTurn(Url(url), Answer.Json(200, Ready));
        using var client = new WixInboxClient(
            new WixInboxClientOptions(Authentication.AccessToken(Secret.Of(Secret.Canary)))
            {
                Handler = handler,
                Timeout = TestClient.AttemptTime,
                TimeProvider = _clock,
                BaseAddress = api is null ? WixInboxClientOptions.DefaultBaseAddress : new Uri(api),
            });

        var outcome = await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

        Assert.Equal(goes ? 2 : 1, handler.Requests.Count);
        Assert.Equal(goes ? OutcomeKind.Succeeded : OutcomeKind.Rejected, outcome.Kind);
        Assert.DoesNotContain("upload.example", outcome.Failure?.Message ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_upload_that_is_answered_429_is_made_again_after_the_time_that_is_asked_for()
    {
        var handler = StubHandler.InTurn(Url(), Answer.Status(429, ("Retry-After", "7")), Answer.Json(200, Ready));

        Assert.Equal(OutcomeKind.Succeeded, (await UploadAsync(handler)).Kind);

        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);
    }

    [Fact]
    public async Task That_of_an_upload_holds_up_no_call_of_the_API()
    {
        var handler = StubHandler.InTurn(Url(), Answer.Status(429, ("Retry-After", "7")), Answer.Sent());
        using var client = TestClient.Over(handler, _clock, maxWait: TimeSpan.FromSeconds(5));

        var upload = await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);
        var message = await client.SendMessageAsync(Sample.Text(), TestClient.Cancellation);

        Assert.Equal((OutcomeKind.NotSent, 429), (upload.Kind, upload.Failure?.StatusCode));
        Assert.Equal(OutcomeKind.Succeeded, message.Kind);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task An_address_that_is_refused_without_a_code_is_not_tried_again()
    {
        var handler = StubHandler.InTurn(Url(), Answer.Json(200, Ready), Url(), Answer.Status(403));
        using var client = TestClient.Over(handler, _clock);
        await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

        var outcome = await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Rejected, 403), (outcome.Kind, outcome.Failure?.StatusCode));
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task One_that_may_have_arrived_is_made_again_at_another_address()
    {
        var handler = StubHandler.InTurn(
            Url("https://upload.example/u1"),
            Answer.Status(500),
            Url("https://upload.example/u2"),
            Answer.Json(200, "{}"),
            Url("https://upload.example/u3"),
            Answer.Json(200, Ready));

        var outcome = await UploadAsync(handler);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal(
            ["/u1", "/u2", "/u3"],
            handler.Requests.Where(request => request.Method == HttpMethod.Put).Select(request => request.Path));
        Assert.All(
            handler.Requests.Where(request => request.Method == HttpMethod.Put),
            put => Assert.Equal(100, put.Utf8.Length));
    }

    [Fact]
    public async Task It_is_made_six_times_at_most()
    {
        var handler = new StubHandler(request => request.Method == HttpMethod.Put ? Answer.Status(502) : Url());

        var outcome = await UploadAsync(handler);

        Assert.Equal(
            (OutcomeKind.Ambiguous, Operation.UploadFile, 502),
            (outcome.Kind, outcome.Failure!.Operation, outcome.Failure.StatusCode!.Value));
        Assert.Equal(_folder["a.png"], outcome.Failure.Path);
        Assert.Equal(12, handler.Requests.Count);
    }

    [Fact]
    public async Task One_that_was_not_taken_up_is_made_again_at_the_same_address()
    {
        var handler = StubHandler.InTurn(
            Url(), Answer.Status(408), Answer.Status(503, ("Retry-After", "3")), Answer.Json(200, Ready));

        Assert.Equal(OutcomeKind.Succeeded, (await UploadAsync(handler)).Kind);
        Assert.Equal(["POST", "PUT", "PUT", "PUT"], handler.Requests.Select(request => request.Method.Method));
        Assert.All(handler.Requests.Skip(1), put => Assert.Equal(Picture.Read(Picture.Png), put.Utf8));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(413)]
    public async Task One_that_is_refused_is_not_made_again(int status)
    {
        var handler = StubHandler.InTurn(Url(), Answer.Status(status));

        var outcome = await UploadAsync(handler);

        Assert.Equal((OutcomeKind.Rejected, status), (outcome.Kind, outcome.Failure!.StatusCode!.Value));
        Assert.False(outcome.Failure.ConcernsAll);
    }

    [Fact]
    public async Task A_401_of_the_upload_fetches_no_other_token()
    {
        var source = new TokenSource();
        var handler = StubHandler.InTurn(Answer.Status(401), Url(), Answer.Status(401));
        using var client = TestClient.Over(handler, _clock, source.Authentication);

        var outcome = await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

        Assert.Equal(2, source.Calls);
        Assert.Equal(["token-1", "token-2", null], handler.Requests.Select(request => request.Authorization));
        Assert.False(outcome.Failure!.ConcernsAll);
    }

    [Fact]
    public async Task The_permission_that_is_missing_is_no_reason_to_send_nothing_at_all()
    {
        var outcome = await UploadAsync(StubHandler.InTurn(Answer.Status(403)));

        Assert.Equal((OutcomeKind.Rejected, Operation.GenerateUploadUrl), (outcome.Kind, outcome.Failure!.Operation));
        Assert.True(outcome.Failure.ConcernsMedia);
        Assert.False(outcome.Failure.ConcernsAll);
    }

    [Fact]
    public async Task What_the_clock_of_another_server_shows_is_not_that_of_the_API()
    {
        using var client = TestClient.Over(
            StubHandler.InTurn(Url(), Answer.Json(200, Ready, ("Date", "Sat, 01 Jan 2050 00:00:00 GMT"))), _clock);

        await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

        Assert.Equal(_clock.GetUtcNow(), client.Clock.ToServer(client.Clock.Read()));
    }

    [Fact]
    public async Task The_address_is_in_nothing_that_is_said()
    {
        var said = """{"message":"No upload at /upload/TOKEN.","details":{"validationError":{"fieldViolations":[{"field":"token","violatedRule":"CUSTOM","description":"TOKEN has ended"},{"field":"size","violatedRule":"MAX","description":"too large"}]}}}""".Replace("TOKEN", Token, StringComparison.Ordinal);
        var refused = (await UploadAsync(StubHandler.InTurn(Url(), Answer.Json(400, said)))).Failure!;
        var moved = (await UploadAsync(StubHandler.InTurn(
            Url(), Answer.Status(307, ("Location", $"https://other.example/upload/{Token}"))))).Failure!;
        var broken = (await UploadAsync(new StubHandler(
            request => request.Method == HttpMethod.Put ? throw new HttpRequestException("Broken.") : Url()))).Failure!;

        Assert.Equal("No upload at [secret].", refused.Message);
        Assert.Equal(
            ["[secret] has ended", "too large"], refused.Violations.Select(violation => violation.Description));
        Assert.Contains("https://other.example.", moved.Message, StringComparison.Ordinal);
        Assert.All(
            [refused, moved, broken],
            failure => Assert.DoesNotContain(Token, $"{failure.Message}{failure.Exception}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_looked_whether_the_file_is_ready_less_and_less_often()
    {
        var handler = StubHandler.InTurn(
            [Url(), .. Enumerable.Range(0, 6).Select(_ => Answer.Json(200, Pending)), Answer.Json(200, Ready)]);

        var outcome = await UploadAsync(handler);

        Assert.Equal([1, 2, 4, 8, 10, 10], _clock.Waits.Select(wait => wait.TotalSeconds));
        Assert.Equal(
            "https://www.wixapis.com/site-media/v1/files/get-file-by-id?fileId=f1~mv2.png",
            handler.Requests[^1].Address.AbsoluteUri);
        Assert.Equal(
            (OperationStatus.Ready, 37, _folder["a.png"]),
            (outcome.Value!.OperationStatus, outcome.Value.Width, outcome.Value.Path));
    }

    [Fact]
    public async Task Nor_is_it_waited_for_ever()
    {
        var outcome = await UploadAsync(new StubHandler(
            request => request.Path.EndsWith("url", StringComparison.Ordinal) ? Url() : Answer.Json(200, Pending)));

        Assert.Equal(
            (OutcomeKind.NotSent, FailureCause.File, "MediaNotReady"),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Failure.Code));
        Assert.Contains("60 s. Its id is f1~mv2.png", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(60, _clock.Waits.Sum(wait => wait.TotalSeconds));
    }

    [Fact]
    public async Task With_no_wait_it_is_given_back_as_it_is()
    {
        using var client = TestClient.Over(StubHandler.InTurn(Url(), Answer.Json(200, Pending)), _clock);

        var outcome = await client.Media.UploadAsync(Read("a.png"), TimeSpan.Zero, TestClient.Cancellation);

        Assert.Equal((OutcomeKind.Succeeded, OperationStatus.Pending), (outcome.Kind, outcome.Value!.OperationStatus));
    }

    [Fact]
    public async Task One_that_Wix_can_make_nothing_of_is_refused()
    {
        var outcome = await UploadAsync(StubHandler.InTurn(
            Url(),
            Answer.Json(200, Pending),
            Answer.Json(200, Pending.Replace("PENDING", "FAILED", StringComparison.Ordinal))));

        Assert.Equal((OutcomeKind.Rejected, "MediaFailed"), (outcome.Kind, outcome.Failure!.Code));
    }

    [Fact]
    public async Task A_file_that_was_changed_meanwhile_is_not_uploaded()
    {
        var handler = StubHandler.InTurn();
        var file = Read("a.png");
        _folder.Write("a.png", Picture.Read(Picture.Jpeg));
        using var client = TestClient.Over(handler, _clock);

        var outcome = await client.Media.UploadAsync(file, s_wait, TestClient.Cancellation);

        Assert.Equal(
            (OutcomeKind.Rejected, FailureCause.File, "FileChanged"),
            (outcome.Kind, outcome.Failure!.Cause, outcome.Failure.Code));
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task Nor_is_one_used_that_turns_out_to_be_another_on_the_way()
    {
        var handler = StubHandler.InTurn(Url(), Answer.Json(200, Ready));
        var file = Read("a.png");
        var other = Picture.Read(Picture.Png);
        other[^20] ^= 1;
        _folder.Write("a.png", other);
        using var client = TestClient.Over(handler, _clock);

        var outcome = await client.Media.UploadAsync(file, s_wait, TestClient.Cancellation);

        Assert.Single(handler.Requests);
        Assert.Equal(
            (OutcomeKind.Rejected, "FileChanged", file.Path),
            (outcome.Kind, outcome.Failure!.Code, outcome.Failure.Path));
    }

    [Fact]
    public async Task Files_that_were_changed_are_not_taken_for_an_outage()
    {
        var handler = new StubHandler(_ => Url());
        var file = Read("a.png");
        _folder.Write("a.png", new byte[file.Size]);
        using var client = TestClient.Over(handler, _clock);

        for (var number = 0; number < 30; number++)
        {
            Assert.Equal(
                "FileChanged", (await client.Media.UploadAsync(file, s_wait, TestClient.Cancellation)).Failure!.Code);
        }

        Assert.False(client.IsOutage);
        Assert.Equal(60, client.RequestCount);
        Assert.Empty(_clock.Waits);
    }

    [Fact]
    public async Task An_upload_has_a_second_more_for_each_64_KiB()
    {
        const int Size = 25 * 1024 * 1024;
        var clock = new WatchedTimers();
        using var client = TestClient.Over(StubHandler.InTurn(Url(), Answer.Json(200, Ready)), clock);

        await client.Media.UploadAsync(
            LocalFile.Read(_folder.Write("a.own", new byte[Size]), TestClient.Cancellation),
            s_wait,
            TestClient.Cancellation);

        Assert.Equal([29.5, 29.5 + 400], clock.Times.Select(time => time.TotalSeconds));
    }

    [Fact]
    public async Task How_far_it_is_can_be_seen_while_it_is_under_way()
    {
        WixInboxClient? client = null;
        UploadProgress? seen = null;
        var handler = new StubHandler(request =>
        {
            seen = client!.Media.Uploading;
            return request.Method == HttpMethod.Put ? Answer.Json(200, Ready) : Url();
        });
        using (client = TestClient.Over(handler, _clock))
        {
            await client.Media.UploadAsync(Read("a.png"), s_wait, TestClient.Cancellation);

            Assert.Equal(new UploadProgress(100, 100), seen);
            Assert.Null(client.Media.Uploading);
        }
    }

    [Fact]
    public async Task An_import_asks_Wix_to_fetch_and_waits_for_it()
    {
        var handler = StubHandler.InTurn(Answer.Json(200, Pending), Answer.Json(200, Ready));
        using var client = TestClient.Over(handler, _clock);

        var outcome = await client.Media.ImportAsync(
            "https://example.com/a?b=1&c", "A.png", s_wait, TestClient.Cancellation);

        Assert.Equal(OutcomeKind.Succeeded, outcome.Kind);
        Assert.Equal("POST /site-media/v1/files/import", $"{handler.Requests[0].Method} {handler.Requests[0].Path}");
        Assert.Equal("""{"url":"https://example.com/a?b=1&c","displayName":"A.png"}""", handler.Requests[0].Body);
        Assert.Null(outcome.Value!.Path);
    }

    [Theory]
    [InlineData("", null, "UrlMissing")]
    [InlineData("a.png", null, "UrlInvalid")]
    [InlineData("file:///a.png", null, "UrlInvalid")]
    [InlineData("https://example.com/a", "", "DisplayNameMissing")]
    public async Task What_cannot_be_imported_costs_no_request(string url, string? name, string rule)
    {
        var handler = StubHandler.InTurn();
        using var client = TestClient.Over(handler);

        var outcome = await client.Media.ImportAsync(url, name, s_wait, TestClient.Cancellation);

        Assert.Contains(outcome.Failure!.Violations, violation => violation.Rule == rule);
        Assert.Equal(
            "FileIdMissing",
            Assert.Single(
                (await client.Media.GetAsync(string.Empty, TestClient.Cancellation)).Failure!.Violations).Rule);
        Assert.Empty(handler.Requests);
    }

    [Fact]
    public async Task The_size_that_Wix_tells_goes_before_the_one_that_was_read()
    {
        var told = JsonNode.Parse(Ready)!;
        told["file"]!["media"] = JsonNode.Parse(
            """{"image":{"image":{"id":"f1","height":226,"width":370.0,"sizeInBytes":"15359"},"faces":[]}}""");
        var velo = JsonNode.Parse(Ready)!;
        velo["file"]!["media"] = JsonNode.Parse(
            """{"image":{"image":"wix:image://v1/f1/a.png#originWidth=1&originHeight=2"}}""");

        var file = (await UploadAsync(StubHandler.InTurn(Url(), Answer.Json(200, told.ToJsonString())))).Value!;
        var other = (await UploadAsync(StubHandler.InTurn(Url(), Answer.Json(200, velo.ToJsonString())))).Value!;

        Assert.Equal((370, 226), (file.Width, file.Height));
        Assert.Equal((37, 21), (other.Width, other.Height));
    }

    [Fact]
    public void A_file_is_an_image_or_a_file_of_a_message()
    {
        var file = new MediaFile
        {
            Id = "f1",
            Url = "https://static.example/f1",
            DisplayName = new string('x', 300),
            MimeType = "image/png",
            Width = 3,
            Height = 4,
        };

        ImageMessage image = file!;
        FileMessage document = file!;

        Assert.Equal(
            ("f1", "https://static.example/f1", 255, 3.0, 4.0),
            (image.Id, image.Url, image.Filename!.Length, image.Width, image.Height));
        Assert.Equal(
            ("f1", "https://static.example/f1", 255, "image/png"),
            (document.Id, document.Url, document.Filename!.Length, document.MimeType));
        Assert.Null((ImageMessage?)(MediaFile?)null);
    }

    [Fact]
    public async Task What_is_newer_than_this_version_is_kept()
    {
        var newer = Ready.Replace("IMAGE", "HOLOGRAM", StringComparison.Ordinal)
            .Replace("READY", "RESTING", StringComparison.Ordinal);

        var file = (await UploadAsync(StubHandler.InTurn(Url(), Answer.Json(200, newer)))).Value!;

        Assert.Null(file.MediaType);
        Assert.Equal(("HOLOGRAM", "RESTING"), (file.UnknownFields["mediaType"], file.UnknownFields["operationStatus"]));
    }

    private static HttpResponseMessage Url(string url = $"https://upload.example/upload/{Token}") =>
        Answer.Json(200, $$"""{"uploadUrl":"{{url}}"}""");

    private LocalFile Read(string name) =>
        LocalFile.Read(_folder.Write(name, Picture.Read(Picture.Png)), TestClient.Cancellation);

    private async Task<Outcome<MediaFile>> UploadAsync(StubHandler handler, string name = "a.png")
    {
        using var client = TestClient.Over(handler, _clock);
        return await client.Media.UploadAsync(Read(name), s_wait, TestClient.Cancellation);
    }

    private sealed class WatchedTimers : TimeProvider
    {
        public List<TimeSpan> Times { get; } = [];

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Times.Add(dueTime);
            return base.CreateTimer(callback, state, dueTime, period);
        }
    }
}

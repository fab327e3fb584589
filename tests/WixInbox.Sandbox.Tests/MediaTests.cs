using System.Text;

namespace WixInbox.Sandbox.Tests;

public sealed class MediaTests
{
    private const string ChannelMedia = "/communication-channels-media/v1";
    private static readonly byte[] s_bytes = [0, 1, 2, 255];

    [Theory]
    [InlineData($"{Api.Files}/generate-upload-url")]
    [InlineData($"{ChannelMedia}/upload-url")]
    public async Task A_file_goes_up_as_it_is_and_can_be_read_back_and_sent(string path)
    {
        using var api = Api.InMemory();

        var url = await api.PostAsync(
            path, """{"mimeType":"image/png","fileName":"pä.png","sizeInBytes":"4","private":false,"labels":["a"]}""");
        api.WithoutAuthorization();
        var put = await api.PutAsync(Address(url, "?filename=another.png"), s_bytes, "image/png");
        api.Authorize("t");
        string id = put.File.GetProperty("id").GetString()!;
        var got = await api.GetAsync($"{Api.Files}/get-file-by-id?fileId={id}");

        Assert.Equal([200, 200, 200], [url.Status, put.Status, got.Status]);
        Assert.StartsWith(
            "https://www.wixapis.com/sandbox-upload/", Address(url).AbsoluteUri, StringComparison.Ordinal);
        Assert.Equal(put.Text, got.Text);
        Assert.Equal("pä.png", put.File.GetProperty("displayName").GetString());
        Assert.Equal("4", put.File.GetProperty("sizeInBytes").GetString());
        Assert.Equal("IMAGE", put.File.GetProperty("mediaType").GetString());
        Assert.Equal("READY", put.File.GetProperty("operationStatus").GetString());
        Assert.True(put.File.TryGetProperty("thumbnailUrl", out _));
        SandboxUpload upload = Assert.Single(api.Handler.Uploads);
        Assert.Equal((id, "pä.png", "image/png", 4), (upload.Id, upload.FileName, upload.MimeType, upload.Length));
        Assert.Equal(s_bytes, upload.Content.ToArray());
        var sent = await api.SendAsync(Api.WithContent(
            $$$"""{"basic":{"items":[{"image":{"id":"{{{id}}}","url":"{{{put.File.GetProperty("url").GetString()}}}"}}]}}"""));
        Assert.Equal(200, sent.Status);
    }

    [Fact]
    public async Task An_upload_is_named_as_announced_or_else_by_its_address_and_a_repeat_takes_its_place()
    {
        using var api = Api.InMemory();
        var url = await api.PostAsync(
            $"{Api.Files}/generate-upload-url", """{"mime_type":"text/plain","file_name":"a.txt"}""");
        var other = await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"application/x-own"}""");

        var first = await api.PutAsync(Address(url), s_bytes, "text/plain");
        var unnamed = await api.PutAsync(Address(other), s_bytes, "application/x-own");
        var named = await api.PutAsync(Address(other, "?filename=b.own"), s_bytes, "application/octet-stream");
        var second = await api.PutAsync(Address(url, "?filename=b.txt"), Encoding.UTF8.GetBytes("again"), "TEXT/plain");

        Assert.Equal("a.txt", first.File.GetProperty("displayName").GetString());
        Assert.Equal(unnamed.File.GetProperty("id").GetString(), unnamed.File.GetProperty("displayName").GetString());
        Assert.Equal("DOCUMENT", unnamed.File.GetProperty("mediaType").GetString());
        Assert.False(unnamed.File.TryGetProperty("thumbnailUrl", out _));
        Assert.Equal(first.File.GetProperty("id").GetString(), second.File.GetProperty("id").GetString());
        Assert.Equal("b.own", named.File.GetProperty("displayName").GetString());
        Assert.Equal(["a.txt", "b.own"], api.Handler.Uploads.Select(upload => upload.FileName));
        Assert.Equal(5, api.Handler.Uploads[0].Length);
    }

    [Theory]
    [InlineData("""{"mimeType":"image/png","fileName":"a.jpg"}""", "MISMATCH_MIME_TYPE")]
    [InlineData("""{"mimeType":"image/png","fileName":"a.PDF"}""", "MISMATCH_MIME_TYPE")]
    [InlineData("""{"mimeType":"image/png","sizeInBytes":"0"}""", "ZERO_FILE_SIZE")]
    [InlineData("""{"mimeType":"image/png","sizeInBytes":"101"}""", "FILE_SIZE_OVER_LIMIT")]
    [InlineData("""{"mimeType":"image/png","sizeInBytes":101}""", "FILE_SIZE_OVER_LIMIT")]
    [InlineData("""{"mimeType":"png","fileName":"a.png"}""", "UNSUPPORTED_FILE_FORMAT")]
    [InlineData("""{"mimeType":"application/octet-stream","fileName":"setup.exe"}""", "UNSUPPORTED_FILE_FORMAT")]
    [InlineData("""{"mimeType":"application/x-msdownload"}""", "UNSUPPORTED_FILE_FORMAT")]
    public async Task What_breaks_a_rule_of_the_upload_is_a_violation_with_the_rules_name(string json, string rule)
    {
        using var api = Api.InMemory(options => options.MediaSizeLimit = 100);

        var reply = await api.PostAsync($"{Api.Files}/generate-upload-url", json);

        Assert.Equal(400, reply.Status);
        Assert.Equal([rule], reply.RuleNames);
        Assert.EndsWith(" CUSTOM", Assert.Single(reply.Violations), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("generate-upload-url", "{}", "mimeType REQUIRED_FIELD")]
    [InlineData("generate-upload-url", """{"mimeType":""}""", "mimeType MIN_LENGTH")]
    [InlineData("generate-upload-url", """{"mimeType":"a/b","sizeInBytes":"-1"}""", "sizeInBytes MIN")]
    [InlineData("import", "{}", "url REQUIRED_FIELD")]
    [InlineData("import", """{"url":"ftp://example.com/a.png"}""", "url FORMAT")]
    [InlineData(
        "import", """{"url":"https://example.com/a.png","mediaType":"OTHER"}""", "mediaType INVALID_ENUM_VALUE")]
    public async Task What_breaks_another_rule_is_a_violation_too(string call, string json, string violation)
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync($"{Api.Files}/{call}", json);

        Assert.Equal(400, reply.Status);
        Assert.Equal([violation], reply.Violations);
    }

    [Theory]
    [InlineData("import", "displayName", 1000)]
    [InlineData("import", "mimeType", 100)]
    [InlineData("import", "parentFolderId", 100)]
    [InlineData("import", "filePath", 100)]
    [InlineData("generate-upload-url", "fileName", 1000)]
    public async Task The_documented_lengths_hold(string call, string field, int limit)
    {
        using var api = Api.InMemory();
        string Request(int length) => call == "import" || field == "mimeType"
            ? $$"""{"url":"https://example.com/a","{{field}}":"{{new string('x', length)}}"}"""
            : $$"""{"mimeType":"a/b","{{field}}":"{{new string('x', length)}}"}""";

        Assert.Equal(200, (await api.PostAsync($"{Api.Files}/{call}", Request(limit))).Status);
        Assert.Equal(
            [$"{field} MAX_LENGTH"], (await api.PostAsync($"{Api.Files}/{call}", Request(limit + 1))).Violations);
    }

    [Fact]
    public async Task The_upload_itself_is_checked_as_it_comes()
    {
        using var api = Api.InMemory(options => options.MediaSizeLimit = 4);
        var address = Address(await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"image/png"}"""));

        var empty = await api.PutAsync(address, [], "image/png");
        var large = await api.PutAsync(address, new byte[5], "image/png");
        var other = await api.PutAsync(address, s_bytes, "image/gif");
        var untyped = await api.PutAsync(address, s_bytes, null);
        var unknown = await api.PutAsync(new Uri(address, "nothing"), s_bytes, "image/png");

        Assert.Equal(
            [400, 400, 400, 400, 404], [empty.Status, large.Status, other.Status, untyped.Status, unknown.Status]);
        Assert.Equal(
            ["ZERO_FILE_SIZE", "FILE_SIZE_OVER_LIMIT", "MISMATCH_MIME_TYPE", "MISMATCH_MIME_TYPE"],
            new[] { empty, large, other, untyped }.SelectMany(reply => reply.RuleNames));
        Assert.Empty(api.Handler.Uploads);
        Assert.Equal(200, (await api.PutAsync(address, s_bytes, "image/png")).Status);
    }

    [Theory]
    [InlineData("https://example.com/a/cat.png?v=1", "READY")]
    [InlineData("https://example.com/a/fail?v=1", "FAILED")]
    [InlineData("https://example.com/fail/cat.png", "READY")]
    public async Task An_import_is_pending_until_its_time_has_come(string url, string end)
    {
        using var api = Api.InMemory(options => options.MediaReadyAfter = TimeSpan.FromSeconds(5));
        var import = await api.PostAsync($"{Api.Files}/import", $$"""{"url":"{{url}}"}""");
        string id = import.File.GetProperty("id").GetString()!;

        api.Clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        string? before = await StatusAsync(api, id);
        api.Clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal("PENDING", import.File.GetProperty("operationStatus").GetString());
        Assert.Equal("PENDING", before);
        Assert.Equal(end, await StatusAsync(api, id));
        Assert.Empty(api.Handler.Uploads);
    }

    [Fact]
    public async Task An_upload_is_pending_until_its_time_has_come_too()
    {
        using var api = Api.InMemory(options => options.MediaReadyAfter = TimeSpan.FromSeconds(5));
        var address = Address(
            await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"image/svg+xml"}"""));

        var put = await api.PutAsync(address, s_bytes, "image/svg+xml");
        api.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("VECTOR", put.File.GetProperty("mediaType").GetString());
        Assert.Equal("PENDING", put.File.GetProperty("operationStatus").GetString());
        Assert.Equal("READY", await StatusAsync(api, put.File.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_long_name_is_cut()
    {
        using var api = Api.InMemory();

        var import = await api.PostAsync(
            $"{Api.Files}/import", $$"""{"url":"https://example.com/a","displayName":"{{new string('x', 300)}}"}""");

        Assert.Equal(255, import.File.GetProperty("displayName").GetString()!.Length);
    }

    [Fact]
    public async Task An_import_takes_its_name_and_type_from_the_request_or_else_from_the_address()
    {
        using var api = Api.InMemory();

        var plain = await api.PostAsync($"{Api.Files}/import", """{"url":"https://example.com/my%20cat.png"}""");
        var named = await api.PostAsync(
            $"{Api.Files}/import", """{"url":"https://example.com/x","displayName":"Dog","mimeType":"video/mp4"}""");
        var typed = await api.PostAsync(
            $"{Api.Files}/import", """{"url":"https://example.com/","mediaType":"AUDIO"}""");

        Assert.Equal(
            [("my cat.png", "IMAGE"), ("Dog", "VIDEO"), ("file", "AUDIO")],
            new[] { plain, named, typed }.Select(reply => (
                reply.File.GetProperty("displayName").GetString()!, reply.File.GetProperty("mediaType").GetString()!)));
        Assert.Equal("PENDING", plain.File.GetProperty("operationStatus").GetString());
        Assert.Equal("READY", await StatusAsync(api, plain.File.GetProperty("id").GetString()!));
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_404()
    {
        using var api = Api.InMemory();
        var import = await api.PostAsync($"{Api.Files}/import", """{"url":"https://example.com/x"}""");

        var unknown = await api.GetAsync($"{Api.Files}/get-file-by-id?fileId=x");
        var unnamed = await api.GetAsync($"{Api.Files}/get-file-by-id");
        api.Handler.Reset();
        var gone = await api.GetAsync($"{Api.Files}/get-file-by-id?fileId={import.File.GetProperty("id").GetString()}");

        Assert.Equal((404, "FILE_NOT_FOUND"), (unknown.Status, unknown.ErrorCode));
        Assert.Equal(["fileId REQUIRED_FIELD"], unnamed.Violations);
        Assert.Equal(404, gone.Status);
    }

    [Fact]
    public async Task The_calls_take_places_in_the_window_and_the_upload_takes_none()
    {
        using var api = Api.InMemory(options => options.RequestsPerMinute = 1);

        var url = await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"image/png"}""");
        var put = await api.PutAsync(Address(url), s_bytes, "image/png");
        var import = await api.PostAsync($"{ChannelMedia}/import-file", """{"url":"https://example.com/x"}""");
        api.WithoutAuthorization();
        var unauthorized = await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"image/png"}""");

        Assert.Equal([200, 200, 429, 401], [url.Status, put.Status, import.Status, unauthorized.Status]);
        Assert.Contains(
            ("PUT", "/sandbox-upload/{uploadToken}"),
            api.Handler.RequestCounts.Select(line => (line.Method, line.Path)));
    }

    [Fact]
    public async Task Faults_strike_the_upload_too()
    {
        using var api = Api.InMemory();
        var address = Address(await api.PostAsync($"{Api.Files}/generate-upload-url", """{"mimeType":"image/png"}"""));
        api.Handler.AddFaults([
            new Fault { Kind = FaultKind.ResetBefore, PathPrefix = "/sandbox-upload" },
            new Fault { Kind = FaultKind.ServerErrorAfter, Method = "PUT" },
        ]);

        await Assert.ThrowsAsync<HttpRequestException>(() => api.PutAsync(address, s_bytes, "image/png"));
        Assert.Empty(api.Handler.Uploads);
        Assert.Equal(500, (await api.PutAsync(address, s_bytes, "image/png")).Status);
        Assert.Single(api.Handler.Uploads);
    }

    private static Uri Address(Reply reply, string query = "") =>
        new(reply.Json.GetProperty("uploadUrl").GetString() + query);

    private static async Task<string?> StatusAsync(Api api, string id) =>
        (await api.GetAsync($"{Api.Files}/get-file-by-id?fileId={id}")).File.GetProperty("operationStatus").GetString();
}

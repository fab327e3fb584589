namespace WixInbox.Sandbox.Tests;

/// <summary>Communication Channels Media: flat answers, and codes as application errors.</summary>
public sealed class ChannelMediaTests
{
    private const string Path = "/communication-channels-media/v1";

    [Fact]
    public async Task A_file_goes_up_is_found_in_the_library_and_has_an_address_to_load_it_from()
    {
        using var api = Api.InMemory();

        var url = await api.PostAsync($"{Path}/upload-url", """{"mimeType":"image/png","fileName":"a.png"}""");
        var put = await api.PutAsync(new Uri(url.Json.GetProperty("uploadUrl").GetString()!), [1, 2, 3], "image/png");
        var id = put.File.GetProperty("id").GetString();
        var download = await api.PostAsync(
            $"{Path}/download-url", $$"""{"fileId":"{{id}}","downloadFileName":"b.png"}""");
        var quota = await api.GetAsync($"{Path}/storage-quota");

        Assert.Equal(200, (await api.GetAsync($"{Api.Files}/get-file-by-id?fileId={id}")).Status);
        Assert.Equal("downloadUrl", Assert.Single(download.Json.EnumerateObject()).Name);
        Assert.Equal("""{"totalQuota":"524288000","totalUsage":"3"}""", quota.Text);
    }

    [Fact]
    public async Task An_import_is_answered_flat()
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync(
            $"{Path}/import-file", """{"url":"https://example.com/a/cat.png?v=1","mimeType":"image/png"}""");

        Assert.Equal(["fileId", "displayName", "url"], reply.Json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("cat.png", reply.Json.GetProperty("displayName").GetString());
    }

    [Theory]
    [InlineData("upload-url", """{"mimeType":"image/png","fileName":"a.jpg"}""", 400, "MIME_TYPE_MISMATCH")]
    [InlineData("upload-url", """{"mimeType":"application/x-msdownload"}""", 400, "UNSUPPORTED_FILE_FORMAT")]
    [InlineData(
        "import-file",
        """{"url":"https://example.com/a.exe","mimeType":"application/x-msdownload"}""",
        400,
        "UNSUPPORTED_FILE_FORMAT")]
    [InlineData(
        "import-file",
        """{"url":"https://example.com/fail","mimeType":"image/png"}""",
        400,
        "FILE_DESCRIPTOR_NOT_FOUND")]
    [InlineData("download-url", """{"fileId":"nothing"}""", 404, "FILE_NOT_FOUND")]
    public async Task What_is_refused_has_the_code_of_an_application_error(
        string call, string json, int status, string code)
    {
        using var api = Api.InMemory();

        var reply = await api.PostAsync($"{Path}/{call}", json);

        Assert.Equal((status, code), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData(0, "image/png", "ZERO_FILE_SIZE")]
    [InlineData(6, "image/png", "FILE_SIZE_OVER_LIMIT")]
    [InlineData(5, "image/gif", "MIME_TYPE_MISMATCH")]
    public async Task An_upload_that_is_refused_has_one_too(int size, string mediaType, string code)
    {
        using var api = Api.InMemory(options => options.MediaSizeLimit = 5);
        var url = await api.PostAsync($"{Path}/upload-url", """{"mimeType":"image/png"}""");

        var reply = await api.PutAsync(
            new Uri(url.Json.GetProperty("uploadUrl").GetString()!), new byte[size], mediaType);

        Assert.Equal((400, code), (reply.Status, reply.ErrorCode));
    }

    [Theory]
    [InlineData("upload-url", "{}", "mimeType REQUIRED_FIELD")]
    [InlineData("import-file", """{"url":"https://example.com/a.png"}""", "mimeType REQUIRED_FIELD")]
    [InlineData("import-file", """{"url":"a.png","mimeType":"image/png"}""", "url FORMAT")]
    [InlineData("download-url", "{}", "fileId REQUIRED_FIELD")]
    public async Task What_is_missing_or_malformed_is_named(string call, string json, string violation)
    {
        using var api = Api.InMemory();

        Assert.Equal([violation], (await api.PostAsync($"{Path}/{call}", json)).Violations);
    }

    [Theory]
    [InlineData("upload-url", "mimeType", 100)]
    [InlineData("upload-url", "fileName", 200)]
    [InlineData("import-file", "displayName", 200)]
    [InlineData("download-url", "fileId", 400)]
    [InlineData("download-url", "downloadFileName", 100)]
    public async Task The_documented_lengths_hold(string call, string field, int limit)
    {
        using var api = Api.InMemory();
        async Task<bool> IsTooLong(int length) =>
            (await api.PostAsync($"{Path}/{call}", $$"""{"{{field}}":"{{new string('x', length)}}"}""")).Text.Contains(
                $"{field} has", StringComparison.Ordinal);

        Assert.False(await IsTooLong(limit));
        Assert.True(await IsTooLong(limit + 1));
    }
}
